"""How much is made: the three sizes of the demonstration, and the authorities each of them fills."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from cmcore.base.findings import refuse
from cmcore.base.settings import Settings
from cmcore.demo.names import AUTHORITIES, prefixes


@dataclass(frozen=True)
class Extent:
    """How much is made for one authority.

    ``live`` enrolments are planned, active, paused or closing on the day; past ones are added until there are
    ``sessions``, or ``past`` of them where no number of sessions is given.
    """

    name: str
    code: str
    prefix: str
    children: int
    settings: int
    mentors: int
    live: int
    referrals: int
    past: int = 0
    sessions: int | None = None
    hero: bool = False
    region: str = "Invented"
    #: How many in a hundred of the settings lie outside the authority.
    out_of_area: int = 25


@dataclass(frozen=True)
class Size:
    """A size by its name, and what it is in a sentence."""

    key: str
    words: str


SIZES = {
    size.key: size
    for size in (
        Size("small", "One authority with 90 young people mentored at a time."),
        Size("authority", "One authority with 1,300 children, 400 settings and 15,000 sessions."),
        Size("national", "152 authorities with 84,000 children and 1,000,000 sessions."),
    )
}

#: The invented authority that every size begins with.
WRENSHIRE_CODE = "990"
_NATIONAL_CHILDREN, _NATIONAL_SESSIONS = 84_000, 1_000_000


@dataclass(frozen=True)
class Named:
    """An authority the settings name for the demonstration: its code, the letters of its references, its name."""

    code: str
    prefix: str
    name: str

    @classmethod
    def read(cls, said: str) -> Named:
        """An authority as the settings name it: "830 DE Derbyshire". Refuses anything else in a sentence."""
        code, _, rest = said.strip().partition(" ")
        prefix, _, name = rest.strip().partition(" ")
        if not (re.fullmatch(r"\d{3}", code) and re.fullmatch(r"[A-Z]{2,6}", prefix) and name.strip()):
            raise refuse(
                f"demo.authorities: “{said}” is not an authority.",
                way_out="Write its code, the letters of its references and its name, such as 830 DE Derbyshire.",
            )
        return cls(code, prefix, name.strip())


@dataclass(frozen=True)
class Asked:
    """How much the settings ask for: young people and settings (0 for the small size's), and the share out of area."""

    children: int = 0
    settings: int = 0
    out_of_area: int = 25

    def __post_init__(self) -> None:
        """Refuse what could not be made."""
        for name, number, most in (
            ("children", self.children, 5_000),
            ("settings", self.settings, 2_000),
            ("out_of_area", self.out_of_area, 100),
        ):
            if not 0 <= number <= most:
                raise refuse(f"demo.{name}: {number} is not from 0 to {most:,}.", way_out="Choose another number.")

    @classmethod
    def read(cls, settings: Settings) -> Asked:
        """What an installation's settings ask for, under ``[demo]``."""
        return cls(settings["demo", "children"], settings["demo", "settings"], settings["demo", "out_of_area"])

    def of(self, extent: Extent) -> Extent:
        """An extent with what was asked for; never fewer young people or settings than its stories need."""
        return replace(
            extent,
            children=max(extent.children, self.children),
            settings=max(extent.settings, self.settings),
            out_of_area=self.out_of_area,
        )


def named(places: Sequence[str], asked: Asked | None = None) -> list[Extent]:
    """What to make for each authority the settings name: the small size's journeys, with as many people as asked."""
    found = [Named.read(each) for each in places]
    asked = asked or Asked()
    if len(found) == 1:
        return [asked.of(_named(found[0], 142, 40, 12, 90, 18, 44))]
    return [asked.of(_named(each, 60, 40, 12, 34, 10, 16)) for each in found]


def _named(one: Named, children: int, settings: int, mentors: int, live: int, referrals: int, past: int) -> Extent:
    return Extent(
        one.name, one.code, one.prefix, children, settings, mentors, live, referrals, past=past, hero=True, region=""
    )


def extents(size: str, seed: int, code: str | None = None) -> list[Extent]:
    """What to make for each authority of a size; ``code`` puts another authority in Wrenshire's place."""
    name, prefix, chosen = AUTHORITIES[0], prefixes()[0], code or WRENSHIRE_CODE
    if chosen != WRENSHIRE_CODE:
        place = int(chosen) % (len(AUTHORITIES) - 1) + 1
        name, prefix = AUTHORITIES[place], f"{prefixes()[place]}X"
    if size == "small":
        return [Extent(name, chosen, prefix, 142, 40, 12, 90, 18, past=44, hero=True)]
    large = Extent(name, chosen, prefix, 1_300, 400, 44, 260, 60, sessions=15_000, hero=True)
    return [large] if size == "authority" else [large, *_others(large, seed)]


def _others(first: Extent, seed: int) -> list[Extent]:
    draw = Random(f"sizes {seed}")
    weights = [draw.uniform(0.3, 2.2) for _ in AUTHORITIES[1:]]
    children = shared(_NATIONAL_CHILDREN - first.children, weights)
    sessions = shared(_NATIONAL_SESSIONS - (first.sessions or 0), [float(each) for each in children])
    return [
        Extent(
            name,
            f"{number:03d}",
            prefix,
            many,
            many * 3 // 10,
            max(6, many // 28),
            many // 5,
            max(2, many // 22),
            sessions=held,
        )
        for number, (name, prefix, many, held) in enumerate(
            zip(AUTHORITIES[1:], prefixes()[1:], children, sessions, strict=True), start=1
        )
    ]


def shared(whole: int, weights: list[float]) -> list[int]:
    """A whole number shared out by weights; the shares add up to it exactly."""
    total = sum(weights)
    shares = [int(whole * weight / total) for weight in weights]
    for place in range(whole - sum(shares)):
        shares[place % len(shares)] += 1
    return shares
