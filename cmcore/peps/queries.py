"""What is read of personal education plans: a term's board, what is due or late, targets not looked at again."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import ColumnElement, and_, func, select

from cmcore.base.findings import Finding
from cmcore.base.periods import working_days_after
from cmcore.enrolments.records import Enrolment
from cmcore.measures.registry import measure_sets
from cmcore.peps import rules
from cmcore.peps.opening import Termly, due_of
from cmcore.peps.records import PEP_LIFE, PepCycle, PepTarget
from cmcore.programmes.measured import sets_written_with
from cmcore.programmes.records import Programme
from cmcore.safekeeping.access import beyond
from cmcore.safekeeping.work import Work
from cmcore.virtual_schools.records import Authority, Setting

#: A plan is due soon for so many working days before its day [Default].
SOON = 10
#: States in which somebody still has to meet or write.
OPEN = tuple(state for state in PEP_LIFE.live() if state != "submitted")

_MEASURED = beyond("what a young person is scored with is asked; none of their enrolments is told")


def unreviewed_before(work: Work, pep: PepCycle) -> int:
    """How many targets of a young person's earlier plans nobody has looked at again (R-PEP-3)."""
    asked = (
        select(func.count(PepTarget.id))
        .join(PepCycle, PepCycle.id == PepTarget.pep_cycle_id)
        .where(
            PepTarget.young_person_id == pep.young_person_id,
            PepTarget.outcome.is_(None),
            PepCycle.term_starts_on < pep.term_starts_on,
        )
    )
    return work.db.scalar(asked) or 0


def late(on: date) -> ColumnElement[bool]:
    """Plans that were not held by their day, as a condition (R-PEP-1, R-PEP-2)."""
    return and_(PepCycle.state.in_(OPEN), PepCycle.held_on.is_(None), PepCycle.due_on < on)


def due_soon(on: date) -> ColumnElement[bool]:
    """Plans nobody has met about whose day is over or comes within ten working days, as a condition."""
    return and_(PepCycle.state.in_(OPEN), PepCycle.held_on.is_(None), PepCycle.due_on <= working_days_after(on, SOON))


def what_is_late(work: Work, pep: PepCycle) -> list[Finding]:
    """What R-PEP-1 or R-PEP-2 have to say of a plan today."""
    return rules.in_time(pep.due_on, pep.held_on, work.today, work.policy_of(pep), first=pep.first)


@dataclass
class Tally:
    """How the plans of one setting, of one side of the border, or of all stand. ``late`` are among the open ones."""

    name: str
    setting_id: int | None = None
    in_area: bool | None = None
    by_state: dict[str, int] = field(default_factory=dict)
    due: int = 0
    late: int = 0

    @property
    def plans(self) -> int:
        """How many plans there are: what every share is out of."""
        return sum(self.by_state.values())

    def of(self, *states: str) -> int:
        """How many stand in these states."""
        return sum(self.by_state.get(each, 0) for each in states)

    def add(self, state: str, many: int, due: int, late: int) -> None:
        """Count some more."""
        self.by_state[state] = self.by_state.get(state, 0) + many
        self.due += due
        self.late += late


@dataclass(frozen=True)
class Board:
    """How the plans of a term stand: in all, in area and out of it, and by setting with the most late first."""

    at: Termly
    whole: Tally
    areas: tuple[Tally, ...]
    settings: tuple[Tally, ...]
    #: Whoever is to have a plan this term and has none.
    missing: int


#: What the two sides of the border, and having no school, are called.
AREAS = {True: "In area", False: "Out of area", None: "No school or college"}


def board(work: Work, authority: Authority, at: Termly) -> Board:
    """How the plans of a term stand, within reach of whoever asks. Three statements, however many plans there are."""
    soon = working_days_after(work.today, SOON)
    waits = and_(PepCycle.state.in_(OPEN), PepCycle.held_on.is_(None))
    counted = (
        select(
            PepCycle.setting_id,
            Setting.name,
            Setting.la_code,
            PepCycle.state,
            func.count(PepCycle.id),
            func.count(PepCycle.id).filter(and_(waits, PepCycle.due_on >= work.today, PepCycle.due_on <= soon)),
            func.count(PepCycle.id).filter(and_(waits, PepCycle.due_on < work.today)),
        )
        .outerjoin(Setting, Setting.id == PepCycle.setting_id)
        .where(PepCycle.authority_id == authority.id, PepCycle.year == at.year, PepCycle.term == at.term.name)
        .group_by(PepCycle.setting_id, Setting.name, Setting.la_code, PepCycle.state)
    )
    whole = Tally("All")
    areas = {key: Tally(words, in_area=key) for key, words in AREAS.items()}
    settings: dict[int | None, Tally] = {}
    for setting_id, name, la_code, state, many, due, over in work.db.execute(counted):
        inside = None if setting_id is None else la_code == authority.code
        own = settings.setdefault(setting_id, Tally(name or AREAS[None], setting_id, inside))
        for each in (whole, areas[inside], own):
            each.add(state, many, due, over)
    ordered = sorted(settings.values(), key=lambda one: (-one.late, -one.due, one.name.lower()))
    held = tuple(one for one in areas.values() if one.plans)
    return Board(at, whole, held, tuple(ordered), len(due_of(work, authority, at)))


def terms_with_plans(work: Work, authority: Authority) -> list[tuple[int, str, date]]:
    """The terms in which plans were opened, the latest first: year, name and first day."""
    asked = (
        select(PepCycle.year, PepCycle.term, func.min(PepCycle.term_starts_on))
        .where(PepCycle.authority_id == authority.id)
        .group_by(PepCycle.year, PepCycle.term)
        .order_by(func.min(PepCycle.term_starts_on).desc())
        .limit(9)
    )
    return [(year, term, starts_on) for year, term, starts_on in work.db.execute(asked)]


def sets_of_person(work: Work, young_person_id: int) -> tuple[str, ...]:
    """The full names of the measure sets a young person's programmes are scored with, those in use here only.

    Of somebody in no programme, those of every programme within reach.
    """
    asked = (
        select(Programme.measure_set)
        .join(Enrolment, Enrolment.programme_id == Programme.id)
        .where(Enrolment.young_person_id == young_person_id)
        .distinct()
        .order_by(Programme.measure_set)
    )
    found = tuple(work.db.scalars(asked, execution_options=_MEASURED)) or sets_written_with(work)
    known = measure_sets()
    return tuple(name for name in found if name in known) or ("eight@1",)
