"""What is asked about a meeting of the Virtual School Council, who was there, and what it decided."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from cmcore.api import Answers, Finding, ask, form, form_check
from cmcore_staffordshire.life.words import DecisionOutcome


@form("staffordshire-council", version=1, title="Council meeting")
class MeetingOfCouncilAnswers(Answers):
    """A meeting of the young people's council. It is told by numbers; who agrees is named on its page afterwards."""

    held_on: date = ask("When")
    place: str = ask("Where", required=False, most=200)
    there: int = ask("How many young people were there", least=0, most=500, unit="young people")
    staff: str = ask("Who of the Virtual School was there", required=False, most=200)
    talked_about: str = ask(
        "What was talked about",
        required=False,
        long=True,
        most=2_000,
        hint="No names of young people. What they decided is added on the meeting’s page.",
    )
    next_on: date | None = ask("The next meeting")


@form_check("agrees", even_unanswered=True)
def _only_who_agrees(agrees: bool | None) -> Iterable[Finding]:
    if not agrees:
        yield Finding(
            "Nobody is named here who has not agreed to it.",
            place="agrees",
            way_out="Count them among those who were there, and leave the name out.",
        )


@form("staffordshire-council-person", version=1, title="Who was there", checks=[_only_who_agrees])
class PersonAtCouncilAnswers(Answers):
    """A young person who was there and agrees that it is kept with their name."""

    young_person_id: int = ask("Young person", of="young_person")
    agrees: bool = ask("Have they agreed to be named here?")
    said: str = ask("What they said", required=False, long=True, voice=True, most=1_000, sensitive=True)


@form("staffordshire-decision", version=1, title="Decision of the council")
class DecisionAnswers(Answers):
    """Something the young people decided, who sees to it, and by when they hear of it."""

    decided: str = ask("What was decided", long=True, most=1_000, hint="No names of young people.")
    owner: str = ask("Who sees to it", most=120)
    due_on: date = ask("By when")


@form_check("outcome", "what_came", even_unanswered=True)
def _not_done_has_a_reason(outcome: DecisionOutcome | None, what_came: str | None) -> Iterable[Finding]:
    if outcome is DecisionOutcome.not_done and not (what_came or "").strip():
        yield Finding("Say why it was not done.", place="what_came", way_out="The young people are told this reason.")


@form("staffordshire-decision-outcome", version=1, title="What came of it", checks=[_not_done_has_a_reason])
class OutcomeAnswers(Answers):
    """What came of a decision. Where nothing did, the young people are told why."""

    outcome: DecisionOutcome = ask("What came of it?")
    settled_on: date = ask("When")
    what_came: str = ask("What came of it, or why it was not done", required=False, long=True, most=1_000)
    told_back_on: date | None = ask(
        "The young people were told on", hint="Leave it empty until they were: it stays listed."
    )


@form("staffordshire-told-back", version=1, title="The young people were told")
class ToldBackAnswers(Answers):
    """The day the young people heard what came of their decision."""

    told_back_on: date = ask("Told on")
