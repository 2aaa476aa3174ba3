"""The programme summary: what changed for a cohort of a programme, for its head, its funders and its evaluators."""

from __future__ import annotations

from collections.abc import Mapping

from cmcore.base.clock import day
from cmcore.base.records import Record
from cmcore.evidence.disclosure.policies import PolicyKey
from cmcore.evidence.outputs import FLOW_HEADS, flow_of
from cmcore.evidence.reports import parts
from cmcore.evidence.reports.caveats import caveats
from cmcore.evidence.reports.report import Figures, Report, Section
from cmcore.evidence.reports.told import Told
from cmcore.evidence.subgroups import Subgroups
from cmcore.exchange.documents.heading import Heading
from cmcore.funding.records import FundingLine
from cmcore.mentors.records import Mentor
from cmcore.safekeeping.work import Work
from cmcore.virtual_schools.records import Setting

KEY = "summary"

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
    heads = [one.label for one in table.measure_set.measures]
    improved = tuple(
        (row.label, *(f"{_said(one.improved)} of {_said(one.paired)}" for one in row.measures)) for row in table.rows
    )
    return Section(
        heading=f"By {lower}",
        said=("Everybody stands in one group only, as on the day of the start; differences may be chance.",),
        shown=(
            Figures(
                caption="Who can be compared, by group",
                heads=(by, *FLOW_HEADS.values()),
                rows=tuple((row.label, *flow_of(row)) for row in table.rows),
            ),
            Figures(caption="Improved, out of those with both scores", heads=(by, *heads), rows=improved),
        ),
    )


def _said(shown: object) -> str:
    return f"{shown:,}" if isinstance(shown, int) else str(shown)
