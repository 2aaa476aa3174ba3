"""Projects of schools and what was counted for them: before and after side by side, with what is missing."""

from __future__ import annotations

from typing import Any

from cmcore.api import Work, day
from cmcore_attachment_aware import projects
from cmcore_attachment_aware.account import CAVEAT, Compared, Sum, changed, compare, in_full
from cmcore_attachment_aware.console.parts import InTheProgramme
from cmcore_attachment_aware.forms import LearntAnswers, ProjectAnswers, ReadingAnswers
from cmcore_attachment_aware.queries import done_by
from cmcore_attachment_aware.records import AwarePlace
from cmcore_attachment_aware.schoolwork import AwareProject, AwareReading
from cmcore_attachment_aware.words import At, Indicator
from console.api import PanelBody, RecordView, Related, Step, Sub


class AttachmentAwareReadings(InTheProgramme, RecordView):
    """What was counted."""

    record = AwareReading
    route_base = "/attachment-aware-readings"
    about = "What schools counted in the two periods of their projects: how many, of how many, or why it is not known."
    list_columns = ["indicator", "at", "said", "source", "counted_on"]
    label_columns = {
        "indicator": "Indicator",
        "at": "When",
        "said": "What was counted",
        "source": "Where from",
        "attachment_aware_project_id": "Project",
    }
    load_columns = ["number", "out_of", "missing"]
    choice_columns = {"indicator": Indicator, "at": At}
    filter_columns = ["indicator", "at", "attachment_aware_project_id"]
    order_columns = ["counted_on"]
    base_order = ("id", "asc")
    show_columns = ["project", "indicator", "at", "said", "source", "counted_on", "counted_by"]
    empty_words = "Nothing is counted yet."
    add_parent = AwareProject
    add_form = ReadingAnswers
    add_action = staticmethod(projects.count_indicator)
    add_words = "Count something"
    added_words = "It is written down."
    remove_action = staticmethod(projects.remove_reading)

    def cell_said(self, reading: AwareReading) -> Any:
        """The count with its whole, or why it is not known."""
        if reading.number is None or reading.out_of is None:
            return Sub("Not known", reading.missing)
        return in_full(reading.indicator, Sum(reading.number, reading.out_of))

    def after(self, record: Any, doing: str) -> str:
        """Back to the project, where the next is counted."""
        from console.api import page_of

        project = record if isinstance(record, AwareProject) else record.project
        return page_of(project) or super().after(record, doing)


class AttachmentAwareProjects(InTheProgramme, RecordView):
    """Action-research projects of schools."""

    record = AwareProject
    route_base = "/attachment-aware-projects"
    about = (
        "The project of each school: a question, a change that was tried, and the same things counted in two periods "
        "of comparable length. It shows what was counted, and says nothing of why."
    )
    list_columns = ["title", "school", "for_whom", "periods", "learnt_on"]
    label_columns = {
        "title": "Project",
        "question": "What they want to find out",
        "tried": "What they change",
        "for_whom": "For whom",
        "periods": "Before and after",
        "learnt": "What they learnt",
        "learnt_on": "Learnt",
        "attachment_aware_place_id": "School",
    }
    load_columns = ["place.setting.name", "place.cohort.year", "before_from", "before_to", "after_from", "after_to"]
    search_columns = ["title", "question"]
    filter_columns = ["attachment_aware_place_id"]
    order_columns = ["learnt_on"]
    base_order = ("id", "desc")
    show_columns = ["school", "question", "tried", "for_whom", "before", "after_", "learnt", "learnt_on"]
    related_views = [
        Related(AttachmentAwareReadings, "attachment_aware_project_id", "What was counted", most=12),
    ]
    empty_words = "No project yet. It begins with a question."
    add_parent = AwarePlace
    add_form = ProjectAnswers
    add_action = staticmethod(projects.begin_project)
    add_words = "Begin a project"
    edit_form = ProjectAnswers
    answers_of = staticmethod(projects.answers_of_project)
    edit_action = staticmethod(projects.change_project)
    remove_action = staticmethod(projects.remove_project)
    steps = (
        Step(
            "count",
            "Count an indicator",
            projects.count_indicator,
            form=ReadingAnswers,
            why="Suspensions, exclusions and attendance, in both periods, each with its whole.",
            offered=lambda project: project.place.state in ("offered", "in_cohort"),
        ),
        Step(
            "learnt",
            "Write what was learnt",
            projects.write_learnt,
            form=LearntAnswers,
            begins=lambda project: {"tried": project.tried, "learnt": project.learnt},
            why="Whatever the numbers say.",
            offered=lambda project: project.place.state in ("offered", "in_cohort"),
        ),
    )

    def cell_school(self, project: AwareProject) -> Any:
        """The school and its cohort."""
        return Sub(project.place.setting.name, project.place.cohort.name)

    def cell_periods(self, project: AwareProject) -> Any:
        """The two periods."""
        return Sub(_days(project, At.before.value), _days(project, At.after.value))

    def cell_before(self, project: AwareProject) -> str:
        """The days before."""
        return _days(project, At.before.value)

    def cell_after_(self, project: AwareProject) -> str:
        """The days after."""
        return _days(project, At.after.value)

    def heading(self, project: AwareProject) -> str:
        """What it is called."""
        return project.title


def _days(project: AwareProject, at: str) -> str:
    period = projects.period_of(project, at)
    return f"{day(period.starts_on)} to {day(period.ends_on)}" if period.ends_on else ""


def before_and_after(here: Work, project: AwareProject) -> PanelBody | None:
    """Every indicator in both periods, with how its share went, and what is missing."""
    done = done_by(here, [project.place])[project.place.id]
    rows = []
    for indicator in Indicator:
        found = compare(indicator, [done])
        cells = [_cell(done.reading(indicator.value, at.value)) for at in At]
        rows.append(("", (indicator.label, *cells, _went(found))))
    return PanelBody(columns=("Indicator", "Before", "After", "How it went"), rows=rows, words=CAVEAT)


def _cell(reading: AwareReading | None) -> str:
    if reading is None:
        return "Missing: not written down"
    if reading.number is None or reading.out_of is None:
        return f"Not known: {reading.missing}"
    return in_full(reading.indicator, Sum(reading.number, reading.out_of))


def _went(found: Compared) -> str:
    return changed(found) if found.both else "Cannot be said"
