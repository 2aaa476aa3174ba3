"""What Staffordshire asks: its referral, in place of the core's, and what the young person made of the sessions."""

from __future__ import annotations

from datetime import date

from cmcore.api import Answers, Choice, ask, form, when
from cmcore.api.asks import ReferralAnswers
from cmcore_staffordshire.life.words import InTheWay, Told


class Path(Choice):
    """What somebody who shows interest in the arts may be offered besides. Source: [Artsmark]."""

    award = "award", "An Arts Award"
    lessons = "lessons", "Music lessons"
    club = "club", "A club to belong to"
    work = "work", "Work experience in the arts"
    council = "council", "The Virtual School Council"


class Again(Choice):
    """Whether they would come again."""

    yes = "yes", "Yes"
    perhaps = "perhaps", "Perhaps"
    no = "no", "No"


@form("staffordshire-referral", version=1, title="Referral for creative mentoring")
class StaffordshireReferral(ReferralAnswers):
    """A request to the Virtual School for a creative mentor, led by what the young person wants.

    It asks what the usual referral asks, and more: what it adds is kept as answers beside the referral.
    """

    wants: str | None = ask(
        "What they say they want",
        long=True,
        voice=True,
        most=1_000,
        sensitive=True,
        section="Led by the young person",
        hint="In their own words. One day they may read it.",
    )
    does_now: str | None = ask(
        "What they do outside lessons now",
        long=True,
        most=1_000,
        sensitive=True,
        hint="Clubs, music, making, watching, going: wider learning counts as much as lessons.",
    )
    paths: list[Path] = ask("What else could be offered", required=False)
    feels_safe: str | None = ask(
        "What helps them feel safe with somebody new",
        long=True,
        most=1_000,
        sensitive=True,
        section="Getting there",
        hint="Who is with them, how the first meeting goes, what to do when it is too much.",
    )
    in_the_way: list[InTheWay] = ask("What could keep them away", required=False)
    gets_there: str | None = ask(
        "How they get there and back",
        most=300,
        sensitive=True,
        required=True,
        show_when=when("in_the_way").has(InTheWay.transport),
    )
    knows: list[Told] = ask("Who knows of this request", required=False)


@form("staffordshire-voice", version=1, title="What the sessions were like")
class VoiceAnswers(Answers):
    """What a young person made of the sessions with their mentor. They fill it in, or say it to somebody they chose."""

    on: date = ask("When they said it")
    best: str | None = ask("What was best?", long=True, voice=True, most=1_000, sensitive=True, section="What you say")
    change: str | None = ask("What should be different?", long=True, voice=True, most=1_000, sensitive=True)
    can_do: str | None = ask(
        "What can you do now that you could not before?", long=True, voice=True, most=1_000, sensitive=True
    )
    again: Again = ask("Would you do it again?")
    next_thing: str | None = ask(
        "What would you like to do next?", long=True, voice=True, most=500, sensitive=True, section="What comes next"
    )
    shown_to: list[Told] = ask("Who may read this?", required=False, hint="The Virtual School reads it in any case.")


#: Every form this plugin brings, as the console lists them.
FORMS = (StaffordshireReferral, VoiceAnswers)
