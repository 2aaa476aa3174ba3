"""The programme summary: what changed for a cohort of a programme, for its head, its funders and its evaluators."""

from __future__ import annotations

from collections.abc import Mapping

from cmcore.base.clock import day
from cmcore.base.records import Record
from cmcore.base.words import in_words
from cmcore.evidence.disclosure.policies import PolicyKey, Symbol
from cmcore.evidence.outputs import FLOW_HEADS, flow_of
from cmcore.evidence.reports import parts
from cmcore.evidence.reports.caveats import caveats
from cmcore.evidence.reports.report import Cell, Figures, Report, Section
from cmcore.evidence.reports.told import Told
from cmcore.evidence.subgroups import MeasureRow, Subgroups
from cmcore.exchange.documents.heading import Heading
from cmcore.funding.records import FundingLine
from cmcore.mentors.records import Mentor
from cmcore.safekeeping.work import Work
from cmcore.virtual_schools.records import Setting

KEY = "summary"

#: So many measures stand beside each other on a page.
_ABREAST = 4

#: Filters whose value is a record, with the record that has the words.
_RECORDS: Mapping[str, type[Record]] = {"setting_id": Setting, "funding_line_id": FundingLine, "mentor_id": Mentor}


def summary(work: Work, told: Told, heading: Heading, split: Subgroups | None = None, name: str = "") -> Report:
    """The summary of what is told of a cohort; ``split`` adds its groups, ``name`` is what the cohort is saved as."""
    sections = [
        parts.flow(told),
        parts.change(told),
        parts.concern(told),
        parts.places(told),
        parts.attendance(told),
        parts.how_sure(told),
        parts.how_scored(told),
    ]
    if split is not None:
        sections.insert(2, groups(split))
    made = Report(
        key=KEY,
        name=f"summary-{told.programme.key}",
        title=f"Programme summary: {told.programme.title}",
        lead=parts.headline(told) + ".",
        facts=(
            ("Whose scores", whose(work, told, name)),
            ("Drawn on", day(work.today)),
            ("Small numbers", f"{PolicyKey.say(told.policy.key)}."),
        ),
        sections=(*sections,),
        sensitive=told.open,
        heading=heading,
    )
    return with_caveats(made, told)


def with_caveats(report: Report, told: Told) -> Report:
    """The report with what must be read with it, the symbols in it explained."""
    cells = [cell for _, figures in report.tables() for row in figures.rows for cell in row]
    return Report(**{**vars(report), "sections": (*report.sections, caveats(told, cells))})


def whose(work: Work, told: Told, name: str = "") -> str:
    """Whose scores are counted, in words; a record out of reach stays a number."""
    said = []
    for key, words, value in told.cohort.in_words():
        if key in _RECORDS:
            found = work.db.get(_RECORDS[key], int(value))
            value = f"number {value}" if found is None else str(found)
        said.append(f"{words[:1].lower()}{words[1:]}: {value}")
    told_of = f"Only {'; '.join(said)}." if said else "Everybody in the programme."
    return f"“{name}”. {told_of}" if name else told_of


def groups(table: Subgroups) -> Section:
    """The cohort split into groups: who got how far, and the improved of each measure out of its pairs."""
    by = table.by.words if table.by else "Group"
    lower = f"{by[:1].lower()}{by[1:]}"
    improved = []
    measures = table.measure_set.measures
    for first in range(0, len(measures), _ABREAST):
        places = range(first, min(first + _ABREAST, len(measures)))
        labels = [measures[place].label for place in places]
        caption = "Improved, out of those with both scores"
        if len(measures) > _ABREAST:
            caption += f": {in_words([label.lower() for label in labels])}"
        rows = tuple((row.label, *(_out_of(row.measures[place]) for place in places)) for row in table.rows)
        improved.append(Figures(caption=caption, heads=(by, *labels), rows=rows))
    return Section(
        heading=f"By {lower}",
        said=("Everybody stands in one group only, as on the day of the start; differences may be chance.",),
        shown=(
            Figures(
                caption="Who can be compared, by group",
                heads=(by, *FLOW_HEADS.values()),
                rows=tuple((row.label, *flow_of(row)) for row in table.rows),
            ),
            *improved,
        ),
    )


def _out_of(row: MeasureRow) -> Cell:
    """ "8 of 14", or the symbol of what is not shown."""
    if isinstance(row.paired, Symbol) or isinstance(row.improved, Symbol):
        return row.improved if isinstance(row.improved, Symbol) else row.paired
    return f"{row.improved:,} of {row.paired:,}"
