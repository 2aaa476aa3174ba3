"""Builds the questions of a form from the tree of a workbook's survey."""

from __future__ import annotations

from collections.abc import Iterator

from cmcore.exchange.xlsform.answer_kinds import OTHER, kind_of
from cmcore.exchange.xlsform.carried import Carrying, changes_each_time, joined, uses_once
from cmcore.exchange.xlsform.gathering import Gathered
from cmcore.exchange.xlsform.items import Item
from cmcore.exchange.xlsform.lists import Lists
from cmcore.exchange.xlsform.passed_over import say_passed_over
from cmcore.exchange.xlsform.references import REF
from cmcore.exchange.xlsform.sections import Frame, Sections
from cmcore.exchange.xlsform.sheets import SURVEY
from cmcore.forms import kinds
from cmcore.forms.conditions import IsTrue
from cmcore.forms.expressions.functions import Outcome
from cmcore.forms.expressions.outcomes import kind_for, outcome, outcome_of_kind
from cmcore.forms.expressions.tree import (
    Answer,
    Call,
    Column,
    Expression,
    Joined,
    Literal,
    This,
    Unusable,
    parts_of,
)
from cmcore.forms.questions import Calculation, Constraint, Question, by_expression

#: What stands before each place of a rank question.
_PLACES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")

#: What comes out of a question that stands further down, by its type.
_OUTCOMES: dict[str, Outcome] = {
    "integer": "whole",
    "decimal": "number",
    "range": "number",
    "date": "day",
    "dateTime": "moment",
}


class Building:
    """Builds one form. ``rows`` says in which row each question stands, by its path."""

    def __init__(self, carrying: Carrying, lists: Lists, found: Gathered) -> None:
        """Keep what every question needs."""
        self.carrying, self.lists, self.found = carrying, lists, found
        self.sections = Sections()
        self.section_names: dict[str, Item] = {}
        self.used_columns: set[str] = set()
        self.rows: dict[str, int] = {}
        self.kinds: dict[tuple[str, str], kinds.Kind] = {}

    def questions(self, root: Item) -> list[Question]:
        """The questions of the whole form."""
        return list(self._level(root, [], Frame(""), ""))

    def _level(self, group: Item, around: list[Expression], frame: Frame | None, before: str) -> Iterator[Question]:
        """The questions of a group and of the groups in it; a repeat has no sections, so no ``frame``."""
        for item in group.inside:
            if item.gone:
                continue
            if item.sort == "group":
                yield from self._group(item, around, frame, before)
                continue
            section = self.sections.title_for(frame) if frame is not None else ""
            self._say_passed_over(item)
            for question in self._made(item, around, section, before):
                self.rows[before + question.key] = item.row.number
                yield question

    def _group(self, item: Item, around: list[Expression], frame: Frame | None, before: str) -> Iterator[Question]:
        self._say_passed_over(item)
        label = self.carrying.wording(item, "label", f"section/{item.row.number}")
        own = self.carrying.condition(item, around)
        inner = [own] if own is not None else []
        if frame is None:
            if label:
                key = f"{item.key or 'group'}_heading"
                yield Question(key=key, label="", kind=kinds.Note(text=label), required=False, show_when=_when(inner))
            yield from self._level(item, inner, None, before)
            return
        if not label:
            yield from self._level(item, inner, frame, before)
            return
        below = Frame(label)
        self.section_names[label] = item
        yield from self._level(item, inner, below, before)

    def _made(self, item: Item, around: list[Expression], section: str, before: str) -> Iterator[Question]:
        place = f"{before}{item.key}"
        own = self.carrying.condition(item, around)
        shown = _when([own] if own is not None else [])
        if item.sort == "repeat":
            yield from self._repeat(item, shown, section, place)
        elif item.only_shown:
            yield self._note(item, shown, section, place)
        elif item.worked_out:
            yield from self._calculated(item, shown, section, place)
        elif item.type == "rank":
            yield from self._rank(item, shown, section, place)
        else:
            yield from self._asked(item, own, section, place)

    def _asked(self, item: Item, own: Expression | None, section: str, place: str) -> Iterator[Question]:
        options = self._options(item, place)
        columns = self.lists.columns
        only = self.carrying.expression(item, "choice_filter", "All choices are offered.", columns=columns)
        if only is not None:
            looked_at = {one.name for one in parts_of(only) if isinstance(one, Column)}
            self.used_columns |= looked_at
            options = [kinds.Option(key=one.key, label=one.label, facts=_facts(one, looked_at)) for one in options]
        try:
            kind = kind_of(item, options, only, self.found)
        except Unusable as trouble:
            self.carrying.lost(item, "parameters", f"{trouble} A whole number is asked for.")
            kind = kinds.WholeNumber()
        if item.row.get("readonly").lower() in ("yes", "true", "true()", "1"):
            self.carrying.lost(item, "readonly", "The answer can be changed here.")
        self.kinds[place.rpartition("/")[0], item.key] = kind
        required, required_when = self.carrying.required(item)
        yield Question(
            key=item.key,
            label=self._label(item, place),
            kind=kind,
            required=required,
            required_when=required_when,
            hint=self._hint(item, place),
            section=section,
            show_when=_when([own] if own is not None else []),
            missing=self.carrying.wording(item, "required_message", f"{place}/missing"),
            constraint=self.carrying.constraint(item, place),
            begins_with=self.carrying.begins_with(item, kind),
            sensitive=item.row.get("sensitive").lower() in ("yes", "true", "1"),
        )
        if item.or_other:
            other = Call("selected", (Answer(item.key), Literal(OTHER)))
            yield Question(
                key=f"{item.key}_other",
                label=f"{self._label(item, place).rstrip('?.: ')}: which other?",
                kind=kinds.ShortText(most=1_000),
                required=False,
                section=section,
                show_when=_when([one for one in (own, other) if one is not None]),
            )

    def _rank(self, item: Item, shown: IsTrue | None, section: str, place: str) -> Iterator[Question]:
        """One question for each place; nothing is chosen twice."""
        options = tuple(self._options(item, place))
        label, required = self._label(item, place), self.carrying.required(item)[0]
        self.found.changed(
            SURVEY,
            f"It is asked as {len(options)} questions, one for each place.",
            row=item.row,
            column="type",
            value=item.row.get("type"),
        )
        for number, word in zip(range(1, len(options) + 1), _PLACES, strict=False):
            key = f"{item.key}_{number}"
            before: Expression | None = None
            for other in range(1, number):
                new = Joined("!=", This(), Answer(f"{item.key}_{other}"))
                before = new if before is None else Joined("and", before, new)
            yield Question(
                key=key,
                label=f"{label.rstrip('?.: ')}: {word}",
                kind=kinds.Choice(options=options),
                required=required,
                hint=self._hint(item, place) if number == 1 else "",
                section=section,
                show_when=shown,
                constraint=Constraint(before, Literal("This was chosen for a place before.")) if before else None,
            )

    def _repeat(self, item: Item, shown: IsTrue | None, section: str, place: str) -> Iterator[Question]:
        inner = list(self._level(item, [], None, f"{place}/"))
        most, constraint = self.carrying.counted(item)
        label = self._label(item, place)
        one = label[:1].lower() + label[1:]
        kind = kinds.Repeated(
            questions=tuple(inner), most=most, one=one if len(one) <= 30 and one[-1:].isalpha() else "round"
        )
        yield Question(
            key=item.key,
            label=label,
            kind=kind,
            required=False,
            hint=self._hint(item, place),
            section=section,
            show_when=shown,
            constraint=constraint,
            nothing=(),
        )

    def _note(self, item: Item, shown: IsTrue | None, section: str, place: str) -> Question:
        said = self.carrying.words.take(item, "label", f"{place}/label")
        self.carrying.bracket_others(item, f"{place}/label")
        hint = self._hint(item, place)
        says = None
        if REF.search(said):
            try:
                says = self.carrying.references.sentence(said, item)
            except Unusable as trouble:
                self.carrying.lost(item, "label", f"{trouble} The note stands without that answer.", said)
        text = self.carrying.references.in_brackets(said, item) or item.name or "…"
        kind = kinds.Note(text=f"{text} {hint}".strip(), says=says)
        return Question(key=item.key, label="", kind=kind, required=False, section=section, show_when=shown)

    def _calculated(self, item: Item, shown: IsTrue | None, section: str, place: str) -> Iterator[Question]:
        made = self.calculation(item)
        assert made is not None and made.expression is not None
        if uses_once(made.expression) and changes_each_time(made.expression):
            said = "“once()” has no effect: it is worked out each time the form is kept."
            self.carrying.lost(item, "calculation", said)
        if item.type in ("calculate", "hidden"):
            kind = kind_for(outcome(made.expression, lambda one: self._outcome_of(one, place)))
        else:
            kind = kind_of(item, self._options(item, place), None, self.found)
            if not item.row.get("readonly"):
                self.found.changed(
                    SURVEY,
                    "It is always worked out and cannot be changed by hand.",
                    row=item.row,
                    column="calculation",
                )
        self.kinds[place.rpartition("/")[0], item.key] = kind
        yield Question(
            key=item.key,
            label=self._label(item, place),
            kind=kind,
            required=False,
            hint=self._hint(item, place),
            section=section,
            show_when=shown,
            calculate=made,
        )

    def calculation(self, item: Item) -> Calculation | None:
        """How an answer is worked out; None, and listed, where it cannot be."""
        text = item.row.get("calculation") or item.row.get("default")
        means = "calculation" if item.row.get("calculation") else "default"
        if means == "default" and item.type == "hidden" and not REF.search(text) and "(" not in text:
            return by_expression(Literal(text))
        made = self.carrying.expression(item, means, "It is left out.")
        return by_expression(made) if made is not None else None

    def _outcome_of(self, one: Answer, place: str) -> Outcome:
        level = place.rpartition("/")[0]
        for _ in range(one.up):
            level = level.rpartition("/")[0]
        kind = self.kinds.get((level, one.key))
        if kind is not None:
            return outcome_of_kind(kind)
        target = self.carrying.references.by_answer.get((one.key, one.of, one.up))
        return _OUTCOMES.get(target.type, "text") if target is not None else "text"

    # ---- words and choices
    def _label(self, item: Item, place: str) -> str:
        said = self.carrying.wording(item, "label", f"{place}/label")
        if said:
            return said
        if item.type not in ("calculate", "hidden"):
            self.found.changed(
                SURVEY,
                f"There is no label, so the name is shown: {item.name}.",
                "Write a label.",
                row=item.row,
                column="label",
            )
        return item.name.replace("_", " ").strip().capitalize() or "Answer"

    def _hint(self, item: Item, place: str) -> str:
        hint = self.carrying.wording(item, "hint", f"{place}/hint")
        guidance = self.carrying.wording(item, "guidance_hint", f"{place}/guidance")
        return f"{hint} {guidance}".strip()

    def _options(self, item: Item, place: str) -> list[kinds.Option]:
        if item.type not in ("select_one", "select_multiple", "rank"):
            return []
        made = []
        for one in self.lists.by_name.get(item.of, []):
            label = self.carrying.words.keep(one.labels, f"{place}/options/{one.name}")
            made.append(kinds.Option(key=one.name, label=label or one.name, facts=tuple(one.facts.items())))
        if item.or_other and all(one.key != OTHER for one in made):
            made.append(kinds.Option(key=OTHER, label="Other"))
        return made if item.row.get("choice_filter") else [kinds.Option(key=one.key, label=one.label) for one in made]

    def _say_passed_over(self, item: Item) -> None:
        say_passed_over(item, self.found)


def _facts(option: kinds.Option, columns: set[str]) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in option.facts if name in columns)


def _when(every: list[Expression]) -> IsTrue | None:
    whole = joined("and", every)
    return IsTrue(whole) if whole is not None else None
