"""Releases as lists and records, and the files as they leave."""

from __future__ import annotations

from typing import Any

from flask import url_for

from cmcore.api import Finding, Work
from cmcore_action_research.lives import RELEASE_LIFE
from cmcore_action_research.release import making
from cmcore_action_research.release.checker import check
from cmcore_action_research.release.forms import GivenAnswers
from cmcore_action_research.release.generalising import LADDERS, LEFT_OUT
from cmcore_action_research.release_records import StudyRelease
from console.api import Page, RecordView, Step, download, expose, needs, page_of, transitions, work


class StudyReleases(RecordView):
    """Rows without names, as they were frozen."""

    record = StudyRelease
    route_base = "/action-research-releases"
    singular, plural = "release without names", "releases without names"
    about = (
        "Rows without names: a pseudonym of this release only, every day moved, no free text, and at least five who "
        "share whatever is told of anybody. Each is checked again whenever its page is opened."
    )
    list_columns = ["number", "study.title", "state", "people", "smallest", "made_on"]
    label_columns = {
        "number": "Release",
        "study.title": "Study",
        "people": "Young people",
        "smallest": "Fewest who share what is told",
        "made_on": "Made on",
        "made_by": "Made by",
        "content_hash": "SHA-256 of its manifest",
        "given_on": "Given out on",
        "given_to": "Given to",
        "told": "What it tells of each",
        "theme_by": "Themes leave by decision of",
        "to_delete": "Rows to be deleted",
        "action_research_study_id": "Study",
    }
    filter_columns = ["state", "action_research_study_id"]
    order_columns = ["number", "made_on"]
    base_order = ("id", "desc")
    show_columns = [
        "study",
        "protocol",
        "people",
        "smallest",
        "told",
        "made_on",
        "made_by",
        "content_hash",
        "given_on",
        "given_to",
        "theme_by",
        "to_delete",
    ]
    empty_words = "No release yet. One is made on the page of the study."
    steps = (
        Step(
            "give",
            "Give to the evaluator",
            making.give_out,
            form=GivenAnswers,
            why="Evaluators of this authority can then take it out.",
            offered=lambda one: one.state == "made",
        ),
        Step(
            "tell",
            "Tell which rows to delete",
            making.tell_to_delete,
            why="For permissions that were taken back since (R-STUDY-13). The evaluator reads the pseudonyms here.",
            offered=lambda one: one.state == "given",
        ),
        *transitions(RELEASE_LIFE, making.call_back, "action_research_release.call_back", only=("call_back",)),
    )

    def cell_told(self, release: StudyRelease) -> str:
        """How coarse each quasi-identifier is; what is left out is not named."""
        said = [
            f"{one.label}: {one.rung(rung).words}"
            for one in LADDERS
            if (rung := release.coarseness.get(one.key, LEFT_OUT)) != LEFT_OUT
        ]
        return "; ".join(said) or "Nothing"

    def cell_to_delete(self, release: StudyRelease) -> str:
        """The pseudonyms whose rows the evaluator deletes."""
        return ", ".join(release.to_delete)

    def crumbs_before(self, record: StudyRelease) -> list[tuple[str, str]]:
        """The way from the study."""
        return [("Studies", url_for("ResearchStudies.list")), (record.study.title, page_of(record.study))]

    def findings(self, work: Work, release: StudyRelease) -> list[Finding]:
        """What its checker finds, and permissions taken back since (R-STUDY-13)."""
        files = {name: content.encode("utf-8") for name, content in making.files_in(work, release).items()}
        wrong = [
            Finding(one, way_out="Bring it back from a backup, and look through the audit.")
            for one in check(files).wrong
        ]
        return [*wrong, *making.taken_back_since(work, release)]


class ReleaseFiles(Page):
    """A release on its way out."""

    route_base = "/action-research-release-files"

    @expose("/<int(max=2147483647):pk>/zip")
    @needs("action_research_release.take")
    def take(self, pk: int) -> Any:
        """The whole release as one zip; that it was taken out is written down."""
        here = work()
        release = here.get(StudyRelease, pk)
        content = making.take_out(here, release)
        here.commit()
        return download(content, "application/zip", f"release-{release.number}.zip")
