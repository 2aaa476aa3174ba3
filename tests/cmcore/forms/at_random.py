"""Answers at random: a hypothesis strategy for each kind of answer, and a form that asks every kind."""

from __future__ import annotations

import datetime as dt
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import singledispatch
from typing import Any

from hypothesis import strategies as st

from cmcore.base.words import Choice
from cmcore.forms import Answers, FileAnswer, Form, Score, ask, form, group, kinds, note
from cmcore.forms.fields import clean
from cmcore.forms.values import scores_of
from cmcore.measures.sets import Measure, Scale


class Outcome(Choice):
    """How a session went."""

    held = "held", "Held"
    absent = "absent", "Young person absent"
    unsettled = "unsettled", "Postponed, unsettled"


def measure(key: str, least: int = 1, most: int = 5) -> Measure:
    """A measure on a scale."""
    return Measure(key, key.capitalize(), f"What {key} is.", Scale(least, most, "needing help", "doing well"), "[Role]")


@group
class Impact:
    """One thing that was noticed."""

    outcome: Outcome = ask("What kind")
    noticed: str = ask("What you noticed", long=True)
    expected: bool | None = ask("Was it expected?")


@form("every-kind", version=1, title="Every kind")
class EveryKind(Answers):
    """Asks for an answer of every kind."""

    line: str = ask("A line", section="Words")
    lines: str = ask("Several lines", long=True, sensitive=True)
    theirs: str | None = ask("Their words", voice=True)
    guidance: None = note("Numbers follow.", section="Numbers")
    minutes: int = ask("Minutes", least=5, most=720, unit="minutes")
    hours: Decimal | None = ask("Hours", places=2, least=Decimal(0))
    rate: int = ask("Rate", money=True)
    warmth: int | None = ask("Warmth", least=1, most=5, low="cold", high="warm")
    held_on: date = ask("Held on", section="Days")
    begins: time = ask("Begins")
    starts_at: datetime | None = ask("Starts")
    joint: bool = ask("Joint?", section="Choices")
    outcome: Outcome = ask("Outcome", hints={Outcome.held: "as planned"})
    reasons: list[Outcome] = ask("Reasons", required=False)
    scores: dict[str, Score] | None = ask("Scores", kind=scores_of([measure("confidence"), measure("total", 0, 40)]))
    mentor: int = ask("Mentor", of="mentor", section="People")
    adults: list[int] = ask("Adults", of="adult", required=False)
    plan: FileAnswer | None = ask("Plan", accept=(".pdf",))
    impacts: list[Impact] = ask("Impacts", required=False, one="impact", most=5)


def texts(most: int, *, lines: bool) -> st.SearchStrategy[str]:
    """Text as it is kept."""
    return (
        st.text(max_size=min(most, 40))
        .map(lambda text: clean(text, lines=lines))
        .filter(lambda text: 0 < len(text) <= most)
    )


@singledispatch
def answers(kind: kinds.Kind) -> st.SearchStrategy[Any]:
    """Typed answers of this kind."""
    raise TypeError(f"No answers at random yet for questions of kind {type(kind).__name__}.")


@answers.register
def _(kind: kinds.ShortText) -> st.SearchStrategy[Any]:
    return texts(kind.most, lines=False)


@answers.register
def _(kind: kinds.LongText) -> st.SearchStrategy[Any]:
    return texts(kind.most, lines=True)


@answers.register(kinds.WholeNumber)
@answers.register(kinds.Money)
@answers.register(kinds.Scale)
def _(kind: Any) -> st.SearchStrategy[Any]:
    return st.integers(
        -kinds.LARGEST if kind.least is None else kind.least, kinds.LARGEST if kind.most is None else kind.most
    )


@answers.register
def _(kind: kinds.DecimalNumber) -> st.SearchStrategy[Any]:
    least, most = kind.least or Decimal(-1_000_000), kind.most or Decimal(1_000_000)
    return st.decimals(max(least, Decimal(0)), most, places=kind.places)


@answers.register
def _(kind: kinds.Day) -> st.SearchStrategy[Any]:
    return st.dates(date(1900, 1, 1), date(2200, 12, 31))


@answers.register
def _(kind: kinds.Time) -> st.SearchStrategy[Any]:
    return st.times().map(lambda at: at.replace(second=0, microsecond=0))


@answers.register
def _(kind: kinds.Moment) -> st.SearchStrategy[Any]:
    days = st.one_of(
        st.datetimes(datetime(1901, 1, 1), datetime(2199, 12, 31)),
        # The nights when the clocks change.
        st.datetimes(datetime(2026, 10, 24, 23), datetime(2026, 10, 25, 4)),
        st.datetimes(datetime(2026, 3, 28, 23), datetime(2026, 3, 29, 4)),
    )
    return days.map(lambda at: at.replace(second=0, microsecond=0, tzinfo=UTC))


@answers.register
def _(kind: kinds.YesNo) -> st.SearchStrategy[Any]:
    return st.booleans()


def _of(kind: kinds.Choice | kinds.Choices) -> list[Any]:
    return [kind.of(option.key) if kind.of else option.key for option in kind.options]


@answers.register
def _(kind: kinds.Choice) -> st.SearchStrategy[Any]:
    return st.sampled_from(_of(kind))


@answers.register
def _(kind: kinds.Choices) -> st.SearchStrategy[Any]:
    offered = _of(kind)
    return st.sets(st.sampled_from(offered), min_size=1).map(lambda some: sorted(some, key=offered.index))


@answers.register
def _(kind: kinds.Scores) -> st.SearchStrategy[Any]:
    remark = st.one_of(st.just(""), texts(40, lines=True))
    return st.fixed_dictionaries(
        {
            one.key: st.one_of(
                st.builds(Score, st.integers(one.least, one.most), st.just(""), remark),
                st.builds(Score, st.none(), texts(40, lines=True), remark),
            )
            for one in kind.measures
        }
    )


@answers.register
def _(kind: kinds.Pick) -> st.SearchStrategy[Any]:
    return st.integers(1, kinds.LARGEST)


@answers.register
def _(kind: kinds.PickMany) -> st.SearchStrategy[Any]:
    return st.lists(st.integers(1, kinds.LARGEST), min_size=1, max_size=5, unique=True)


@answers.register
def _(kind: kinds.File) -> st.SearchStrategy[Any]:
    ending = kind.accept[0] if kind.accept else ""
    name = texts(20, lines=False).map(lambda stem: clean(stem + ending, lines=False))
    return st.builds(FileAnswer, st.uuids().map(str), name, st.just("application/pdf"), st.integers(0, kind.most_bytes))


@answers.register
def _(kind: kinds.Repeated) -> st.SearchStrategy[Any]:
    row = st.fixed_dictionaries({one.key: maybe(one.kind, one.required, one.nothing) for one in kind.questions})
    return st.lists(row.map(lambda values: kind.of(**values) if kind.of else values), min_size=1, max_size=3)


@answers.register
def _(kind: kinds.Note) -> st.SearchStrategy[Any]:
    return st.none()


def maybe(kind: kinds.Kind, required: bool, nothing: Any) -> st.SearchStrategy[Any]:
    """An answer, or none where none is needed."""
    return answers(kind) if required else st.one_of(st.just(nothing), answers(kind))


def filled(declared: Form) -> st.SearchStrategy[Any]:
    """A whole form at random, as typed answers."""
    asked = [one for one in declared.questions if one.answers]
    values = st.fixed_dictionaries({one.key: maybe(one.kind, one.required, one.nothing) for one in asked})
    return values.map(declared.make)


def on(day: int, month: int = 11, year: int = 2026) -> dt.date:
    """A day, in the order people say it."""
    return dt.date(year, month, day)
