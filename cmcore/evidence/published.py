"""The tables that were given out: read back whoever asks, because whoever reads one may have read the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select

from cmcore.evidence.cohorts import Cohort
from cmcore.evidence.disclosure.grids import Grid
from cmcore.evidence.disclosure.nesting import holds
from cmcore.evidence.disclosure.policies import Disclosure
from cmcore.evidence.disclosure.releases import Release
from cmcore.evidence.records import PublishedTable
from cmcore.measures.sets import MeasureSet
from cmcore.programmes.records import Programme
from cmcore.safekeeping.access import beyond
from cmcore.safekeeping.work import Work

_EARLIER = beyond("earlier tables decide what a new one must hide; nothing of them is shown to who asks")

#: How many earlier tables a new one is proved beside, and how many are looked at for those that bear on it.
MOST = 40
_LOOKED_AT = 400

#: What a table counts whatever it is scored with, and by whom.
_OF_ALL = ("referred", "started")


def series_of(programme: Programme, chosen: MeasureSet) -> str:
    """What the tables of a programme in one measure set share."""
    return f"{programme.key} {chosen.ref}"


def earlier_tables(work: Work, programme: Programme, chosen: MeasureSet, cohort: Cohort) -> list[Release]:
    """The tables of the programme that were given out and bear on one of this cohort, the first one first.

    Of tables in another measure set, or by another scorer, only who was referred and who started: these are the same.
    """
    asked = (
        select(PublishedTable)
        .where(
            PublishedTable.authority_id == programme.authority_id,
            PublishedTable.series.startswith(f"{programme.key} ", autoescape=True),
        )
        .order_by(PublishedTable.id.desc())
        .limit(_LOOKED_AT)
    )
    ours, found = series_of(programme, chosen), []
    for kept in reversed(work.db.scalars(asked, execution_options=_EARLIER).all()):
        release = release_of(kept)
        alike = kept.series == ours and release.cohort.scored_by == cohort.scored_by
        found.append(release if alike else _of_all(release, cohort))
    return bearing_on(cohort, found)


def bearing_on(cohort: Cohort, releases: Sequence[Release]) -> list[Release]:
    """Of many tables those beside which a new one is proved: the latest of each cohort and split, what holds it first.

    So nobody makes an old table forgotten by asking for many others, unless all of them bear on the new one as well.
    """
    seen: set[tuple[Cohort, str, int]] = set()
    ranked = []
    for place in reversed(range(len(releases))):
        each = releases[place]
        what = (each.cohort, each.by, len(each.grid.columns))
        nested = holds(each.cohort, cohort) or holds(cohort, each.cohort)
        ranked.append((what in seen, not nested, -place))
        seen.add(what)
    return [releases[-place] for _, _, place in sorted(sorted(ranked)[:MOST], key=lambda one: -one[2])]


def _of_all(release: Release, cohort: Cohort) -> Release:
    """A table reduced to what does not depend on the scores, as if it were scored as ``cohort`` is."""
    grid = release.grid
    kept = [place for place, column in enumerate(grid.columns) if column.key in _OF_ALL]
    return replace(
        release,
        grid=Grid(
            tuple(grid.columns[place] for place in kept),
            grid.rows,
            tuple(tuple(row[place] for place in kept) for row in grid.figures),
        ),
        hidden=frozenset((row, kept.index(column)) for row, column in release.hidden if column in kept),
        cohort=replace(release.cohort, scored_by=cohort.scored_by),
    )


def release_of(table: PublishedTable) -> Release:
    """A kept table as disclosure control reads it."""
    kept = dict(table.policy)
    return Release(
        grid=Grid.read(table.figures),
        hidden=frozenset((row, column) for row, column in table.hidden),
        policy=Disclosure(kept["policy"], kept["hides_up_to"], kept["round_to"], kept["least_pairs"]),
        cohort=Cohort.kept(table.filters),
        by=table.by,
        bounded=bool(kept.get("bounded")),
    )


def remembered(work: Work, programme: Programme, chosen: MeasureSet, release: Release) -> PublishedTable:
    """Keep a table as it is given out."""
    return work.add(
        PublishedTable(
            authority_id=programme.authority_id,
            programme_id=programme.id,
            series=series_of(programme, chosen),
            by=release.by,
            filters=release.cohort.as_data(),
            started_from=release.cohort.started_from,
            started_to=release.cohort.started_to,
            policy=release.policy.as_data() | ({"bounded": True} if release.bounded else {}),
            figures=release.grid.as_data(),
            hidden=[list(cell) for cell in sorted(release.hidden)],
            drawn_on=work.today,
            login=work.actor.login,
        )
    )
