"""The programme on one page: this year's cohort, the network as a map with its list, and what comes next."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from flask import request, url_for

from cmcore.api import Work, count, day, in_words
from cmcore_attachment_aware.cohorts import places_in_words
from cmcore_attachment_aware.console.drawing import network_picture
from cmcore_attachment_aware.console.parts import HOME, authority_on
from cmcore_attachment_aware.console.places import stands
from cmcore_attachment_aware.network import drawn
from cmcore_attachment_aware.queries import (
    cohorts_of,
    coming_days,
    mentorings_of,
    network_of,
    own_places,
    places_of,
    settings_spoken_for,
)
from cmcore_attachment_aware.records import AwareCohort, AwarePlace
from cmcore_attachment_aware.schoolwork import AwareMentoring
from console.api import Page, PanelBody, PartOfPage, expose, needs, page_of, work

_KEY = (
    "A full mark is a school that graduated, a hollow one takes part. A line joins a school with one it mentors and "
    "ends in a dot there; a dotted line is over. North is up."
)
#: What stands in place of a number where the register does not say where a school lies.
_NOWHERE = "Not known where"


class AttachmentAwareHome(Page):
    """The programme."""

    route_base = "/attachment-aware"
    about = (
        "A year of training and action research for the staff of schools, after which they mentor other schools. Who "
        "takes part now, who waits, and how the schools of the network lie to each other."
    )

    @expose("/")
    @needs("attachment_aware_place.see")
    def index(self) -> Any:
        """This year's cohort and the network; a school's staff find their own school here."""
        here = work()
        authority_id = authority_on(here, request.args.get("authority", ""))
        cohorts = cohorts_of(here, authority_id)
        whole = settings_spoken_for(here, authority_id) is None
        shown = next((one for one in cohorts if one.starts_on <= here.today), cohorts[0] if cohorts else None)
        return self.show_page(
            "cm/parts.html",
            title="Attachment Aware Schools",
            heading="Attachment Aware Schools",
            under=_under(cohorts),
            acts=_acts(here, authority_id, cohorts),
            parts=[
                *([_cohort(here, shown)] if shown and whole else []),
                *([_own(here, authority_id)] if cohorts and not whole else []),
                *(_network(here, authority_id, whole=whole) if cohorts else []),
                *(_coming(here, authority_id) if cohorts else []),
            ],
            empty="No cohort yet. Open one, and schools can apply.",
            about=self.about,
            crumbs=((HOME, ""),),
        )


def _under(cohorts: list[AwareCohort]) -> str:
    if not cohorts:
        return ""
    first = cohorts[-1].name
    return f"{count(len(cohorts), 'cohort')} since {first}."


def _acts(here: Work, authority_id: int, cohorts: list[AwareCohort]) -> list[tuple[str, str, bool]]:
    made = []
    if here.may("attachment_aware_cohort.export", authority_id) and cohorts:
        made.append(("Account over years", url_for("AttachmentAwareAccount.index", authority=authority_id), False))
    opened = next((one for one in cohorts if one.ends_on >= here.today), None)
    if opened is not None and here.may("attachment_aware_place.add", authority_id):
        there = url_for("AttachmentAwarePlaces.add", attachment_aware_cohort_id=opened.id)
        made.append(("Apply for a place", there, True))
    elif here.may("attachment_aware_cohort.add", authority_id):
        made.append(("Open a cohort", url_for("AttachmentAwareCohorts.add"), True))
    return made


def _own(here: Work, authority_id: int) -> PartOfPage:
    rows = [(page_of(one), (one.cohort.name, one.setting.name, stands(one))) for one in own_places(here, authority_id)]
    body = PanelBody(
        columns=("Cohort", "School", "Where it stands"),
        rows=rows,
        empty="Your school is in no cohort. Apply for a place, with your head teacher’s agreement.",
    )
    return PartOfPage("own", "Your school", body)


def _cohort(here: Work, cohort: AwareCohort) -> PartOfPage:
    rows = [
        (page_of(one), (one.setting.name, stands(one), one.lead_name, day(one.waiting_on) if one.waiting_on else ""))
        for one in places_of(here, cohort)
        if one.state not in ("withdrawn", "declined")
    ]
    body = PanelBody(
        words=f"{places_in_words(cohort)}.",
        columns=("School", "Where it stands", "Who leads it there", "Waits since"),
        rows=rows,
        more=[
            ("The cohort", page_of(cohort)),
            ("All cohorts", url_for("AttachmentAwareCohorts.list")),
            ("All schools", url_for("AttachmentAwarePlaces.list")),
        ],
    )
    return PartOfPage("cohort", f"Cohort {cohort.name}", body)


def _network(here: Work, authority_id: int, *, whole: bool) -> list[PartOfPage]:
    schools, ties = network_of(here, authority_id), mentorings_of(here, authority_id)
    more = [("Shared practice", url_for("AttachmentAwarePieces.list", shared="yes"))]
    if whole:
        more.append(("Who mentors whom", url_for("AttachmentAwareMentorings.list")))
    if not schools:
        body = PanelBody(empty="No school takes part yet. The network begins with the first.", more=more)
        return [PartOfPage("network", "The network", body)]
    inside = {one.setting_id for one in schools}
    beside = list({one.mentored_id: one.mentored for one in ties if one.mentored_id not in inside}.values())
    lie = [
        (one.id, number, one.easting, one.northing)
        for number, one in enumerate((*(each.setting for each in schools), *beside), 1)
        if one.easting is not None and one.northing is not None
    ]
    joins = [(one.setting_id, one.mentored_id, one.ends_on is None or one.ends_on >= here.today) for one in ties]
    graduated = {one.setting_id for one in schools if one.state == "graduated"}
    lost = len(schools) + len(beside) - len(lie)
    unplaced = f" The register does not say where {count(lost, 'school lies', 'schools lie')}." if lost else ""
    at = {key: str(number) for key, number, _, _ in lie}
    rows = [_school(one, at, ties) for one in schools]
    rows += [("", (one.name, at.get(one.id, _NOWHERE), "Mentored, not in the programme", "")) for one in beside]
    body = PanelBody(
        words=f"{count(len(schools), 'school')}, {len(graduated)} graduated. {_KEY}{unplaced}",
        picture=network_picture(drawn(lie, joins), graduated) if lie else "",
        columns=("School", "Number on the map", "Where it stands", "Mentors"),
        rows=rows,
        more=more,
    )
    return [PartOfPage("network", "The network", body)]


def _school(place: AwarePlace, at: dict[int, str], ties: list[AwareMentoring]) -> tuple[str, tuple[Any, ...]]:
    mentors: dict[int, list[str]] = defaultdict(list)
    for one in ties:
        mentors[one.setting_id].append(one.mentored.name)
    since = f"{place.state_label}, {place.cohort.name}"
    return page_of(place), (
        place.setting.name,
        at.get(place.setting_id, _NOWHERE),
        since,
        in_words(mentors[place.setting_id]) if mentors[place.setting_id] else "",
    )


def _coming(here: Work, authority_id: int) -> list[PartOfPage]:
    rows = [(page_of(one), (one.title, day(one.held_on), one.venue)) for one in coming_days(here, authority_id)]
    body = PanelBody(
        columns=("Training day", "When", "Where"),
        rows=rows,
        empty="No training day is ahead.",
        more=[("All training days", url_for("AttachmentAwareDays.list"))],
    )
    return [PartOfPage("days", "Training days ahead", body)]
