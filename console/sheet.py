"""What the controls of a page share, what they are made of, and a control itself as a plain value."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from cmcore.base.findings import Finding
from cmcore.forms import kinds
from cmcore.forms.standing import NOWHERE, Standing

#: The most that a search shows; a look-up need not give more than one beyond it.
MOST_FOUND = 12


@dataclass(frozen=True)
class Found:
    """A record that a search found: its number, its words (of a young person initials and reference), a line more."""

    id: int
    title: str
    detail: str = ""


#: Finds records of a kind by text, only those within reach of whoever asks.
Lookup = Callable[[str, str], Sequence[Found]]
#: The words for one record, or None when it is not within reach.
Shown = Callable[[str, int], Found | None]


def finds_nothing(of: str, text: str) -> Sequence[Found]:
    """A look-up with nothing in it."""
    return ()


def shows_nothing(of: str, number: int) -> Found | None:
    """Knows no record."""
    return None


@dataclass(frozen=True)
class Sheet:
    """What the controls of one page share: what was typed, what is wrong with it, and how records are found.

    ``opened`` holds the places where a search is going on. ``one_hand`` is the form for a phone: the phone's own
    pickers for days, a list for five answers or more. ``standing`` is how the form stands with what was typed.
    """

    raw: Mapping[str, Any] = field(default_factory=dict)
    findings: Sequence[Finding] = ()
    lookup: Lookup = finds_nothing
    shown: Shown = shows_nothing
    opened: frozenset[str] = frozenset()
    one_hand: bool = False
    standing: Standing = NOWHERE

    def inside(self, kind: kinds.Repeated, row: Mapping[str, Any], number: int) -> Sheet:
        """The same for one round of repeated questions, by its number from 1."""
        return replace(self, standing=self.standing.round(kind, row, number))

    def wrong(self, place: str) -> tuple[Finding, ...]:
        """What is refused at a place."""
        return tuple(one for one in self.findings if one.blocks and one.place == place)


@dataclass(frozen=True)
class Control:
    """One question on a page."""

    shape: str
    place: str
    label: str
    hint: str = ""
    aside: str = ""
    when: str = ""
    wrong: tuple[Finding, ...] = ()
    value: Any = ""
    #: What follows the place in the name of what takes the focus first: "day", "confidence".
    first: str = ""
    parts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """What the page's own ids are made of."""
        return id_of(self.place)

    @property
    def first_id(self) -> str:
        """The id of what takes the focus first: a link in the list of errors leads there."""
        return f"{self.id}-{self.first}" if self.first else self.id

    @property
    def described_by(self) -> str:
        """The ids of its hint and of what is wrong, for whoever cannot see that they stand beside it."""
        ids = [f"{self.id}-hint"] * bool(self.hint or self.when) + [f"{self.id}-wrong"] * bool(self.wrong)
        return " ".join(ids)


def id_of(place: str) -> str:
    """The id of a place on the page."""
    return "q-" + place.replace(".", "-")


@dataclass(frozen=True)
class Drawn:
    """What a kind adds to its control."""

    shape: str
    value: Any = ""
    hint: str = ""
    aside: str = ""
    first: str = ""
    parts: Mapping[str, Any] = field(default_factory=dict)
