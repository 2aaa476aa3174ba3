"""What The Mighty Creatives add to the console: the induction pack to read, and their form."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from sqlalchemy import select

from cmcore.api import (
    Enrolment,
    FormAnswers,
    Mentor,
    Work,
    YoungPerson,
    count,
    day,
    kept_beside,
)
from cmcore_mighty_creatives import induction, papers
from cmcore_mighty_creatives.forms import ActivityReport, ReferralAndReporting
from cmcore_mighty_creatives.induction import ReadAnswers
from cmcore_mighty_creatives.induction_forms import CaseStudyRequest, JournalEntry, RiskAssessment
from cmcore_mighty_creatives.records import Reading
from cmcore_mighty_creatives.words import Paper
from console.api import (
    Filter,
    Page,
    Panel,
    PanelBody,
    PluginPage,
    PluginQueue,
    Queue,
    RecordView,
    State,
    Step,
    expose,
    form_page,
    hookimpl,
    needs,
    page_of,
    work,
)


class MightyCreativesPapers(RecordView):
    """What each mentor was asked to read, and when it was read."""

    record = Reading
    route_base = "/mighty-creatives-papers"
    about = "The induction pack, in the edition in force: who was asked to read it, and who has."
    list_columns = ["mentor", "paper", "edition", "asked_on", "read"]
    label_columns = {"asked_on": "Asked on", "read_on": "Read on", "recorded_by": "Written down by"}
    load_columns = ["mentor.name"]
    search_columns = ["mentor.name"]
    choice_columns = {"paper": Paper}
    filter_columns = [
        "paper",
        "mentor_id",
        Filter(
            "read",
            "Read",
            (("no", "Not yet"), ("yes", "Read")),
            lambda value, work: Reading.read_on.is_(None) if value == "no" else Reading.read_on.is_not(None),
        ),
    ]
    order_columns = ["asked_on", "paper"]
    base_order = ("asked_on", "desc")
    show_columns = ["mentor", "paper", "edition", "asked_on", "read_on", "recorded_by"]
    empty_words = "Nobody was asked to read anything yet. A mentor is asked when they are commissioned."
    steps = (
        Step(
            "read",
            "Write down that it was read",
            lambda work, reading, answers: induction.mark_read(work, reading, answers),
            form=ReadAnswers,
            act="mighty_creatives_reading.read",
            why="No session is kept before it was read (R-TMC-4).",
            offered=lambda reading: reading.read_on is None,
        ),
    )

    def cell_read(self, reading: Reading) -> Any:
        """When it was read, or that it was not."""
        return day(reading.read_on) if reading.read_on else State("Not read yet", "warn", "warn")

    def heading(self, reading: Reading) -> str:
        """Which paper, read by whom."""
        return f"{reading} for {reading.mentor}"


class MightyCreativesForm(Page):
    """Bringing a Referral and Reporting Form up to date."""

    route_base = "/mighty-creatives-form"

    @expose("/<int(max=2147483647):enrolment_id>", methods=("GET", "POST"))
    @needs("form_answers.fill")
    def index(self, enrolment_id: int) -> Any:
        """Put the completions of the 8 Measures that are missing on the form, after a page that says how many."""
        here = work()
        enrolment = here.get(Enrolment, enrolment_id)
        kept = _paper_of(here, enrolment)
        missing = papers.completions_missing(here, enrolment, kept)
        back = (page_of(kept) if kept else "") or page_of(enrolment)
        if request.method == "POST":
            done = papers.bring_up_to_date(here, enrolment)
            here.commit()
            flash("The form is up to date." if done else "This form is gone on with by who began it.")
            return redirect((page_of(done) if done else "") or back, 303)
        said = f"{count(len(missing), 'completion')} of the 8 Measures will be put on it."
        return self.show_page(
            "cm/confirm.html",
            title="Referral and Reporting Form",
            heading=f"Referral and Reporting Form: {enrolment}",
            why=said if missing else "It is up to date.",
            button="Bring it up to date" if missing or kept is None else "",
            back_url=back,
            findings=(),
            crumbs=((str(enrolment), page_of(enrolment)), ("Referral and Reporting Form", "")),
        )


def _paper_of(here: Work, enrolment: Enrolment) -> FormAnswers | None:
    return kept_beside(here, enrolment.referral, ReferralAndReporting) if enrolment.referral else None


# ---- parts of the core's pages
def of_mentor(here: Work, mentor: Mentor) -> PanelBody | None:
    """What a mentor has read of the pack, and where the next reading is written down."""
    authority = induction.authority_of(here, mentor)
    if not here.plugin_is_on(induction.PLUGIN, authority.id):
        return None
    asked = induction.readings(here, mentor.id, authority.id)
    facts = [(str(each), f"Read on {day(each.read_on)}" if each.read_on else "Not read yet") for each in asked]
    unread = [one for one in asked if one.read_on is None]
    more = [(f"Write down that the {Paper.say(one.paper).lower()} was read", page_of(one)) for one in unread]
    return PanelBody(facts=facts, more=[one for one in more if one[1]], empty="Not asked to read the pack yet.")


def of_young_person(here: Work, person: YoungPerson) -> PanelBody | None:
    """The provider's papers about a young person, and whether the form is up to date."""
    asked = select(FormAnswers).where(
        FormAnswers.young_person_id == person.id,
        FormAnswers.form_key.startswith("mighty_creatives-", autoescape=True),
        FormAnswers.state != "superseded",
    )
    kept = here.db.scalars(asked.order_by(FormAnswers.id.desc()).limit(12)).all()
    rows = [(page_of(one), (one.edition.title, one.ref, one.state_label, day(one.saved_at.date()))) for one in kept]
    links = [
        (each.form.title, form_page(each.form.key, person.authority_id))
        for each in (RiskAssessment, JournalEntry, CaseStudyRequest, ActivityReport)
    ]
    return PanelBody(
        columns=("Paper", "Reference", "Where it stands", "Saved"),
        rows=rows,
        empty="No papers yet. The Referral and Reporting Form is begun when a referral is accepted.",
        more=[one for one in [*_to_bring(here, person), *links] if one[1]],
    )


def _to_bring(here: Work, person: YoungPerson) -> list[tuple[str, str]]:
    asked = select(Enrolment).where(Enrolment.young_person_id == person.id).order_by(Enrolment.id.desc()).limit(3)
    found = []
    for enrolment in here.db.scalars(asked):
        kept = _paper_of(here, enrolment)
        missing = len(papers.completions_missing(here, enrolment, kept)) if enrolment.referral else 0
        if missing and here.may("form_answers.fill", person.authority_id):
            there = url_for("MightyCreativesForm.index", enrolment_id=enrolment.id)
            found.append((f"Put {count(missing, 'completion')} on the form", there))
    return found


@hookimpl
def console_pages() -> list[PluginPage]:
    """Papers to read, and the form."""
    return [PluginPage(MightyCreativesPapers, "Papers to read"), PluginPage(MightyCreativesForm)]


@hookimpl
def console_panels() -> list[Panel]:
    """On a mentor's page and on a young person's."""
    return [
        Panel("mentor", "Induction pack", of_mentor, "mighty_creatives_reading.see"),
        Panel("young_person", "Papers of The Mighty Creatives", of_young_person, "form_answers.see"),
    ]


@hookimpl
def console_queues() -> list[PluginQueue]:
    """Papers that were not read yet."""
    queue = Queue("Papers of the induction pack to read", {"read": "no"}, "now", "No session before.")
    return [PluginQueue("mighty_creatives_reading", queue)]
