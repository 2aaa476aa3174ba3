"""What is asked about a young person: who they are, their time in care, their schools, their special needs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from cmcore.base.findings import Finding, Severity
from cmcore.exchange.ssda903 import codes
from cmcore.forms import Answers, ask, check, form, kinds, when
from cmcore.forms.checks import days_in_order
from cmcore.young_people import rules
from cmcore.young_people.words import CareStatus, EducationStatus, SendLevel, Sex


def _coded(known: codes.CodeSet) -> kinds.Choice:
    """A choice of the codes of the statutory return, each with its meaning."""
    return kinds.Choice(options=tuple(kinds.Option(key=code, label=f"{code} {known[code].full}") for code in known))


@check("upn")
def _upn(upn: str) -> Iterable[Finding]:
    return rules.upn_is_sound(upn)


@check("care_status", "looked_after_from", "ceased_on", even_unanswered=True)
def _care(care_status: CareStatus | None, looked_after_from: date | None, ceased_on: date | None) -> Iterable[Finding]:
    return rules.care_days_fit(care_status or "", looked_after_from, ceased_on)


@form("young-person", version=1, title="Young person", checks=[_upn, _care])
class YoungPersonAnswers(Answers):
    """Who the young person is. Without a name they are known by their reference, as in the statutory return."""

    given_name: str = ask("Given name", required=False, most=100, sensitive=True, section="Name")
    family_name: str = ask("Family name", required=False, most=100, sensitive=True)
    preferred_name: str = ask(
        "Name they go by", required=False, most=100, sensitive=True, hint="Only if it is not their given name."
    )
    born_on: date = ask("Date of birth", sensitive=True, section="About them")
    sex: Sex = ask("Sex", hint="As in the statutory return.")
    ethnicity: str = ask("Ethnic origin", required=False, kind=_coded(codes.ETHNIC), sensitive=True)
    phone: str = ask(
        "Their own telephone",
        required=False,
        holds="telephone",
        most=40,
        sensitive=True,
        hint="Never shown to a mentor without permission.",
    )
    care_status: CareStatus = ask("How they stand to care", section="Care")
    looked_after_from: date | None = ask("Looked after since", hint="The day the present, or last, time in care began.")
    ceased_on: date | None = ask("Being looked after ended on")
    unaccompanied_until: date | None = ask(
        "Unaccompanied asylum-seeking child until", sensitive=True, hint="Only where it is so: the day it ends."
    )
    died_on: date | None = ask("Died on", sensitive=True)
    child_id: str | None = ask(
        "Your authority's own number",
        most=40,
        sensitive=True,
        section="Numbers",
        hint="The child id of the statutory return.",
    )
    upn: str | None = ask("Unique pupil number", most=20, sensitive=True, hint="A letter and twelve digits.")
    upn_unknown: str = ask(
        "Why there is none", required=False, kind=_coded(codes.UPN_UNKNOWN), show_when=~when("upn").answered()
    )


@form("care-episode", version=1, title="Care episode", checks=[days_in_order()])
class CareEpisodeAnswers(Answers):
    """One spell in care, under one legal status in one placement, as the statutory return tells it."""

    starts_on: date = ask("Began on", section="When")
    reason_new: str = ask("Why it began", required=False, kind=_coded(codes.REASON_NEW_EPISODE))
    ends_on: date | None = ask("Ended on")
    reason_ceased: str = ask(
        "Why it ended", required=False, kind=_coded(codes.REASON_CEASED), show_when=when("ends_on").answered()
    )
    legal_status: str = ask("Legal status", required=False, kind=_coded(codes.LEGAL_STATUS), section="How")
    need: str = ask("Category of need", required=False, kind=_coded(codes.CATEGORY_OF_NEED), sensitive=True)
    placement: str = ask("Placement", required=False, kind=_coded(codes.PLACEMENT), section="Where")
    provider: str = ask("Who provides it", required=False, kind=_coded(codes.PROVIDER))
    placement_urn: str = ask("Ofsted number of the placement", required=False, most=12)
    setting_id: int | None = ask("Home or other place", of="setting", hint="Only where it is one you know here.")


#: Statuses that somebody has at a place.
_AT_A_PLACE = (EducationStatus.enrolled, EducationStatus.part_time)


@check("status", "setting_id", even_unanswered=True)
def _at_a_place(status: EducationStatus | None, setting_id: int | None) -> Iterable[Finding]:
    if status in _AT_A_PLACE and setting_id is None:
        yield Finding(
            f"“{status.label}” names no school or other place.",
            severity=Severity.warn,
            place="setting_id",
            way_out="Choose the place, so that its staff and the mentor know.",
        )


@form("education-spell", version=1, title="Education", checks=[_at_a_place, days_in_order()])
class EducationSpellAnswers(Answers):
    """A spell at a school or other place, or without one."""

    status: EducationStatus = ask("How they stand to school, training and work")
    setting_id: int | None = ask("School or other place", of="setting", hint="Leave it empty where there is none.")
    starts_on: date = ask("Since")
    ends_on: date | None = ask("Until", hint="Leave it empty while it goes on.")
    attendance: Decimal | None = ask("Attendance", least=Decimal(0), most=Decimal(100), places=1, unit="%")


@form("send-status", version=1, title="Special educational needs", checks=[days_in_order()])
class SendStatusAnswers(Answers):
    """Special educational needs support over a time."""

    level: SendLevel = ask("Which support?")
    need: str = ask("What the need is, in a few words", required=False, sensitive=True)
    starts_on: date = ask("Since")
    ends_on: date | None = ask("Until", hint="Leave it empty while it goes on.")
