"""The kinds of answer a question can have: frozen values that say what is asked for, and do nothing.

What is made of a kind (a schema field, a page control, a description, ...) stands in one file per output, as one
``singledispatch`` function over these classes. A test fails when a kind lacks an output.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from cmcore.forms.expressions.tree import Expression
    from cmcore.forms.questions import Question

#: What a line of text holds, where that changes how it is typed or read.
Holds = Literal["text", "email", "telephone"]

#: The largest whole number every supported database keeps in an ordinary integer column.
LARGEST = 2_147_483_647


@dataclass(frozen=True, kw_only=True)
class Kind:
    """What every kind of answer is."""


@dataclass(frozen=True, kw_only=True)
class Option:
    """One of the answers offered: ``key`` is stored, ``label`` and ``hint`` are read.

    ``facts`` are what a workbook's list says beside it, by column: what a choice filter looks at.
    """

    key: str
    label: str
    hint: str = ""
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class ShortText(Kind):
    """One line of text, at most ``most`` characters."""

    most: int = 200
    holds: Holds = "text"


@dataclass(frozen=True, kw_only=True)
class LongText(Kind):
    """Several lines of text. ``voice`` marks a young person's own words, shown in another letter than ours."""

    most: int = 10_000
    voice: bool = False


@dataclass(frozen=True, kw_only=True)
class WholeNumber(Kind):
    """A whole number; ``least`` and ``most`` are themselves allowed. ``unit`` is the word after the box: "minutes"."""

    least: int | None = None
    most: int | None = None
    unit: str = ""


@dataclass(frozen=True, kw_only=True)
class DecimalNumber(Kind):
    """A number with at most ``places`` decimal places; kept exactly, as :class:`decimal.Decimal`.

    ``padded`` numbers always show all their places: "2.50"; others as many as they need: "2.5".
    """

    least: Decimal | None = None
    most: Decimal | None = None
    places: int = 2
    unit: str = ""
    padded: bool = True


@dataclass(frozen=True, kw_only=True)
class Money(Kind):
    """An amount in whole pence: typed as pounds ("19.50"), kept as 1950."""

    least: int | None = 0
    most: int | None = None


@dataclass(frozen=True, kw_only=True)
class Day(Kind):
    """A day of the calendar."""


@dataclass(frozen=True, kw_only=True)
class Time(Kind):
    """A time of day on England's wall clock, to the minute."""


@dataclass(frozen=True, kw_only=True)
class Moment(Kind):
    """A day and a time on England's wall clock; kept as an instant in UTC, right across clock changes."""


@dataclass(frozen=True, kw_only=True)
class YesNo(Kind):
    """Yes or no, said in words."""

    yes: str = "Yes"
    no: str = "No"


@dataclass(frozen=True, kw_only=True)
class Choice(Kind):
    """One of several answers. ``of`` is the class whose members the answers become; without it they stay text.

    ``only`` says which are offered, given the other answers and the option's facts; without it all are.
    """

    options: tuple[Option, ...]
    of: type[Enum] | None = None
    only: Expression | None = None


@dataclass(frozen=True, kw_only=True)
class Choices(Kind):
    """Any number of several answers, kept in the order they are offered."""

    options: tuple[Option, ...]
    of: type[Enum] | None = None
    most: int | None = None
    only: Expression | None = None


@dataclass(frozen=True, kw_only=True)
class Scale(Kind):
    """A whole number between two ends that are said in words."""

    least: int
    most: int
    low: str
    high: str


@dataclass(frozen=True, kw_only=True)
class Measured:
    """One measure of :class:`Scores`: what is scored, what it means, on which scale."""

    key: str
    label: str
    definition: str
    least: int
    most: int
    low: str
    high: str


@dataclass(frozen=True, kw_only=True)
class Scores(Kind):
    """One score per measure, or "not scored" with a reason, and a note. Empty until a measure set is put in.

    A form is declared before it is known which measure set a review uses:
    ``form.with_question("scores", kind=scores_of(measure_set.measures))``.
    """

    measures: tuple[Measured, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Pick(Kind):
    """One record among many, found by searching; the answer is its number. ``of`` names what is looked for: "mentor".

    ``few`` says there are so few in reach that they are listed without a search.
    """

    of: str
    few: bool = False


@dataclass(frozen=True, kw_only=True)
class PickMany(Kind):
    """Several records among many, found by searching; the answer is their numbers, in the order they were chosen."""

    of: str
    most: int = 50


@dataclass(frozen=True, kw_only=True)
class File(Kind):
    """One file. ``accept`` holds endings such as ".pdf"; empty means any."""

    accept: tuple[str, ...] = ()
    most_bytes: int = 10_000_000


@dataclass(frozen=True, kw_only=True)
class Repeated(Kind):
    """The same few questions, answered as often as needed. ``one`` is what a single round is called: "visit"."""

    questions: tuple[Question, ...]
    of: type[Any] | None = field(default=None)
    least: int = 0
    most: int = 50
    one: str = "row"


@dataclass(frozen=True, kw_only=True)
class Note(Kind):
    """Text that is shown and asks nothing. ``says`` works the text out from the answers, where they are at hand."""

    text: str
    says: Expression | None = None
