"""The papers of the induction pack: the risk assessment, the journal entry and the request for a case study."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from cmcore.api import Answers, FileAnswer, Finding, ask, days_in_order, form, form_check, group, note, when
from cmcore.api.asks import CheckKind
from cmcore_mighty_creatives.words import Excluded, Likely, Permission, Sent, Where

_PICTURES = (".jpg", ".jpeg", ".png", ".pdf")


@group
class Hazard:
    """Something that could harm somebody, and what is done so that it does not."""

    what: str = ask("What could harm somebody", most=300, sensitive=True)
    who: str = ask("Who could be harmed", most=120)
    met_by: str = ask("What is done about it", long=True, most=1000, sensitive=True)
    likely: Likely = ask("How likely is harm then?")


@form_check("hazards", "agreed_with", even_unanswered=True)
def _likely_harm_is_agreed(hazards: list[Hazard] | None, agreed_with: str | None) -> Iterable[Finding]:
    if any(one.likely is Likely.high for one in hazards or ()) and not (agreed_with or "").strip():
        yield Finding(
            "Harm is likely even so, and nobody agreed to it.",
            place="agreed_with",
            way_out="Talk to the coordinator first, and write down with whom you agreed.",
        )


@form_check("exclusions", "trained", even_unanswered=True)
def _exclusions_need_somebody(exclusions: list[Excluded] | None, trained: str | None) -> Iterable[Finding]:
    if exclusions and not (trained or "").strip():
        yield Finding(
            "This is done only with somebody trained for it.",
            place="trained",
            way_out="Name who that is, or leave the activity out.",
        )


@form_check("drives", "insurance", even_unanswered=True)
def _insured(drives: bool | None, insurance: CheckKind | None) -> Iterable[Finding]:
    if drives and insurance is not None and insurance is not CheckKind.business_car:
        yield Finding(
            "That insurance does not cover driving a young person.",
            place="insurance",
            way_out="Extend your car insurance to business use first, or do not drive.",
        )


@form(
    "mighty_creatives-risk-assessment",
    version=1,
    title="Risk assessment",
    checks=[
        _likely_harm_is_agreed,
        _exclusions_need_somebody,
        _insured,
        days_in_order("made_on", "review_on", "The day it is looked at again"),
    ],
)
class RiskAssessment(Answers):
    """Most things can be done, and everything safely: what you plan, what could go wrong, and what you do about it."""

    activity: str = ask("What you plan to do", long=True, most=1000, section="The activity")
    where: Where = ask("Where")
    made_on: date = ask("The day this was written")
    known_risks: str | None = ask(
        "Known risks of working with the young person",
        long=True,
        most=2000,
        sensitive=True,
        hint="You are told of them by the virtual school. Write how you will meet each.",
    )
    hazards: list[Hazard] = ask("Hazards", one="hazard", least=1, most=20, section="What could go wrong")
    exclusions: list[Excluded] = ask(
        "Any of these?",
        required=False,
        section="What is left out",
        hint="They are left out unless somebody trained for them is with you.",
    )
    trained: str | None = ask(
        "Who is trained for it and comes along", most=200, show_when=when("exclusions").answered()
    )
    drives: bool = ask("Will you drive the young person?", section="Getting there")
    insurance: CheckKind | None = ask(
        "Which insurance covers carrying young people?",
        required=True,
        show_when=when("drives").is_(True),
        hint="Only business car insurance that covers carrying young people will do.",
    )
    seats: str | None = ask(
        "Which car seat, for a younger child", most=120, show_when=when("drives").is_(True), hint="If one is needed."
    )
    unsettled: str = ask(
        "What you do if they are unsettled when you arrive",
        long=True,
        most=1000,
        sensitive=True,
        section="When things change",
        hint="Talk with whoever hands over. You may postpone. Nobody drives while anybody is agitated.",
    )
    runs_off: None = note("If a young person runs off, call for emergency support and tell the carer at once.")
    agreed_with: str | None = ask("Whom you agreed this with", most=200, section="Agreed")
    review_on: date | None = ask("The day it is looked at again")


@form_check("permission", "sent")
def _permission_first(permission: Permission, sent: list[Sent]) -> Iterable[Finding]:
    if permission is Permission.not_yet and any(one is not Sent.words for one in sent):
        yield Finding(
            "Pictures, film and sound wait for permission.",
            place="permission",
            way_out="Ask the coordinator for it, and send only words until then.",
        )


@form("mighty_creatives-journal", version=1, title="Journal entry", checks=[_permission_first])
class JournalEntry(Answers):
    """A moment of the work, for the professionals around the young person and nobody else. You need not send any."""

    on: date = ask("The day", section="The moment")
    sent: list[Sent] = ask("What you send", required=True)
    caption: str = ask(
        "What it shows", long=True, most=1000, sensitive=True, hint="Initials only; no surname, no place."
    )
    words_said: str | None = ask("What the young person said", long=True, voice=True, most=1000, sensitive=True)
    file: FileAnswer | None = ask("The file", accept=_PICTURES, sensitive=True)
    permission: Permission = ask("Whose permission does it rest on?", section="Who may see it")
    shared_with: str = ask(
        "Who sees it", most=300, hint="The group of supporting professionals. Nothing goes beyond them."
    )


@form(
    "mighty_creatives-case-study-request",
    version=1,
    title="Request for a case study",
    checks=[days_in_order("asked_on", "wanted_by_on", "The day it is wanted by")],
)
class CaseStudyRequest(Answers):
    """Time of its own, commissioned so that a mentor writes up the story of one young person."""

    asked_on: date = ask("Asked on", section="What is asked for")
    purpose: str = ask("What the case study is for", long=True, most=1000)
    wanted_by_on: date = ask("Wanted by")
    hours: int = ask("Hours offered", least=1, most=40, unit="hours", hint="They are commissioned separately.")
    covers: str = ask("What it should tell of", long=True, most=2000, sensitive=True)
    permission: Permission = ask("Whose permission does it rest on?", section="Permission")
    young_person_asked: bool = ask("Has the young person been asked?")
    words_said: str | None = ask("What they said", long=True, voice=True, most=1000, sensitive=True)


#: The papers of the pack, as the console lists them.
PACK = (RiskAssessment, JournalEntry, CaseStudyRequest)
