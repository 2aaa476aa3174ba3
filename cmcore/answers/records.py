"""What is kept of forms and their answers: editions, answers, what stood before a correction, files handed in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ColumnElement,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    UniqueConstraint,
    and_,
    column,
    or_,
)
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from cmcore.base.lifecycle import Lifecycle, State, Stateful, Transition
from cmcore.base.records import (
    Instant,
    Kept,
    OfAuthority,
    Record,
    code,
    of_young_person,
    one_of,
    parent,
    sensitive,
    within,
)
from cmcore.base.words import Choice
from cmcore.safekeeping.access import reach, reached
from cmcore.safekeeping.scope import Grant, Scope

if TYPE_CHECKING:
    from cmcore.young_people.records import YoungPerson


class Source(Choice):
    """Where a form comes from."""

    declared = "declared", "Declared by the software or a plugin"
    workbook = "workbook", "Drawn up as a workbook"


EDITION_LIFE = Lifecycle(
    "form_edition",
    (
        State("draft", "Draft"),
        State("published", "In force"),
        State("replaced", "Replaced", ended=True),
        State("withdrawn", "Withdrawn"),
    ),
    (
        Transition("publish", ("draft",), "published", "Publish"),
        Transition("replace", ("published",), "replaced", "Replace by a newer edition"),
        Transition("withdraw", ("published",), "withdrawn", "Withdraw", needs_reason=True),
        Transition("bring_back", ("withdrawn",), "published", "Bring back"),
        Transition("pass_over", ("withdrawn",), "replaced", "Replace by a newer edition"),
    ),
)


class FormEdition(Kept, OfAuthority, Stateful, Record):
    """One edition of a form in an authority: the questions as they were asked, frozen, and since when.

    ``number`` is the version of the form; of each form at most one edition is in force. Answers keep pointing at the
    edition they answered, whatever becomes of the form, the workbook or the plugin it came from.
    """

    __tablename__ = "cm_form_edition"
    __table_args__ = (
        parent(),
        UniqueConstraint("authority_id", "form_key", "number"),
        one_of("source", Source),
        CheckConstraint("number >= 1", name="numbered_from_one"),
        Index(
            "ix_cm_form_edition_in_force",
            "authority_id",
            "form_key",
            unique=True,
            sqlite_where=column("state") == "published",
            postgresql_where=column("state") == "published",
        ),
    )
    life = EDITION_LIFE
    retention: ClassVar[str] = "authority"
    words: ClassVar[tuple[str, str]] = ("form", "forms")

    form_key: Mapped[str] = mapped_column(code(80), nullable=False)
    number: Mapped[int] = mapped_column(Integer, nullable=False)
    title: Mapped[str] = mapped_column(String(200), nullable=False)
    #: The form as :func:`cmcore.forms.freeze` writes it down.
    questions: Mapped[dict[str, Any]] = mapped_column(JSON, nullable=False)
    source: Mapped[str] = mapped_column(code(20), nullable=False)
    #: Who brought it: "cmcore", a plugin's name, or "authority" for its own workbook.
    owner: Mapped[str] = mapped_column(String(80), nullable=False)
    #: What a workbook said and could not be carried: findings as plain values.
    left_out: Mapped[list[dict[str, Any]]] = mapped_column(JSON, nullable=False, default=list)
    published_on: Mapped[date | None] = mapped_column(Date)
    published_by: Mapped[str] = mapped_column(String(120), nullable=False, default="")

    def __str__(self) -> str:
        """Its title and number."""
        return f"{self.title}, edition {self.number}"


class AboutWhom(OfAuthority):
    """Whom answers are about, where they are about somebody, and who began them: this decides who sees them."""

    about: ClassVar[str] = "child"
    retention: ClassVar[str] = "child"

    #: The kind of record they are about ("enrolment"), or nothing.
    about_kind: Mapped[str] = mapped_column(code(60), nullable=False, default="")
    about_id: Mapped[int | None] = mapped_column(Integer)
    #: The sign-in name of who began them.
    began_by: Mapped[str] = mapped_column(String(120), nullable=False)

    @declared_attr
    def young_person_id(cls) -> Mapped[int | None]:
        """The young person whom the record they are about is about."""
        return mapped_column(Integer, index=True)

    def whom(self) -> dict[str, Any]:
        """The columns of this class, for a record that hangs on this one."""
        return {
            "authority_id": self.authority_id,
            "young_person_id": self.young_person_id,
            "about_kind": self.about_kind,
            "about_id": self.about_id,
            "began_by": self.began_by,
        }


ANSWERS_LIFE = Lifecycle(
    "form_answers",
    (
        State("draft", "Draft"),
        State("finished", "Finished"),
        State("corrected", "Corrected"),
        State("superseded", "Superseded", ended=True),
    ),
    (
        Transition("finish", ("draft",), "finished", "Finish"),
        Transition("correct", ("finished",), "corrected", "Correct", needs_reason=True),
        Transition("supersede", ("finished", "corrected"), "superseded", "Superseded by newer answers"),
    ),
)


class FormAnswers(Kept, AboutWhom, Stateful, Record):
    """The answers to one edition of a form, a draft until they are finished.

    ``values`` holds, by question, what was typed while they are a draft, even what cannot be read yet, and what
    :func:`cmcore.forms.dump` writes once they are finished.
    """

    __tablename__ = "cm_form_answers"
    __table_args__ = (
        parent(),
        of_young_person(),
        within("cm_form_edition", "edition_id"),
        Index("ix_cm_form_answers_list", "authority_id", "form_key", "state", "saved_at"),
        Index("ix_cm_form_answers_about", "about_kind", "about_id"),
    )
    life = ANSWERS_LIFE
    words: ClassVar[tuple[str, str]] = ("set of answers", "sets of answers")

    ref: Mapped[str] = mapped_column(String(20), nullable=False, unique=True)
    edition_id: Mapped[int] = mapped_column(Integer, nullable=False, index=True)
    form_key: Mapped[str] = mapped_column(code(80), nullable=False)
    values: Mapped[dict[str, Any]] = mapped_column(JSON, nullable=False, default=dict, info=sensitive())
    #: What was typed and the edition it was carried over to does not ask: shown, never lost.
    left_behind: Mapped[list[dict[str, Any]]] = mapped_column(JSON, nullable=False, default=list, info=sensitive())
    began_name: Mapped[str] = mapped_column(String(120), nullable=False)
    saved_at: Mapped[datetime] = mapped_column(Instant, nullable=False)
    saved_by: Mapped[str] = mapped_column(String(120), nullable=False)
    finished_at: Mapped[datetime | None] = mapped_column(Instant)
    finished_by: Mapped[str] = mapped_column(String(120), nullable=False, default="")
    #: The finished answers whose place these take when they are finished.
    instead_of_id: Mapped[int | None] = mapped_column(ForeignKey("cm_form_answers.id"), index=True)

    edition: Mapped[FormEdition] = relationship(primaryjoin="foreign(FormAnswers.edition_id) == FormEdition.id")
    young_person: Mapped[YoungPerson | None] = relationship(
        "YoungPerson", primaryjoin="foreign(FormAnswers.young_person_id) == YoungPerson.id", viewonly=True
    )

    def __str__(self) -> str:
        """Their reference."""
        return self.ref


class AnswersRevision(AboutWhom, Record):
    """What stood before one correction of finished answers: never changed, only added."""

    __tablename__ = "cm_answers_revision"
    __table_args__ = (
        of_young_person(),
        within("cm_form_answers", "answers_id"),
        within("cm_form_edition", "edition_id"),
        UniqueConstraint("answers_id", "number"),
    )
    words: ClassVar[tuple[str, str]] = ("earlier set of answers", "earlier sets of answers")

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    answers_id: Mapped[int] = mapped_column(Integer, nullable=False, index=True)
    number: Mapped[int] = mapped_column(Integer, nullable=False)
    edition_id: Mapped[int] = mapped_column(Integer, nullable=False)
    values: Mapped[dict[str, Any]] = mapped_column(JSON, nullable=False, info=sensitive())
    #: Who had kept what stood, and when.
    stood_by: Mapped[str] = mapped_column(String(120), nullable=False)
    stood_at: Mapped[datetime] = mapped_column(Instant, nullable=False)
    corrected_at: Mapped[datetime] = mapped_column(Instant, nullable=False)
    corrected_by: Mapped[str] = mapped_column(String(120), nullable=False)
    reason: Mapped[str] = mapped_column(String(2000), nullable=False, info=sensitive())

    edition: Mapped[FormEdition] = relationship(primaryjoin="foreign(AnswersRevision.edition_id) == FormEdition.id")


class AnswerFile(AboutWhom, Record):
    """A file handed in with answers. It is found by its reference, by whoever may see the answers and nobody else."""

    __tablename__ = "cm_answer_file"
    __table_args__ = (of_young_person(), within("cm_form_answers", "answers_id"))
    words: ClassVar[tuple[str, str]] = ("file", "files")

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    answers_id: Mapped[int] = mapped_column(Integer, nullable=False, index=True)
    ref: Mapped[str] = mapped_column(String(40), nullable=False, unique=True)
    name: Mapped[str] = mapped_column(String(200), nullable=False, info=sensitive())
    #: What it is by its content, never by its name.
    media_type: Mapped[str] = mapped_column(String(100), nullable=False)
    size: Mapped[int] = mapped_column(Integer, nullable=False)
    content: Mapped[bytes] = mapped_column(LargeBinary, nullable=False, deferred=True, info=sensitive())
    kept_at: Mapped[datetime] = mapped_column(Instant, nullable=False)
    kept_by: Mapped[str] = mapped_column(String(120), nullable=False)


@reach("own answers")
def _own_answers(record: type[Any], scope: Scope, grants: Sequence[Grant]) -> ColumnElement[bool]:
    """Answers about the young people a mentor or referrer works with, about themselves, and what they began.

    What is about a young person follows the young person, whoever began it. What is about none is seen by who began
    it, by the mentor it is about and by the staff of the setting it is about.
    """
    mentors = [grant for grant in grants if grant.mentor_id is not None]
    others = [grant for grant in grants if grant.mentor_id is None]
    ids = sorted({grant.mentor_id for grant in mentors if grant.mentor_id is not None})
    settings = sorted({grant.setting_id for grant in others if grant.setting_id is not None})
    authorities = sorted({grant.authority_id for grant in grants})
    own = or_(
        record.began_by == scope.login,
        and_(record.about_kind == "mentor", record.about_id.in_(ids)),
        and_(record.about_kind == "setting", record.about_id.in_(settings)),
    )
    parts: list[ColumnElement[bool]] = [
        and_(record.young_person_id.is_(None), record.authority_id.in_(authorities), own)
    ]
    if mentors:
        parts.append(reached("commissioned", record, scope, mentors))
    if others:
        parts.append(reached("own pupils", record, scope, others))
    return or_(*parts)
