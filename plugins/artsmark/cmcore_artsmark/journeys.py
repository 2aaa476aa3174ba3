"""What a person does with a journey: begin it, judge the criteria, send the two statements, write the award down."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select

from cmcore.api import Finding, Refused, Setting, Work, action, answers_from, day, refuse, refuse_if, taken
from cmcore_artsmark import rules
from cmcore_artsmark.forms import AwardAnswers, ClaimedAnswers, CommittedAnswers, JourneyAnswers, JudgementAnswers
from cmcore_artsmark.queries import claimed_unachieved, commitments_of, judgements_of
from cmcore_artsmark.records import ArtsmarkJourney, ArtsmarkJudgement
from cmcore_artsmark.words import At

PLUGIN = "artsmark"


def not_ahead(on: date, today: date, place: str) -> list[Finding]:
    """Refuses a day that is still to come for something that is said to have happened."""
    if on <= today:
        return []
    return [Finding(f"{day(on)} is still to come.", place=place, way_out="Say so once it is done.")]


@action("artsmark_journey.add")
def register_journey(work: Work, answers: JourneyAnswers, authority_id: int) -> ArtsmarkJourney:
    """Begin a journey. Refuses while the virtual school, or the setting, is on one already."""
    told = taken(work, answers)
    refuse_if(not_ahead(told.registered_on, work.today, "registered_on"))
    asked = select(func.count(ArtsmarkJourney.id)).where(
        ArtsmarkJourney.authority_id == authority_id,
        ArtsmarkJourney.state.in_(ArtsmarkJourney.life.live()),
        ArtsmarkJourney.state != "awarded",
        ArtsmarkJourney.setting_id == told.setting_id if told.setting_id else ArtsmarkJourney.setting_id.is_(None),
    )
    if work.db.scalar(asked):
        raise refuse("There is a journey under way already.", way_out="Go on with that one, or withdraw it first.")
    if told.setting_id is not None:
        work.get(Setting, told.setting_id)
    return work.add(ArtsmarkJourney(authority_id=authority_id, **told.columns()))


@action("artsmark_journey.change")
def change_journey(
    work: Work, journey: ArtsmarkJourney, answers: JourneyAnswers, version: int | None = None
) -> ArtsmarkJourney:
    """Change whose it is, who leads it, when it was registered, or which level it aims at."""
    told = taken(work, answers)
    refuse_if(not_ahead(told.registered_on, work.today, "registered_on"))
    work.change(journey, version, **told.columns())
    return journey


def answers_of_journey(journey: ArtsmarkJourney) -> JourneyAnswers:
    """The journey as the answers that would begin it again."""
    return answers_from(JourneyAnswers, journey)


# ---- the self-assessment
@action("artsmark_judgement.add")
def judge(work: Work, journey: ArtsmarkJourney, answers: JudgementAnswers) -> ArtsmarkJudgement:
    """Judge a criterion, or judge it again: the later words stand. Refuses once the Statement of Impact was sent."""
    told = taken(work, answers)
    refuse_if(not_ahead(told.judged_on, work.today, "judged_on"))
    settled = told.at is At.start and journey.state not in ("registered", "assessed")
    if settled or journey.state in ("claimed", "awarded") or journey.lifecycle.ended(journey.state):
        raise refuse(f"This journey is “{journey.state_label}”.", way_out="What was sent stays as it was judged.")
    by = work.actor.name[:120]
    for one in judgements_of(work, journey):
        if (one.criterion, one.at) == (told.criterion, told.at):
            work.change(one, **told.columns("criterion", "at"), judged_by=by)
            return one
    own = {"authority_id": journey.authority_id, "artsmark_journey_id": journey.id}
    return work.add(ArtsmarkJudgement(**own, **told.columns(), judged_by=by))


def assessed_in_the_way(work: Work, journey: ArtsmarkJourney) -> list[Finding]:
    """What keeps the self-assessment from being done: criteria nobody judged."""
    return rules.all_judged([one.criterion for one in judgements_of(work, journey) if one.at == At.start])


@action("artsmark_journey.assess")
def assess(work: Work, journey: ArtsmarkJourney) -> ArtsmarkJourney:
    """Say that the self-assessment is done, on the day the last criterion was judged. Refuses while one is not."""
    refuse_if(assessed_in_the_way(work, journey))
    on = max(one.judged_on for one in judgements_of(work, journey) if one.at == At.start)
    work.move(journey, "assess", on=on)
    work.change(journey, assessed_on=on)
    return journey


# ---- the two statements
def commit_in_the_way(work: Work, journey: ArtsmarkJourney) -> list[Finding]:
    """What keeps the Statement of Commitment from being sent: that nothing is promised."""
    if any(one.state != "dropped" for one in commitments_of(work, journey)):
        return []
    return [Finding("There is no commitment yet.", way_out="Add what you promise.")]


@action("artsmark_journey.commit")
def send_commitment(work: Work, journey: ArtsmarkJourney, answers: CommittedAnswers) -> ArtsmarkJourney:
    """Write down that the Statement of Commitment was sent. R-AM-3 refuses a Statement of Impact due too late."""
    told = taken(work, answers)
    refuse_if([*commit_in_the_way(work, journey), *not_ahead(told.committed_on, work.today, "committed_on")])
    work.heed(rules.due_within(told.committed_on, told.impact_due_on, work.policy_of(journey)))
    work.move(journey, "commit", on=told.committed_on)
    work.change(journey, **told.columns())
    return journey


def claim_in_the_way(work: Work, journey: ArtsmarkJourney) -> list[Finding]:
    """What R-AM-1 refuses in the Statement of Impact as it stands."""
    policy = work.policy_of(journey)
    achieved = sum(one.state == "achieved" for one in commitments_of(work, journey))
    unachieved = claimed_unachieved(work, journey)
    return [*rules.some_achieved(achieved, policy), *rules.achieved_only(unachieved, policy)]


@action("artsmark_journey.claim")
def send_impact(work: Work, journey: ArtsmarkJourney, answers: ClaimedAnswers) -> ArtsmarkJourney:
    """Write down that the Statement of Impact was sent. R-AM-1 refuses one that claims what is not achieved."""
    told = taken(work, answers)
    refuse_if(not_ahead(told.claimed_on, work.today, "claimed_on"))
    if journey.committed_on is not None and told.claimed_on < journey.committed_on:
        raise refuse("It was sent before the Statement of Commitment.", place="claimed_on", way_out="Check the day.")
    work.heed(claim_in_the_way(work, journey))
    work.move(journey, "claim", on=told.claimed_on)
    work.change(journey, claimed_on=told.claimed_on)
    return journey


# ---- the award
@action("artsmark_journey.award")
def award(work: Work, journey: ArtsmarkJourney, answers: AwardAnswers) -> ArtsmarkJourney:
    """Write the award down: its level, its day, and until when it holds (R-AM-4)."""
    told = taken(work, answers)
    refuse_if(not_ahead(told.awarded_on, work.today, "awarded_on"))
    if journey.claimed_on is not None and told.awarded_on < journey.claimed_on:
        raise refuse("It was awarded before the Statement of Impact was sent.", place="awarded_on")
    work.move(journey, "award", on=told.awarded_on)
    until = rules.award_until(told.awarded_on, work.policy_of(journey))
    work.change(journey, level=told.level.value, awarded_on=told.awarded_on, award_until=until)
    return journey


@action("artsmark_journey.renew")
def renew(work: Work, journey: ArtsmarkJourney) -> ArtsmarkJourney:
    """Begin the next journey, registered today; the award holds until its day all the same."""
    work.move(journey, "renew")
    made = ArtsmarkJourney(
        authority_id=journey.authority_id,
        setting_id=journey.setting_id,
        led_by=journey.led_by,
        aims_at=journey.level,
        registered_on=work.today,
        renews_id=journey.id,
    )
    return work.add(made)


#: What has an action of its own, with more to say than a reason.
_OWN = ("assess", "commit", "claim", "award", "renew")


@action("artsmark_journey.end")
def move_journey(work: Work, journey: ArtsmarkJourney, name: str, reason: str = "") -> ArtsmarkJourney:
    """Withdraw a journey, let an award run out, or write down that none was given, with the reason."""
    if name in _OWN:
        raise Refused([Finding("This step has more to say.", way_out="Take it on the page of the journey.")])
    work.move(journey, name, reason=reason)
    return journey
