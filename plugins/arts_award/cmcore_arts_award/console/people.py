"""Advisers and their training as lists and records."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import g, url_for
from sqlalchemy import ColumnElement, and_, or_, select

from cmcore.api import Finding, Form, Severity, Work
from cmcore_arts_award import advising
from cmcore_arts_award.forms import AdviserAnswers, TrainingAnswers, with_levels
from cmcore_arts_award.levels import said_together
from cmcore_arts_award.records import AdviserTraining, AwardAdviser
from cmcore_arts_award.settings import PLUGIN
from console.api import Filter, Queue, RecordView, Related, State, shown, work

#: So many are listed in a form without a search.
_LISTED = 12


def runs_out(value: str, here: Work) -> ColumnElement[bool]:
    """Trainings that ran out, or will within the days that are told beforehand."""
    soon = here.today + timedelta(days=int(here.setting(PLUGIN, "training_days")))
    if value == "out":
        return and_(AdviserTraining.valid_to < here.today)
    return and_(AdviserTraining.valid_to >= here.today, AdviserTraining.valid_to <= soon)


def still_here(found: Any, about: Any) -> Any:
    """Of the advisers that a form offers, those of the record's own authority who have not left.

    Where there are more than a form lists, they are searched for, and the action refuses whoever is not meant.
    """
    if len(found) > _LISTED:
        return found
    here = work()
    kept = [here.get(AwardAdviser, one.id) for one in found]
    known = {
        one.id
        for one in kept
        if one.authority_id == about.authority_id and (one.left_on is None or one.left_on >= here.today)
    }
    return [one for one in found if one.id in known]


def _asked(here: Work, authority_id: int) -> Form:
    """What is asked about a training, with the levels that are offered."""
    return with_levels(TrainingAnswers.form, here, authority_id, "levels")


class ArtsAwardTrainings(RecordView):
    """The trainings of advisers."""

    record = AdviserTraining
    route_base = "/arts-award-trainings"
    about = "For which levels advisers were trained, on which day, and until when it holds (R-AA-2)."
    list_columns = ["adviser", "levels", "trained_on", "valid_to"]
    label_columns = {"levels": "For which levels", "trained_on": "Trained on", "valid_to": "Holds until"}
    load_columns = ["adviser.name"]
    search_columns = ["adviser.name"]
    filter_columns = [
        Filter("runs", "Runs out", (("soon", "Soon"), ("out", "It has")), runs_out),
        "arts_award_adviser_id",
    ]
    order_columns = ["trained_on", "valid_to"]
    base_order = ("trained_on", "desc")
    show_columns = ["adviser", "levels", "trained_on", "valid_to"]
    empty_words = "No training yet. It is written down on the page of an adviser."
    add_parent = AwardAdviser
    add_form = staticmethod(lambda here, adviser: _asked(here, adviser.authority_id))
    add_action = staticmethod(advising.add_training)
    add_words = "Write a training down"
    edit_form = staticmethod(lambda here, one: _asked(here, one.authority_id))
    answers_of = staticmethod(advising.answers_of_training)
    edit_action = staticmethod(advising.change_training)
    remove_action = staticmethod(advising.remove_training)
    queues = (
        Queue(
            "Adviser trainings that run out",
            {"runs": "soon"},
            "soon",
            "Book the next course, or let others assess from then on.",
            "arts_award_training.add",
        ),
    )

    def cell_levels(self, training: AdviserTraining) -> str:
        """The levels in words."""
        return said_together(training.levels)

    def cell_valid_to(self, training: AdviserTraining) -> Any:
        """Until when it holds, and that it has run out."""
        if training.valid_to is None:
            return "It does not run out"
        over = training.valid_to < work().today
        return State(f"Ran out on {shown(training.valid_to)}", "warn", "warn") if over else training.valid_to

    def heading(self, training: AdviserTraining) -> str:
        """Whose, and when."""
        return f"{training.adviser}: {training}"

    def named(self, training: AdviserTraining) -> str:
        """When it was."""
        return f"Training on {shown(training.trained_on)}"


class ArtsAwardAdvisers(RecordView):
    """Those who help young people towards awards and assess them."""

    record = AwardAdviser
    route_base = "/arts-award-advisers"
    about = "Staff and mentors who advise on awards. Whoever is trained for a level marks its parts and assesses it."
    list_columns = ["name", "works_at", "mentor", "trained_for", "left_on"]
    label_columns = {
        "works_at": "Works at",
        "mentor": "Mentor",
        "trained_for": "Trained for, today",
        "left_on": "Left on",
    }
    load_columns = ["mentor.name"]
    search_columns = ["name", "works_at"]
    filter_columns = [
        Filter(
            "here",
            "Still here",
            (("yes", "Yes"), ("no", "Left")),
            lambda value, here: (
                or_(AwardAdviser.left_on.is_(None), AwardAdviser.left_on >= here.today)
                if value == "yes"
                else AwardAdviser.left_on < here.today
            ),
        )
    ]
    order_columns = ["name"]
    base_order = ("name", "asc")
    show_columns = ["name", "works_at", "mentor", "trained_for", "left_on"]
    related_views = [
        Related(ArtsAwardTrainings, "arts_award_adviser_id", "Training", ["trained_on", "levels", "valid_to"]),
    ]
    empty_words = "No advisers yet. Write down who was trained to advise on awards."
    add_form = AdviserAnswers
    add_action = staticmethod(advising.add_adviser)
    add_words = "Add an adviser"
    edit_form = AdviserAnswers
    answers_of = staticmethod(advising.answers_of_adviser)
    edit_action = staticmethod(advising.change_adviser)
    remove_action = staticmethod(advising.remove_adviser)

    def gather(self, here: Work, rows: Any) -> None:
        """The trainings of the advisers on the page, in one statement."""
        self._trainings_of(here, list(rows))

    def _trainings_of(self, here: Work, advisers: list[AwardAdviser]) -> dict[int, list[str]]:
        found: dict[int, list[str]] = {one.id: [] for one in advisers}
        asked = select(AdviserTraining.arts_award_adviser_id, AdviserTraining.levels).where(
            AdviserTraining.arts_award_adviser_id.in_(found),
            AdviserTraining.trained_on <= here.today,
            or_(AdviserTraining.valid_to.is_(None), AdviserTraining.valid_to >= here.today),
        )
        for key, levels in here.db.execute(asked):
            found[key] += [one for one in levels if one not in found[key]]
        g.arts_award_trained = {**getattr(g, "arts_award_trained", {}), **found}
        return found

    def cell_trained_for(self, adviser: AwardAdviser) -> Any:
        """The levels an adviser may assess today."""
        gathered = getattr(g, "arts_award_trained", {})
        told = gathered.get(adviser.id)
        if told is None:
            told = self._trainings_of(work(), [adviser])[adviser.id]
        return said_together(told) or State("No level yet", "warn", "warn")

    def found_detail(self, adviser: AwardAdviser) -> str:
        """For which levels they are trained, where an adviser is chosen."""
        said = self.cell_trained_for(adviser)
        return said.words if isinstance(said, State) else str(said)

    def list_acts(self, here: Work) -> list[tuple[str, str]]:
        """Back to the board."""
        return [("Arts Award", url_for("ArtsAwardBoard.index"))]

    def findings(self, here: Work, adviser: AwardAdviser) -> list[Finding]:
        """That an adviser who is here is trained for no level (R-AA-2)."""
        if adviser.left_on is not None or self._trainings_of(here, [adviser])[adviser.id]:
            return []
        said = f"{adviser.name} is trained for no level today, and can mark nothing."
        return [Finding(said, rule="R-AA-2", severity=Severity.inform, way_out="Write down the training they had.")]
