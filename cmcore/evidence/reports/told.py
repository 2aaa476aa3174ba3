"""What a report may tell of a cohort under a policy: counts, shares, medians, hidden where they must be (R-SUP-1)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from cmcore.base.findings import refuse
from cmcore.evidence.account import Account, CohortCounts, Spread, account_of
from cmcore.evidence.cohorts import Cohort
from cmcore.evidence.counting import Counting
from cmcore.evidence.disclosure.grids import TOTAL
from cmcore.evidence.disclosure.policies import Disclosure, PolicyKey, Symbol, disclosure
from cmcore.evidence.disclosure.protecting import protected
from cmcore.evidence.moves import Moves, counted_moves
from cmcore.evidence.published import earlier_tables, remembered
from cmcore.evidence.queries import programme_with
from cmcore.evidence.reports.columns import Counted, grid_of
from cmcore.evidence.subgroups import GroupRow, Shown, Subgroups
from cmcore.measures.registry import measure_set
from cmcore.measures.sets import MeasureSet
from cmcore.programmes.records import Programme
from cmcore.safekeeping.work import Work, action


@dataclass(frozen=True)
class Told:
    """What may be told of a cohort: ``table`` says which counts are shown; ``account``, ``moves``, ``steps`` are true.

    Whoever writes a report reads the true figures only where :attr:`open` says that nothing is hidden, or through
    :meth:`count` and :meth:`spread`.
    """

    programme: Programme
    cohort: Cohort
    table: Subgroups
    account: Account
    moves: Moves
    #: How often each change, in points for the better, occurred, by measure.
    steps: Mapping[str, Mapping[int, int]]

    @property
    def policy(self) -> Disclosure:
        """The policy in force."""
        return self.table.policy

    @property
    def open(self) -> bool:
        """Whether it is for the authority's own use, and nothing is hidden."""
        return not self.policy.hides

    @property
    def all(self) -> GroupRow:
        """The measures of all together, as they may be shown."""
        return self.table.total

    def count(self, name: str) -> Shown:
        """One count as it may be shown."""
        return self.table.shown(-1, name)

    def enough(self, name: str) -> bool:
        """Whether a median of so many may be told: as many as a share rests on, where numbers are hidden."""
        number = self.count(name)
        return isinstance(number, int) and (self.open or number >= self.policy.least_pairs)

    def spread(self, spread: Spread | None, of: str = "paired") -> Spread | None:
        """A middle and its range, where so many may be told of."""
        return spread if self.enough(of) else None


def counted(work: Work, programme: Programme, cohort: Cohort, least_pairs: int) -> tuple[CohortCounts, Account, Moves]:
    """Everything counted of a cohort; nobody's permission is asked here."""
    chosen = measure_set(cohort.measure_set or programme.measure_set)
    found = Counting(work, [programme], cohort, chosen).counts()
    return found, account_of(found, least_pairs), counted_moves(work, programme, cohort)


def told_inside(
    work: Work,
    authority_id: int,
    programme_key: str,
    cohort: Cohort,
    policy: str = PolicyKey.internal,
    more: Sequence[Counted] = (),
) -> Told:
    """What somebody who may see small numbers is told, every number or as a reader outside would have it today.

    Nothing is remembered. Refuses whoever may not see small numbers.
    """
    work.require("evidence.see_small", authority_id)
    return _told(work, programme_with(work, authority_id, programme_key), cohort, policy, more, keep=False)


@action("evidence.see")
def told_outside(
    work: Work,
    authority_id: int,
    programme_key: str,
    cohort: Cohort,
    policy: str = PolicyKey.dfe,
    more: Sequence[Counted] = (),
) -> Told:
    """What a reader outside is told, remembered as given out in the series of the subgroup tables (R-SUP-1).

    Refuses the policy ``internal``, a cohort of one mentor, and whoever may not see the evidence.
    """
    work.require("evidence.see", authority_id)
    if policy == PolicyKey.internal:
        raise refuse("What is for the authority's own use is not given out.", way_out="Choose the policy dfe or ons.")
    programme = programme_with(work, authority_id, programme_key)
    # Held until the transaction ends: of two given out at once, the second must know of the first.
    work.db.execute(select(Programme.id).where(Programme.id == programme.id).with_for_update())
    return _told(work, programme, cohort, policy, more, keep=True)


def _told(
    work: Work, programme: Programme, cohort: Cohort, policy: str, more: Sequence[Counted], *, keep: bool
) -> Told:
    rules = disclosure(work.policy_of(programme), policy)
    if rules.hides and cohort.mentor_id is not None:
        raise refuse("A report on one mentor’s work tells of a single person.", way_out="Take the mentor out of it.")
    chosen = measure_set(cohort.measure_set or programme.measure_set)
    cohort = cohort.without("measure_set")
    asked = cohort if chosen.ref == programme.measure_set else _in_set(cohort, chosen)
    found, account, moves = counted(work, programme, asked, rules.least_pairs)
    earlier = earlier_tables(work, programme, chosen, cohort) if rules.hides else []
    release = protected(grid_of(account, moves, more), rules, cohort, "", earlier)
    if keep and release not in earlier:
        remembered(work, programme, chosen, release)
    table = Subgroups(programme.title, cohort, None, chosen, rules, {TOTAL: account}, {}, release)
    steps = {one.key: _steps(found, chosen, one.key) for one in chosen.measures}
    return Told(programme, asked, table, account, moves, steps)


def _in_set(cohort: Cohort, chosen: MeasureSet) -> Cohort:
    return Cohort.kept({**cohort.as_data(), "measure_set": chosen.ref})


def _steps(found: CohortCounts, chosen: MeasureSet, key: str) -> Counter[int]:
    made: Counter[int] = Counter()
    if key in found.measures:
        measure = next(one for one in chosen.measures if one.key == key)
        for (before, after), often in found.measures[key].pairs.items():
            made[measure.steps(before, after)] += often
    return made


def number(shown: Shown) -> int | None:
    """A count where it is shown, nothing where a symbol stands in its place."""
    return None if isinstance(shown, Symbol) else int(shown)
