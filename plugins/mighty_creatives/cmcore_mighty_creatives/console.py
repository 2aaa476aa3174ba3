"""What The Mighty Creatives add to the console: papers to read, reflective sessions, who lacks one, and their form."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import flash, redirect, request, url_for
from sqlalchemy import Select, and_, false, or_, select

from cmcore.api import (
    Authority,
    Enrolment,
    FormAnswers,
    Mentor,
    MentorAuthority,
    Work,
    YoungPerson,
    count,
    day,
    kept_beside,
)
from cmcore_mighty_creatives import induction, papers
from cmcore_mighty_creatives.forms import ActivityReport, ReferralAndReporting
from cmcore_mighty_creatives.induction import ReadAnswers, ReflectiveAnswers
from cmcore_mighty_creatives.induction_forms import CaseStudyRequest, JournalEntry, RiskAssessment
from cmcore_mighty_creatives.records import Reading, ReflectiveSession
from cmcore_mighty_creatives.words import Paper, Support
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
    about = "The induction pack and the risk assessment: who was asked to read them, and who has."
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
            why="No session is kept before both papers were read (R-TMC-4).",
            offered=lambda reading: reading.read_on is None,
        ),
    )

    def cell_read(self, reading: Reading) -> Any:
        """When it was read, or that it was not."""
        return day(reading.read_on) if reading.read_on else State("Not read yet", "warn", "warn")

    def heading(self, reading: Reading) -> str:
        """Which paper, read by whom."""
        return f"{reading} for {reading.mentor}"


class MightyCreativesReflective(RecordView):
    """Which mentors came to a reflective session, and when."""

    record = ReflectiveSession
    route_base = "/mighty-creatives-reflective"
    about = "Who came to a reflective session, or had one-to-one support. What was said stays in the room."
    list_columns = ["mentor", "held_on", "support", "led_by"]
    label_columns = {"held_on": "Held on", "support": "What it was", "led_by": "Led by"}
    load_columns = ["mentor.name"]
    search_columns = ["mentor.name"]
    choice_columns = {"support": Support}
    filter_columns = ["support", "mentor_id"]
    order_columns = ["held_on"]
    base_order = ("held_on", "desc")
    show_columns = ["mentor", "held_on", "support", "led_by"]
    empty_words = "Nobody has come to a reflective session yet. Add one on a mentor’s page."
    add_parent = Mentor
    add_form = ReflectiveAnswers
    add_action = staticmethod(
        lambda work, mentor, answers: induction.add_reflective(
            work, induction.authority_of(work, mentor), mentor, answers
        )
    )
    remove_action = staticmethod(induction.remove_reflective)

    def heading(self, held: ReflectiveSession) -> str:
        """Who came, and when."""
        return f"{held} of {held.mentor}, {day(held.held_on)}"


class MightyCreativesToReflect(RecordView):
    """Active mentors who have had no reflective session this term."""

    record = Mentor
    route_base = "/mighty-creatives-to-reflect"
    singular, plural = "mentor without a reflective session", "mentors without a reflective session"
    about = "Active mentors who have had no reflective session this term, once the term has gone on for some weeks."
    list_columns = ["name", "ref", "last"]
    label_columns = {"ref": "Reference", "last": "Last one"}
    search_columns = ["name", "ref"]
    order_columns = ["name"]
    base_order = ("name", "asc")
    empty_words = "Every active mentor has had a reflective session this term, or the term has only begun."
    queues = (
        Queue(
            "Mentors without a reflective session this term",
            {},
            "soon",
            "Offer them the next one.",
            "mighty_creatives_reflective.add",
        ),
    )

    def narrowed(self, statement: Select[Any], work: Work) -> Select[Any]:
        """Those of each authority in which the plugin is on, by that authority's terms and its rule R-TMC-3."""
        reached = sorted(work.scope.authorities) if work.scope else []
        lacking = [_lacking(work, each) for each in reached if work.plugin_is_on(induction.PLUGIN, each)]
        return statement.where(Mentor.state == "active", or_(false(), *lacking))

    def address_of(self, record: Any) -> str:
        """A mentor's page is the console's own."""
        return page_of(record) or super().address_of(record)

    def cell_last(self, mentor: Mentor) -> str:
        """The day of the last one, in any authority within reach."""
        asked = select(ReflectiveSession.held_on).where(
            ReflectiveSession.mentor_id == mentor.id, ReflectiveSession.support == Support.reflective
        )
        last = work().db.scalars(asked.order_by(ReflectiveSession.held_on.desc()).limit(1)).first()
        return day(last) if last else "None yet"


def _lacking(here: Work, authority_id: int) -> Any:
    term = induction.term_on(here, here.get(Authority, authority_id), here.today)
    days = here.policy_of(authority_id).threshold("R-TMC-3", "days")
    if term is None or (here.today - term.starts_on).days < days:
        return false()
    works = select(MentorAuthority.mentor_id).where(MentorAuthority.authority_id == authority_id)
    came = select(ReflectiveSession.mentor_id).where(
        ReflectiveSession.authority_id == authority_id,
        ReflectiveSession.support == Support.reflective,
        ReflectiveSession.held_on >= term.starts_on,
    )
    return and_(Mentor.id.in_(works), Mentor.id.not_in(came))


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
    """What a mentor has read and come to, and where the next one is written down."""
    authority = induction.authority_of(here, mentor)
    if not here.plugin_is_on(induction.PLUGIN, authority.id):
        return None
    facts: list[tuple[str, Any]] = []
    for each in induction.readings(here, mentor.id, authority.id):
        facts.append((str(each), f"Read on {day(each.read_on)}" if each.read_on else "Not read yet"))
    held = induction.reflected_on(here, mentor.id, authority.id)
    term = induction.term_on(here, authority, here.today)
    facts.append((_term_words(term), _term_said(held, term)))
    unread = [one for one in induction.readings(here, mentor.id, authority.id) if one.read_on is None]
    more = [(f"Write down that the {Paper.say(one.paper).lower()} was read", page_of(one)) for one in unread]
    if here.may("mighty_creatives_reflective.add", authority.id):
        more.append(("Add a reflective session", url_for("MightyCreativesReflective.add", mentor_id=mentor.id)))
    return PanelBody(facts=facts, more=[one for one in more if one[1]])


def _term_words(term: Any) -> str:
    return f"Reflective session, {term.name.lower()} term" if term else "Reflective session"


def _term_said(held: list[date], term: Any) -> str:
    inside = [each for each in held if term is not None and term.covers(each)]
    if inside:
        return day(inside[-1])
    return f"None yet; the last was on {day(held[-1])}" if held else "None yet"


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
    """Papers, reflective sessions, who lacks one, and the form."""
    return [
        PluginPage(MightyCreativesPapers, "Papers to read"),
        PluginPage(MightyCreativesReflective, "Reflective sessions"),
        PluginPage(MightyCreativesToReflect, "Without a reflective session"),
        PluginPage(MightyCreativesForm),
    ]


@hookimpl
def console_panels() -> list[Panel]:
    """On a mentor's page and on a young person's."""
    return [
        Panel("mentor", "Induction and support", of_mentor, "mighty_creatives_reading.see"),
        Panel("young_person", "Papers of The Mighty Creatives", of_young_person, "form_answers.see"),
    ]


@hookimpl
def console_queues() -> list[PluginQueue]:
    """Papers that were not read yet."""
    queue = Queue("Papers of the induction pack to read", {"read": "no"}, "now", "No session before.")
    return [PluginQueue("mighty_creatives_reading", queue)]
