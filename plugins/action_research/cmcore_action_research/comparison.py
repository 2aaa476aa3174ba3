"""The comparison by waiting list: what changed for those mentored first, and for the others while they waited.

Numbers of both groups stand side by side with how many they are of. For readers outside, a row in which anybody could
be recognised is hidden whole (R-SUP-1), and no row adds up with another, so that none can be worked out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from cmcore.api import Measure, MeasureSet, Review, Work, count, in_words, measure_set
from cmcore.api.evidencing import (
    Change,
    ChangeOutcome,
    Disclosure,
    FinalReview,
    Symbol,
    changes_of,
    median,
    rank_biserial,
    wilcoxon,
    wilson,
)
from cmcore_action_research.people_records import StudyPlace
from cmcore_action_research.queries import analyses_of, measures_of, places_of, reviews_of
from cmcore_action_research.records import ResearchStudy, StudyAnalysis, StudyProtocol
from cmcore_action_research.words import Compares, Group, Standing, Statistic

#: What is said with every comparison.
CAUTIONS = (
    "Places were given in the order of joining, not by lot: those who joined early may differ from those who joined "
    "late in ways that nobody measured.",
    "Scores that begin low tend to rise by themselves, in both groups.",
    "Whoever lacks one of the two scores is not in the numbers of change.",
    "A difference between the groups is no proof that the mentoring made it.",
)


@dataclass(frozen=True)
class Member:
    """One young person of the comparison, without a name: the group, and their final reviews in their time.

    For those who waited first only what was scored while they waited is here.
    """

    group: Group
    reviews: tuple[FinalReview, ...]


@dataclass(frozen=True)
class Row:
    """One measure in one group. improved, maintained and declined add up to paired; ``steps`` counts each change."""

    measure: str
    label: str
    group: Group
    people: int
    paired: int
    improved: int
    maintained: int
    declined: int
    steps: Mapping[int, int]

    @property
    def median(self) -> float | None:
        """The median change in points of the scale; nothing where nobody has both scores."""
        return median(self.steps)

    def hidden(self, policy: Disclosure) -> bool:
        """Whether the row is hidden outside: anybody in it, or missing from it, could be recognised."""
        parts = (self.paired, self.improved, self.maintained, self.declined, self.people - self.paired)
        return any(policy.is_small(each) for each in parts)

    def told(self, policy: Disclosure | None = None) -> tuple[str, ...]:
        """The numbers as they are read: paired, improved, maintained, declined, median change."""
        if policy is not None and self.hidden(policy):
            return (Symbol.hidden.value,) * 5
        show = policy.shown if policy is not None else int
        counts = (self.paired, self.improved, self.maintained, self.declined)
        said = Symbol.not_applicable.value if self.median is None else f"{self.median:+g}"
        return (*(str(show(each)) for each in counts), said)


def final_reviews(found: Iterable[Review], until: date | None = None) -> tuple[FinalReview, ...]:
    """Reviews as plain values, up to a day where one is given."""
    return tuple(
        FinalReview(
            one.measure_set,
            one.kind_of_review,
            one.held_on,
            one.scored_by,
            {score.measure: score.score for score in one.scores},
            number=one.id,
        )
        for one in found
        if until is None or one.held_on <= until
    )


def members(work: Work, places: Sequence[StudyPlace]) -> list[Member]:
    """Everybody in a group who has not left, with the reviews of their time."""
    standing = [one for one in places if one.place_group and one.state != "left"]
    found = reviews_of(work, [one.enrolment_id for one in standing])
    made = []
    for one in standing:
        group = Group(one.place_group or "")
        until = one.given_on if group is Group.waiting else None
        made.append(Member(group, final_reviews(found[one.enrolment_id], until)))
    return made


def rows_of(given: Collection[Member], chosen: MeasureSet, measures: Sequence[Measure]) -> list[Row]:
    """The rows of a comparison, measure by measure, both groups of each. Pure."""
    changes: dict[tuple[str, Group], list[Change]] = {(one.key, group): [] for one in measures for group in Group}
    people = Counter(one.group for one in given)
    for member in given:
        for change in changes_of(member.reviews, chosen):
            if (change.measure.key, member.group) in changes:
                changes[change.measure.key, member.group].append(change)
    return [_row(measure, group, people[group], changes[measure.key, group]) for measure in measures for group in Group]


def _row(measure: Measure, group: Group, people: int, changes: Sequence[Change]) -> Row:
    paired = [one for one in changes if one.outcome.paired]
    became = Counter(one.outcome for one in paired)
    maintained = became[ChangeOutcome.maintained] + became[ChangeOutcome.at_ceiling]
    steps = Counter(one.steps or 0 for one in paired)
    return Row(
        measure.key,
        measure.label,
        group,
        people,
        len(paired),
        became[ChangeOutcome.improved],
        maintained,
        became[ChangeOutcome.declined],
        steps,
    )


@dataclass(frozen=True)
class Result:
    """One analysis with what it gives: its standing stands beside every number of it (R-STUDY-3)."""

    key: str
    standing: Standing
    measure: str
    statistic: Statistic
    compares: Compares
    said: str


def results(rows: Sequence[Row], analyses: Sequence[StudyAnalysis], policy: Disclosure) -> list[Result]:
    """What each analysis gives, planned ones first. ``policy`` says what is hidden, and under how many no share is."""
    made = []
    for one in sorted(analyses, key=lambda each: each.standing is not Standing.planned):
        groups = tuple(Group) if one.compares == Compares.mentored_waiting else (Group.mentored,)
        for row in rows:
            if one.measure in ("all", row.measure) and row.group in groups:
                statistic = Statistic(one.statistic)
                said = f"{row.group.label}: {_result(row, statistic, policy)}"
                made.append(Result(one.key, one.standing, row.label, statistic, Compares(one.compares), said))
    return made


def _result(row: Row, statistic: Statistic, policy: Disclosure) -> str:
    of = f"of {count(row.paired, 'pair')}"
    if policy.hides and row.hidden(policy):
        return Symbol.hidden.value
    if statistic is Statistic.improved_share:
        found = wilson(row.improved, row.paired) if row.paired >= policy.least_pairs else None
        if found is None:
            return f"no share under {policy.least_pairs} pairs; {row.improved} {of} improved"
        return f"{found.share:.0%} ({found.low:.0%} to {found.high:.0%}) {of}"
    if statistic is Statistic.signed_rank:
        test = wilcoxon(row.steps)
        return f"p = {test.p:.3f} {of}" if test else f"no p: fewer than six pairs changed, {of}"
    if statistic is Statistic.rank_biserial:
        r = rank_biserial(row.steps)
        return f"r = {r:+.2f} {of}" if r is not None else f"no r: nothing changed, {of}"
    if statistic is Statistic.dose_response:
        return f"{of[3:]}; set it beside the hours received"
    return f"median change {row.median:+g} {of}" if row.median is not None else "nobody has both scores"


@dataclass(frozen=True)
class Comparison:
    """The whole of it: how many are in each group and how many have both scores, the rows, and the words beside."""

    people: Mapping[Group, int]
    rows: tuple[Row, ...]
    analyses: tuple[StudyAnalysis, ...]

    def as_data(self, policy: Disclosure) -> dict[str, Any]:
        """As readers outside have it: plain values, small numbers hidden (R-SUP-1)."""
        return {
            "policy": policy.key,
            "groups": {
                group.value: Symbol.hidden.value if policy.is_small(many) else str(policy.shown(many))
                for group, many in self.people.items()
            },
            "rows": [
                {"measure": row.measure, "label": row.label, "group": row.group.value, "told": list(row.told(policy))}
                for row in self.rows
            ],
            "results": [
                {
                    "key": one.key,
                    "standing": one.standing.value,
                    "measure": one.measure,
                    "statistic": one.statistic.value,
                    "compares": one.compares.value,
                    "said": one.said,
                }
                for one in results(self.rows, self.analyses, policy)
            ],
            "cautions": list(CAUTIONS),
        }


def comparison(work: Work, study: ResearchStudy, protocol: StudyProtocol) -> Comparison:
    """The comparison of a study under a version of its protocol, within reach of whoever asks."""
    found = members(work, places_of(work, study))
    chosen = measure_set(protocol.measure_set)
    people = Counter(one.group for one in found)
    return Comparison(
        {group: people[group] for group in Group},
        tuple(rows_of(found, chosen, measures_of(protocol))),
        tuple(analyses_of(work, study)),
    )


def in_a_sentence(found: Comparison) -> str:
    """How many are in the two groups, in a sentence."""
    said = [f"{many} {group.label.lower()}" for group, many in found.people.items()]
    return f"{in_words(said)}."
