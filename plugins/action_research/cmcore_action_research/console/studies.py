"""Studies, the versions of their protocols and their analyses as lists and records."""

from __future__ import annotations

from typing import Any

from flask import url_for

from cmcore.api import Finding, Work, count, day, in_words, local, measure_set
from cmcore_action_research import places, protocols
from cmcore_action_research.console.people import StudyPlaces
from cmcore_action_research.console.releases import StudyReleases
from cmcore_action_research.forms import RoundAnswers, StudyAnswers, VersionAnswers
from cmcore_action_research.lives import STUDY_LIFE
from cmcore_action_research.records import ResearchStudy, StudyAnalysis, StudyProtocol
from cmcore_action_research.release import making
from cmcore_action_research.release.forms import ReleaseAnswers, ThemeReleaseAnswers
from cmcore_action_research.words import Compares, Standing, Statistic
from console.api import RecordView, Related, State, Step, page_of, transitions

_LOOKS = {Standing.planned: ("plain", "tick"), Standing.exploratory: ("warn", "half"), Standing.draft: ("none", "ring")}


class StudyAnalyses(RecordView):
    """What is counted in a study, and whether that was planned."""

    record = StudyAnalysis
    route_base = "/action-research-analyses"
    about = (
        "What is counted in a study. An analysis is planned where it stood in a protocol that was frozen before the "
        "first score; every other one is exploratory, here and wherever it leaves."
    )
    list_columns = ["key", "standing", "measure", "statistic", "compares"]
    label_columns = {
        "key": "Analysis",
        "standing": "What it may be called",
        "statistic": "What is counted",
        "compares": "What is set side by side",
        "noted_by": "Written down by",
        "action_research_study_id": "Study",
        "action_research_protocol_id": "Protocol",
    }
    choice_columns = {"statistic": Statistic, "compares": Compares}
    load_columns = ["protocol.state", "planned"]
    filter_columns = ["statistic", "compares", "action_research_study_id", "action_research_protocol_id"]
    order_columns = ["statistic"]
    base_order = ("id", "asc")
    show_columns = ["study", "protocol", "standing", "measure", "statistic", "compares", "noted_by"]
    empty_words = "No analysis is planned yet."
    add_parent = StudyProtocol
    add_form = staticmethod(protocols.analysis_form)
    add_action = staticmethod(protocols.plan_analysis)
    add_words = "Plan an analysis"
    remove_action = staticmethod(protocols.remove_analysis)
    remove_why = "It is taken out of the draft."

    def cell_standing(self, analysis: StudyAnalysis) -> State:
        """Planned, exploratory, or in a draft."""
        tone, shape = _LOOKS[analysis.standing]
        return State(analysis.standing.label, tone, shape)

    def cell_measure(self, analysis: StudyAnalysis) -> str:
        """The measure, or all of them."""
        return "All" if analysis.measure == "all" else analysis.measure.capitalize()

    def heading(self, analysis: StudyAnalysis) -> str:
        """Its key, and what it may be called."""
        return f"Analysis {analysis}"

    def after(self, record: Any, doing: str) -> str:
        """Back to the protocol."""
        return page_of(record.protocol) if record.protocol is not None else super().after(record, doing)

    def settled(self, record: StudyAnalysis, doing: str) -> Any:
        """What stands in a frozen version, or was noted beside one, stays known (R-STUDY-2)."""
        if record.standing is Standing.draft:
            return ()
        return (Finding("It belongs to a frozen protocol.", way_out="Draw up another version of the protocol."),)


class StudyProtocols(RecordView):
    """What was agreed before there was any data, version by version."""

    record = StudyProtocol
    route_base = "/action-research-protocols"
    about = (
        "What was agreed before there was any data. A frozen version is never changed: whenever its page is opened, "
        "its text is hashed again and held against what is kept."
    )
    list_columns = ["study.title", "number", "state", "frozen_on"]
    label_columns = {
        "study.title": "Study",
        "number": "Version",
        "question": "What the study asks",
        "who": "Who may take part",
        "measured": "Measures",
        "dose": "The dose",
        "ages": "Ages",
        "waiting": "The comparison",
        "period": "Data",
        "why_changed": "Why there is another version",
        "frozen_on": "Frozen on",
        "frozen_by": "Frozen by",
        "frozen_hash": "SHA-256 of its text",
        "action_research_study_id": "Study",
    }
    load_columns = ["frozen_at"]
    filter_columns = ["state", "action_research_study_id"]
    order_columns = ["number"]
    base_order = ("id", "desc")
    show_columns = [
        "study",
        "question",
        "who",
        "measured",
        "dose",
        "ages",
        "waiting",
        "period",
        "why_changed",
        "frozen_on",
        "frozen_by",
        "frozen_hash",
    ]
    facts_heading = "What was agreed"
    empty_words = "No protocol yet. Draft one on the page of the study."
    related_views = [Related(StudyAnalyses, "action_research_protocol_id", "Planned analyses", most=30)]
    add_parent = ResearchStudy
    add_form = staticmethod(protocols.protocol_form)
    add_action = staticmethod(protocols.draft_protocol)
    add_words = "Draft the protocol"
    edit_form = staticmethod(protocols.protocol_form)
    answers_of = staticmethod(protocols.answers_of_protocol)
    edit_action = staticmethod(protocols.change_protocol)
    remove_action = staticmethod(protocols.remove_draft)
    remove_why = "The draft goes, and the analyses in it."
    steps = (
        Step(
            "freeze",
            "Freeze this version",
            protocols.freeze,
            why="From then on it stays as it is, with its hash. Data may come.",
            offered=lambda one: one.state == "draft",
            stands_in_the_way=protocols.freeze_in_the_way,
            grave=True,
        ),
        Step(
            "version",
            "Draw up another version",
            protocols.another_version,
            form=VersionAnswers,
            why="This one stays in force until that one is frozen, and is kept after.",
            offered=lambda one: one.state == "frozen",
        ),
    )

    def cell_measured(self, protocol: StudyProtocol) -> str:
        """The measures that are compared."""
        chosen = measure_set(protocol.measure_set)
        if "all" in protocol.measures:
            return f"All of {chosen.title}"
        return in_words([one.label for one in chosen.measures if one.key in protocol.measures])

    def cell_dose(self, protocol: StudyProtocol) -> str:
        """How much each is planned to receive."""
        return f"{count(protocol.dose_hours, 'hour')} over {count(protocol.dose_months, 'month')}"

    def cell_ages(self, protocol: StudyProtocol) -> str:
        """The ages it is for."""
        return f"{protocol.least_age} to {protocol.most_age}"

    def cell_waiting(self, protocol: StudyProtocol) -> str:
        """How many places there are, and how long the others wait."""
        return f"{count(protocol.places, 'place')}; the others wait {count(protocol.waiting_weeks, 'week')}"

    def cell_period(self, protocol: StudyProtocol) -> str:
        """The days data is from."""
        return f"{day(protocol.starts_on)} to {day(protocol.ends_on)}"

    def cell_frozen_on(self, protocol: StudyProtocol) -> str:
        """The day it was frozen."""
        return day(local(protocol.frozen_at).date()) if protocol.frozen_at else ""

    def heading(self, protocol: StudyProtocol) -> str:
        """Which version of which study's."""
        return str(protocol)

    def crumbs_before(self, record: StudyProtocol) -> list[tuple[str, str]]:
        """The way from the study."""
        return [("Studies", url_for("ResearchStudies.list")), (record.study.title, page_of(record.study))]

    def settled(self, record: StudyProtocol, doing: str) -> Any:
        """A frozen version stays as it is (R-STUDY-2)."""
        if record.state == "draft":
            return ()
        return (
            Finding(
                "This version is frozen, and stays as it is.", way_out="Draw up another version.", rule="R-STUDY-2"
            ),
        )

    def findings(self, work: Work, protocol: StudyProtocol) -> list[Finding]:
        """What is wrong with a frozen version today: nothing, unless somebody tampered with it."""
        return protocols.holds_still(work, protocol)


class ResearchStudies(RecordView):
    """Studies: what is asked, what was fixed beforehand, who is in it, what leaves."""

    record = ResearchStudy
    route_base = "/action-research-studies"
    about = (
        "Studies of a programme: the protocol is frozen before there is any data, places are given in order, and what "
        "leaves has no names. The theme of a young person stands in none of these lists."
    )
    list_columns = ["title", "state", "programme.title", "opened_on"]
    label_columns = {
        "title": "Study",
        "programme.title": "Programme",
        "opened_on": "Opened",
        "closed_on": "Closed",
        "led_by": "Led by",
        "evaluated_by": "Evaluated by",
    }
    search_columns = ["title"]
    filter_columns = ["state"]
    base_order = ("id", "desc")
    show_columns = ["programme", "led_by", "evaluated_by", "opened_on", "closed_on"]
    empty_words = "No study yet. Set up a programme of the type action research, then its study."
    related_views = [
        Related(StudyProtocols, "action_research_study_id", "Protocol", columns=["number", "state", "frozen_on"]),
        Related(StudyAnalyses, "action_research_study_id", "Analyses", most=10),
        Related(StudyPlaces, "action_research_study_id", "The line", most=10),
        Related(StudyReleases, "action_research_study_id", "Releases without names"),
    ]
    add_form = StudyAnswers
    add_action = staticmethod(protocols.add_study)
    add_words = "Set up a study"
    edit_form = StudyAnswers
    answers_of = staticmethod(protocols.answers_of_study)
    edit_action = staticmethod(protocols.change_study)
    steps = (
        Step(
            "round",
            "Give the next places",
            places.give_round,
            form=RoundAnswers,
            why="In the order of the line. Whoever is still in line waits first, and is measured too.",
            offered=lambda one: one.state == "open",
        ),
        Step(
            "analysis",
            "Write down an analysis nobody planned",
            protocols.note_analysis,
            form=protocols.analysis_form,
            why="It is exploratory, here and wherever it leaves (R-STUDY-3).",
            offered=lambda one: one.state != "planned",
        ),
        Step(
            "release",
            "Make a release without names",
            making.make_release,
            form=ReleaseAnswers,
            why="For the evaluator: pseudonyms, moved days, no free text, no theme.",
            offered=lambda one: one.state != "planned",
        ),
        Step(
            "release-with-themes",
            "Make a release with themes",
            making.make_release_with_themes,
            form=ThemeReleaseAnswers,
            why="You decide that, by name, and say why (R-STUDY-9).",
            offered=lambda one: one.state != "planned",
            grave=True,
        ),
        *transitions(STUDY_LIFE, protocols.move_study, "action_research_study.move", only=("close", "reopen")),
    )
