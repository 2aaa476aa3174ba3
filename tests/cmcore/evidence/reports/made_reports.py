"""A small report made by hand, hostile cells and a hidden number in it, for the tests of every output."""

from __future__ import annotations

from datetime import date

from cmcore.evidence.disclosure.policies import Symbol
from cmcore.evidence.on_paper import chart_block
from cmcore.evidence.reports.report import Drawn, Figures, Report, Section
from cmcore.exchange.documents.charts import Moved, MovedRow
from cmcore.exchange.documents.heading import Heading
from cmcore.measures.change import FinalReview, changes_of
from cmcore.measures.shipped import EIGHT

#: What would begin a formula where a workbook or a CSV is opened.
FORMULAS = ("=1+1", "+44", "-2", "@SUM(A1)", "\t=x")


def made() -> Report:
    """A bar with 14 pairs of which two counts are not shown, a table of every kind of cell, a dumbbell, a voice."""
    scored = [
        FinalReview("eight@1", "baseline", date(2026, 5, 26), "joint", dict.fromkeys(EIGHT.keys, 2)),
        FinalReview("eight@1", "exit", date(2026, 9, 22), "joint", {**dict.fromkeys(EIGHT.keys, 4), "confidence": 1}),
    ]
    changes = changes_of(scored, EIGHT)
    moved = MovedRow(
        label="Confidence", paired=14, improved=None, maintained=0, declined=None, at_ceiling=0, share=Symbol.hidden
    )
    hidden = Symbol.hidden
    return Report(
        key="summary",
        name="summary-creative-mentoring",
        title="Programme summary: Creative mentoring",
        lead="More than half improved.",
        facts=(("Whose scores", "=HYPERLINK(1)"), ("Drawn on", "10 November 2026")),
        sections=(
            Section(
                heading="How they moved",
                said=("Each young person’s first and latest score.",),
                shown=(
                    Drawn(
                        chart=Moved(rows=(moved,)),
                        figures=Figures(
                            caption="Improved, maintained, declined",
                            heads=("Measure", "Pairs", "Improved", "Maintained", "Declined", "Share"),
                            rows=(("Confidence", 14, hidden, 0, hidden, hidden),),
                        ),
                    ),
                    Figures(
                        caption="Every kind: of [cell]/name",
                        heads=("What", "Number", "Day"),
                        rows=(
                            *((text, 0.5, date(2026, 11, 10)) for text in FORMULAS),
                            ("Nothing", None, None),
                            ("<b>1,300</b>", 1300, None),
                        ),
                        note="A note.",
                    ),
                ),
            ),
            Section(
                heading="One of eight has declined",
                shown=(
                    Drawn(
                        chart=chart_block(changes, ("confidence",)),
                        figures=Figures(
                            caption="Baseline to latest",
                            heads=("Measure", "Baseline", "Latest", "Change"),
                            rows=tuple((one.measure.label, one.baseline, one.latest, one.in_words) for one in changes),
                        ),
                        changes=tuple(changes),
                    ),
                ),
                voices=(("Exit review", "=I like clay now"),),
                points=(("No comparison group.", "Nobody can say what would have happened otherwise."),),
            ),
        ),
        sensitive=True,
        heading=Heading(authority="Wrenshire", initials="M.B.", reference="WR-0417"),
    )
