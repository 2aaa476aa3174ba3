"""The parts that reports on a cohort share: who can be compared, how they moved, how sure, what else changed."""

from __future__ import annotations

from collections.abc import Mapping

from cmcore.base.words import count, spelt
from cmcore.evidence.account import Spread
from cmcore.evidence.disclosure.policies import Symbol
from cmcore.evidence.outputs import MEASURE_HEADS, figures_of
from cmcore.evidence.reports.columns import PLACES
from cmcore.evidence.reports.report import Cell, Drawn, Figures, Section
from cmcore.evidence.reports.told import Told, number
from cmcore.evidence.subgroups import MeasureRow
from cmcore.exchange.documents.charts import Moved, MovedRow
from cmcore.measures.change import WhyUnpaired
from cmcore.reviews.words import Scorer

_FLOW: Mapping[str, str] = {
    "referred": "Referred",
    "started": "Started",
    "with_baseline": "Have a first score",
    "paired": "Have both scores",
}

_WHY: Mapping[WhyUnpaired, str] = {
    WhyUnpaired.no_baseline: "Never scored",
    WhyUnpaired.no_later_review: "Scored once only",
    WhyUnpaired.another_scorer: "Scored again by somebody else",
    WhyUnpaired.another_set: "Scored again with other measures",
}


def flow(told: Told, at_work: str = "") -> Section:
    """Who can be compared, and who is missing from every number that follows.

    ``at_work`` is what those who started are called where they are not all who were referred.
    """
    named = {"started": at_work, **{key: _FLOW[key] for key in ("with_baseline", "paired")}} if at_work else _FLOW
    rows = [(words, told.count(key)) for key, words in named.items()]
    shown: list[Figures] = [
        Figures(caption="How many have two scores", heads=("Who", "Young people"), rows=tuple(rows))
    ]
    missing = [(words, told.account.unpaired.get(why, 0)) for why, words in _WHY.items()]
    if told.open and any(often for _, often in missing):
        shown.append(
            Figures(
                caption="Why others cannot be compared",
                heads=("Why", "Young people"),
                rows=tuple((words, often) for words, often in missing if often),
            )
        )
    started, paired = number(told.count("started")), number(told.count("paired"))
    referred = number(told.count("referred"))
    note = ""
    if not at_work and referred is not None and started is not None and started > referred:
        note = " Some started without a referral that is kept here."
    heading = "Who can be compared"
    if started is not None and paired is not None and told.policy.round_to < 2:
        of = "who were at work" if at_work else "who started"
        heading = f"{paired:,} of the {started:,} {of} can be compared"
    said = f"Only who has two scores by the same role is in what follows.{note}"
    return Section(heading=heading, said=(said,), shown=(*shown,))


def change(told: Told) -> Section:
    """How the measures moved: improved, maintained and declined, with the share and its range."""
    rows = told.all.measures
    figures = Figures(
        caption="Improved, maintained, declined",
        heads=("Measure", *(MEASURE_HEADS[name] for name in _MOVED), "Improved, 95 % range"),
        rows=tuple((row.measure.label, *(getattr(row, name) for name in _MOVED), share(told, row)) for row in rows),
    )
    # Rounded counts do not add up to their whole: a bar of them would be a wrong one.
    drawn: Drawn | Figures = figures
    if told.policy.round_to < 2:
        drawn = Drawn(chart=Moved(rows=tuple(_moved(told, row) for row in rows)), figures=figures)
    return Section(heading=headline(told), said=(_lead(told),), shown=(drawn,))


_MOVED = ("paired", "improved", "maintained", "at_ceiling", "declined")


def headline(told: Told) -> str:
    """What the shares show, in one sentence that claims no cause and tells no hidden number."""
    rows = [row for row in told.all.measures if isinstance(row.percent, int)]
    if not rows:
        hidden = any(row.percent is Symbol.hidden for row in told.all.measures)
        return "No share is shown, as it would tell small numbers" if hidden else "Too few pairs to show a share"
    most = sum(2 * (number(row.improved) or 0) > (number(row.paired) or 0) for row in rows)
    many = len(told.all.measures)
    if many == 1:
        return f"{rows[0].improved} of {rows[0].paired} improved on {rows[0].measure.label.lower()}"
    if len(rows) == 1:
        row = rows[0]
        return f"{row.improved} of {row.paired} improved on {row.measure.label.lower()}, the one that can be shown"
    said = "all" if most == len(rows) else spelt(most)
    rest = " that can be shown" if len(rows) < many else ""
    return f"More than half improved on {said} of the {spelt(len(rows))} measures{rest}"


def share(told: Told, row: MeasureRow) -> str:
    """The improved share with its range and the pairs it is of, or why it is not given."""
    if isinstance(row.percent, int):
        return f"{row.percent} % ({row.low} to {row.high}) of {row.paired:,}"
    if row.percent is Symbol.hidden:
        return Symbol.hidden.value
    few = number(row.paired)
    return "no pairs" if few == 0 else f"fewer than {count(told.policy.least_pairs, 'pair')}"


def _moved(told: Told, row: MeasureRow) -> MovedRow:
    return MovedRow(
        label=row.measure.label,
        paired=number(row.paired),
        improved=number(row.improved),
        maintained=number(row.maintained),
        declined=number(row.declined),
        at_ceiling=number(row.at_ceiling),
        share=share(told, row),
    )


def _lead(told: Told) -> str:
    said = "Each young person’s first and latest score by the same role"
    if weeks := told.spread(told.account.weeks_between):
        said += f", a median of {plain(weeks.median)} weeks apart"
    if hours := told.spread(told.account.hours_received):
        said += f"; a median of {plain(hours.median)} hours received"
    return f"{said}."


def how_sure(told: Told) -> Section:
    """For whoever weighs the numbers: median change, p, r and what they mean."""
    names = ("median_change", "p", "r")
    rows = []
    for row in told.all.measures:
        figures = dict(zip(MEASURE_HEADS, figures_of(row), strict=True))
        changed = _changed(row)
        p = figures["p"]
        little = "< 0.001" if isinstance(p, float | int) and p < 0.001 else p
        rows.append((row.measure.label, figures["median_change"], changed, little, figures["r"]))
    shown = [
        Figures(
            caption="Median change, and how likely so much is by chance",
            heads=("Measure", "Median change", "Pairs that changed", *(MEASURE_HEADS[name] for name in names[1:])),
            rows=tuple(rows),
            note=told.account.definition,
        )
    ]
    if told.open and (points := _points(told)) is not None:
        shown.append(points)
    return Section(
        heading="How sure one can be",
        said=(
            "The fewer the pairs, the wider the range of a share. p is how often chance alone would give so much; "
            "r runs from −1, everybody declined, to 1, everybody improved. Several measures are looked at together: "
            "of twenty, one would seem to have moved by chance.",
        ),
        shown=tuple(shown),
    )


def _changed(row: MeasureRow) -> Cell:
    improved, declined = number(row.improved), number(row.declined)
    return Symbol.hidden if improved is None or declined is None else improved + declined


def _points(told: Told) -> Figures | None:
    """How many changed by how many points; for the authority's own use, as each of these is a small number."""
    sizes = sorted({step for steps in told.steps.values() for step, often in steps.items() if often})
    if not sizes or len(sizes) > 12:
        return None
    return Figures(
        caption="How many young people changed by how many points",
        heads=("Measure", *(f"{'+' if size > 0 else '−' if size < 0 else ''}{abs(size)}" for size in sizes)),
        rows=tuple(
            (row.measure.label, *(told.steps[row.measure.key].get(size, 0) for size in sizes))
            for row in told.all.measures
        ),
        note="Points for the better have a plus.",
    )


def how_scored(told: Told) -> Section:
    """How the scores were taken: who scored, weeks between them, hours received, which measures."""
    scorers = tuple(
        (role.label, shown) for role in Scorer if (shown := told.count(f"by.{role.value}")) or not told.open
    )
    spreads = (
        ("Weeks between the two scores", *_in_quarters(told, told.account.weeks_between)),
        ("Hours received", *_in_quarters(told, told.account.hours_received)),
    )
    key, _, version = told.account.measure_set.ref.partition("@")
    return Section(
        heading="How the scores were taken",
        said=(
            f"Measures: {told.account.measure_set.title} ({key}, version {version}). Nothing of another set or version "
            "is mixed in, and a pair is always by the same role.",
        ),
        shown=(
            Figures(caption="Who scored, the same both times", heads=("Who", "Young people"), rows=scorers),
            Figures(
                caption="Weeks and hours of those with both scores",
                heads=("What", "Median", "Middle half from", "to"),
                rows=spreads,
            ),
        ),
    )


def _in_quarters(told: Told, spread: Spread | None) -> tuple[Cell, Cell, Cell]:
    found = told.spread(spread)
    if found is None:
        why = Symbol.hidden if told.count("paired") is Symbol.hidden else Symbol.not_applicable
        return why, why, why
    return round(found.median, 1), round(found.lower, 1), round(found.upper, 1)


def concern(told: Told) -> Section:
    """Red, amber or green at the start beside the latest review."""
    if told.count("concern") == 0:
        return Section(heading="Concern", said=("Nobody’s concern was scored at the start and again.",))
    rows = (
        ("Scored at the start and again", told.count("concern")),
        ("Lowered", told.count("concern.lowered")),
        ("of these, from red to green", told.count("concern.red_to_green")),
        ("As it was", told.count("concern.same")),
        ("Raised", told.count("concern.raised")),
    )
    return Section(
        heading=_heading("Concern", "concern", told, "lowered", "for"),
        shown=(
            Figures(caption="Concern, from the start to the latest review", heads=("What", "Young people"), rows=rows),
        ),
    )


def _heading(what: str, of: str, told: Told, part: str, word: str) -> str:
    known, some = number(told.count(of)), number(told.count(f"{of}.{part}"))
    if not known or some is None or told.policy.round_to > 1:
        return what
    return f"{what} was {part} {word} {some:,} of {known:,}"


def places(told: Told) -> Section:
    """School, work and training: where those who were out of it are now."""
    if told.count("place") == 0:
        said = "Of nobody is it known both at the start and now."
        return Section(heading="School, work and training", said=(said,))
    rows = tuple(
        (words, told.count(f"place.{key}"), told.count(f"place.{key}.in"), told.count(f"place.{key}.not"))
        for key, words in PLACES.items()
    )
    out, back = number(told.count("place.out")), number(told.count("place.out.in"))
    heading = "School, work and training"
    if out and back is not None and told.policy.round_to < 2:
        heading = f"{back:,} of {out:,} who were out of school are in school, work or training"
    return Section(
        heading=heading,
        said=("Known on the day of the start and again on the day of the end, or today for those still at work.",),
        shown=(
            Figures(
                caption="Where they were, and where they are",
                heads=("At the start", "Young people", "Now in school, work or training", "Now not"),
                rows=(*rows, ("Known both times", told.count("place"), None, None)),
            ),
        ),
    )


def attendance(told: Told) -> Section:
    """Attendance in the spell at the start beside a later spell."""
    if told.count("attendance") == 0:
        return Section(heading="Attendance", said=("Of nobody is it known in two spells of school.",))
    moves = told.moves.attendance
    rows: list[tuple[Cell, ...]] = [
        ("Known for two spells", told.count("attendance")),
        ("Higher", told.count("attendance.higher")),
        ("The same", told.count("attendance.same")),
        ("Lower", told.count("attendance.lower")),
    ]
    shown = [Figures(caption="Attendance, before and after", heads=("What", "Young people"), rows=tuple(rows))]
    if moves is not None and told.enough("attendance"):
        medians = (("Before", moves.median_before), ("After", moves.median_after))
        shown.append(
            Figures(
                caption="Median attendance",
                heads=("When", "Per cent"),
                rows=tuple(medians),
                note=f"Of {told.count('attendance')} young people.",
            )
        )
    known, higher = number(told.count("attendance")), number(told.count("attendance.higher"))
    heading = "Attendance"
    if known and higher is not None and told.policy.round_to < 2:
        heading = f"Attendance is higher for {higher:,} of {known:,}"
    return Section(heading=heading, shown=tuple(shown))


def plain(value: float) -> str:
    """A number to one decimal place, without a nought behind the point."""
    return f"{value:.1f}".removesuffix(".0")
