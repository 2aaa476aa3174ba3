"""Young people: the list, and the one page on which somebody's whole way can be read and taken on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, ClassVar

from flask import g, url_for
from markupsafe import Markup, escape
from sqlalchemy import ColumnElement, func

from cmcore.base.findings import Finding
from cmcore.base.words import hours, in_words
from cmcore.commissions.records import Commission
from cmcore.commissions.rules import near_the_end
from cmcore.commissions.words import Purpose
from cmcore.consents.queries import phone_for
from cmcore.enrolments.records import Enrolment
from cmcore.evidence.journey import Journey, journey_of
from cmcore.measures.registry import measure_set, measure_sets
from cmcore.referrals.queries import OPEN
from cmcore.reviews.queries import as_plain, what_is_due
from cmcore.safekeeping.work import Work
from cmcore.sessions.words import MET
from cmcore.young_people.actions import (
    add_young_person,
    answers_of_young_person,
    change_young_person,
    remove_young_person,
)
from cmcore.young_people.forms import YoungPersonAnswers
from cmcore.young_people.records import YoungPerson
from cmcore.young_people.words import CareStatus, Sex
from console import desk
from console.journey_rows import people_to_call, stations, timeline
from console.measure_rows import measures_view
from console.pages.whole_record import WholeRecord
from console.plan_rows import in_force, plan_of
from console.record_view import RecordView
from console.report_rows import journey_address
from console.risk_rows import risks_part
from console.shown import State, Sub, concern
from console.steps import NextStep

#: What hangs on a young person, in the order it is listed on their page.
_HANGING = (
    "referral",
    "enrolment",
    "commission",
    "session",
    "review",
    "care_episode",
    "education_spell",
    "send_status",
    "supporting_adult",
    "known_risk",
    "consent",
    "journal_entry",
    "allocation",
    "activity_report",
    "concern",
    "case_study",
    "pep_cycle",
    "story",
)


class YoungPeople(WholeRecord, RecordView):
    """Everybody the virtual school answers for, by initials and reference."""

    record = YoungPerson
    route_base = "/young-people"
    about = "Everybody you may see. Names stay closed until you open one, and opening is written down."
    list_columns: ClassVar[list[str]] = ["ref", "care_status", "looked_after_from"]
    label_columns: ClassVar[dict[str, str]] = {
        "ref": "Young person",
        "care_status": "Care",
        "looked_after_from": "Since",
        "child_id": "The authority's own number",
        "upn": "Unique pupil number",
        "born_on": "Born",
        "full_name": "Name",
        "phone": "Their own telephone",
    }
    search_columns: ClassVar[list[str]] = ["ref", "family_name", "given_name", "preferred_name", "child_id"]
    choice_columns: ClassVar[dict[str, Any]] = {"care_status": CareStatus, "sex": Sex}
    filter_columns: ClassVar[list[str]] = ["care_status"]
    order_columns: ClassVar[list[str]] = ["ref", "care_status", "looked_after_from"]
    base_order = ("ref", "asc")
    show_template = "cm/young_person.html"
    opened_columns: ClassVar[list[str]] = ["full_name", "born_on", "sex", "child_id", "upn", "phone"]
    opened_words = "Show name and date of birth"
    everywhere: ClassVar[list[str]] = search_columns
    empty_words = "No young people yet. Bring in your return of looked-after children, or add one."

    add_form = YoungPersonAnswers
    add_action = staticmethod(add_young_person)
    edit_form = YoungPersonAnswers
    answers_of = staticmethod(answers_of_young_person)
    edit_action = staticmethod(change_young_person)
    remove_action = staticmethod(remove_young_person)
    add_words = "Add a young person"

    def cell_ref(self, person: YoungPerson) -> Sub:
        """Initials and reference, and under them age and school year today."""
        return Sub(initials_and_ref(person), age_and_year(person))

    def cell_phone(self, person: YoungPerson) -> str:
        """Their own number, to a mentor only with permission (R-CON-4)."""
        return phone_for(desk.work(), person) or "not shown" if person.phone else "–"

    def named(self, person: YoungPerson) -> str:
        """Initials with the reference."""
        return str(person)

    def heading(self, person: YoungPerson) -> str:
        """Initials, or the reference where no name is known."""
        return person.initials

    def found_as(self, words: str) -> ColumnElement[bool] | None:
        """By initials, as people write them: "M.B." or "mb"."""
        letters = words.replace(".", "").replace(" ", "").lower()
        if not letters.isalpha() or len(letters) != 2:
            return None
        given = func.coalesce(func.nullif(YoungPerson.preferred_name, ""), YoungPerson.given_name)
        first, last = func.substr(given, 1, 1), func.substr(YoungPerson.family_name, 1, 1)
        found: ColumnElement[bool] = func.lower(first.concat(last)) == letters
        return found

    def found_detail(self, person: YoungPerson) -> str:
        """What tells one from another where one is chosen."""
        return age_and_year(person)

    def record_at(self, work: Work, pk: int) -> YoungPerson:
        """The young person, read together with the whole way."""
        g.cm_journey = journey_of(work, pk, looks=0)
        return g.cm_journey.person

    def show_context(self, work: Work, record: YoungPerson, opened: bool) -> dict[str, Any]:
        """Everything on the page, read in few statements."""
        journey: Journey = g.cm_journey
        current = journey.enrolment
        steps, due = self._steps(work, journey), self._findings(work, journey)
        told = {one.why for one in steps}
        to_brief, risks = risks_part(work, journey, self._page_of, self._add("known_risk", journey))
        return {
            "title": self.page_title(record),
            "heading": self.heading(record),
            "view": self,
            "record": record,
            "journey": journey,
            "opened": [(one.label, one.cell(record)) for one in self.opened_facts] if opened else [],
            "identity": identity(journey),
            "findings": [one for one in due if one.message not in told] + to_brief,
            "steps": steps,
            "stations": stations(journey),
            "enrolment": current,
            "enrolment_url": self._page_of(current) if current else "",
            "mentors": in_words(_mentors(journey)),
            "measures": self._measures(journey),
            "report_url": journey_address(work, record),
            "timeline": timeline(journey, self._page_of),
            "people": people_to_call(journey),
            "links": self._links(journey),
            "adults_url": self._list("supporting_adult", journey),
            "adults_add": self._add("supporting_adult", journey),
            "plan": plan_of(journey),
            "targets_url": self._list("pep_target", journey),
            "risks": risks,
            "risks_url": self._list("known_risk", journey),
            "risks_add": self._add("known_risk", journey),
            "permissions": in_force(work, journey),
            "consents_url": self._list("consent", journey),
            "consents_add": self._add("consent", journey),
            "timeline_url": url_for(f"{self.endpoint}.timeline", pk=record.id),
            "looked_url": url_for(f"{self.endpoint}.looked", pk=record.id)
            if work.may("audit.see", record.authority_id)
            else "",
            "crumbs": [],
            "edit_url": self.edit_address(record),
            "remove_url": self.remove_address(record),
        }

    def _view(self, kind: str) -> Any:
        return self.appbuilder.page_about(kind)

    def _page_of(self, record: Any) -> str:
        """Where the page of a record of the journey is, for whoever may open it."""
        view = self._view(record.kind())
        return str(view.address_of(record)) if view is not None and view.may("show") else ""

    def _findings(self, work: Work, journey: Journey) -> list[Finding]:
        enrolment = journey.enrolment
        if enrolment is None:
            return []
        final = [as_plain(each) for each in journey.reviews_of(enrolment) if each.state == "final"]
        held = sum(1 for each in journey.sessions if each.enrolment_id == enrolment.id and each.outcome in MET)
        return what_is_due(enrolment, final, held, journey.on, work.policy_of(enrolment))

    def _steps(self, work: Work, journey: Journey) -> list[NextStep]:
        """What can be done next: the open referral's steps, the enrolment's, and what hangs on them."""
        made: list[NextStep] = []
        enrolment = journey.enrolment
        live = enrolment is not None and not enrolment.lifecycle.ended(enrolment.state)
        for referral in journey.referrals:
            if referral.state in OPEN and referral.state != "accepted":
                made += self._of(work, referral, f"{{}}: referral {referral.ref}")
        if enrolment is not None and live:
            made += self._additions(work, journey)
            for each in journey.commissions_of(enrolment):
                # What an active commission can still do stands on its own page.
                if each.state in ("draft", "approved"):
                    made += self._of(work, each, f"{{}}: {hours(each.minutes)} with {each.mentor or 'a mentor'}")
        elif not made and (address := self._view("referral").add_address(young_person_id=journey.person.id)):
            made.append(NextStep("Refer to a programme", address, "Say why now, and what is hoped for."))
        if enrolment is not None:
            made += self._of(work, enrolment, "{}" if live else f"{{}}: enrolment {enrolment.ref}")
        return made

    def _of(self, work: Work, record: Any, words: str) -> list[NextStep]:
        """The steps of a record that hangs on the young person, saying which record each is about."""
        view = self._view(record.kind())
        found: list[NextStep] = view.next_steps(work, record) if view is not None else []
        return [replace(step, label=words.format(step.label)) for step in found]

    def _additions(self, work: Work, journey: Journey) -> list[NextStep]:
        enrolment = journey.enrolment
        if enrolment is None:
            return []
        made = []
        due = self._findings(work, journey)
        active = [each for each in journey.commissions_of(enrolment) if each.state == "active"]
        reviews, sessions, commissions = (self._view(kind) for kind in ("review", "session", "commission"))
        if enrolment.state in ("active", "closing"):
            if reviews is not None and (address := reviews.add_address(enrolment_id=enrolment.id)):
                why = due[0].message if due else "Together with the young person, one number for each measure."
                made.append(
                    NextStep(
                        "Score the measures",
                        address,
                        why,
                        rule=due[0].rule if due else None,
                        pressing="Due" if due else "",
                    )
                )
            # The hours of a case study are logged too, from the commission's own page: here it is the mentoring.
            with_them = [one for one in active if one.purpose == Purpose.mentoring] or active
            if active and sessions is not None and (address := sessions.add_address(commission_id=with_them[-1].id)):
                made.append(NextStep("Log a session", address, "What was done, and what came of it."))
        if commissions is not None and (address := commissions.add_address(enrolment_id=enrolment.id)):
            made.append(_more_hours(work, journey, enrolment, active, address))
        return made

    def _measures(self, journey: Journey) -> list[Any]:
        """One chart for the enrolment's measures, and one for scores outside any enrolment, such as the SDQ."""
        made = []
        for enrolment in [journey.enrolment] if journey.enrolment else []:
            final = [as_plain(each) for each in journey.reviews_of(enrolment) if each.state == "final"]
            used = next(
                (each.measure_set for each in final if each.kind == "baseline"), enrolment.programme.measure_set
            )
            referral = next((each for each in journey.referrals if each.id == enrolment.referral_id), None)
            if used not in measure_sets():
                continue
            made.append(measures_view(measure_set(used), final, referral.outcomes if referral else ()))
        outside = [as_plain(each) for each in journey.reviews_of(None) if each.state == "final"]
        for ref in sorted({each.measure_set for each in outside} & set(measure_sets())):
            made.append(measures_view(measure_set(ref), [each for each in outside if each.measure_set == ref]))
        return made

    def _list(self, kind: str, journey: Journey) -> str:
        """Where the records of a kind that hang on this young person are listed."""
        view = self._view(kind)
        if view is None or not view.may("list") or "young_person_id" not in view.filters:
            return ""
        return f"{view.address()}?young_person_id={journey.person.id}"

    def _add(self, kind: str, journey: Journey) -> str:
        """Where a record of a kind is added that hangs on this young person."""
        view = self._view(kind)
        return str(view.add_address(young_person_id=journey.person.id)) if view is not None else ""

    def _links(self, journey: Journey) -> list[tuple[str, str]]:
        """The lists that hang on this young person, as (words, address)."""
        found = [(self._view(kind), self._list(kind, journey)) for kind in _HANGING]
        return [(view.list_title, address) for view, address in found if address]


def _more_hours(
    work: Work, journey: Journey, enrolment: Enrolment, active: Sequence[Commission], address: str
) -> NextStep:
    """Commissioning: the first mentor, or more hours, pressing once those there are nearly used (R-COM-2)."""
    if not journey.commissions_of(enrolment):
        return NextStep("Commission a mentor", address, "Which mentor, how many hours, at what rate, from when.")
    told_at = work.policy_of(enrolment).threshold("R-COM-2", "told_at_percent")
    for each in active:
        used = journey.used.get(each.id, 0)
        if nearly := near_the_end(each.minutes, used, told_at):
            left = f"{hours(each.minutes - used)} left" if used < each.minutes else "No hours left"
            return NextStep("Add hours with another commission", address, nearly[0].message, "R-COM-2", pressing=left)
    return NextStep("Commission more hours, or another mentor", address, "Hours, rate and first day.")


def _mentors(journey: Journey) -> list[str]:
    """Who works with the young person now, each once."""
    live = [each for each in journey.commissions if each.state == "active" and each.mentor is not None]
    return list(dict.fromkeys(str(each.mentor) for each in live))


def initials_and_ref(person: YoungPerson) -> Markup:
    """Initials as they are shown in a list, with the reference; the reference alone where no name is known."""
    initials, ref = person.initials, escape(person.ref)
    if initials == person.ref:
        return Markup(f'<span class="cm-initials">{ref}</span>')
    return Markup(f'<span class="cm-initials">{escape(initials)}</span> <span class="cm-ref">{ref}</span>')


def age_and_year(person: YoungPerson) -> str:
    """Age and school year today: "14, Year 10"."""
    on = desk.work().today
    return ", ".join(part for part in (str(person.age(on)), person.year_group(on)) if part)


def identity(journey: Journey) -> list[Any]:
    """What the bar at the top says beside the initials."""
    person, on = journey.person, journey.on
    said: list[Any] = [", ".join(part for part in (str(person.age(on)), person.year_group(on)) if part)]
    care = CareStatus.say(person.care_status)
    since = person.looked_after_from
    said.append(f"{care} since {since:%B %Y}" if since and not person.ceased_on else care)
    if journey.education is not None:
        from cmcore.young_people.words import EducationStatus

        said.append(
            str(journey.education.setting)
            if journey.education.setting
            else EducationStatus.say(journey.education.status)
        )
    latest = next((each.concern for each in reversed(journey.reviews) if each.concern and each.state == "final"), None)
    worry = latest or (journey.enrolment.concern_at_start if journey.enrolment else None)
    if worry:
        shown = concern(worry)
        said.append(
            State(f"Concern {shown.words.lower()}", shown.tone, shown.shape) if isinstance(shown, State) else shown
        )
    return said
