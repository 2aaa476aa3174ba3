"""Forms at random: any kinds, any words, conditions, calculations, groups within groups; and their answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from hypothesis import reject
from hypothesis import strategies as st

from cmcore.base.findings import Refused
from cmcore.forms import Form, Question, calculated, dump, kinds, load, when
from cmcore.forms.conditions import Condition
from cmcore.forms.schema import Round, is_blank
from tests.cmcore.forms import at_random

#: How the words begin that a spreadsheet would take for a formula.
_BEGINNINGS = st.sampled_from(("", "", "", "=", "+", "-", "@", "'", "_x0041_", "=1+1 "))


@cache
def words(most: int = 30) -> st.SearchStrategy[str]:
    """Words on one line, as awkward as they come."""
    return st.tuples(_BEGINNINGS, at_random.texts(most, lines=False)).map("".join)


@cache
def options() -> st.SearchStrategy[tuple[kinds.Option, ...]]:
    """Answers to choose from; their labels may be alike."""
    keys = st.lists(st.from_regex(r"[a-z0-9][a-z0-9_.-]{0,8}", fullmatch=True), min_size=1, max_size=6, unique=True)
    label = st.one_of(words(), st.sampled_from(("Yes", "No", "Other, say", "5", "01")))
    return keys.flatmap(
        lambda some: st.tuples(
            *(st.builds(kinds.Option, key=st.just(key), label=label, hint=st.just("")) for key in some)
        )
    )


_WIDE = st.integers(-kinds.LARGEST, kinds.LARGEST)


def _range(low: st.SearchStrategy[Any], high: st.SearchStrategy[Any], made: Callable[..., kinds.Kind]) -> Any:
    return st.tuples(st.none() | low, st.none() | high).map(
        lambda ends: (
            made(least=ends[0], most=ends[1])
            if None in ends or ends[0] <= ends[1]
            else made(least=ends[1], most=ends[0])
        )
    )


def _measured() -> st.SearchStrategy[tuple[kinds.Measured, ...]]:
    keys = st.lists(st.sampled_from(("confidence", "ambition", "total", "leadership")), min_size=1, unique=True)
    one = st.tuples(words(), words(), st.integers(-5, 5), st.integers(0, 60))
    return keys.flatmap(lambda some: st.tuples(*(one.map(lambda told, key=key: _measure(key, *told)) for key in some)))


def _measure(key: str, label: str, definition: str, least: int, steps: int) -> kinds.Measured:
    return kinds.Measured(
        key=key, label=label, definition=definition, least=least, most=least + steps, low="needing help", high="well"
    )


@cache
def every_kind() -> dict[type[kinds.Kind], st.SearchStrategy[kinds.Kind]]:
    """Each kind of answer, with what it says of itself at random. Not the groups, which hold other kinds."""
    return {
        kinds.ShortText: st.builds(kinds.ShortText, most=st.integers(1, 300)),
        kinds.LongText: st.builds(kinds.LongText, most=st.integers(1, 10_000), voice=st.booleans()),
        kinds.WholeNumber: _range(_WIDE, _WIDE, kinds.WholeNumber),
        kinds.DecimalNumber: st.builds(
            kinds.DecimalNumber, places=st.integers(0, 6), least=st.none() | st.just(Decimal(-7)), most=st.none()
        ),
        kinds.Money: _range(_WIDE, _WIDE, kinds.Money),
        kinds.Day: st.just(kinds.Day()),
        kinds.Time: st.just(kinds.Time()),
        kinds.Moment: st.just(kinds.Moment()),
        kinds.YesNo: st.sampled_from((kinds.YesNo(), kinds.YesNo(yes="=Always", no="Never, or not yet"))),
        kinds.Choice: st.builds(kinds.Choice, options=options()),
        kinds.Choices: st.builds(kinds.Choices, options=options()),
        kinds.Scale: st.tuples(st.integers(-3, 3), st.integers(0, 70)).map(
            lambda ends: kinds.Scale(least=ends[0], most=sum(ends), low="cold", high="warm")
        ),
        kinds.Scores: st.builds(kinds.Scores, measures=_measured()),
        kinds.Pick: st.builds(kinds.Pick, of=st.just("mentor"), few=st.booleans()),
        kinds.PickMany: st.builds(kinds.PickMany, of=st.just("adult"), most=st.integers(5, 50)),
        kinds.File: st.builds(kinds.File, accept=st.sampled_from(((), (".pdf",)))),
        kinds.Note: st.builds(kinds.Note, text=words(80)),
    }


@st.composite
def questions(draw: st.DrawFn, depth: int = 2, most: int = 6) -> tuple[Question, ...]:
    """Some questions; at the last depth no groups."""
    made: list[Question] = []
    kinds_at_hand = every_kind()
    for number in range(draw(st.integers(1, most))):
        offered = [*kinds_at_hand, *([kinds.Repeated] if depth else [])]
        chosen = draw(st.sampled_from(offered))
        if chosen is kinds.Repeated:
            inner = draw(questions(depth - 1, 3))
            kind: kinds.Kind = kinds.Repeated(questions=_with_one_answer(inner), most=5, one="visit")
        else:
            kind = draw(kinds_at_hand[chosen])
        made.append(draw(_question(f"q{number}", kind, tuple(made))))
    return tuple(made)


def _with_one_answer(asked: tuple[Question, ...]) -> tuple[Question, ...]:
    if any(one.answers and one.calculate is None for one in asked):
        return asked
    return (*asked, Question(key="last", label="The last", kind=kinds.YesNo()))


@st.composite
def _question(draw: st.DrawFn, key: str, kind: kinds.Kind, before: tuple[Question, ...]) -> Question:
    said: dict[str, Any] = {"hint": draw(st.just("") | words()), "sensitive": draw(st.booleans())}
    answered = [one for one in before if one.answers]
    if answered and draw(st.integers(0, 3)) == 0:
        said["show_when"] = draw(_condition(draw(st.sampled_from(answered))))
    if answered and isinstance(kind, kinds.WholeNumber) and draw(st.booleans()):
        # As a function it is not kept with the form, so what it says stays within what may be typed there.
        worked_out = next((end for end in (kind.least, kind.most) if end is not None), 7)
        said["calculate"] = calculated(answered[0].key, by=lambda answer: worked_out)
    if isinstance(kind, kinds.Note):
        return Question(key=key, label="", kind=kind, required=False, show_when=said.get("show_when"))
    required = draw(st.booleans()) and "calculate" not in said
    return Question(key=key, label=draw(words()), kind=kind, required=required, section=draw(_SECTIONS), **said)


_SECTIONS = st.sampled_from(("", "Who", "=Why"))


def _condition(asked: Question) -> st.SearchStrategy[Condition]:
    begun = when(asked.key)
    found = [begun.answered(), ~begun.answered()]
    if isinstance(asked.kind, kinds.YesNo):
        found.append(begun.is_(True))
    if isinstance(asked.kind, kinds.Choice):
        found.append(begun.is_(asked.kind.options[0].key) | begun.is_not(asked.kind.options[-1].key))
    if isinstance(asked.kind, kinds.Choices):
        found.append(begun.has(asked.kind.options[0].key))
    if isinstance(asked.kind, kinds.WholeNumber | kinds.Scale):
        found.append(begun.at_least(2) & begun.answered())
    return st.sampled_from(found)


@st.composite
def forms(draw: st.DrawFn) -> Form:
    """A whole form."""
    asked = _with_one_answer(draw(questions()))
    return Form(
        key="at-random", version=draw(st.integers(1, 9)), title=draw(words()), doc=draw(words()), questions=asked
    )


@dataclass(frozen=True)
class Filled:
    """A form with answers as they are kept: what is hidden is left out, what is worked out is worked out."""

    form: Form
    answers: Any

    @property
    def kept(self) -> dict[str, Any]:
        """The answers as ``dump`` writes them."""
        return dump(self.form, self.answers)

    def files(self) -> dict[str, Any]:
        """Every file among the answers, by its reference."""
        found: dict[str, Any] = {}

        def look(value: Any) -> None:
            if isinstance(value, dict) and "media_type" in value:
                found[value["ref"]] = value
            for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
                look(one)

        look(self.kept)
        return found


@st.composite
def filled_forms(draw: st.DrawFn) -> Filled:
    """A form and answers to it."""
    form = draw(forms())
    written = dump(form, form.make(draw(_answers(form.questions))))
    try:
        # What hides a question empties it, which may leave a round empty, which may hide another question.
        while (settled := _settled(form.questions, dump(form, load(form, written)))) != written:
            written = settled
    except Refused:
        reject()
    return Filled(form, load(form, written))


def _settled(asked: Sequence[Question], written: Mapping[str, Any]) -> dict[str, Any]:
    """The same answers without rounds nobody typed anything into."""
    made = dict(written)
    for one in asked:
        if isinstance(one.kind, kinds.Repeated) and made.get(one.key) is not None:
            rounds = [_settled(one.kind.questions, row) for row in made[one.key]]
            made[one.key] = [row for row in rounds if not _empty(one.kind, row)] or None
    return made


@st.composite
def _answers(draw: st.DrawFn, asked: tuple[Question, ...]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for one in asked:
        if not one.answers:
            continue
        if not one.required and draw(st.integers(0, 2)) == 0:
            made[one.key] = None
        elif isinstance(one.kind, kinds.Repeated):
            rounds = draw(st.lists(_answers(one.kind.questions), min_size=1, max_size=3))
            made[one.key] = [Round(row) for row in rounds]
        else:
            made[one.key] = draw(at_random.answers(one.kind))
    return made


def _empty(kind: kinds.Repeated, row: Mapping[str, Any]) -> bool:
    return all(is_blank(row.get(one.key)) for one in kind.questions if one.calculate is None)
