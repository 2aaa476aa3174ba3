"""Which column of a file is which of ours: as was told, as confirmed before, exactly, by known words, by likeness.

Nothing here knows a database: what was confirmed before is handed in, and what is guessed says why.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from typing import Any, Literal

from rapidfuzz import fuzz

from cmcore.base.findings import Finding, Severity
from cmcore.base.words import in_words
from cmcore.exchange.checks import Check, clipped
from cmcore.exchange.tables import folded
from cmcore.exchange.workbook.seen import letters

NEEDED = Check("R-COL-1", Severity.block, "A column that is needed is in the file.")
ONE_EACH = Check("R-COL-2", Severity.block, "A column of the file is taken for one of ours only.")
GUESSED = Check("R-COL-3", Severity.inform, "A column that is only guessed is used when somebody says it is right.")
CHECKS = (NEEDED, ONE_EACH, GUESSED)

#: A heading is taken for one of ours from this likeness on, of 100.
ALIKE = 86
#: Where a person said that a column is not in the file.
ABSENT = -1
#: How a column was matched: somebody said so, or confirmed it before; letter by letter; by a known word; by likeness.
How = Literal["told", "remembered", "exact", "synonym", "alike"]
_GUESSES: frozenset[How] = frozenset({"synonym", "alike"})
_SIGNS = re.compile(r"[\W_]+")
#: So many headings are likened to ours; what stands beyond them is matched by its very words, or by hand.
_MOST_LIKENED = 400


@dataclass(frozen=True, slots=True)
class Column:
    """One column an importer asks for: its own name, what it is called on screen, what it holds, other words for it."""

    key: str
    label: str
    required: bool = False
    holds: str = ""
    synonyms: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """Every word that is known for it."""
        return (self.key, self.label, *self.synonyms)


@dataclass(frozen=True, slots=True)
class Match:
    """One of our columns with the column of the file it was found in, counted from 0, and how it was found."""

    key: str
    place: int
    heading: str
    how: How
    #: The word it was likened to; empty where nothing was guessed.
    because: str = ""

    @property
    def guessed(self) -> bool:
        """Whether nobody said so yet."""
        return self.how in _GUESSES

    @property
    def why(self) -> str:
        """How it was found, in words."""
        if self.how == "alike":
            return f"Guessed: it reads like “{self.because}”"
        if self.how == "synonym":
            return "Guessed: it is another word for it"
        return {"told": "As you said", "remembered": "As it was confirmed before"}.get(self.how, "The same words")


@dataclass(frozen=True)
class Heads:
    """The headings of one file or sheet, to be matched: what it is, the columns asked for, what stands below them.

    ``importer`` is what a matching is remembered under; ``row`` is where the headings stand; ``values`` are the first
    of each column. ``official`` is a layout whose headings are our columns' own names (elsewhere they are what is seen
    on screen), and in which a column that is not there is left out, never guessed at, as long
    as all that is needed stands there letter by letter.
    """

    file: str
    part: str
    importer: str
    columns: tuple[Column, ...]
    headings: tuple[str, ...]
    values: tuple[tuple[str, ...], ...] = ()
    row: int = 1
    title: str = ""
    official: bool = False
    #: Whether a person has to say of every column that it is not there: the sheet was given out with all of them.
    whole: bool = False

    def name_of(self, column: Column) -> str:
        """The heading that is one of our columns letter by letter."""
        return column.key if self.official else column.label

    def called(self, place: int) -> str:
        """A column of the file by its heading; by its letters too where that is empty or stands twice."""
        return called(self.headings, place)


@dataclass(frozen=True)
class Matching:
    """Which of our columns stands where in a file, and which are not there."""

    heads: Heads
    matches: Mapping[str, Match]
    #: Columns somebody said are not in the file.
    absent: frozenset[str] = frozenset()
    #: Columns whose words stand over several columns of the file, so that a person must choose.
    doubled: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    @property
    def missing(self) -> list[Column]:
        """What is needed and was not found."""
        return [one for one in self.heads.columns if one.required and one.key not in self.matches]

    @property
    def unspoken(self) -> list[Column]:
        """What was given out with the sheet, is not there, and nobody said so."""
        known = self.matches.keys() | self.absent
        return [one for one in self.heads.columns if one.key not in known] if self.heads.whole else []

    @property
    def guessed(self) -> list[Match]:
        """What nobody said yet."""
        return [one for one in self.matches.values() if one.guessed]

    @property
    def settled(self) -> bool:
        """Whether nobody needs to be asked: nothing is guessed, doubled, or needed and not there."""
        return not (self.guessed or self.missing or self.doubled or self.unspoken)

    @property
    def exact(self) -> bool:
        """Whether each column stands under its own words."""
        return self.settled and not self.absent and all(one.how == "exact" for one in self.matches.values())

    @property
    def places(self) -> dict[str, int]:
        """Our columns with their places in the file; one that is not there with :data:`ABSENT`."""
        return {
            one.key: self.matches[one.key].place if one.key in self.matches else ABSENT for one in self.heads.columns
        }

    @property
    def headings(self) -> dict[str, str]:
        """Our columns with their headings in the file, empty for one that is not there: what is remembered of it."""
        return {one.key: self.matches[one.key].heading if one.key in self.matches else "" for one in self.heads.columns}

    def refusals(self) -> list[Finding]:
        """What is needed and not there, a finding each."""
        heads = self.heads
        found = []
        for one in self.missing:
            said = f"No column of the file is chosen for “{one.label}”, which is needed."
            if one.key in self.doubled:
                said = f"“{one.label}” stands over {in_words([heads.called(at) for at in self.doubled[one.key]])}."
            way_out = "Choose the column that holds it, or add it to the file."
            told = NEEDED.found(said, file=heads.file, row=heads.row, column=one.label, way_out=way_out)
            found.append(told)
        return found


@dataclass(frozen=True, slots=True)
class Matched:
    """What a reader is told of one file: which part it is, in which row its headings stand, where each column is."""

    part: str
    places: Mapping[str, int]
    row: int = 1

    def as_data(self) -> dict[str, Any]:
        """The same as plain values, for what is kept until it is confirmed."""
        return {"part": self.part, "row": self.row, "places": dict(self.places)}

    @classmethod
    def of(cls, told: Mapping[str, Any] | None) -> Matched | None:
        """What :meth:`as_data` gave; nothing for nothing."""
        return None if told is None else cls(told["part"], dict(told["places"]), told["row"])


@lru_cache(maxsize=8192)
def plain(heading: str) -> str:
    """A heading as it is likened: words only, without signs. “D.O.B.:” is “dob”, “Place_Provider” “place provider”."""
    told = folded(heading).replace(".", "").replace("’", "").replace("'", "")
    return _SIGNS.sub(" ", told).strip() or (told if told in ("£", "#") else "")


def called(headings: Sequence[str], place: int) -> str:
    """A column of a file by its heading; by its letters too where that is empty or stands twice."""
    if not 0 <= place < len(headings):
        return ""
    told = clipped(headings[place].strip(), 80)
    if not told:
        return f"column {letters(place + 1)}, without a heading"
    twice = sum(folded(one) == folded(headings[place]) for one in headings) > 1
    return f"{told} (column {letters(place + 1)})" if twice else told


def fingerprint(headings: Iterable[str]) -> str:
    """What the headings of a file are known by, whatever their order: the same letters give the same signs."""
    told = sorted(each for each in (folded(one) for one in headings) if each)
    return sha256("\x1f".join(told).encode()).hexdigest()


def likeness(column: Column, heading: str) -> tuple[float, str]:
    """How much a heading is like one of ours, of 100, and the word it is most like. Short headings must be the same."""
    told = plain(heading)
    best = (0.0, "")
    for word in column.words:
        known = plain(word)
        if not told or not known:
            continue
        score = 100.0 if told == known else _alike(told, known)
        if score > best[0]:
            best = (score, word)
    return best


def _alike(told: str, known: str) -> float:
    # Of three letters, one that differs is another word.
    return fuzz.token_sort_ratio(told, known, score_cutoff=ALIKE) if len(told) > 3 and len(known) > 3 else 0.0


def match_columns(
    heads: Heads, remembered: Mapping[str, str] | None = None, told: Mapping[str, int] | None = None
) -> Matching:
    """Which of our columns stands where. The surest way goes first, and no column of the file is taken twice.

    ``remembered`` are our columns with the headings they were confirmed under, empty for one confirmed not to be
    there; ``told`` are the places a person chose, :data:`ABSENT` for none.
    """
    made = _Matching(heads)
    made.told(told or {})
    made.remembered(remembered or {})
    made.exactly()
    made.by_synonyms()
    needed = [one for one in heads.columns if one.required]
    whole = bool(needed) and all(one.key in made.matches and made.matches[one.key].how != "synonym" for one in needed)
    if not (heads.official and whole):
        made.by_likeness()
    matches = {one.key: made.matches[one.key] for one in heads.columns if one.key in made.matches}
    return Matching(heads, matches, frozenset(made.absent), made.doubled)


class _Matching:
    """Our columns and those of one file while they are brought together."""

    def __init__(self, heads: Heads) -> None:
        """Begin with nothing matched."""
        self.heads = heads
        self.matches: dict[str, Match] = {}
        self.absent: set[str] = set()
        self.doubled: dict[str, tuple[int, ...]] = {}
        self.taken: set[int] = set()
        self.by_fold: dict[str, list[int]] = {}
        for place, heading in enumerate(heads.headings):
            self.by_fold.setdefault(folded(heading), []).append(place)

    def open(self) -> list[Column]:
        """Our columns of which nothing is known yet."""
        return [
            one
            for one in self.heads.columns
            if one.key not in self.matches and one.key not in self.absent and one.key not in self.doubled
        ]

    def take(self, key: str, place: int, how: How, because: str = "") -> None:
        """Say that a column is found, unless it, or that column of the file, is taken."""
        if key not in self.matches and place not in self.taken:
            self.matches[key] = Match(key, place, self.heads.headings[place], how, because)
            self.taken.add(place)

    def told(self, told: Mapping[str, int]) -> None:
        """What a person chose on this page."""
        for one in self.heads.columns:
            place = told.get(one.key)
            if place == ABSENT:
                self.absent.add(one.key)
            elif place is not None and 0 <= place < len(self.heads.headings):
                # What stands twice is found by nobody but by who was asked.
                exact = self.by_fold.get(folded(self.heads.name_of(one))) == [place]
                self.take(one.key, place, "exact" if exact else "told")

    def remembered(self, known: Mapping[str, str]) -> None:
        """What somebody confirmed before. A heading that stands twice now has to be chosen anew."""
        for one in self.open():
            if one.key not in known:
                continue
            if not known[one.key]:
                self.absent.add(one.key)
                continue
            places = self.by_fold.get(folded(known[one.key]), [])
            if len(places) == 1:
                exact = folded(known[one.key]) == folded(self.heads.name_of(one))
                self.take(one.key, places[0], "exact" if exact else "remembered")

    def exactly(self) -> None:
        """Letter by letter. Where the words stand over several columns, a person has to choose."""
        for one in self.open():
            name = folded(self.heads.name_of(one))
            places = [each for each in self.by_fold.get(name, []) if each not in self.taken]
            if len(places) == 1:
                self.take(one.key, places[0], "exact")
            elif places:
                self.doubled[one.key] = tuple(places)

    def by_synonyms(self) -> None:
        """By known words for it, in the order they are declared."""
        by_plain: dict[str, list[int]] = {}
        for place, heading in enumerate(self.heads.headings):
            by_plain.setdefault(plain(heading), []).append(place)
        for one in self.open():
            for word in one.words:
                free = [each for each in by_plain.get(plain(word), ()) if each not in self.taken] if plain(word) else []
                if free:
                    self.take(one.key, free[0], "synonym", word)
                    break

    def by_likeness(self) -> None:
        """By likeness, the surest first; of two as sure, the one further left."""
        scored: list[tuple[float, int, str, str]] = []
        for one in self.open():
            for place, heading in enumerate(self.heads.headings[:_MOST_LIKENED]):
                if place in self.taken:
                    continue
                score, word = likeness(one, heading)
                if score >= ALIKE:
                    scored.append((-score, place, one.key, word))
        for _, place, key, word in sorted(scored):
            self.take(key, place, "alike", word)
