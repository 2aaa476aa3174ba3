"""What the account of a cohort looks like on a page: the flow, the spread of each measure, the tests, the caveats."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from cmcore.base.words import count, in_words
from cmcore.evidence.account import Account, MeasureAccount, Spread
from cmcore.measures.change import WhyUnpaired
from cmcore.measures.sets import Polarity
from cmcore.reviews.words import Scorer
from console import charts

_MINUS = "−"


@dataclass(frozen=True)
class FlowStep:
    """How many reached one point, as a number and a bar, and how many were lost on the way there."""

    number: int
    words: str
    bar: Markup
    lost: str
    last: bool


@dataclass(frozen=True)
class SpreadRow:
    """One measure of the cohort: the bar, the counts, and the share with its range or why there is none."""

    label: str
    bar: Markup
    paired: int
    improved: int
    maintained: int
    at_ceiling: int
    declined: int
    share: str
    share_range: str
    interval: Markup


@dataclass(frozen=True)
class TestRow:
    """One measure for evaluators: median change, pairs that changed, p and r as text."""

    label: str
    median_change: str
    changed: int
    p: str
    r: str


@dataclass(frozen=True)
class EvidenceView:
    """The account of a cohort, ready for ``cm/_evidence.html``."""

    flow_heading: str
    flow: list[FlowStep]
    heading: str
    lead: str
    hatching: Markup
    key: list[tuple[Markup, str]]
    ceiling_words: str
    spread: list[SpreadRow]
    tests: list[TestRow]
    definition: str
    caveats: list[tuple[str, str]]
    facts: list[tuple[str, str]]


def evidence_view(account: Account) -> EvidenceView:
    """The view of one account."""
    return EvidenceView(
        flow_heading=f"{account.paired} of the {account.started} who started can be compared",
        flow=_flow(account),
        heading=account.headline,
        lead=_lead(account),
        hatching=charts.hatching(),
        key=charts.cohort_key(),
        ceiling_words=f"of these, at the {'top' if _higher(account) else 'best'}",
        spread=[_spread_row(row, account.least_pairs) for row in account.measures],
        tests=[_test_row(row) for row in account.measures],
        definition=account.definition,
        caveats=account.caveats,
        facts=_facts(account),
    )


def _higher(account: Account) -> bool:
    return account.measures[0].measure.polarity is Polarity.higher_is_better


def _flow(account: Account) -> list[FlowStep]:
    widest = max(account.referred, account.started)
    steps = [
        (account.referred, "referred", ""),
        (account.started, "started", _not_started(account)),
        (
            account.with_baseline,
            "have a baseline",
            _lost(account.started - account.with_baseline, "have no first score"),
        ),
        (account.paired, "have both scores", _unpaired(account)),
    ]
    return [
        FlowStep(
            number, words, charts.flow_bar(number, widest, filled=words == steps[-1][1]), lost, words == steps[-1][1]
        )
        for number, words, lost in steps
    ]


def _not_started(account: Account) -> str:
    if account.started > account.referred:
        return "some of them without a referral kept here"
    return _lost(account.referred - account.started, "did not")


def _lost(number: int, words: str) -> str:
    return f"{number} {words.replace('have', 'has', 1) if number == 1 else words}" if number > 0 else ""


def _unpaired(account: Account) -> str:
    lost = _lost(account.with_baseline - account.paired, "have no later score to compare")
    why = [
        f"{number} {_WHY[reason]}"
        for reason, number in account.unpaired.items()
        if number and reason in _WHY and reason is not WhyUnpaired.no_later_review
    ]
    return f"{lost}: {in_words(why)}" if lost and why else lost


_WHY = {
    WhyUnpaired.no_later_review: "not scored again",
    WhyUnpaired.another_scorer: "scored again by somebody else",
    WhyUnpaired.another_set: "scored again with another set",
}


def _lead(account: Account) -> str:
    said = "Each young person’s first and latest score"
    if account.weeks_between:
        said += f", a median of {_plain(account.weeks_between.median)} weeks apart"
    if account.hours_received:
        said += f"; a median of {_plain(account.hours_received.median)} hours received"
    return f"{said}."


def _spread_row(row: MeasureAccount, least_pairs: int) -> SpreadRow:
    if row.percent is not None and row.percent_range is not None:
        share, share_range = f"{row.percent} %", f"{row.percent_range[0]} to {row.percent_range[1]}"
    else:
        share, share_range = "", f"fewer than {count(least_pairs, 'pair')}" if row.paired else "no pairs"
    return SpreadRow(
        label=row.measure.label,
        bar=charts.cohort_bar(row.improved, row.maintained, row.declined),
        paired=row.paired,
        improved=row.improved,
        maintained=row.maintained,
        at_ceiling=row.at_ceiling,
        declined=row.declined,
        share=share,
        share_range=share_range,
        interval=charts.interval_mark(row.interval),
    )


def _test_row(row: MeasureAccount) -> TestRow:
    if row.test is None:
        p = "–"
    else:
        size = "< 0.001" if row.test.p < 0.001 else f"{row.test.p:.3f}"
        p = size if row.test.method == "exact" else f"about {size}"
    return TestRow(
        label=row.measure.label,
        median_change="–" if row.median_change is None else signed(row.median_change),
        changed=row.changed,
        p=p,
        r="–" if row.r is None else f"{row.r:.2f}".replace("-", _MINUS),
    )


def signed(value: float) -> str:
    """A change with its sign: "+1", "0", "−0.5"."""
    return _plain(value) if value == 0 else f"{'+' if value > 0 else _MINUS}{_plain(abs(value))}"


def _plain(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _facts(account: Account) -> list[tuple[str, str]]:
    scorers = sorted(account.scored_by.items(), key=lambda one: -one[1])
    who = [f"{Scorer.say(role).lower()} ({number})" for role, number in scorers]
    key, _, version = account.measure_set.ref.partition("@")
    return [
        ("Who scored", f"The same both times: {in_words(who)}." if who else "Nobody has scored twice yet."),
        ("Weeks between", _spread(account.weeks_between)),
        ("Hours received", _spread(account.hours_received)),
        ("Measure set", f"{key}, version {version}. Nothing of another set or version is mixed in."),
        ("Small numbers", f"No share under {count(account.least_pairs, 'pair')}; no p where fewer than six changed."),
    ]


def _spread(spread: Spread | None) -> str:
    if spread is None:
        return "Nothing to count yet"
    return f"Median {_plain(spread.median)}, middle half {_plain(spread.lower)} to {_plain(spread.upper)}"
