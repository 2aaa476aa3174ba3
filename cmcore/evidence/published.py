"""The tables that were given out: read back whoever asks, because whoever reads one may have read the others."""

from __future__ import annotations

from sqlalchemy import select

from cmcore.evidence.cohorts import Cohort
from cmcore.evidence.disclosure.grids import Grid
from cmcore.evidence.disclosure.policies import Disclosure
from cmcore.evidence.disclosure.releases import Release
from cmcore.evidence.records import PublishedTable
from cmcore.measures.sets import MeasureSet
from cmcore.programmes.records import Programme
from cmcore.safekeeping.access import beyond
from cmcore.safekeeping.work import Work

_EARLIER = beyond("earlier tables decide what a new one must hide; nothing of them is shown to who asks")

#: How many earlier tables of a series are looked at, the latest first.
MOST = 40


def series_of(programme: Programme, chosen: MeasureSet) -> str:
    """What the tables of a programme in one measure set share."""
    return f"{programme.key} {chosen.ref}"


def earlier_tables(work: Work, programme: Programme, chosen: MeasureSet) -> list[Release]:
    """The tables of the series that were given out, the first one first."""
    asked = (
        select(PublishedTable)
        .where(
            PublishedTable.authority_id == programme.authority_id,
            PublishedTable.series == series_of(programme, chosen),
        )
        .order_by(PublishedTable.id.desc())
        .limit(MOST)
    )
    found = work.db.scalars(asked, execution_options=_EARLIER).all()
    return [release_of(each) for each in reversed(found)]


def release_of(table: PublishedTable) -> Release:
    """A kept table as disclosure control reads it."""
    kept = dict(table.policy)
    return Release(
        grid=Grid.read(table.figures),
        hidden=frozenset((row, column) for row, column in table.hidden),
        policy=Disclosure(kept["policy"], kept["hides_up_to"], kept["round_to"], kept["least_pairs"]),
        cohort=Cohort.kept(table.filters),
        by=table.by,
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
            policy=release.policy.as_data(),
            figures=release.grid.as_data(),
            hidden=[list(cell) for cell in sorted(release.hidden)],
            drawn_on=work.today,
            login=work.actor.login,
        )
    )
