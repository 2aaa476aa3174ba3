"""The way of a journey as a task list: each part behind one, what comes next, and what stands in the way of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for

from cmcore.api import Work, count, day
from cmcore_artsmark.queries import commitments_of, counted_evidence, judgements_of
from cmcore_artsmark.records import ArtsmarkCommitment, ArtsmarkJourney
from cmcore_artsmark.rules import months_after
from cmcore_artsmark.words import At, Criterion, Level
from console.api import NextStep, page_of


@dataclass(frozen=True)
class Stand:
    """Where a journey stands, read once for the whole page."""

    journey: ArtsmarkJourney
    commitments: Sequence[ArtsmarkCommitment]
    judged: int
    judged_again: int
    evidence: dict[int, int]
    today: date
    notice: int
    renewal: int

    @property
    def kept(self) -> list[ArtsmarkCommitment]:
        """Commitments that were not dropped."""
        return [one for one in self.commitments if one.state != "dropped"]

    @property
    def achieved(self) -> list[ArtsmarkCommitment]:
        """Commitments that are achieved."""
        return [one for one in self.commitments if one.state == "achieved"]

    @property
    def late(self) -> int:
        """Commitments past their day."""
        return sum(one.state in ("planned", "under_way") and one.due_on < self.today for one in self.commitments)


def stand_of(work: Work, journey: ArtsmarkJourney) -> Stand:
    """Where a journey stands. Three statements."""
    commitments, judged, policy = commitments_of(work, journey), judgements_of(work, journey), work.policy_of(journey)
    return Stand(
        journey=journey,
        commitments=commitments,
        judged=sum(one.at == At.start for one in judged),
        judged_again=sum(one.at == At.end for one in judged),
        evidence=counted_evidence(work, [one.id for one in commitments]),
        today=work.today,
        notice=policy.threshold("R-AM-2", "months"),
        renewal=policy.threshold("R-AM-4", "months"),
    )


def way(stand: Stand) -> list[NextStep]:
    """The whole way, part by part."""
    journey = stand.journey
    return [
        NextStep("Register", page_of(journey), _led(journey), done=day(journey.registered_on)),
        _judging(stand),
        _promising(stand),
        _committing(stand),
        _doing(stand),
        _proving(stand),
        _claiming(stand),
        _award(stand),
    ]


def _led(journey: ArtsmarkJourney) -> str:
    by = f"Led by {journey.led_by}. " if journey.led_by else ""
    aims = f"Aims at {Level.say(journey.aims_at)}." if journey.aims_at else ""
    return f"{by}{aims}".strip()


def _judging(stand: Stand) -> NextStep:
    journey, of = stand.journey, len(Criterion)
    there = url_for("ArtsmarkJudgements.list", artsmark_journey_id=journey.id)
    why = f"{stand.judged} of {of} criteria judged at the start, {stand.judged_again} again since."
    label = "Judge yourselves by the criteria"
    if journey.assessed_on is not None:
        return NextStep(label, there, why, done=day(journey.assessed_on))
    if stand.judged == of:
        return NextStep(label, page_of(journey), f"{why} Say that it is done.", pressing="Next")
    return NextStep(label, url_for("ArtsmarkJudgements.add", artsmark_journey_id=journey.id), why, pressing="Next")


def _promising(stand: Stand) -> NextStep:
    there = url_for("ArtsmarkCommitments.list", artsmark_journey_id=stand.journey.id)
    many = len(stand.kept)
    if many:
        return NextStep(
            "Make commitments", there, "Each with a criterion, somebody who sees to it, and a day.", done=str(many)
        )
    add = url_for("ArtsmarkCommitments.add", artsmark_journey_id=stand.journey.id)
    return NextStep("Make commitments", add, "None yet. Each has a criterion, somebody who sees to it, and a day.")


def _committing(stand: Stand) -> NextStep:
    journey, label = stand.journey, "Send the Statement of Commitment"
    there = url_for("ArtsmarkStatements.index", pk=journey.id, statement="commitment")
    if journey.committed_on is not None:
        return NextStep(label, there, "What was sent stays.", done=day(journey.committed_on))
    if journey.assessed_on is None or not stand.kept:
        return NextStep(label, why="Not yet. Judge each criterion and promise something first.", refused=True)
    return NextStep(label, there, "Draft it, read it through, and write down when it was sent.", pressing="Next")


def _doing(stand: Stand) -> NextStep:
    there = url_for("ArtsmarkCommitments.list", artsmark_journey_id=stand.journey.id)
    of, achieved = len(stand.kept), len(stand.achieved)
    why = f"{achieved} of {count(of, 'commitment')} achieved."
    label = "Do what was promised"
    if stand.late:
        return NextStep(
            label, there, why, rule="R-AM-6", pressing=f"{stand.late} past {'its' if stand.late == 1 else 'their'} day"
        )
    return NextStep(label, there, why, done="All achieved" if of and achieved == of else "")


def _proving(stand: Stand) -> NextStep:
    there = url_for("ArtsmarkEvidences.list")
    without = [one for one in stand.achieved if not stand.evidence.get(one.id)]
    why = f"{count(sum(stand.evidence.values()), 'piece')} of evidence: numbers, quotes, case studies, media."
    if without:
        said = f"{len(without)} achieved without"
        return NextStep("Gather evidence", page_of(without[0]), why, rule="R-AM-8", pressing=said)
    return NextStep("Gather evidence", there, why)


def _claiming(stand: Stand) -> NextStep:
    journey, label = stand.journey, "Send the Statement of Impact"
    there = url_for("ArtsmarkStatements.index", pk=journey.id, statement="impact")
    if journey.claimed_on is not None and journey.state not in ("not_awarded",):
        return NextStep(label, there, "It claims only what is achieved.", done=day(journey.claimed_on))
    if journey.impact_due_on is None:
        return NextStep(label, why="Not yet. The Statement of Commitment goes first.", refused=True)
    due = f"Due on {day(journey.impact_due_on)}."
    if not stand.achieved:
        return NextStep(label, why=f"Not yet. {due} No commitment is achieved.", rule="R-AM-1", refused=True)
    if journey.impact_due_on < stand.today:
        return NextStep(label, there, due, rule="R-AM-2", pressing="Late")
    if stand.today >= months_after(journey.impact_due_on, -stand.notice):
        return NextStep(label, there, due, rule="R-AM-2", pressing=f"Within {count(stand.notice, 'month')}")
    return NextStep(label, there, f"{due} It claims only what is achieved.")


def _award(stand: Stand) -> NextStep:
    journey, label = stand.journey, "The award, and its renewal"
    there = page_of(journey)
    if journey.awarded_on is None or journey.award_until is None:
        why = "Write it down when it comes. It holds two years."
        return NextStep(label, there, why) if journey.state == "claimed" else NextStep(label, why=why)
    why = f"{Level.say(journey.level)}, until {day(journey.award_until)}."
    if journey.state == "awarded" and stand.today >= months_after(journey.award_until, -stand.renewal):
        return NextStep(label, there, why, rule="R-AM-4", pressing="Runs out")
    return NextStep(label, there, why, done=day(journey.awarded_on))
