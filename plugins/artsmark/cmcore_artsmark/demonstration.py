"""What the demonstration shows: a journey under way, with promises, evidence and a drafted Statement of Impact."""

from __future__ import annotations

from datetime import date, timedelta

from cmcore.api import Authority, Work, figures_in_use
from cmcore_artsmark import commitments, drafting, journeys, proving, rules
from cmcore_artsmark.forms import (
    AchievedAnswers,
    CommitmentAnswers,
    CommittedAnswers,
    DoneAnswers,
    ItemAnswers,
    JourneyAnswers,
    JudgementAnswers,
    NumberAnswers,
    QuoteAnswers,
)
from cmcore_artsmark.records import ArtsmarkCommitment
from cmcore_artsmark.words import At, Criterion, Judgement, Level, Principle, Statement

_LEADER = "Ottoline Brackenrigg"

_STANDS: tuple[tuple[Criterion, Judgement, str], ...] = (
    (Criterion.values, Judgement.silver, "Arts and culture stand in our strategy, and in each plan we agree."),
    (Criterion.leadership, Judgement.silver, "One of the team leads it. Governors hear of it once a year."),
    (Criterion.engagement, Judgement.working_towards, "Young people are asked what they liked, after the event."),
    (Criterion.curriculum, Judgement.working_towards, "We do not shape what schools teach, and add to it."),
    (Criterion.offer, Judgement.silver, "Workshops in the holidays, mostly visual arts."),
    (Criterion.development, Judgement.silver, "Two of the team were trained as advisers."),
    (Criterion.partnerships, Judgement.gold, "A theatre, a museum and the music service work with us."),
    (Criterion.inclusion, Judgement.silver, "Transport is offered. Those placed far away come less often."),
)

_PROMISES: tuple[tuple[str, Criterion, tuple[Principle, ...], int], ...] = (
    ("A creative mentor for every young person who is referred", Criterion.offer, (Principle.progression,), -120),
    (
        "A page on culture in every education plan",
        Criterion.leadership,
        (Principle.positive, Principle.belonging),
        -30,
    ),
    (
        "A council of young people chooses what is on",
        Criterion.engagement,
        (Principle.involving, Principle.belonging),
        90,
    ),
    ("Every event offers transport", Criterion.inclusion, (Principle.positive,), 150),
)

#: What is counted for later commitments, where the plugin that counts it is on.
_COUNTED = {1: "epep_culture_pages", 2: "staffordshire_decisions", 3: "staffordshire_attendees"}


def fill(work: Work, authority: Authority) -> None:
    """Begin a journey twenty months ago, and take it as far as a drafted Statement of Impact."""
    today: date = work.today
    begun, sent = rules.months_after(today, -22), rules.months_after(today, -20)
    journey = journeys.register_journey(
        work, JourneyAnswers(setting_id=None, registered_on=begun, led_by=_LEADER, aims_at=Level.gold), authority.id
    )
    work.db.flush()
    for criterion, judgement, said in _STANDS:
        journeys.judge(
            work,
            journey,
            JudgementAnswers(criterion=criterion, at=At.start, judged_on=begun, judgement=judgement, said=said),
        )
    made = [
        commitments.add_commitment(
            work,
            journey,
            CommitmentAnswers(
                goal=goal,
                criterion=criterion,
                principles=list(principles),
                owner=_LEADER,
                due_on=today + timedelta(days=days),
            ),
        )
        for goal, criterion, principles, days in _PROMISES
    ]
    work.db.flush()
    journeys.assess(work, journey)
    drafting.draft(work, journey, Statement.commitment)
    due = rules.months_after(sent, 24)
    journeys.send_commitment(work, journey, CommittedAnswers(committed_on=sent, impact_due_on=due))
    for commitment in made[:3]:
        commitments.move_commitment(work, commitment, "start")
    _prove(work, made[0], begun, today)
    known = {one.key for one in figures_in_use(work, authority)}
    for number, commitment in enumerate(made):
        _plan(work, commitment, today, number)
        if (figure := _COUNTED.get(number, "")) in known:
            answers = NumberAnswers(figure=figure, starts_on=begun, ends_on=today, shows="")
            proving.add_number(work, commitment, answers)
    commitments.achieve(
        work,
        made[0],
        AchievedAnswers(
            achieved_on=today - timedelta(days=60),
            achieved="Whoever is referred meets a mentor within a term. More of them stay with it to the end.",
        ),
    )
    journeys.judge(
        work,
        journey,
        JudgementAnswers(
            criterion=Criterion.offer,
            at=At.end,
            judged_on=today,
            judgement=Judgement.gold,
            said="Five art forms, and in each term.",
        ),
    )
    drafting.draft(work, journey, Statement.impact)


def _prove(work: Work, commitment: ArtsmarkCommitment, begun: date, today: date) -> None:
    for figure, shows in (("mentored", "Each met a mentor."), ("sessions_held", ""), ("pairs_improved", "")):
        proving.add_number(work, commitment, NumberAnswers(figure=figure, starts_on=begun, ends_on=today, shows=shows))
    proving.add_quote(
        work,
        commitment,
        QuoteAnswers(
            said="The printing is what gets us through the week.",
            said_by="Foster carer",
            young_person_id=None,
            permitted_on=today - timedelta(days=80),
            shows="It reaches home, too.",
        ),
    )


def _plan(work: Work, commitment: ArtsmarkCommitment, today: date, number: int) -> None:
    entries = commitments.entries_to_tie(work, commitment.authority_id)
    entry = entries[number % len(entries)] if entries and number > 1 else None
    due = entry.on if entry is not None else today + timedelta(days=30 * number - 40)
    item = commitments.add_item(
        work,
        commitment,
        ItemAnswers(
            what="Say what was learnt, and plan the next",
            owner=_LEADER,
            due_on=due,
            entry=entry.key if entry else None,
        ),
    )
    if number == 0:
        commitments.item_done(work, item, DoneAnswers(done_on=due))
