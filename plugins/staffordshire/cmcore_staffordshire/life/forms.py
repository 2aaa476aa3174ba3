"""What is asked about a young person's lessons, clubs and work experience, and about what was pointed out to them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from cmcore.api import Answers, Finding, ask, days_in_order, form, form_check, when
from cmcore_staffordshire.life.words import (
    LENT,
    Became,
    ClubKind,
    Employer,
    InstrumentFrom,
    InTheWay,
    LessonKind,
    Often,
    Payer,
    Thing,
    Told,
    Went,
)

_VOICE = "In their own words. One day they may read it."


@form("staffordshire-lesson", version=1, title="Music lessons", checks=[days_in_order(what="The last lesson")])
class LessonAnswers(Answers):
    """Lessons of one instrument with one teacher. Another instrument, or another teacher, is another entry."""

    instrument: str = ask("Instrument, or singing", most=80, section="The lessons")
    lesson_kind: LessonKind = ask("With how many others?")
    provider: str = ask("Who teaches", most=200, sensitive=True, hint="A music service, the school, or a teacher.")
    starts_on: date = ask("Since")
    ends_on: date | None = ask("Last lesson", hint="Leave it empty while nobody knows of an end.")
    how_often: Often = ask("How often?")
    minutes: int | None = ask("How long a lesson is", least=5, most=300, unit="minutes")
    cost_pence: int | None = ask("Cost a term, in pounds", money=True, least=0, section="What it takes")
    paid_by: Payer | None = ask("Who pays?")
    instrument_from: InstrumentFrom = ask("Whose instrument is it?")
    back_by_on: date | None = ask("To be given back by", show_when=when("instrument_from").is_in(*LENT))
    words_said: str = ask(
        "What they say of it",
        required=False,
        long=True,
        voice=True,
        most=1_000,
        sensitive=True,
        hint=_VOICE,
        section="What they say",
    )


@form("staffordshire-club", version=1, title="Club", checks=[days_in_order(what="The last time")])
class ClubAnswers(Answers):
    """A club or group they go to, so that they belong somewhere and keep at something."""

    name: str = ask("What it is called", most=200, sensitive=True, section="The club")
    club_kind: ClubKind = ask("What is it for?")
    place: str = ask("Where", required=False, most=200, sensitive=True)
    starts_on: date = ask("Since")
    ends_on: date | None = ask("Last time", hint="Leave it empty while they go.")
    how_often: Often = ask("How often?")
    cost_pence: int | None = ask("Cost a term, in pounds", money=True, least=0, section="What it takes")
    paid_by: Payer | None = ask("Who pays?")
    words_said: str = ask(
        "What they say of it",
        required=False,
        long=True,
        voice=True,
        most=1_000,
        sensitive=True,
        hint=_VOICE,
        section="What they say",
    )


@form("staffordshire-ended", version=1, title="It has ended")
class EndedAnswers(Answers):
    """When it ended, and why: what is learnt of it helps the next time."""

    ends_on: date = ask("The last time")
    ended_because: str = ask(
        "Why", required=False, most=300, sensitive=True, hint="They moved, lost interest, or grew."
    )


@form("staffordshire-signpost", version=1, title="Something pointed out")
class SignpostAnswers(Answers):
    """Something near them that they may like, and who was told of it. What came of it is asked afterwards."""

    what: str = ask("What was pointed out", most=300, sensitive=True, hint="Its name and where it is.")
    thing: Thing = ask("What is it?")
    told: list[Told] = ask("Who was told?")
    pointed_out_on: date = ask("When")
    pointed_out_by: str = ask("By whom", required=False, most=120, hint="Leave it empty if it was you.")
    ask_again_on: date | None = ask("Ask what came of it on", hint="It is listed from that day on.")


@form_check("became", "in_the_way", even_unanswered=True)
def _says_what_was_in_the_way(became: Became | None, in_the_way: InTheWay | None) -> Iterable[Finding]:
    if became is Became.kept_away and in_the_way is None:
        yield Finding(
            "Say what was in the way.", place="in_the_way", way_out="Choose “Something else” if it is none of them."
        )


@form("staffordshire-became", version=1, title="What came of it", checks=[_says_what_was_in_the_way])
class BecameAnswers(Answers):
    """What came of something that was pointed out. What kept them away stands on their cultural page."""

    became: Became = ask("What came of it?")
    in_the_way: InTheWay | None = ask("What was in the way?", show_when=when("became").is_(Became.kept_away))
    heard_on: date = ask("When you heard")
    became_note: str = ask("In a few words", required=False, long=True, most=500, sensitive=True)
    ask_again_on: date | None = ask("Ask again on", show_when=when("became").is_(Became.thinking))


@form("staffordshire-work", version=1, title="Work experience", checks=[days_in_order()])
class WorkAnswers(Answers):
    """A time with an arts organisation or another employer. Somebody sees its risk assessment before it begins."""

    employer: str = ask("Employer or arts organisation", most=200, sensitive=True, section="The work")
    employer_kind: Employer = ask("What kind of employer?")
    role: str = ask("What they do there", most=200, hint="Stage crew, for example.")
    contact: str = ask("Who looks after them there", required=False, most=200, sensitive=True)
    starts_on: date = ask("First day", section="When")
    ends_on: date = ask("Last day")
    hours: int | None = ask("Hours in all", least=1, most=2_000, unit="hours")
    risk_seen_on: date | None = ask(
        "Risk assessment seen on", section="Safe there", hint="Leave it empty until somebody has seen it."
    )
    risk_seen_by: str = ask("By whom", required=False, most=120, show_when=when("risk_seen_on").answered())


@form("staffordshire-went", version=1, title="How it went")
class WentAnswers(Answers):
    """How the work experience went, in the young person's words before anybody else's."""

    went: Went = ask("How did it end?")
    hours: int | None = ask("Hours they were there", least=0, most=2_000, unit="hours")
    words_said: str = ask(
        "How it went, in their words", required=False, long=True, voice=True, most=1_000, sensitive=True, hint=_VOICE
    )
    how_it_went: str = ask("What the employer and others say", required=False, long=True, most=1_000, sensitive=True)
