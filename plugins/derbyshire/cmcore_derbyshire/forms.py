"""What Derbyshire asks: its referral, in place of the core's, and the plan a school in crisis makes with it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from cmcore.api import Answers, Finding, ask, days_in_order, form, form_check, group, when
from cmcore.api.asks import Rag, Reason, ReferralAnswers, Urgency
from cmcore_derbyshire.words import Briefer, Tried


@form_check("urgency", "reasons")
def _crisis_is_said_once(urgency: Urgency, reasons: list[Reason]) -> Iterable[Finding]:
    if Reason.crisis in reasons and urgency is not Urgency.crisis:
        yield Finding(
            "Crisis is among the reasons, but the referral is to be read in turn.",
            place="urgency",
            way_out="Choose “Crisis”, so that it is listed first, or take that reason away.",
        )


@form("derbyshire-referral", version=1, title="Referral for creative mentoring", checks=[_crisis_is_said_once])
class DerbyshireReferral(ReferralAnswers):
    """A request to the Virtual School for a creative mentor, read together with the school and social care.

    It asks what the usual referral asks, and more: what it adds is kept as answers beside the referral.
    """

    concern: Rag | None = ask(
        "How much concern is there now?",
        required=True,
        section="Why now",
        hint="It is asked again at each review, so that everybody sees whether it is lowered.",
        hints={Rag.red: "High concern", Rag.amber: "Some concern", Rag.green: "Low concern"},
    )
    happened: str | None = ask(
        "What has happened",
        long=True,
        most=2000,
        sensitive=True,
        required=True,
        show_when=when("urgency").is_(Urgency.crisis),
        hint="In a few sentences: what led to this, and what the school has done today.",
    )
    suspended_days: int | None = ask(
        "School days lost to suspension this year",
        least=0,
        most=195,
        unit="days",
        show_when=when("reasons").has(Reason.exclusion),
        hint="Leave it empty if you do not know.",
    )
    tried: list[Tried] = ask("What has been tried", required=False, hint="Choose all that fit.")
    does_now: str | None = ask(
        "What they make, play, watch or go to now",
        long=True,
        most=1000,
        sensitive=True,
        section="Hopes",
        hint="A small thing will do: the mentor begins with it.",
    )
    words_said: str | None = ask(
        "What they say they would like",
        long=True,
        voice=True,
        most=1000,
        sensitive=True,
        hint="In their own words. One day they may read it.",
    )
    briefed_by: list[Briefer] = ask(
        "Who briefs the mentor",
        section="Briefing the mentor",
        hint="Social care and the school brief the mentor together.",
    )
    briefing_on: date | None = ask("The day of the briefing", hint="Leave it empty if it is not agreed yet.")


@group
class Step:
    """One thing that is done in the first weeks, and by whom."""

    what: str = ask("What is done", most=300, sensitive=True)
    who: str = ask("Who does it", most=120)
    by_on: date = ask("By")


@form(
    "derbyshire-crisis-plan",
    version=1,
    title="Crisis plan",
    checks=[days_in_order("met_on", "looked_at_on", "The day it is looked at again")],
)
class CrisisPlan(Answers):
    """What a school, social care and the Virtual School agreed for the first weeks, so that nobody is excluded."""

    met_on: date = ask("The day you met", section="The meeting")
    present: list[Briefer] = ask("Who was there")
    concern: Rag = ask(
        "How much concern is there now?",
        hints={Rag.red: "High concern", Rag.amber: "Some concern", Rag.green: "Low concern"},
    )
    keeps_in_school: str = ask(
        "What keeps them in school this week",
        long=True,
        most=2000,
        sensitive=True,
        section="The first weeks",
        hint="Where they are, with whom, and what they may leave for.",
    )
    steps: list[Step] = ask("What is done", one="step", least=1, most=12)
    rung_first: str = ask("Who is rung first when it goes wrong", most=200, sensitive=True)
    words_said: str | None = ask(
        "What they said they need", long=True, voice=True, most=1000, sensitive=True, hint="In their own words."
    )
    looked_at_on: date = ask("The day it is looked at again", section="Afterwards")


#: Every form this plugin brings, as the console lists them.
FORMS = (DerbyshireReferral, CrisisPlan)
