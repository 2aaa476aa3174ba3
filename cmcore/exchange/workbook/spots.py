"""Kinds of answer as cells: how many a question takes, what each is called, what may be typed into it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import singledispatch
from typing import Literal

from cmcore.exchange.tables import folded
from cmcore.forms import Question, kinds
from cmcore.forms.descriptions import kind_in_words
from cmcore.forms.saying import Titles, no_titles

#: What a cell is made for.
Look = Literal["line", "lines", "whole", "decimal", "money", "day", "time", "moment", "listed", "shown"]

#: The records one may choose from, by what they are ("mentor"): each with its number and its words.
Records = Callable[[str], Sequence[tuple[int, str]]]

#: Cells laid out for several records; more where more are chosen already.
ROOM = 10

#: What is written beside each answer that is chosen, where several may be, and in place of a score.
CHOSEN = "Yes"
NOT_SCORED = "not scored"


def no_records(of: str) -> Sequence[tuple[int, str]]:
    """Offers no record to choose from."""
    return ()


@dataclass(frozen=True)
class Spot:
    """One cell of a question. ``name`` tells it from its other cells: an option's key, "confidence.note", "3".

    ``row`` and ``column`` count from 0 within the question. What ``listed`` holds is offered in a drop-down.
    """

    name: str = ""
    label: str = ""
    how: str = ""
    look: Look = "line"
    row: int = 0
    column: int = 0
    listed: tuple[str | int, ...] = ()
    least: int | Decimal | None = None
    most: int | Decimal | None = None


@dataclass(frozen=True)
class Setting:
    """What the cells of a sheet depend on beside its form: the records to choose from, the room for several.

    ``titles`` gives the words of a record that is chosen already and is not among those to choose from. With
    ``by_column`` the rows of a group are laid out whole columns at a time, as many as there may be, not one by one.
    """

    records: Records = no_records
    titles: Titles = no_titles
    room: Mapping[str, int] = field(default_factory=dict)
    by_column: bool = False


@dataclass(frozen=True)
class Laid:
    """A question as cells: ``how`` it is answered, and its cells; one with a sheet of its own has none."""

    how: str
    spots: tuple[Spot, ...] = (Spot(),)


@singledispatch
def laid(kind: kinds.Kind, question: Question, place: str, setting: Setting) -> Laid:
    """The cells of a question of this kind; ``place`` is its way through repeated groups, "visits.adults"."""
    raise TypeError(f"There are no cells yet for questions of kind {type(kind).__name__}.")


@laid.register
def _(kind: kinds.ShortText, question: Question, place: str, setting: Setting) -> Laid:
    return Laid(kind_in_words(kind), (Spot(look="line", most=kind.most),))


@laid.register
def _(kind: kinds.LongText, question: Question, place: str, setting: Setting) -> Laid:
    return Laid(kind_in_words(kind), (Spot(look="lines", most=kind.most),))


@laid.register
def _(kind: kinds.WholeNumber, question: Question, place: str, setting: Setting) -> Laid:
    return Laid(kind_in_words(kind), (Spot(look="whole", least=kind.least, most=kind.most),))


@laid.register
def _(kind: kinds.DecimalNumber, question: Question, place: str, setting: Setting) -> Laid:
    return Laid(kind_in_words(kind), (Spot(look="decimal", least=kind.least, most=kind.most),))


@laid.register
def _(kind: kinds.Money, question: Question, place: str, setting: Setting) -> Laid:
    least, most = (None if pence is None else Decimal(pence) / 100 for pence in (kind.least, kind.most))
    return Laid(kind_in_words(kind), (Spot(look="money", least=least, most=most),))


@laid.register
def _(kind: kinds.Day, question: Question, place: str, setting: Setting) -> Laid:
    return Laid("A day, for example 10/11/2026.", (Spot(look="day"),))


@laid.register
def _(kind: kinds.Time, question: Question, place: str, setting: Setting) -> Laid:
    return Laid("A time of day, for example 14:30.", (Spot(look="time"),))


@laid.register
def _(kind: kinds.Moment, question: Question, place: str, setting: Setting) -> Laid:
    return Laid("A day and a time, for example 10/11/2026 14:30.", (Spot(look="moment"),))


@laid.register
def _(kind: kinds.YesNo, question: Question, place: str, setting: Setting) -> Laid:
    return Laid(f"Choose {kind.yes} or {kind.no}.", (Spot(look="listed", listed=(kind.yes, kind.no)),))


@laid.register
def _(kind: kinds.Choice, question: Question, place: str, setting: Setting) -> Laid:
    words = option_words(kind.options)
    hints = [f"{words[one.key]}: {one.hint.rstrip('.')}." for one in kind.options if one.hint]
    return Laid(" ".join(["Choose from the list.", *hints]), (Spot(look="listed", listed=tuple(words.values())),))


@laid.register
def _(kind: kinds.Choices, question: Question, place: str, setting: Setting) -> Laid:
    words = option_words(kind.options)
    limit = f", at most {kind.most}" if kind.most else ""
    return Laid(
        f"Put {CHOSEN} beside all that fit{limit}.",
        tuple(
            Spot(name=one.key, label=words[one.key], how=one.hint, look="listed", row=row, listed=(CHOSEN,))
            for row, one in enumerate(kind.options)
        ),
    )


@laid.register
def _(kind: kinds.Scale, question: Question, place: str, setting: Setting) -> Laid:
    return Laid(f"{kind.least} is {kind.low}, {kind.most} is {kind.high}.", (_steps(kind.least, kind.most),))


def _steps(least: int, most: int, *more: str) -> Spot:
    """A cell for a step of a scale: chosen from a list as long as that is short."""
    if most - least < 50:
        return Spot(look="listed", listed=(*range(least, most + 1), *more))
    return Spot(look="line" if more else "whole", least=None if more else least, most=None if more else most)


@laid.register
def _(kind: kinds.Scores, question: Question, place: str, setting: Setting) -> Laid:
    spots: list[Spot] = []
    for row, one in enumerate(kind.measures):
        step = _steps(one.least, one.most, NOT_SCORED)
        means = f"{one.definition.rstrip('.')}. {one.least} is {one.low}, {one.most} is {one.high}."
        spots += [
            Spot(name=one.key, label=one.label, how=means, look=step.look, row=row, listed=step.listed),
            Spot(name=f"{one.key}.why_not", label=WHY_NOT, look="lines", row=row, column=1, most=2_000),
            Spot(name=f"{one.key}.note", label=NOTE, look="lines", row=row, column=2, most=2_000),
        ]
    return Laid(f"Score each measure, or choose “{NOT_SCORED}” and say why.", tuple(spots))


#: What stands over the three columns of a table of measures.
SCORE, WHY_NOT, NOTE = "Score", "Why it is not scored", "Note"


@laid.register
def _(kind: kinds.Pick, question: Question, place: str, setting: Setting) -> Laid:
    words = tuple(record_words(number, title) for number, title in setting.records(kind.of))
    return Laid(_how_picked(kind.of, bool(words)), (Spot(look="listed" if words else "line", listed=words),))


@laid.register
def _(kind: kinds.PickMany, question: Question, place: str, setting: Setting) -> Laid:
    words = tuple(record_words(number, title) for number, title in setting.records(kind.of))
    room = max(1, min(setting.room.get(place, ROOM), kind.most))
    look: Look = "listed" if words else "line"
    return Laid(
        f"{_how_picked(kind.of, bool(words))} One in each line.",
        tuple(Spot(name=str(row), label=str(row + 1), look=look, row=row, listed=words) for row in range(room)),
    )


def _how_picked(of: str, listed: bool) -> str:
    thing = of.replace("_", " ")
    return "Choose from the list." if listed else f"Write the name of the {thing}, or its number in brackets: [17]."


@laid.register
def _(kind: kinds.File, question: Question, place: str, setting: Setting) -> Laid:
    return Laid("A file cannot be put into a sheet: hand it in on the form's page.", (Spot(look="shown"),))


@laid.register
def _(kind: kinds.Repeated, question: Question, place: str, setting: Setting) -> Laid:
    least = f" at least {kind.least} and" if kind.least else ""
    return Laid(f"On a sheet of its own: a row for each {kind.one},{least} at most {kind.most}.", ())


@laid.register
def _(kind: kinds.Note, question: Question, place: str, setting: Setting) -> Laid:
    return Laid(kind.text, ())


def option_words(options: Sequence[kinds.Option]) -> dict[str, str]:
    """What each answer offered is called, by its key: its label, with the key behind it where labels are alike."""
    labels = {one.key: " ".join(one.label.split()) or one.key for one in options}
    told = [folded(label) for label in labels.values()]
    keys = {folded(key): key for key in labels}
    return {
        key: f"{label} [{key}]" if told.count(folded(label)) > 1 or keys.get(folded(label), key) != key else label
        for key, label in labels.items()
    }


def record_words(number: int, title: str) -> str:
    """What a record is called in a sheet; the number in brackets is what is read back."""
    return f"{' '.join(title.split())} [{number}]".strip()
