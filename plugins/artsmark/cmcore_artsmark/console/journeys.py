"""Journeys and judgements as lists and records: what can be done next, and what is due."""

from __future__ import annotations

from typing import Any

from flask import url_for

from cmcore.api import Finding, Work
from cmcore_artsmark import journeys, queries, rules
from cmcore_artsmark.console.promises import ArtsmarkCommitments
from cmcore_artsmark.forms import AwardAnswers, ClaimedAnswers, CommittedAnswers, JourneyAnswers, JudgementAnswers
from cmcore_artsmark.lives import JOURNEY_LIFE
from cmcore_artsmark.records import ArtsmarkJourney, ArtsmarkJudgement
from cmcore_artsmark.words import At, Criterion, Judgement, Level
from console.api import Filter, Queue, RecordView, Related, Step, page_of, transitions


class ArtsmarkJudgements(RecordView):
    """The self-assessment: where one stands on each criterion."""

    record = ArtsmarkJudgement
    route_base = "/artsmark-judgements"
    about = "The self-assessment, criterion by criterion: at the start, and again before the Statement of Impact."
    list_columns = ["criterion", "at", "judgement", "said", "judged_on"]
    label_columns = {
        "at": "When",
        "judgement": "Where we stand",
        "said": "What shows it",
        "judged_on": "Judged on",
        "judged_by": "Judged by",
        "artsmark_journey_id": "Journey",
    }
    choice_columns = {"criterion": Criterion, "at": At, "judgement": Judgement}
    search_columns = ["said"]
    filter_columns = ["criterion", "at", "artsmark_journey_id"]
    base_order = ("id", "asc")
    show_columns = ["journey", "criterion", "at", "judgement", "said", "judged_on", "judged_by"]
    empty_words = "No criterion is judged yet."
    add_parent = ArtsmarkJourney
    add_form = JudgementAnswers
    add_action = staticmethod(journeys.judge)
    add_words = "Judge a criterion"

    def after(self, record: Any, doing: str) -> str:
        """Back to the journey, where the next criterion is judged."""
        return page_of(record.journey) or super().after(record, doing)


class ArtsmarkJourneys(RecordView):
    """Journeys to an Artsmark, of the virtual school and of settings."""

    record = ArtsmarkJourney
    route_base = "/artsmark-journeys"
    about = "Each journey to an Artsmark, from registration to the award and its renewal."
    list_columns = ["whose", "state", "registered_on", "impact_due_on", "level", "award_until"]
    label_columns = {
        "whose": "Whose",
        "registered_on": "Registered",
        "assessed_on": "Self-assessed on",
        "committed_on": "Statement of Commitment sent",
        "impact_due_on": "Statement of Impact due",
        "claimed_on": "Statement of Impact sent",
        "level": "Level awarded",
        "aims_at": "Aims at",
        "awarded_on": "Awarded on",
        "award_until": "Award until",
        "led_by": "Led by",
    }
    load_columns = ["setting.name"]
    choice_columns = {"level": Level, "aims_at": Level}
    search_columns = ["led_by"]
    filter_columns = [
        "state",
        "setting_id",
        Filter(
            "due",
            "What is due",
            (
                ("late", "Statement of Impact, past its day"),
                ("impact", "Statement of Impact"),
                ("award", "Renewal of the award"),
            ),
            lambda value, work: {"late": queries.impact_late, "award": queries.award_waits}.get(
                value, queries.impact_waits
            )(work),
        ),
    ]
    base_order = ("registered_on", "desc")
    show_columns = [
        "whose",
        "led_by",
        "aims_at",
        "registered_on",
        "assessed_on",
        "committed_on",
        "impact_due_on",
        "claimed_on",
        "level",
        "awarded_on",
        "award_until",
    ]
    empty_words = "No journey yet. Begin one when you have registered for an Artsmark."
    related_views = [
        Related(ArtsmarkCommitments, "artsmark_journey_id", most=20),
        Related(ArtsmarkJudgements, "artsmark_journey_id", "Self-assessment", most=20),
    ]
    queues = (
        Queue("Artsmark statements past their day", {"due": "late"}, "now", "Send it, or ask for more time."),
        Queue("Artsmark statements due", {"due": "impact"}, "soon", "Draft it from what is achieved."),
        Queue("Artsmark awards that run out", {"due": "award"}, "soon", "Begin the next journey."),
    )
    add_form = JourneyAnswers
    add_action = staticmethod(journeys.register_journey)
    add_words = "Begin a journey"
    edit_form = JourneyAnswers
    answers_of = staticmethod(journeys.answers_of_journey)
    edit_action = staticmethod(journeys.change_journey)
    steps = (
        Step(
            "assess",
            "Say that the self-assessment is done",
            journeys.assess,
            why="Each criterion is judged.",
            offered=lambda journey: journey.state == "registered",
            stands_in_the_way=journeys.assessed_in_the_way,
        ),
        Step(
            "commit",
            "Write down that the Statement of Commitment was sent",
            journeys.send_commitment,
            form=CommittedAnswers,
            why="From then on, what it says stays.",
            offered=lambda journey: journey.state == "assessed",
            stands_in_the_way=journeys.commit_in_the_way,
        ),
        Step(
            "claim",
            "Write down that the Statement of Impact was sent",
            journeys.send_impact,
            form=ClaimedAnswers,
            why="It claims only what is achieved.",
            offered=lambda journey: journey.state in ("committed", "not_awarded"),
            stands_in_the_way=journeys.claim_in_the_way,
        ),
        Step(
            "award",
            "Write down the award",
            journeys.award,
            form=AwardAnswers,
            why="It holds two years.",
            offered=lambda journey: journey.state == "claimed",
        ),
        Step(
            "renew",
            "Begin the next journey",
            journeys.renew,
            why="It is registered today. The award holds until its day all the same.",
            offered=lambda journey: journey.state in ("awarded", "lapsed"),
        ),
        *transitions(JOURNEY_LIFE, journeys.move_journey, "artsmark_journey.end", only=("refuse", "lapse", "withdraw")),
    )

    def narrowed(self, statement: Any, work: Work) -> Any:
        """Journeys of the authorities in which the plugin is on."""
        reached = sorted(work.scope.authorities) if work.scope else []
        on = [each for each in reached if work.plugin_is_on(journeys.PLUGIN, each)]
        return statement.where(ArtsmarkJourney.authority_id.in_(on))

    def crumbs_before(self, record: ArtsmarkJourney) -> list[tuple[str, str]]:
        """The way from the menu."""
        return [("Artsmark", url_for("ArtsmarkHome.index", journey=record.id))]

    def heading(self, journey: ArtsmarkJourney) -> str:
        """Whose, from when."""
        return f"{journey.whose}: {journey}"

    def named(self, journey: ArtsmarkJourney) -> str:
        """From when."""
        return str(journey)

    def findings(self, work: Work, journey: ArtsmarkJourney) -> list[Finding]:
        """What is due: the Statement of Impact (R-AM-2), the renewal (R-AM-4)."""
        return due_findings(work, journey)


def due_findings(work: Work, journey: ArtsmarkJourney) -> list[Finding]:
    """What the deadlines of a journey say today."""
    policy = work.policy_of(journey)
    waits = journey.impact_due_on if journey.state in ("committed", "not_awarded") else None
    until = journey.award_until if journey.state == "awarded" else None
    return [
        *rules.impact_in_time(waits, None, work.today, policy),
        *rules.award_in_force(until, False, work.today, policy),
    ]
