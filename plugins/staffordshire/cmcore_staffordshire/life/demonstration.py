"""What the demonstration shows: lessons, clubs, what was pointed out, work experience, the council, and the terms."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from sqlalchemy import select

from cmcore.api import Authority, Work, YoungPerson, academic_year
from cmcore.api.acts import enter_known_terms
from cmcore.api.asks import CareStatus
from cmcore_staffordshire.life import actions, council_actions
from cmcore_staffordshire.life.council_forms import (
    DecisionAnswers,
    MeetingOfCouncilAnswers,
    OutcomeAnswers,
    PersonAtCouncilAnswers,
)
from cmcore_staffordshire.life.council_records import CouncilDecision
from cmcore_staffordshire.life.forms import (
    BecameAnswers,
    ClubAnswers,
    EndedAnswers,
    LessonAnswers,
    SignpostAnswers,
    WentAnswers,
    WorkAnswers,
)
from cmcore_staffordshire.life.made_up import CLUBS, DECISIONS, LESSONS, MEETINGS, SIGNPOSTS, TEACHERS, WORDS, WORK
from cmcore_staffordshire.life.words import (
    LENT,
    Became,
    DecisionOutcome,
    InstrumentFrom,
    InTheWay,
    LessonKind,
    Often,
    Payer,
    Told,
    Went,
)

#: Out of a hundred young people of the age, how many have lessons, go to a club, were pointed to something.
_LEARN, _GO, _POINTED = 17, 21, 24
#: How many have had work experience, or will, at most.
_WORK = 36


def fill(work: Work, authority: Authority) -> None:
    """Add what is kept here to the made-up stories of an authority."""
    enter_known_terms(work, authority.id, "cmcore_staffordshire", instead=True)
    draw = Random(f"life {authority.code}")
    asked = select(YoungPerson).where(
        YoungPerson.authority_id == authority.id, YoungPerson.care_status == CareStatus.looked_after
    )
    everybody = list(work.db.scalars(asked.order_by(YoungPerson.id)))
    able = [one for one in everybody if _age(one, work.today) >= 5]
    for person in able:
        if draw.randrange(100) < _LEARN:
            _lesson(work, person, draw)
        if draw.randrange(100) < _GO:
            _club(work, person, draw)
        if draw.randrange(100) < _POINTED:
            _signpost(work, person, draw)
    older = [one for one in able if _age(one, work.today) >= 14]
    for person in older[:: max(1, len(older) // _WORK)][:_WORK]:
        _work(work, person, draw)
    _council(work, authority, [one for one in able if _age(one, work.today) >= 10], draw)


def _age(person: YoungPerson, on: date) -> int:
    return (on - person.born_on).days // 365


def _lesson(work: Work, person: YoungPerson, draw: Random) -> None:
    instrument, kind = draw.choice(LESSONS)
    begun = work.today - timedelta(days=draw.randrange(20, 700))
    lent = draw.choice((*LENT, InstrumentFrom.owned, InstrumentFrom.none_needed, InstrumentFrom.waiting))
    ends_on = work.today + timedelta(days=draw.randrange(3, 26)) if draw.random() < 0.06 else None
    answers = LessonAnswers(
        instrument=instrument,
        lesson_kind=kind,
        provider=draw.choice(TEACHERS),
        starts_on=begun,
        ends_on=ends_on,
        how_often=draw.choice((Often.weekly, Often.weekly, Often.fortnightly)),
        minutes=draw.choice((20, 30, 30, 45)),
        cost_pence=draw.choice((0, 0, 4_500, 8_000, 11_000)),
        paid_by=draw.choice((Payer.ppplus, Payer.ppplus, Payer.service, Payer.school, Payer.authority)),
        instrument_from=InstrumentFrom.none_needed if kind is LessonKind.whole else lent,
        back_by_on=(ends_on + timedelta(days=7)) if ends_on and lent in LENT and kind is not LessonKind.whole else None,
        words_said=draw.choice(WORDS) if draw.random() < 0.3 else "",
    )
    lesson = actions.add_lesson(work, person, answers)
    if ends_on is None and (work.today - begun).days > 200 and draw.random() < 0.35:
        last = begun + timedelta(days=draw.randrange(90, 190))
        actions.end_lesson(work, lesson, EndedAnswers(ends_on=last, ended_because="Moved to another school."))


def _club(work: Work, person: YoungPerson, draw: Random) -> None:
    name, kind, place = draw.choice(CLUBS)
    begun = work.today - timedelta(days=draw.randrange(10, 600))
    answers = ClubAnswers(
        name=name,
        club_kind=kind,
        place=place,
        starts_on=begun,
        ends_on=None,
        how_often=draw.choice((Often.weekly, Often.weekly, Often.weekly, Often.holidays)),
        cost_pence=draw.choice((0, 0, 1_500, 3_000, 5_000)),
        paid_by=draw.choice((Payer.nobody, Payer.carer, Payer.ppplus, Payer.authority, Payer.charity)),
        words_said=draw.choice(WORDS) if draw.random() < 0.3 else "",
    )
    club = actions.add_club(work, person, answers)
    if (work.today - begun).days > 200 and draw.random() < 0.3:
        last = begun + timedelta(days=draw.randrange(40, 190))
        actions.end_club(work, club, EndedAnswers(ends_on=last, ended_because="Wanted to try something else."))


def _signpost(work: Work, person: YoungPerson, draw: Random) -> None:
    what, thing = draw.choice(SIGNPOSTS)
    on = work.today - timedelta(days=draw.randrange(5, 240))
    days = (work.today - on).days
    answers = SignpostAnswers(
        what=what,
        thing=thing,
        told=draw.choice(([Told.young_person, Told.carer], [Told.carer], [Told.young_person, Told.school])),
        pointed_out_on=on,
        pointed_out_by=draw.choice(("Hester Quillmarsh", "Orrin Tallowick", "Ros Amblewick")),
        ask_again_on=on + timedelta(days=42),
    )
    signpost = actions.add_signpost(work, person, answers)
    if days < 30 or (days < 50 and draw.random() < 0.6) or draw.random() < 0.05:
        return
    became = draw.choices(tuple(Became), (38, 16, 10, 14, 22))[0]
    kept = became is Became.kept_away
    told = BecameAnswers(
        became=became,
        in_the_way=draw.choice(tuple(InTheWay)[:4]) if kept else None,
        heard_on=on + timedelta(days=draw.randrange(14, 30)),
        became_note=draw.choice(("No bus back after five.", "Would go if a friend went too.", "")) if kept else "",
        ask_again_on=work.today + timedelta(days=20) if became is Became.thinking else None,
    )
    actions.say_what_became(work, signpost, told)


def _work(work: Work, person: YoungPerson, draw: Random) -> None:
    employer, kind, role = draw.choice(WORK)
    begins = work.today + timedelta(days=draw.randrange(-300, 40))
    last = begins + timedelta(days=draw.choice((4, 4, 11, 60)))
    seen = begins > work.today and draw.random() < 0.5
    answers = WorkAnswers(
        employer=employer,
        employer_kind=kind,
        role=role,
        contact="The manager on the day",
        starts_on=begins,
        ends_on=last,
        hours=draw.choice((20, 25, 30, 60)),
        risk_seen_on=None if seen else min(begins, work.today) - timedelta(days=draw.randrange(2, 20)),
        risk_seen_by="" if seen else "Hester Quillmarsh",
    )
    made = actions.add_work(work, person, answers)
    if last < work.today and draw.random() < 0.8:
        went = draw.choices((Went.completed, Went.early), (5, 1))[0]
        told = WentAnswers(went=went, hours=made.hours, words_said=draw.choice(WORDS), how_it_went="On time each day.")
        actions.say_how_it_went(work, made, told)


def _council(work: Work, authority: Authority, able: Sequence[YoungPerson], draw: Random) -> None:
    """Six meetings a school year since a year ago. The last decisions are open, one past its day, one not told back."""
    begins = academic_year(work.today) - 1
    days = [date(year + (month < 9), month, on) for year in (begins, begins + 1) for month, on in MEETINGS]
    held = [on for on in days if on <= work.today]
    for number, on in enumerate(held):
        left = len(held) - number
        there = draw.randrange(6, 15)
        answers = MeetingOfCouncilAnswers(
            held_on=on,
            place=draw.choice(("The Old Malthouse", "County buildings", "On line")),
            there=there,
            staff="The participation worker and an Arts Award adviser",
            talked_about="What went well since the last meeting, and what the programme should do next.",
            next_on=days[number + 1] if number + 1 < len(days) else None,
        )
        meeting = council_actions.add_meeting(work, answers, authority.id)
        for person in draw.sample(list(able), min(len(able), there // 3)):
            presence = PersonAtCouncilAnswers(young_person_id=person.id, agrees=True, said="")
            council_actions.name_somebody(work, meeting, presence)
        for place, (decided, came) in enumerate(DECISIONS[number * 2 : number * 2 + 2]):
            due_on = on + timedelta(days=42)
            owner = draw.choice(("Hester Quillmarsh", "Events lead"))
            decision = council_actions.add_decision(
                work, meeting, DecisionAnswers(decided=decided, owner=owner, due_on=due_on)
            )
            if left > 2 or (left == 2 and place == 0):
                _settle(work, decision, came, due_on, told=left > 2)


def _settle(work: Work, decision: CouncilDecision, came: str, due_on: date, *, told: bool) -> None:
    settled_on = min(due_on, work.today)
    answers = OutcomeAnswers(
        outcome=DecisionOutcome.done if came.startswith("Done") else DecisionOutcome.not_done,
        settled_on=settled_on,
        what_came=came,
        told_back_on=min(settled_on + timedelta(days=10), work.today) if told else None,
    )
    council_actions.settle_decision(work, decision, answers)
