"""What the plugin shows: the board, enrolments with their parts and evidence, advisers, entries, and panels."""

from __future__ import annotations

from flask import url_for
from sqlalchemy import or_, select

from cmcore.api import Setting, Work, YoungPerson, count
from cmcore_arts_award.console.board import ArtsAwardBoard
from cmcore_arts_award.console.enrolments import ArtsAwardEnrolments
from cmcore_arts_award.console.entries import ArtsAwardEntries, ArtsAwardEntryList
from cmcore_arts_award.console.parts import ArtsAwardEvidence, ArtsAwardParts
from cmcore_arts_award.console.people import ArtsAwardAdvisers, ArtsAwardTrainings
from cmcore_arts_award.life import WORKING
from cmcore_arts_award.queries import missing_of
from cmcore_arts_award.records import AwardAdviser, AwardBatch, AwardEnrolment
from console.api import Finder, Hit, Panel, PanelBody, PluginPage, hookimpl, page_of, state_of

#: States in which something is still wanted.
_WANTING = (*WORKING, "not_yet")


# ---- parts of other pages
def of_young_person(here: Work, person: YoungPerson) -> PanelBody | None:
    """The awards of a young person: how far each is, and what is still wanted."""
    asked = select(AwardEnrolment).where(AwardEnrolment.young_person_id == person.id)
    held = here.db.scalars(asked.order_by(AwardEnrolment.id.desc())).all()
    wanted = missing_of(here, [one for one in held if one.state in _WANTING])
    rows = [
        (page_of(one), (str(one), state_of(one), f"{one.passed} of {one.parts}", _wanted(wanted.get(one.id))))
        for one in held
    ]
    may = here.may("arts_award_enrolment.add", person.authority_id)
    there = url_for("ArtsAwardEnrolments.add", young_person_id=person.id)
    return PanelBody(
        columns=("Level", "State", "Parts passed", "Still wanted"),
        rows=rows,
        empty="Not enrolled for an award.",
        more=[("Enrol for an award", there)] if may else [],
    )


def _wanted(told: list[str] | None) -> str:
    if told is None:
        return "–"
    return "; ".join(told) or "the adviser’s assessment"


def of_setting(here: Work, setting: Setting) -> PanelBody | None:
    """How many work towards an award in a setting."""
    asked = select(AwardEnrolment.state).where(AwardEnrolment.setting_id == setting.id)
    states = list(here.db.scalars(asked))
    if not states:
        return None
    live = [state for state in states if state not in ("certificated", "withdrawn")]
    there = url_for("ArtsAwardEnrolments.list", setting_id=setting.id)
    facts = [("Working towards one", len(live)), ("Certificates", states.count("certificated"))]
    return PanelBody(facts=facts, more=[(count(len(states), "enrolment"), there)])


def of_entry(here: Work, batch: AwardBatch) -> PanelBody | None:
    """The workbook of an entry."""
    there = url_for("ArtsAwardEntryList.take", batch_id=batch.id)
    said = "Names, days of birth and marks as the awarding body asks for them, and where each part is found."
    return PanelBody(words=f"{said} That it was taken out is written down.", more=[("Entry list (Excel)", there)])


def of_enrolment(here: Work, enrolment: AwardEnrolment) -> PanelBody | None:
    """The evidence locator that goes with a portfolio."""
    there = url_for("ArtsAwardEntryList.locator", enrolment_id=enrolment.id)
    said = "Where each part is found, with initials and a reference. That it was taken out is written down."
    return PanelBody(words=said, more=[("Evidence locator (PDF)", there)])


# ---- what is found
def advisers_found(here: Work, words: str, most: int) -> list[Hit]:
    """The advisers whose name or place of work holds every word."""
    asked = select(AwardAdviser).order_by(AwardAdviser.name).limit(most)
    for word in words.split():
        asked = asked.where(
            or_(
                AwardAdviser.name.icontains(word, autoescape=True),
                AwardAdviser.works_at.icontains(word, autoescape=True),
            )
        )
    return [Hit(one.name, page_of(one), one.works_at) for one in here.db.scalars(asked)]


@hookimpl
def console_finders() -> list[Finder]:
    """Advisers, when somebody searches everything they may see."""
    return [Finder("Advisers for awards", advisers_found, "arts_award_adviser.see")]


@hookimpl
def console_pages() -> list[PluginPage]:
    """One line in the menu; everything else is reached from the board."""
    return [
        PluginPage(ArtsAwardBoard, "Arts Award", "PEPs"),
        PluginPage(ArtsAwardEnrolments),
        PluginPage(ArtsAwardParts),
        PluginPage(ArtsAwardEvidence),
        PluginPage(ArtsAwardEntries),
        PluginPage(ArtsAwardEntryList),
        PluginPage(ArtsAwardAdvisers),
        PluginPage(ArtsAwardTrainings),
    ]


@hookimpl
def console_panels() -> list[Panel]:
    """On the pages of a young person and of a setting; what leaves, on those of an enrolment and of an entry."""
    return [
        Panel("young_person", "Awards", of_young_person, "arts_award_enrolment.see"),
        Panel("setting", "Awards", of_setting, "arts_award_enrolment.see"),
        Panel("arts_award_enrolment", "Send it with the portfolio", of_enrolment, "arts_award_enrolment.export"),
        Panel("arts_award_batch", "Take it to the awarding body", of_entry, "arts_award_batch.export"),
    ]
