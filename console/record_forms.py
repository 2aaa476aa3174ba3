"""Adding, changing, removing and moving records: a declared form, one action of the library, one page for all.

What is not declared has no address. The person's answers are decided on before a record is touched; what is refused
is undone, and everything typed stays on the page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from inspect import getattr_static, signature
from typing import Any, ClassVar
from urllib.parse import urlencode

from flask import Response, abort, make_response, redirect, render_template, request, url_for
from flask_appbuilder.baseviews import expose
from sqlalchemy.orm.interfaces import ORMOption

from cmcore.base.findings import Finding, NotAllowed, Refused
from cmcore.base.records import Record
from cmcore.forms import Form, form_of, kinds
from cmcore.safekeeping.work import Conflict, Work
from console import desk, lookups
from console.asking import Asking, capital, stands_now
from console.form_page import FormPage, Taken
from console.said import say
from console.security import needs
from console.steps import Step, against, may_take

#: One record in an address: its key, and no number the database could not hold.
ONE = "<int(max=2147483647):pk>"

#: Routes, with what a page class must declare for each to exist.
_WANTED = {"add": "add_action", "edit": "edit_action", "remove": "remove_action", "take": "steps"}
#: The library's acts of adding, changing and removing, where a page names no other.
ACTS = {"add": "{kind}.add", "edit": "{kind}.change", "remove": "{kind}.remove"}


class RecordForms(Asking):
    """What a page class has for writing; mixed into :class:`console.record_view.RecordView`.

    ``add_action`` is called as (work, answers), or (work, parent, answers) with an ``add_parent``; ``edit_action`` as
    (work, record, answers, version); ``remove_action`` as (work, record). Forms may be functions of (work, record) that
    give one: of ``None`` or the parent when adding.
    """

    appbuilder: Any
    endpoint: str
    singular: str
    kind: str
    record: ClassVar[type[Record]]
    list_title: str
    may: Callable[[str], bool]
    address_of: Callable[[Any], str]
    heading: Callable[[Any], str]

    add_form: Any = None
    add_action: Any = None
    #: The kind of record that a new one hangs on; the address names it, as ``?young_person_id=7``.
    add_parent: type[Record] | None = None
    add_words: str = ""
    added_words: str = ""
    edit_form: Any = None
    edit_action: Any = None
    #: A function of a record that gives the answers which would write it again.
    answers_of: Any = None
    edited_words: str = ""
    remove_action: Any = None
    remove_why: str = ""
    removed_words: str = ""
    steps: Sequence[Step] = ()
    #: Pages whose form is kept when a sign-in ends while somebody types.
    keeps_typed: ClassVar[tuple[str, ...]] = ("add", "edit", "take")
    #: The library's acts where they are not the usual ones: {"add": "review.finalise"}.
    acts: Mapping[str, str] = {}
    #: A form in one column with the phone's own pickers, for what is done with a thumb.
    one_hand: bool = False

    # ---- what is declared
    def missing_routes(self) -> frozenset[str]:
        """The routes that do not exist because nothing is declared for them."""
        self.add_words = self.add_words or f"Add {'an' if self.singular[:1] in 'aeio' else 'a'} {self.singular}"
        return frozenset(route for route, declared in _WANTED.items() if not getattr(self, declared))

    def form_act(self, method: str) -> str:
        """The act behind a method: what the class says, what the action carries, or the usual one."""
        if said := self.acts.get(method):
            return said
        carried = getattr(self._declared(_WANTED[method]), "act", "") if method in ACTS else ""
        return str(carried)

    def _declared(self, name: str) -> Any:
        """A function as it was declared: no method of the page class, even where it was written as one."""
        found = getattr_static(type(self), name)
        return found.__func__ if isinstance(found, staticmethod) else found

    def _form(self, name: str, work: Work, record: Any) -> Form:
        declared = self._declared(name)
        if callable(declared) and not isinstance(declared, type | Form):
            declared = declared(work, record)
        return form_of(declared)

    @cached_property
    def _read_to_edit(self) -> tuple[ORMOption, ...]:
        """What is read together with a record to be changed; forms that depend on it ask for more by themselves."""
        declared = self._declared("edit_form" if self.edit_form else "add_form")
        fixed = isinstance(declared, type | Form)
        return lookups.named_by(self.record, form_of(declared) if fixed else None)

    @cached_property
    def _asks_authority(self) -> bool:
        """Whether what adds a record must be told for which authority."""
        action = self._declared("add_action")
        return action is not None and "authority_id" in signature(action).parameters

    # ---- addresses, empty where there is none for whoever is signed in
    def add_address(self, **given: Any) -> str:
        """Where a new one is written."""
        if not self.may("add") or (self.add_parent is not None and self._parent_key() not in given):
            return ""
        at: str = self.appbuilder.address(f"{self.endpoint}.add")
        told = {name: value for name, value in given.items() if value is not None}
        return f"{at}?{urlencode(told, doseq=True)}" if told else at

    def edit_address(self, record: Any) -> str:
        """Where it is changed."""
        if not self.may("edit") or self.settled(record, "edit"):
            return ""
        return f"{self.appbuilder.address(f'{self.endpoint}.list')}{record.id}/edit"

    def remove_address(self, record: Any) -> str:
        """Where it is removed."""
        if not self.may("remove") or self.settled(record, "remove"):
            return ""
        return f"{self.appbuilder.address(f'{self.endpoint}.list')}{record.id}/remove"

    def step_address(self, record: Any, step: Step) -> str:
        """Where a step is taken."""
        return f"{self.appbuilder.address(f'{self.endpoint}.list')}{record.id}/{step.key}"

    def hangs_on(self) -> tuple[str, ...]:
        """What of a list's filters a new record takes over: the record it is added from, or the young person."""
        return (self._parent_key() or "young_person_id",)

    def _parent_key(self) -> str:
        return f"{self.add_parent.kind()}_id" if self.add_parent else ""

    # ---- hooks of a page class
    def step_for(self, step: Step, record: Any) -> Step:
        """A step as it is for one record, where its words or its form depend on the record."""
        return step

    def lookup(self, of: str, text: str, about: Any) -> Any:
        """Find records for a question; ``about`` is the record changed, or the parent. Narrow it in a page class."""
        return lookups.lookup(of, text)

    def given(self, work: Work, form: Form, parent: Any) -> dict[str, Any]:
        """What a new form begins with: the records that the address names, where the form asks for them."""
        asked = {one.key for one in form.questions if isinstance(one.kind, kinds.Pick)}
        return {key: int(value) for key, value in request.args.items() if key in asked and _is_key(value)}

    def settled(self, record: Any, doing: str) -> Sequence[Finding]:
        """Why a record is not changed ("edit") or removed ("remove") at all: no link leads there, its page says so."""
        return ()

    def told(self, work: Work, record: Any, doing: str) -> list[Finding]:
        """What to say above a form before anything is typed; ``doing`` is "add", "edit", "remove" or a step's key."""
        return []

    def after(self, record: Any, doing: str) -> str:
        """Where to go after something was kept."""
        return self.address_of(record) if self.may("show") else url_for(f"{self.endpoint}.list")

    # ---- pages
    @expose("/add", methods=("GET", "POST"))
    @needs(ACTS["add"])
    def add(self) -> Any:
        """Write a new one."""
        work = desk.work()
        parent = work.get(self.add_parent, _key(request.args.get(self._parent_key()))) if self.add_parent else None
        action, more = self._declared("add_action"), {}
        if self._asks_authority and parent is None:
            authority = self._authority(work)
            if isinstance(authority, Response):
                return authority
            more = {"authority_id": authority}
        form = self._form("add_form", work, parent)
        page = self._page(form, self.add_words, parent, "add", work)
        if request.method == "GET":
            return self._open(page) or page.blank(self.given(work, form, parent))
        before = (work, parent) if self.add_parent else (work,)
        return self._done(page, work, lambda taken: action(*before, taken.answers, **more), "add", parent)

    @expose(f"/{ONE}/edit", methods=("GET", "POST"))
    @needs(ACTS["edit"])
    def edit(self, pk: int) -> Any:
        """Change one."""
        work = desk.work()
        record = work.get(self.record, pk, *self._read_to_edit)
        if request.method == "GET" and (settled := self.settled(record, "edit")):
            return self._confirm(work, record, f"Change {self.singular}", "", "", "edit", settled)
        form = self._form("edit_form" if self.edit_form else "add_form", work, record)
        page = self._page(form, f"Change {self.singular}", record, "edit", work)
        if request.method == "GET":
            answers = self.answers(form, record)
            opened = self._open(page) or page.blank(answers, version=record.version)
            # After all is read, so that it is one transaction, and before anything is shown.
            self._write_down(work, record, "to change it")
            return opened
        action = self._declared("edit_action")

        def change(taken: Taken) -> Any:
            if taken.version is None:
                raise Conflict(record)
            return action(work, record, taken.answers, taken.version)

        return self._done(page, work, change, "edit", record)

    @expose(f"/{ONE}/remove", methods=("GET", "POST"))
    @needs(ACTS["remove"])
    def remove(self, pk: int) -> Any:
        """Remove one, after a page that says what goes."""
        work = desk.work()
        record = work.get(self.record, pk)
        title = f"Remove {self.singular}"
        if request.method == "GET" and (settled := self.settled(record, "remove")):
            return self._confirm(work, record, title, "", "", "remove", settled)
        if request.method == "GET":
            return self._confirm(work, record, title, self.remove_why or "It cannot be brought back.", title, "remove")
        try:
            self._declared("remove_action")(work, record)
            work.commit()
        except NotAllowed:
            raise
        except Refused as refused:
            return self._refused(work, pk, title, "remove", refused)
        say(self.removed_words or f"{capital(self.singular)} removed.")
        return redirect(url_for(f"{self.endpoint}.list"), 303)

    @expose(f"/{ONE}/<step>", methods=("GET", "POST"))
    @needs("{kind}.see")
    def take(self, pk: int, step: str) -> Any:
        """Take one step with a record, if its state and the person's role allow it."""
        work = desk.work()
        chosen = next((one for one in self.steps if one.key == step), None)
        if chosen is None:
            abort(404)
        record = work.get(self.record, pk)
        chosen = self.step_for(chosen, record)
        if not may_take(chosen, work, record):
            if chosen.needs and not work.may(chosen.needs, getattr(record, "authority_id", None)):
                raise NotAllowed([Finding("Your role does not include this.")])
            return self._moved_on(work, record, chosen)
        if request.method == "GET" and (refusing := against(chosen, work, record)):
            return self._confirm(work, record, chosen.label, "This cannot be done yet.", "", step, tuple(refusing))
        words = chosen.button or chosen.label
        if chosen.form is None:
            if request.method == "GET":
                return self._confirm(work, record, chosen.label, chosen.reason(work, record), words, step)
            try:
                chosen.action(work, record)
                work.commit()
            except (Conflict, NotAllowed):
                raise
            except Refused as refused:
                return self._refused(work, pk, chosen.label, step, refused)
            return self._kept(work, record, chosen.done or stands_now, step)
        page = self._step_page(work, record, chosen)
        if request.method == "GET":
            begins = chosen.begins(record) if chosen.begins else self.given(work, page.form, record)
            return self._open(page) or page.blank(begins, version=record.version if chosen.rewrites else None)

        def act(taken: Taken) -> Any:
            if not chosen.rewrites:
                return chosen.action(work, record, taken.answers)
            if taken.version is None:
                raise Conflict(record)
            return chosen.action(work, record, taken.answers, taken.version)

        return self._done(page, work, act, step, record)

    def _step_page(self, work: Work, record: Any, chosen: Step) -> FormPage:
        """The page of a step that asks something."""
        declared = chosen.form
        form = form_of(declared if isinstance(declared, type | Form) else declared(work, record))
        words, lead = chosen.button or chosen.label, chosen.reason(work, record)
        return self._page(form, chosen.label, record, chosen.key, work, submit=words, lead=lead)

    def _moved_on(self, work: Work, record: Any, chosen: Step) -> Response:
        """A step that is no longer possible because somebody was quicker; what was typed for it stays on the page."""
        stands = f" It is “{record.state_label}” now." if hasattr(record, "state_label") else ""
        said = Finding(f"It has moved on since: this cannot be done now.{stands}", way_out="Look at it again.")
        if request.method == "GET" or chosen.form is None:
            return self._confirm(work, record, chosen.label, "", "", chosen.key, (said,))
        page = self._step_page(work, record, chosen)
        return page.again(page.take(request.form, request.files), (said,))

    def answers(self, form: Form, record: Any) -> Any:
        """The answers that would write a record again."""
        if (declared := self._declared("answers_of")) is not None:
            return declared(record)
        values = {}
        for question in form.questions:
            value = getattr(record, question.key, None)
            of = getattr(question.kind, "of", None)
            if value not in (None, "") and isinstance(of, type):
                value = [of(one) for one in value] if isinstance(question.kind, kinds.Choices) else of(value)
            if question.answers and value not in (None, ""):
                values[question.key] = value
        return form.make(values)

    def _authority(self, work: Work) -> int | Response | None:
        """Which authority a new record belongs to: the only one, the one the address names, or a page that asks."""
        act = self.form_act("add") or ACTS["add"].format(kind=self.kind)
        reached = sorted(work.scope.authorities) if work.scope else []
        allowed = [each for each in reached if work.may(act, each)]
        if len(allowed) < 2:
            return allowed[0] if allowed else None
        if (asked := _key(request.args.get("authority_id"))) in allowed:
            return asked
        lines = [
            {"url": url_for(f"{self.endpoint}.add", authority_id=key), "label": name, "about": ""}
            for key, name in desk.names_of(allowed)
        ]
        return make_response(
            render_template("cm/group.html", title=f"{self.add_words}: for which authority?", lines=lines)
        )


def _is_key(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10


def _key(text: str | None) -> int | None:
    return int(text) if text and _is_key(text) else None
