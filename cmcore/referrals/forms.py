"""What a referral asks: who, why now, what is hoped for, what keeps everyone safe."""

from __future__ import annotations

from datetime import date

from cmcore.forms import Answers, ask, form, kinds
from cmcore.measures.shipped import EIGHT
from cmcore.referrals.words import Place, Rag, Reason, Urgency

_MEASURES = kinds.Choices(
    options=tuple(kinds.Option(key=each.key, label=each.label, hint=each.definition) for each in EIGHT.measures)
)


@form("referral", version=1, title="Referral")
class ReferralAnswers(Answers):
    """A request that a young person joins a programme. The coordinator reads it and decides."""

    young_person_id: int = ask("Young person", of="young_person", section="Who")
    programme_id: int = ask("Programme", of="programme", few=True)
    referrer_name: str = ask("Who is asking", hint="Your name and what you are to the young person.", most=120)
    received_on: date = ask("Received on", hint="The day the request reached the virtual school.")
    social_worker_id: int | None = ask(
        "Social worker",
        of="supporting_adult",
        hint="The mentor is briefed by the social worker and the school together. Needed before a mentor is matched.",
    )
    designated_teacher_id: int | None = ask(
        "Designated teacher", of="supporting_adult", hint="Needed before a mentor is matched, where there is a school."
    )
    urgency: Urgency = ask(
        "How soon",
        section="Why now",
        default=Urgency.routine,
        hints={Urgency.routine: "Read in turn", Urgency.crisis: "Listed first; the clock starts when you send"},
    )
    reasons: list[Reason] = ask("Reasons", hint="Choose all that fit.")
    concern: Rag | None = ask("How much concern is there now?")
    outcomes: list[str] = ask(
        "What should get better",
        kind=_MEASURES,
        required=False,
        section="Hopes",
        hint="The mentor plans each session towards it.",
    )
    interests: str | None = ask(
        "What they like",
        long=True,
        sensitive=True,
        hint="The mentor reads this before the first meeting, and one day they may read it too.",
    )
    what_works: str | None = ask("What works", long=True, sensitive=True)
    places: list[Place] = ask("Where it could happen", required=False)
    expected_hours: int | None = ask("Hours you have in mind", least=1, most=500, unit="hours")
    funding_line_id: int | None = ask("Funding", of="funding_line", few=True)
    risks: str | None = ask(
        "What a mentor must know to keep everyone safe",
        long=True,
        sensitive=True,
        section="Keeping safe",
        hint="Known risks and how they are met. If you are worried today, ring: this page is not read at once.",
    )


@form("reason", version=1, title="Reason")
class ReasonAnswers(Answers):
    """Why a step is taken, where a reason is asked for."""

    reason: str = ask("Why", long=True, sensitive=True, most=2000)
