"""One lesson, club, signpost, work experience, council meeting, name and decision for the walk through pages."""

from __future__ import annotations

from datetime import timedelta

from cmcore.young_people.records import YoungPerson
from cmcore_staffordshire.life import actions, council_actions
from cmcore_staffordshire.life.council_forms import DecisionAnswers, MeetingOfCouncilAnswers, PersonAtCouncilAnswers
from cmcore_staffordshire.life.forms import ClubAnswers, LessonAnswers, SignpostAnswers, WorkAnswers
from cmcore_staffordshire.life.words import ClubKind, Employer, InstrumentFrom, LessonKind, Often, Payer, Thing, Told
from tests.console.autumn import Autumn

#: Every list, the board, and the terms.
LIFE_PATHS = (
    "/staffordshire-life/",
    *(
        f"/staffordshire-{each}/"
        for each in ("lessons", "clubs", "signposts", "work", "council", "decisions", "council-people", "terms")
    ),
)


def furnish_life(autumn: Autumn) -> None:
    """Enter one of each kind; their keys stand among the autumn's."""
    with autumn.stage.work() as work:
        person, today = work.get(YoungPerson, autumn.main.person_id), work.today
        before = today - timedelta(days=60)
        lesson = LessonAnswers(
            instrument="Cello",
            lesson_kind=LessonKind.group,
            provider="Lanternfold Music Service",
            starts_on=before,
            ends_on=today + timedelta(days=10),
            how_often=Often.weekly,
            minutes=30,
            cost_pence=8_000,
            paid_by=Payer.ppplus,
            instrument_from=InstrumentFrom.lent_by_service,
            back_by_on=today + timedelta(days=14),
            words_said="It hums in my chest.",
        )
        club = ClubAnswers(
            name="Lanternfold Youth Theatre",
            club_kind=ClubKind.drama,
            place="The Old Malthouse",
            starts_on=before,
            ends_on=None,
            how_often=Often.weekly,
            cost_pence=0,
            paid_by=Payer.nobody,
            words_said="",
        )
        pointed = SignpostAnswers(
            what="Saturday Art Shed",
            thing=Thing.club,
            told=[Told.carer],
            pointed_out_on=before,
            pointed_out_by="",
            ask_again_on=today,
        )
        crew = WorkAnswers(
            employer="Lanternfold Theatre",
            employer_kind=Employer.arts,
            role="Stage crew",
            contact="",
            starts_on=today,
            ends_on=today + timedelta(days=4),
            hours=20,
            risk_seen_on=None,
            risk_seen_by="",
        )
        held = MeetingOfCouncilAnswers(
            held_on=before, place="The Old Malthouse", there=7, staff="", talked_about="Films.", next_on=None
        )
        meeting = council_actions.add_meeting(work, held, person.authority_id)
        decided = DecisionAnswers(decided="A film day.", owner="Hester Quillmarsh", due_on=today - timedelta(days=5))
        named = PersonAtCouncilAnswers(young_person_id=person.id, agrees=True, said="More films.")
        made = {
            "lessons": actions.add_lesson(work, person, lesson),
            "clubs": actions.add_club(work, person, club),
            "signposts": actions.add_signpost(work, person, pointed),
            "work": actions.add_work(work, person, crew),
            "council": meeting,
            "decisions": council_actions.add_decision(work, meeting, decided),
            "council-people": council_actions.name_somebody(work, meeting, named),
        }
        work.db.flush()
        autumn.keys |= {f"life {name}": one.id for name, one in made.items()}


def more_of_life(autumn: Autumn) -> list[str]:
    """The pages of those records, and each kind of form."""
    at = {name.removeprefix("life "): key for name, key in autumn.keys.items() if name.startswith("life ")}
    person, council = autumn.main.person_id, at["council"]
    return [
        *(f"/staffordshire-{name}/{key}" for name, key in at.items()),
        *(f"/staffordshire-{name}/add?young_person_id={person}" for name in ("lessons", "clubs", "signposts", "work")),
        *(f"/staffordshire-{name}/add?staffordshire_council_id={council}" for name in ("decisions", "council-people")),
        "/staffordshire-council/add",
        f"/staffordshire-signposts/{at['signposts']}/became",
        f"/staffordshire-signposts/{at['signposts']}/joined-club",
        f"/staffordshire-work/{at['work']}/went",
        f"/staffordshire-decisions/{at['decisions']}/settle",
        f"/enrolments/{autumn.main.enrolment_id}",
    ]
