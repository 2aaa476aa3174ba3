"""What is asked about a known risk, its end, and a briefing."""

from __future__ import annotations

from datetime import date

from cmcore.forms import Answers, ask, form
from cmcore.forms.checks import days_in_order
from cmcore.referrals.words import Rag


@form(
    "known-risk",
    version=1,
    title="Known risk",
    checks=[days_in_order("known_on", "review_on", "The day it is looked at again")],
)
class KnownRiskAnswers(Answers):
    """One risk, what is done so that nobody comes to harm, and when somebody looks at it again."""

    risk: str = ask(
        "What is the risk?",
        long=True,
        most=2000,
        sensitive=True,
        section="The risk",
        hint="What a mentor must know. The young person may read it one day.",
    )
    managed: str = ask(
        "How is it managed?",
        long=True,
        most=2000,
        sensitive=True,
        hint="What the mentor does, and whom they ring. If you are worried today, ring: this page is not read at once.",
    )
    rag: Rag = ask("How serious is it?", hint="Red: it stops work until it is managed. Green: it is good to know.")
    known_on: date = ask("Known since", section="When")
    review_on: date = ask("Look at it again by")


@form("known-risk-ended", version=1, title="It is no longer a risk")
class RiskEndedAnswers(Answers):
    """From this day on nobody needs to be briefed of it. What was written stays known."""

    ended_on: date = ask("From which day?")
    ended_why: str = ask("Why is it no longer a risk?", long=True, most=2000, sensitive=True)


@form("risk-briefing", version=1, title="A mentor was briefed")
class RiskBriefingAnswers(Answers):
    """Which mentor was told of the risk, on which day and by whom."""

    mentor_id: int = ask("Mentor", of="mentor", few=True)
    briefed_on: date = ask("The day they were briefed")
    briefed_by: str = ask("Who briefed them?", most=120, hint="Usually the social worker and the designated teacher.")
