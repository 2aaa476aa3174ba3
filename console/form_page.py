"""A declared form as a page, and what comes back from it: looked up, refused with everything kept, or answered.

    page = FormPage(form=SettingForm.form, title="New setting", action_url=url, submit="Add it", lookup=..., shown=...)
    if request.method == "GET":
        return page.blank()
    taken = page.take(request.form, request.files)
    if taken.answers is None:
        return page.again(taken)
    try:
        action(work, taken.answers)
    except Refused as refused:
        return page.again(taken, refused.findings)

An edit page is opened with ``page.blank(answers, version=record.version)``; when the record has moved on since,
``page.conflict(taken, stored, version=..., by=...)`` shows both versions, and nothing typed is lost.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from flask import Response, make_response, render_template

from cmcore.base.findings import Finding
from cmcore.forms import Form, Question, Section, dump, kinds, read
from cmcore.forms.schema import is_blank
from cmcore.forms.standing import first_values, standing
from console import conflicts
from console.controls import control
from console.posted import Keeper, Posted, read_posted, with_round, without_empty_rounds, without_round
from console.sheet import Control, Lookup, Sheet, Shown, finds_nothing, shows_nothing

#: Names of a page's own, which no question can have.
ENTER, FIND, CHANGE, ADD, REMOVE = "cm-enter", "cm-find", "cm-change", "cm-add", "cm-remove"
VERSION, WAS, YOURS, THEIRS, KEEP = "cm-version", "cm-was", "cm-yours", "cm-theirs", "cm-keep."
#: Stands before the name of a button: a question may be called "draft" as a button is.
PRESS = "cm-press."


def reads_nothing(chosen: Iterable[tuple[str, int]]) -> None:
    """Leaves each record to be read when it is asked for."""


@dataclass(frozen=True)
class Taken:
    """What came back from a page.

    ``answers`` are the typed answers, or None when the page has to be shown again: because a search, a round more or
    fewer was asked for, or because something is wrong. ``warnings`` are findings that do not refuse. ``version`` is the
    one the page was opened with, ``pressed`` the name of the button where a page has several.
    """

    raw: Mapping[str, Any]
    answers: Any = None
    findings: tuple[Finding, ...] = ()
    version: int | None = None
    was: Mapping[str, Any] | None = None
    opened: frozenset[str] = frozenset()
    pressed: str = ""

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """The findings that let the answers through."""
        return tuple(one for one in self.findings if not one.blocks)


@dataclass(frozen=True, kw_only=True)
class FormPage:
    """A page that asks what a form asks.

    ``title`` holds no name: it stands in the browser's title. ``heading`` is the page's own, the title unless given.
    ``buttons`` are more ways to send it, as (name, words); the name pressed comes back as ``Taken.pressed``, and one
    named "draft" lets answers be missing. ``told`` are findings to show before anything is typed, ``context`` is handed
    to the template.
    """

    form: Form
    title: str
    action_url: str
    submit: str = "Save"
    heading: str = ""
    lead: str = ""
    lookup: Lookup = finds_nothing
    shown: Shown = shows_nothing
    #: Reads what was chosen in one go, before each is asked for.
    fetch: Callable[[Iterable[tuple[str, int]]], None] = reads_nothing
    keeper: Keeper | None = None
    buttons: Sequence[tuple[str, str]] = ()
    cancel_url: str = ""
    cancel_words: str = "Leave without saving"
    crumbs: Sequence[tuple[str, str]] = ()
    one_hand: bool = False
    told: Sequence[Finding] = ()
    template: str = "cm/form.html"
    context: Mapping[str, Any] = field(default_factory=dict)

    def blank(self, given: Any = None, *, version: int | None = None) -> Response:
        """The page as it is first opened: empty, with the form's defaults, or with what is given.

        ``given`` are answers, or plain values by question as ``dump`` writes them. With a ``version`` it is
        an edit.
        """
        raw = self._plain(given or {})
        if version is None:
            raw = first_values(self.form, raw)
        return self._shown(Taken(raw=raw, version=version, was=raw if version is not None else None))

    def opened(self, raw: Mapping[str, Any], findings: Sequence[Finding], *, version: int) -> Response:
        """The page as it is opened with answers that were typed elsewhere, and what is to be put right in them."""
        return self._shown(Taken(raw=raw, findings=tuple(findings), version=version, was=raw))

    def take(self, posted: Posted, files: Posted | None = None) -> Taken:
        """Read what came back."""
        version, was = _number(posted.get(VERSION)), _kept(posted.get(WAS))
        if (yours := _kept(posted.get(YOURS))) is not None:
            raw: dict[str, Any] = conflicts.settled(self.form, yours, _kept(posted.get(THEIRS)) or {}, posted)
        else:
            raw = read_posted(self.form.questions, posted, files, self.keeper)
        taken = Taken(raw=raw, version=version, was=was)
        if (steps := self._step(taken, posted)) is not None:
            return steps
        raw = without_empty_rounds(self.form.questions, raw)
        pressed = next((name for name, _ in self.buttons if PRESS + name in posted), "")
        reading = read(self.form, raw, draft=pressed == "draft")
        findings = reading.findings if reading.refused else (*reading.findings, *self._out_of_reach(reading.answers))
        answers = None if any(one.blocks for one in findings) else reading.answers
        return replace(taken, raw=raw, answers=answers, findings=tuple(findings), pressed=pressed)

    def again(self, taken: Taken, findings: Sequence[Finding] | None = None) -> Response:
        """The page once more, everything typed still in it, and what is wrong beside it. Refused answers are a 422."""
        shown = taken if findings is None else replace(taken, findings=tuple(findings))
        return self._shown(shown, 422 if any(one.blocks for one in shown.findings) else 200)

    def conflict(
        self,
        taken: Taken,
        stored: Any,
        *,
        version: int,
        by: str = "Somebody else",
        also: Mapping[str, str] | None = None,
    ) -> Response:
        """The page for the second of two who changed one record: stored now, yours, what it was before, line by line.

        ``stored`` is the record as it is now, as answers or plain values, ``version`` its version, ``by`` says who and
        when: "Piers Wending, 11:19". Of a draft, what cannot be read yet is compared as it was typed; ``also`` are
        names and values that are sent along with what is chosen.
        """
        now = self._plain(stored)
        if taken.answers is not None:
            yours, was = dump(self.form, taken.answers), taken.was
        else:
            now, yours = conflicts.normal(self.form, now), conflicts.normal(self.form, taken.raw)
            was = None if taken.was is None else conflicts.normal(self.form, taken.was)
        lines = conflicts.lines(self.form, now, yours, was, self._title)
        page = render_template(
            "cm/conflict.html",
            page=self,
            title=self.title,
            crumbs=self.crumbs,
            lines=lines,
            by=by,
            hidden={
                VERSION: version,
                YOURS: json.dumps(yours),
                THEIRS: json.dumps({line.key: now.get(line.key) for line in lines}),
                WAS: json.dumps(now),
                **(also or {}),
            },
            keep=KEEP,
            **self.context,
        )
        return make_response(page, 409)

    def _plain(self, given: Any) -> dict[str, Any]:
        return dict(given) if isinstance(given, Mapping) else dump(self.form, given)

    def _title(self, of: str, number: int) -> str | None:
        return found.title if (found := self.shown(of, number)) else None

    def _step(self, taken: Taken, posted: Posted) -> Taken | None:
        """A page asked for on the way: a search, another choice, a round more or fewer."""
        if place := posted.get(FIND) or posted.get(CHANGE):
            return replace(taken, opened=frozenset((str(place),)))
        if place := posted.get(ADD):
            return replace(taken, raw=with_round(taken.raw, str(place)))
        if place := posted.get(REMOVE):
            return replace(taken, raw=without_round(taken.raw, str(place)))
        if ENTER in posted and (waiting := frozenset(_searches(self.form.questions, taken.raw, ""))):
            # The key Enter was pressed in a box that searches: search, as its button would.
            return replace(taken, opened=waiting)
        return None

    def _out_of_reach(self, answers: Any) -> list[Finding]:
        """What was chosen and is not to be found by whoever chose it: a number typed by hand, a record gone since."""
        found = []
        chosen = list(_chosen(self.form.questions, answers, ""))
        self.fetch((one.kind.of, value) for one, _, value in chosen if isinstance(one.kind, kinds.Pick))
        for question, place, value in chosen:
            kind = question.kind
            if isinstance(kind, kinds.File):
                reached = self.keeper is not None and self.keeper.kept(value.ref) == value
            else:
                assert isinstance(kind, kinds.Pick | kinds.PickMany)
                reached = self.shown(kind.of, value) is not None
            if not reached:
                sentence, way_out = "what was chosen is not to be found.", "Search again and choose one of those found."
                found.append(Finding(question.about(sentence), rule=question.rule, place=place, way_out=way_out))
        return found

    def _shown(self, taken: Taken, status: int = 200) -> Response:
        stands = standing(self.form, taken.raw)
        sheet = Sheet(taken.raw, taken.findings, self.lookup, self.shown, taken.opened, self.one_hand, stands)
        parts = []
        for section, questions in self.form.parts:
            controls = [
                control(one, sheet, self.form.questions, raw=taken.raw.get(one.key), place=one.key)
                for one in questions
                if stands.shows(one)
            ]
            parts.append(Part(section, tuple(controls), sum(len(_wrong(one)) for one in controls)))
        errors = [Error(one, _where(parts, one.place)) for one in taken.findings if one.blocks]
        hidden = {VERSION: taken.version, WAS: None if taken.was is None else json.dumps(taken.was)}
        page = render_template(
            self.template,
            page=self,
            title=self.title,
            crumbs=self.crumbs,
            parts=parts,
            errors=errors,
            findings=[*self.told, *taken.warnings],
            uploads=any(isinstance(one.kind, kinds.File) for one in self.form.questions),
            hidden={name: value for name, value in hidden.items() if value is not None},
            **self.context,
        )
        return make_response(page, status)


@dataclass(frozen=True)
class Part:
    """A section of the page: its heading, its controls, and how many things are to be put right in it."""

    section: Section
    controls: tuple[Control, ...]
    wrong: int


@dataclass(frozen=True)
class Error:
    """One line of the list at the top: what is wrong, and the id of where to put it right, if that is on the page."""

    finding: Finding
    at: str


def _where(parts: Sequence[Part], place: str | None) -> str:
    """The id of what takes the focus when somebody follows a line of the list of errors."""
    return next((at for part in parts for one in part.controls if (at := _at(one, place or ""))), "")


def _at(one: Control, place: str) -> str:
    if place == one.place:
        return one.first_id
    if one.shape == "scores":
        return next((row["first"] for row in one.parts["rows"] if row["place"] == place), "")
    if one.shape == "rounds":
        return next((at for controls in one.parts["rounds"] for inner in controls if (at := _at(inner, place))), "")
    return ""


def _wrong(one: Control) -> list[Finding]:
    """Everything refused in a control and in those inside it."""
    rows = [finding for row in one.parts["rows"] for finding in row["wrong"]] if one.shape == "scores" else []
    rounds = [each for controls in one.parts["rounds"] for each in controls] if one.shape == "rounds" else []
    return [*one.wrong, *rows, *(finding for inner in rounds for finding in _wrong(inner))]


def _number(text: Any) -> int | None:
    return int(text) if isinstance(text, str) and text.isascii() and text.isdigit() and len(text) < 11 else None


def _kept(text: Any) -> dict[str, Any] | None:
    """What the page carried along as JSON; what is no JSON of ours counts as nothing."""
    try:
        found = json.loads(text) if isinstance(text, str) and text else None
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def _searches(questions: Sequence[Question], raw: Mapping[str, Any], before: str) -> Iterator[str]:
    """The places where something was typed to search for and nothing is chosen."""
    for question in questions:
        given = raw.get(question.key)
        if isinstance(question.kind, kinds.Pick | kinds.PickMany) and isinstance(given, Mapping):
            if not is_blank(given.get("search")) and is_blank(given.get("id")):
                yield before + question.key
        elif isinstance(question.kind, kinds.Repeated) and isinstance(given, list):
            for index, row in enumerate(given):
                yield from _searches(question.kind.questions, row, f"{before}{question.key}.{index}.")


def _chosen(questions: Sequence[Question], answers: Any, before: str) -> Iterator[tuple[Question, str, Any]]:
    """Every record picked and every file handed in, with its question and place."""
    for question in questions:
        if not question.answers or (value := getattr(answers, question.key)) in (None, []):
            continue
        match question.kind:
            case kinds.Pick() | kinds.File():
                yield question, before + question.key, value
            case kinds.PickMany():
                yield from ((question, before + question.key, one) for one in value)
            case kinds.Repeated(questions=inner):
                for index, row in enumerate(value):
                    yield from _chosen(inner, row, f"{before}{question.key}.{index}.")
