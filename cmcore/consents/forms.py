"""What is asked about a permission."""

from __future__ import annotations

from datetime import date

from cmcore.consents.words import ConsentKind, Decider, Decision
from cmcore.forms import Answers, ask, form
from cmcore.forms.checks import days_in_order


@form(
    "consent",
    version=1,
    title="Permission",
    checks=[days_in_order(), days_in_order("starts_on", "withdrawn_on", "The day it was taken back")],
)
class ConsentAnswers(Answers):
    """What somebody decided about one kind of use. A later decision of the same kind takes its place."""

    kind_of_use: ConsentKind = ask("What is it for?", section="What was decided")
    decision: Decision = ask("What was decided?")
    decided_by: Decider = ask("Who decided?", hint="The social worker before the 18th birthday, then the young person.")
    decider_name: str = ask("Their name", required=False, most=120, sensitive=True)
    starts_on: date = ask("From", section="When")
    ends_on: date | None = ask("Until", hint="Leave it empty if no end was said.")
    withdrawn_on: date | None = ask("Taken back on", hint="It ends on that very day.")
    note: str = ask("Anything to add", required=False, most=500, sensitive=True)


@form("consent-withdrawn", version=1, title="Take a permission back")
class WithdrawAnswers(Answers):
    """The day it was taken back: from that day on it covers nothing."""

    withdrawn_on: date = ask("Taken back on")
