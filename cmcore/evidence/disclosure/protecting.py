"""Hide what must be hidden in a table, and prove that it is: beside every earlier table of its series (R-SUP-1)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from cmcore.evidence.cohorts import Cohort
from cmcore.evidence.disclosure.grids import Cell, Grid
from cmcore.evidence.disclosure.hiding import filled_up, small_cells, with_what_rests_on
from cmcore.evidence.disclosure.opening import cheapest
from cmcore.evidence.disclosure.policies import Disclosure
from cmcore.evidence.disclosure.programs import OutOfStepsError, Steps
from cmcore.evidence.disclosure.proof import Known
from cmcore.evidence.disclosure.releases import Placed, Release, Tie, ties, unprinted
from cmcore.evidence.disclosure.searching import asked, prove


def protected(
    grid: Grid, policy: Disclosure, cohort: Cohort | None = None, by: str = "", earlier: Sequence[Release] = ()
) -> Release:
    """The table as it may be given out: no hidden cell of it, or of an earlier one, can be told closer than its width.

    What was hidden before and is the same now starts as hidden, so that a table printed twice hides the same. A cell
    that earlier tables tell by themselves stays hidden here, and nothing can be done about it. Where the steps of the
    policy do not suffice for the proof every group is hidden, and where they do not suffice for that either all is
    hidden that earlier tables do not tell: such a table tells nothing, and needs no proof.
    """
    draft = Release(grid, frozenset(), policy, cohort or Cohort(), by)
    if not policy.hides:
        return draft
    for each in reversed(earlier):
        if replace(each, hidden=frozenset()) == draft:
            # It is out already, as it stands, and was proved when it went.
            return each
    earlier, between, tied = _bound_to(draft, earlier)
    everything = (*earlier, *between, draft)
    public = _public(everything, tied)
    small = small_cells(grid, policy)
    # A gap between printed tables is a few people by itself, whether or not it is a cohort that has a name.
    printed = (*earlier, draft)
    few = _with_few_beside(printed, list(ties(printed)) if between else tied)
    hidden = (small | _as_before(draft, earlier) | few) - public
    if not hidden and not any(each.hidden for each in earlier):
        return draft
    groups = {cell for cell in grid.cells() if cell[0] != grid.total}
    # What is shown of all together alone is soon proved or not at all.
    for more, steps in ((set(), policy.most_steps), (groups - public, policy.most_steps // 3)):
        if more and not more - hidden:
            continue
        try:
            proved = _proved(draft, hidden | more, earlier, between, public, tied, Steps(steps))
        except OutOfStepsError:
            continue
        return replace(draft, hidden=frozenset(proved), bounded=bool(more))
    everything_else = frozenset(set(grid.cells()) - public)
    return replace(draft, hidden=everything_else, bounded=bool(everything_else))


def _bound_to(draft: Release, earlier: Sequence[Release]) -> tuple[Sequence[Release], Sequence[Release], Sequence[Tie]]:
    """The earlier tables that anything binds to a new one, however far about, what lies between, and all that binds.

    Of another year with nobody in common nothing can be told by it that was not told before.
    """
    between = unprinted((*earlier, draft))
    everything = (*earlier, *between, draft)
    tied = list(ties(everything))
    bound = {frozenset(number for number, _ in (tie.plus, *tie.minus)) for tie in tied}
    reached, before = {len(everything) - 1}, 0
    while len(reached) > before:
        before = len(reached)
        reached.update(*(one for one in bound if not one.isdisjoint(reached)))
    kept = sorted(reached)
    place = {number: at for at, number in enumerate(kept)}

    def moved(placed: Placed) -> Placed:
        return place[placed[0]], placed[1]

    return (
        [earlier[each] for each in kept if each < len(earlier)],
        [everything[each] for each in kept if len(earlier) <= each < len(everything) - 1],
        [
            replace(tie, plus=moved(tie.plus), minus=tuple(map(moved, tie.minus)))
            for tie in tied
            if tie.plus[0] in reached
        ],
    )


def _proved(
    draft: Release,
    hidden: set[Cell],
    earlier: Sequence[Release],
    between: Sequence[Release],
    public: set[Cell],
    tied: Sequence[Tie],
    steps: Steps,
) -> set[Cell]:
    """These cells and what else must be hidden with them, proved; raises :class:`OutOfStepsError` where it may not."""
    grid, here, width = draft.grid, len(earlier) + len(between), draft.policy.width
    hidden = filled_up(grid, draft.policy, hidden, public)
    releases = (*earlier, *between, replace(draft, hidden=frozenset(hidden)))
    known = Known(releases, steps, tied)
    known.may_hide(here, public)
    # What was never printed is not hidden from anybody: it only binds what was.
    waiting = [one for one in _hidden_cells(releases) if one[0][0] < len(earlier) or one[0][0] == here]
    while waiting:
        # What earlier tables tell by themselves, and did before this one, is told whatever is hidden here.
        waiting = [one for one in waiting if not known.is_beyond_help(*one)]
        cells, widths = [placed for placed, _ in waiting], [width for _, width in waiting]
        prove(known, cells, widths)
        fresh: set[Cell] = set()
        for placed, width in known.unproved(cells, widths):
            if asked(known, placed, width):
                continue
            more = cheapest(known, placed, width, _cost(grid, hidden), here)
            if more is None:
                # Earlier tables tell it all the same: to hide more here is no use.
                continue
            more = sorted(with_what_rests_on(grid, more) - hidden - public)
            known.hide((here, cell) for cell in more)
            fresh.update(more)
            hidden.update(more)
        # What was proved stays so, because hiding more only leaves more open: the newly hidden are what is left.
        waiting = [((here, cell), width) for cell in sorted(fresh)]
    return hidden


def told(releases: Sequence[Release]) -> list[tuple[Placed, int]]:
    """The hidden cells of these tables that can be told closer than their width, with that width: none is well."""
    known = Known((*releases, *unprinted(releases)))
    waiting = _hidden_cells(releases)
    cells, widths = [placed for placed, _ in waiting], [width for _, width in waiting]
    prove(known, cells, widths)
    return [(placed, width) for placed, width in known.unproved(cells, widths) if not asked(known, placed, width)]


def _hidden_cells(releases: Sequence[Release]) -> list[tuple[Placed, int]]:
    """Every hidden cell of these tables, and how far open it must stay."""
    found = []
    for number, each in enumerate(releases):
        width = each.policy.width
        found += [((number, cell), width) for cell in sorted(each.hidden)]
    return found


def _public(releases: Sequence[Release], tied: Sequence[Tie]) -> set[Cell]:
    """Cells of the last table that the others tell by what they show: hiding them would be no use."""
    last = len(releases) - 1

    def is_told(number: int, cell: Cell) -> bool:
        return number != last and cell not in releases[number].hidden and releases[number].policy.round_to < 2

    found: set[Cell] = set()
    for tie in (each for each in tied if each.equal):
        lacking = [placed for placed in (tie.plus, *tie.minus) if not is_told(*placed)]
        if len(lacking) == 1 and lacking[0][0] == last:
            found.add(lacking[0][1])
    return found


def _as_before(draft: Release, earlier: Sequence[Release]) -> set[Cell]:
    """What the latest table of the same cohort and split hid, where the figure is the same."""
    for each in reversed(earlier):
        if each.cohort == draft.cohort and each.by == draft.by:
            found = set()
            for row, column in each.hidden:
                key, name = each.grid.rows[row], each.grid.columns[column].key
                if key in draft.grid.row_of and name in draft.grid.place:
                    cell = (draft.grid.row_of[key], draft.grid.place[name])
                    if draft.grid.figures[cell[0]][cell[1]] == each.grid.figures[row][column]:
                        found.add(cell)
            return found
    return set()


def _with_few_beside(releases: Sequence[Release], tied: Sequence[Tie]) -> set[Cell]:
    """Cells of the last table that a reader of the others would take away from, and be left with a few people.

    The cohort of all but three tells of the three. Two that differ by so few are never both shown.
    """
    last, policy = len(releases) - 1, releases[-1].policy
    found: set[Cell] = set()

    def figure(placed: Placed) -> int:
        number, (row, column) = placed
        return releases[number].grid.figures[row][column]

    for tie in tied:
        if tie.equal or tie.grown:
            continue
        own = [cell for number, cell in (tie.plus, *tie.minus) if number == last]
        others = [(number, cell) for number, cell in (tie.plus, *tie.minus) if number != last]
        if not own or any(cell in releases[number].hidden for number, cell in others):
            continue
        if policy.is_small(figure(tie.plus) - sum(map(figure, tie.minus))):
            found.update(own)
    return found


def _cost(grid: Grid, hidden: set[Cell]) -> Callable[[Cell], float]:
    """What it costs to hide a cell, for each unit it would move: totals and wholes are dear, zeros are no use."""

    rows = {row for row, _ in hidden}

    def cost(cell: Cell) -> float:
        row, column = cell
        size = grid.figures[row][column]
        below = sum((row, under) not in hidden for under in grid.below[column])
        return (
            (1 + 0.05 * size)
            * (1 + below)
            * (6 if row == grid.total and grid.total else 1)
            * (4 if size == 0 else 1)
            * (0.6 if row in rows else 1)
        )

    return cost
