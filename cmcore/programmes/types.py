"""What a programme type declares: ARCHITECTURE D9, DOMAIN §10."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from cmcore.base.lifecycle import Lifecycle
from cmcore.base.words import Choice


class Subject(Choice):
    """What a programme works with."""

    young_person = "young_person", "Young person"
    setting = "setting", "School"


@dataclass(frozen=True)
class Dose:
    """How much of a programme was evaluated: hours, months, and the ages it was for."""

    hours: int
    months: int
    least_age: int
    most_age: int
    source: str


@dataclass(frozen=True)
class ProgrammeType:
    """One type of programme, declared as data; a plugin declares its own the same way.

    ``forms`` maps a stage to the key of the form asked there. At "referral", "enrolment", "commission", "session" and
    "review" that is the core's (a plugin's referral may take its place, through ``cm_stage_forms``); the form of any
    other stage ("plan") is one of the plugin's own, and offered on the page of each enrolment. ``measure_sets`` lists
    the sets it is measured with, the one for new work first. ``checks`` names the mentor checks a commission needs.
    ``guards`` of the life cycle name what the enrolment's actions look at before a transition; what a plugin looks at
    itself is ``cm_check_enrolment``. ``roles`` and ``reports`` say, for whoever reads, who works in it and what it is
    told by; the pages of a plugin's own report are its ``console_pages``.

    A type whose subject is a school may name no measure set. Nobody is enrolled in it and nothing is scored, so that no
    programme of it is set up: the plugin that declares it keeps records of its own, which follow its life cycle.
    """

    key: str
    title: str
    description: str
    subject: Subject
    lifecycle: Lifecycle
    forms: Mapping[str, str]
    measure_sets: tuple[str, ...]
    checks: tuple[str, ...]
    dose: Dose | None = None
    roles: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()
    owner: str = "cmcore"

    def __post_init__(self) -> None:
        """Refuse a type that works with young people and has no measure set, and one whose life cycle has no end."""
        if not self.measure_sets and self.subject is Subject.young_person:
            raise ValueError(f"Programme type {self.key} names no measure set.")
        if not any(state.ended for state in self.lifecycle.states):
            raise ValueError(f"The life cycle of programme type {self.key} has no end.")


class Stilled(Lifecycle):
    """A life cycle whose ways are not known any more: states keep their words where they are known, nothing moves."""

    def __post_init__(self) -> None:
        """Nothing is refused: no state is reached, because nothing moves."""


def _gone(key: str, known: ProgrammeType) -> ProgrammeType:
    return replace(
        known,
        key=key,
        title=f"{key} (its plugin is not in use)",
        description="The plugin that declared it is not in use. What was recorded can be read.",
        lifecycle=Stilled(key, known.lifecycle.states, ()),
        owner="",
    )


class ProgrammeTypes(Mapping[str, ProgrammeType]):
    """The types there are, by key. A doubled key is refused and names both owners."""

    def __init__(self, declared: Iterable[ProgrammeType]) -> None:
        """Gather declarations."""
        self._types: dict[str, ProgrammeType] = {}
        for each in declared:
            if each.key in self._types:
                raise ValueError(
                    f"The programme type {each.key} is declared by {self._types[each.key].owner} "
                    f"and by {each.owner}. Rename one."
                )
            self._types[each.key] = each

    def of(self, key: str) -> ProgrammeType:
        """The type with this key; where the plugin that declared it is not in use, one in which nothing moves.

        What was recorded stays readable then. The checks of a mentor still hold: work goes on no easier than before.
        """
        return self._types[key] if key in self._types else _gone(key, next(iter(self._types.values())))

    def __getitem__(self, key: str) -> ProgrammeType:
        """The type with this key."""
        return self._types[key]

    def __iter__(self) -> Iterator[str]:
        """The keys."""
        return iter(self._types)

    def __len__(self) -> int:
        """How many types there are."""
        return len(self._types)
