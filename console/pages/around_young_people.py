"""What hangs on a young person: care episodes, education, SEND, and the adults around them."""

from __future__ import annotations

from typing import Any, ClassVar

from cmcore.exchange.ssda903 import codes
from cmcore.network.actions import (
    add_supporting_adult,
    answers_of_supporting_adult,
    change_supporting_adult,
    remove_supporting_adult,
)
from cmcore.network.forms import SupportingAdultAnswers
from cmcore.network.records import SupportingAdult
from cmcore.network.words import AdultRole
from cmcore.young_people import actions as acts
from cmcore.young_people.forms import CareEpisodeAnswers, EducationSpellAnswers, SendStatusAnswers
from cmcore.young_people.records import CareEpisode, EducationSpell, SendStatus, YoungPerson
from cmcore.young_people.words import EducationStatus, SendLevel
from console.record_view import RecordView

_OF_PERSON = ["young_person.ref"]
_SEARCHED = ["young_person.ref", "young_person.family_name", "young_person.given_name"]


def page_of_person(page: RecordView, record: Any) -> str:
    """Where the page of the young person is whom a record is about; nothing for whoever may not open it."""
    view = page.appbuilder.page_about("young_person")
    return f"{view.address()}{record.young_person_id}" if view is not None and view.may("show") else ""


class CareEpisodes(RecordView):
    """Spells in care, as the statutory return tells them."""

    record = CareEpisode
    route_base = "/care-episodes"
    about = "Spells in care: under which legal status, in which kind of placement, from when to when."
    list_columns: ClassVar[list[str]] = [
        "young_person",
        "starts_on",
        "ends_on",
        "legal_status",
        "placement",
        "provider",
    ]
    label_columns: ClassVar[dict[str, str]] = {
        "young_person": "Young person",
        "starts_on": "From",
        "ends_on": "To",
        "need": "Main need",
        "reason_new": "Why it began",
        "placement_urn": "Ofsted number of the placement",
    }
    load_columns = _OF_PERSON
    search_columns = _SEARCHED
    filter_columns: ClassVar[list[str]] = ["young_person_id", "legal_status", "placement"]
    order_columns: ClassVar[list[str]] = ["starts_on", "ends_on"]
    base_order = ("starts_on", "desc")
    show_columns: ClassVar[list[str]] = [
        "young_person",
        "starts_on",
        "ends_on",
        "legal_status",
        "placement",
        "provider",
        "reason_new",
        "reason_ceased",
        "need",
        "placement_urn",
        "setting",
    ]
    empty_words = "No care episodes yet. Bringing in the statutory return brings them all."
    add_parent = YoungPerson
    add_form = CareEpisodeAnswers
    add_action = staticmethod(acts.add_care_episode)
    edit_form = CareEpisodeAnswers
    answers_of = staticmethod(acts.answers_of_care_episode)
    edit_action = staticmethod(acts.change_care_episode)
    remove_action = staticmethod(acts.remove_care_episode)

    def cell_legal_status(self, episode: CareEpisode) -> str:
        """The code in words."""
        return codes.LEGAL_STATUS.say(episode.legal_status)

    def cell_placement(self, episode: CareEpisode) -> str:
        """The code in words."""
        return codes.PLACEMENT.say(episode.placement)

    def cell_provider(self, episode: CareEpisode) -> str:
        """The code in words."""
        return codes.PROVIDER.say(episode.provider)

    def cell_reason_new(self, episode: CareEpisode) -> str:
        """The code in words."""
        return codes.REASON_NEW_EPISODE.say(episode.reason_new)

    def cell_reason_ceased(self, episode: CareEpisode) -> str:
        """The code in words."""
        return codes.REASON_CEASED.say(episode.reason_ceased)

    def cell_need(self, episode: CareEpisode) -> str:
        """The code in words."""
        return codes.CATEGORY_OF_NEED.say(episode.need)


class EducationSpells(RecordView):
    """Where somebody learns, or that they have no place."""

    record = EducationSpell
    route_base = "/education"
    about = "Where young people learn, on which footing, and how often they are there."
    singular = "education spell"
    list_columns: ClassVar[list[str]] = ["young_person", "setting", "status", "starts_on", "ends_on", "attendance"]
    label_columns: ClassVar[dict[str, str]] = {
        "young_person": "Young person",
        "setting": "School or college",
        "starts_on": "From",
        "ends_on": "To",
        "attendance": "Attendance, %",
    }
    load_columns: ClassVar[list[str]] = [*_OF_PERSON, "setting.name"]
    search_columns: ClassVar[list[str]] = [*_SEARCHED, "setting.name"]
    choice_columns: ClassVar[dict[str, Any]] = {"status": EducationStatus}
    filter_columns: ClassVar[list[str]] = ["status", "young_person_id", "setting_id"]
    order_columns: ClassVar[list[str]] = ["starts_on", "ends_on", "attendance"]
    base_order = ("starts_on", "desc")
    show_columns: ClassVar[list[str]] = ["young_person", "setting", "status", "starts_on", "ends_on", "attendance"]
    empty_words = "Nothing is known of where they learn yet."
    add_parent = YoungPerson
    add_form = EducationSpellAnswers
    add_action = staticmethod(acts.add_education_spell)
    edit_form = EducationSpellAnswers
    answers_of = staticmethod(acts.answers_of_education_spell)
    edit_action = staticmethod(acts.change_education_spell)
    remove_action = staticmethod(acts.remove_education_spell)


class SendStatuses(RecordView):
    """Special educational needs support over time."""

    record = SendStatus
    route_base = "/send"
    about = "Special educational needs support: none, SEN support, or an education, health and care plan."
    list_columns: ClassVar[list[str]] = ["young_person", "level", "starts_on", "ends_on"]
    label_columns: ClassVar[dict[str, str]] = {"young_person": "Young person", "starts_on": "From", "ends_on": "To"}
    load_columns = _OF_PERSON
    search_columns = _SEARCHED
    choice_columns: ClassVar[dict[str, Any]] = {"level": SendLevel}
    filter_columns: ClassVar[list[str]] = ["level", "young_person_id"]
    order_columns: ClassVar[list[str]] = ["starts_on", "ends_on", "level"]
    base_order = ("starts_on", "desc")
    show_columns: ClassVar[list[str]] = ["young_person", "level", "need", "starts_on", "ends_on"]
    empty_words = "Nothing is known of special educational needs yet."
    add_parent = YoungPerson
    add_form = SendStatusAnswers
    add_action = staticmethod(acts.add_send_status)
    edit_form = SendStatusAnswers
    answers_of = staticmethod(acts.answers_of_send_status)
    edit_action = staticmethod(acts.change_send_status)
    remove_action = staticmethod(acts.remove_send_status)


class SupportingAdults(RecordView):
    """The adults around young people, and who is called first."""

    record = SupportingAdult
    route_base = "/adults"
    about = "The adults around each young person: who briefs the mentor, who is rung first."
    list_columns: ClassVar[list[str]] = ["name", "role", "young_person", "organisation", "phone", "emergency_contact"]
    label_columns: ClassVar[dict[str, str]] = {
        "young_person": "Young person",
        "emergency_contact": "Call first",
        "starts_on": "From",
        "ends_on": "To",
    }
    load_columns = _OF_PERSON
    search_columns: ClassVar[list[str]] = ["name", "organisation", "young_person.ref"]
    everywhere: ClassVar[list[str]] = ["name", "organisation"]
    found_loads: ClassVar[list[str]] = ["young_person.ref"]
    choice_columns: ClassVar[dict[str, Any]] = {"role": AdultRole}
    filter_columns: ClassVar[list[str]] = ["role", "young_person_id"]
    order_columns: ClassVar[list[str]] = ["name", "role", "organisation"]
    base_order = ("name", "asc")
    show_columns: ClassVar[list[str]] = [
        "name",
        "role",
        "young_person",
        "organisation",
        "setting",
        "phone",
        "email",
        "emergency_contact",
        "starts_on",
        "ends_on",
    ]
    empty_words = "Nobody is kept yet. A social worker is needed before a mentor is matched."
    add_parent = YoungPerson
    add_form = SupportingAdultAnswers
    add_action = staticmethod(add_supporting_adult)
    edit_form = SupportingAdultAnswers
    answers_of = staticmethod(answers_of_supporting_adult)
    edit_action = staticmethod(change_supporting_adult)
    remove_action = staticmethod(remove_supporting_adult)

    def after(self, adult: SupportingAdult, doing: str) -> str:
        """Back to the young person somebody was added to: it was begun there."""
        return (doing == "add" and page_of_person(self, adult)) or super().after(adult, doing)

    def found_detail(self, adult: SupportingAdult) -> str:
        """What tells one from another where one is chosen."""
        return ", ".join(part for part in (str(adult.young_person), adult.organisation, adult.phone) if part)
