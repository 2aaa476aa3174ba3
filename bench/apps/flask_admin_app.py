"""Flask-Admin over the same tables, tuned: related rows joined, look-ups for long selects, a capped count."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, ClassVar

from flask import Flask
from flask_admin import Admin
from flask_admin.contrib.sqla import ModelView
from flask_babel import Babel
from flask_login import LoginManager, UserMixin, current_user, login_user
from sqlalchemy import MetaData, Table, event, func, select, text
from sqlalchemy.orm import Session, declarative_base, defer, joinedload, relationship, scoped_session, sessionmaker
from werkzeug.test import Client

from bench.contender import CAP, DEEP_PAGE, SEARCHED, Chosen, Contender, Statements, get
from bench.ground import LOGIN, Ground


def contender(ground: Ground, chosen: Chosen) -> Contender:
    """The admin with somebody signed in by Flask-Login, which it leaves to the app."""
    engine = ground.peer_engine()
    statements = Statements()
    metadata = MetaData()
    metadata.reflect(
        engine,
        only=[
            "cm_young_person",
            "cm_session",
            "cm_referral",
            "cm_mentor",
            "cm_programme",
            "cm_supporting_adult",
            "cm_funding_line",
            "ab_user",
        ],
        resolve_fks=True,
    )
    session = scoped_session(sessionmaker(engine))
    app = _app(session, _models(metadata))

    @event.listens_for(engine, "before_cursor_execute")
    def count(connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        statements.sent.append(statement)

    client = Client(app)
    client.get("/sign-in")
    sent = {
        "young_person": str(chosen.person_id),
        "programme": str(chosen.programme_id),
        "referrer_name": "Bench Quillmarsh",
        "received_on": "2026-11-02",
        "urgency": "routine",
        # It takes a column that may not be empty for a question that must be answered.
        "interests": "-",
        "what_works": "-",
        "risks": "-",
    }
    return Contender(
        "Flask-Admin",
        client,
        statements,
        {
            "list": get(client, "/admin/youngperson/"),
            "deep": get(client, f"/admin/youngperson/?page={DEEP_PAGE - 1}"),
            "search": get(client, f"/admin/youngperson/?search={SEARCHED}"),
            "show": get(client, f"/admin/mentoringsession/details/?id={chosen.session_id}"),
            "edit": get(client, f"/admin/referral/edit/?id={chosen.referral_id}"),
            "create": lambda: client.post("/admin/referral/new/", data=sent),
            "sessions": get(client, "/admin/mentoringsession/"),
        },
    )


def _models(metadata: MetaData) -> dict[str, Any]:
    base = declarative_base(metadata=metadata)
    tables: dict[str, Table] = dict(metadata.tables)

    def named(self: Any) -> str:
        return str(getattr(self, "name", None) or getattr(self, "title", None) or f"{self.initials} {self.ref}")

    def model(name: str, table: str, **more: Any) -> Any:
        return type(name, (base,), {"__table__": tables[table], "__str__": named, **more})

    def to(target: Any, column: Any) -> Any:
        return relationship(target, primaryjoin=target.__table__.c.id == column, foreign_keys=[column])

    def initials(self: Any) -> str:
        return f"{self.given_name[:1]}.{self.family_name[:1]}."

    def age(self: Any) -> int:
        today, born = date.today(), self.born_on
        return int(today.year - born.year - ((today.month, today.day) < (born.month, born.day)))

    person = model("YoungPerson", "cm_young_person", initials=property(initials), age=property(age))
    mentor, programme = model("Mentor", "cm_mentor"), model("Programme", "cm_programme")
    adult, funding = model("SupportingAdult", "cm_supporting_adult"), model("FundingLine", "cm_funding_line")
    user = type("User", (UserMixin, base), {"__table__": tables["ab_user"]})
    held, asked = tables["cm_session"].c, tables["cm_referral"].c
    return {
        "person": person,
        "adult": adult,
        "funding": funding,
        "user": user,
        "session": model(
            "MentoringSession",
            "cm_session",
            young_person=to(person, held.young_person_id),
            mentor=to(mentor, held.mentor_id),
        ),
        "referral": model(
            "Referral",
            "cm_referral",
            young_person=to(person, asked.young_person_id),
            programme=to(programme, asked.programme_id),
            social_worker=to(adult, asked.social_worker_id),
            designated_teacher=to(adult, asked.designated_teacher_id),
            funding_line=to(funding, asked.funding_line_id),
        ),
    }


def _app(session: scoped_session[Session], models: dict[str, Any]) -> Flask:
    app = Flask("flask_admin_bench")
    app.config.update(SECRET_KEY="bench")
    Babel(app)
    login = LoginManager(app)

    @login.user_loader
    def load(key: str) -> Any:
        return session.get(models["user"], int(key))

    @app.get("/sign-in")
    def sign_in() -> str:
        login_user(session.scalars(select(models["user"]).where(models["user"].username == LOGIN)).one())
        return "in"

    @app.teardown_appcontext
    def close(_: Any) -> None:
        session.remove()

    person, adult, funding = models["person"], models["adult"], models["funding"]

    class Tuned(ModelView):
        page_size = 25
        can_view_details = True
        can_set_page_size = False
        named_actions: ClassVar[list[str]] = []

        def is_accessible(self) -> bool:
            """Only for whoever is signed in."""
            return bool(current_user.is_authenticated)

        def get_count_query(self) -> Any:
            """Count to the same cap as everybody."""
            return _CappedCount(self.session, self.model)

    class People(Tuned):
        column_list = ("ref", "initials", "age", "care_status", "looked_after_from")
        column_searchable_list = ("ref", "family_name", "given_name", "preferred_name", "child_id")
        column_default_sort = "ref"

        def get_count_query(self) -> Any:
            """As above; a search counts what it finds, which is under the cap."""
            return (
                self.session.query(func.count("*")).select_from(self.model)
                if _searching()
                else super().get_count_query()
            )

    class Sessions(Tuned):
        column_list = ("starts_at", "young_person", "mentor", "place", "minutes", "outcome")
        column_default_sort: ClassVar[list[Any]] = [("starts_at", True), ("id", True)]
        column_sortable_list = ("starts_at", "minutes")
        column_details_list: ClassVar[list[str]] = [
            "young_person",
            "mentor",
            "starts_at",
            "ends_at",
            "minutes",
            "place",
            "outcome",
            "planned_measures",
            "intention",
            "done",
            "art_form",
            "impact",
            "words_said",
            "adults_present",
            "joint",
            "mentor_drove",
            "chargeable",
        ]

        def get_query(self) -> Any:
            """A list leaves the long texts unread; the related rows it joins by itself."""
            long = ("planned_measures", "impact", "intention", "done", "words_said")
            return super().get_query().options(*(defer(getattr(self.model, name)) for name in long))

        def get_one(self, id: str) -> Any:
            """With the names it shows, in one statement."""
            asked = select(self.model).where(self.model.id == int(id))
            return self.session.scalars(
                asked.options(joinedload(self.model.young_person), joinedload(self.model.mentor))
            ).one()

    class Referrals(Tuned):
        column_list = ("ref", "received_on")
        form_columns: ClassVar[list[str]] = [
            "young_person",
            "programme",
            "referrer_name",
            "received_on",
            "urgency",
            "concern",
            "interests",
            "what_works",
            "risks",
            "expected_minutes",
            "social_worker",
            "designated_teacher",
            "funding_line",
        ]
        form_ajax_refs: ClassVar[dict[str, Any]] = {
            "young_person": {"fields": [person.ref, person.family_name]},
            "social_worker": {"fields": [adult.name]},
            "designated_teacher": {"fields": [adult.name]},
            "funding_line": {"fields": [funding.name]},
        }

        def get_one(self, id: str) -> Any:
            """With the rows its form names."""
            names = ("young_person", "social_worker", "designated_teacher", "funding_line", "programme")
            asked = select(self.model).where(self.model.id == int(id))
            return self.session.scalars(asked.options(*(joinedload(getattr(self.model, name)) for name in names))).one()

        def on_model_change(self, form: Any, model: Any, is_created: bool) -> None:
            """Number it, as everybody does."""
            prefix = f"{model.young_person.ref.partition('-')[0]}-R"
            with self.session.no_autoflush:
                taken = self.session.execute(
                    text("UPDATE cm_counter SET last = last + 1 WHERE prefix = :prefix RETURNING last"),
                    {"prefix": prefix},
                )
            model.ref = f"{prefix}-{taken.scalar_one():04d}"
            model.authority_id, model.state, model.version = model.young_person.authority_id, "draft", 1
            model.created_at = model.changed_at = datetime.now(UTC)
            for name in ("interests", "what_works", "risks", "theme", "referrer_login"):
                setattr(model, name, getattr(model, name) or "")
            model.reasons, model.outcomes, model.places = ["engage"], ["confidence"], []

    admin = Admin(app, name="bench", url="/admin")
    for view, model in ((People, person), (Sessions, models["session"]), (Referrals, models["referral"])):
        admin.add_view(view(model, session))
    return app


def _searching() -> bool:
    from flask import request

    return bool(request.args.get("search"))


class _CappedCount:
    """What Flask-Admin takes for a count: it asks for its one value only."""

    def __init__(self, session: Any, model: Any) -> None:
        """Count the rows of a model."""
        self._asked = select(func.count()).select_from(select(model.id).limit(CAP + 1).subquery())
        self._session = session

    def scalar(self) -> int:
        """The count, to the cap."""
        return int(self._session.execute(self._asked).scalar_one())
