"""How coarse a release tells who somebody is: a ladder for each quasi-identifier, and how many share a rung. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product

from cmcore.api import academic_year, academic_year_name

#: The last rung of every ladder: the column is not in the release.
LEFT_OUT = "left_out"


@dataclass(frozen=True)
class Facts:
    """What is known of one young person by which somebody could know them again."""

    age: int
    sex: str
    care_status: str
    ethnicity: str
    send: str
    joined_on: date
    group: str
    theme: str


@dataclass(frozen=True)
class Rung:
    """One way to tell: its key, the words for it, and what it makes of the facts."""

    key: str
    words: str
    tell: Callable[[Facts], str]


@dataclass(frozen=True)
class Ladder:
    """A quasi-identifier and its rungs, from the finest to left out; each is made of whole parts of the one before."""

    key: str
    label: str
    rungs: tuple[Rung, ...]

    def rung(self, key: str) -> Rung:
        """The rung of that key; refuses another with a ``KeyError``."""
        return next(one for one in self.rungs if one.key == key)

    def coarser(self, key: str) -> tuple[Rung, ...]:
        """The rungs from this one on, itself included."""
        at = [one.key for one in self.rungs].index(key)
        return self.rungs[at:]


_OUT = Rung(LEFT_OUT, "leave it out", lambda facts: "")


def _band(facts: Facts) -> str:
    low = facts.age - (facts.age + 1) % 2
    return f"{low}-{low + 1}"


def _stage(facts: Facts) -> str:
    return "under-17" if facts.age < 17 else "17-and-over"


def _term(on: date) -> str:
    named = "autumn" if on.month >= 9 else "spring" if on.month <= 3 else "summer"
    return f"{academic_year_name(academic_year(on))} {named}"


#: The five groups of the census of England and Wales, by the first letter of the statutory code.
CENSUS = {"W": "white", "M": "mixed", "A": "asian", "B": "black", "C": "asian", "O": "other"}

LADDERS = (
    Ladder(
        "age",
        "Age on joining",
        (
            Rung("years", "in whole years", lambda facts: str(facts.age)),
            Rung("band", "in bands of two years", _band),
            Rung("stage", "under 17, or 17 and over", _stage),
            _OUT,
        ),
    ),
    Ladder("sex", "Sex", (Rung("kept", "as it is", lambda facts: facts.sex), _OUT)),
    Ladder("care_status", "Care status", (Rung("kept", "as it is", lambda facts: facts.care_status), _OUT)),
    Ladder(
        "ethnicity",
        "Ethnicity",
        (
            Rung("census", "in the census’s five groups", lambda facts: CENSUS.get(facts.ethnicity[:1], "not-known")),
            _OUT,
        ),
    ),
    Ladder(
        "send",
        "Special needs",
        (
            Rung("level", "by level", lambda facts: facts.send),
            Rung("any", "any or none", lambda facts: "none" if facts.send == "none" else "some"),
            _OUT,
        ),
    ),
    Ladder(
        "joined",
        "When they joined",
        (
            Rung("month", "by month", lambda facts: f"{facts.joined_on:%Y-%m}"),
            Rung("term", "by term", lambda facts: _term(facts.joined_on)),
            Rung("year", "by school year", lambda facts: academic_year_name(academic_year(facts.joined_on))),
            _OUT,
        ),
    ),
    Ladder("group", "Group", (Rung("kept", "as it is", lambda facts: facts.group), _OUT)),
    Ladder("theme", "Theme", (Rung("kept", "as it is", lambda facts: facts.theme), _OUT)),
)

#: How coarse a release is unless somebody says otherwise: no more than a comparison needs, and never a theme.
USUAL: Mapping[str, str] = {
    "age": "band",
    "sex": "kept",
    "care_status": LEFT_OUT,
    "ethnicity": LEFT_OUT,
    "send": LEFT_OUT,
    "joined": LEFT_OUT,
    "group": "kept",
    "theme": LEFT_OUT,
}


def told(facts: Facts, coarseness: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """What a release tells of somebody: column and value, without what is left out."""
    return tuple(
        (one.key, one.rung(coarseness[one.key]).tell(facts))
        for one in LADDERS
        if coarseness.get(one.key, LEFT_OUT) != LEFT_OUT
    )


def shared(people: Sequence[Facts], coarseness: Mapping[str, str]) -> Counter[tuple[tuple[str, str], ...]]:
    """How many share each combination that is told."""
    return Counter(told(one, coarseness) for one in people)


def smallest(people: Sequence[Facts], coarseness: Mapping[str, str]) -> int:
    """The smallest number who share what is told; nought of nobody."""
    return min(shared(people, coarseness).values(), default=0)


def alone(people: Sequence[Facts], coarseness: Mapping[str, str], least: int) -> int:
    """How many are in a combination that fewer than ``least`` share."""
    return sum(many for many in shared(people, coarseness).values() if many < least)


@dataclass(frozen=True)
class Earlier:
    """What an earlier release told, and of whom, by their keys."""

    number: int
    coarseness: Mapping[str, str]
    people: frozenset[int]


#: What the numbers beside every release tell, whatever its rows leave out.
_ALWAYS = {"group": "kept"}


def few_together(
    people: Mapping[int, Facts], coarseness: Mapping[str, str], earlier: Sequence[Earlier], least: int
) -> int:
    """How many would be one of fewer than ``least`` for whoever lays this release beside the earlier ones.

    Pseudonyms differ from release to release, but the time between somebody's days does not: whoever has several can
    tell which rows are one person's. So what all of them tell of somebody counts together, and in which they are.
    """
    if not earlier:
        return 0

    def seen(key: int, facts: Facts) -> tuple[object, ...]:
        before = (told(facts, {**each.coarseness, **_ALWAYS}) if key in each.people else None for each in earlier)
        return (told(facts, {**coarseness, **_ALWAYS}), *before)

    found = Counter(seen(key, facts) for key, facts in people.items())
    return sum(many for many in found.values() if many < least)


@dataclass(frozen=True)
class Way:
    """One way out: how coarse each is then, and the words for what changes."""

    coarseness: Mapping[str, str]
    words: str


def ways_out(people: Sequence[Facts], coarseness: Mapping[str, str], least: int, most: int = 3) -> list[Way]:
    """The ways with the fewest steps coarser that leave nobody in too small a group; none where nothing helps.

    Of several, those that keep the comparison's groups come first.
    """
    if len(people) < least:
        return []
    ladders = [(one, one.coarser(coarseness.get(one.key, LEFT_OUT))) for one in LADDERS]
    # What each rung makes of everybody is worked out once: there are far more ways than rungs.
    values = [[[rung.tell(one) for one in people] for rung in rungs] for _, rungs in ladders]
    every = sorted(product(*(range(len(rungs)) for _, rungs in ladders)), key=lambda steps: (sum(steps), _rank(steps)))
    found: list[Way] = []
    at = -1
    for steps in every:
        if found and sum(steps) > at:
            break
        shown = zip(*(of_ladder[step] for of_ladder, step in zip(values, steps, strict=True)), strict=True)
        if min(Counter(shown).values()) < least:
            continue
        at = sum(steps)
        chosen = [(one, rungs[step], step) for (one, rungs), step in zip(ladders, steps, strict=True)]
        changed = [f"{one.label.lower()}: {rung.words}" for one, rung, step in chosen if step]
        found.append(Way({one.key: rung.key for one, rung, _ in chosen}, " and ".join(changed)))
    return found[:most]


def _rank(steps: Sequence[int]) -> tuple[int, ...]:
    """The comparison's groups are left out last of all."""
    at = [one.key for one in LADDERS].index("group")
    return (steps[at], *steps)
