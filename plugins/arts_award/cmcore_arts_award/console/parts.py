"""The parts of awards with what each still wants, and their evidence: picked from what is recorded, or written down."""

from __future__ import annotations

from typing import Any

from flask import g, url_for
from sqlalchemy import ColumnElement, Select, and_, false

from cmcore.api import Finding, Form, Severity, Work, count
from cmcore_arts_award import evidencing
from cmcore_arts_award.console.people import still_here
from cmcore_arts_award.forms import MarkAnswers
from cmcore_arts_award.happenings import Happening
from cmcore_arts_award.levels import every_code, level_of, part_said, split
from cmcore_arts_award.life import WORKING
from cmcore_arts_award.queries import what_is_thin
from cmcore_arts_award.records import AwardEnrolment, AwardPart, PartEvidence
from cmcore_arts_award.words import Mark
from console.api import Filter, RecordView, Related, State, Step, Sub, page_of, work

_LOOKS = {"not_started": ("none", "ring"), "attempted": ("plain", "half"), "pass": ("ok", "tick")}


def _open(part: AwardPart) -> bool:
    return part.enrolment.state in WORKING


class ArtsAwardEvidence(RecordView):
    """Pieces of evidence."""

    record = PartEvidence
    route_base = "/arts-award-evidence"
    about = "Evidence of parts of awards: what it shows, which record it comes from, and where it is kept."
    list_columns = ["text", "young_person", "award_part", "where_from", "shows", "kept_at"]
    label_columns = {
        "text": "What it is",
        "young_person": "Young person",
        "award_part": "Part",
        "where_from": "Where from",
        "shows": "Shows",
        "kept_at": "Where it is kept",
        "happened_on": "When",
    }
    load_columns = ["young_person.ref", "award_part.part", "award_part.enrolment.level", "source"]
    search_columns = ["text", "young_person.ref", "young_person.family_name"]
    filter_columns = ["young_person_id", "arts_award_part_id"]
    order_columns = ["happened_on"]
    base_order = ("id", "desc")
    show_columns = ["young_person", "award_part", "text", "where_from", "happened_on", "shows", "kept_at"]
    empty_words = "No evidence yet. It is picked or written down on the page of a part."
    add_parent = AwardPart
    add_form = staticmethod(lambda here, part: evidencing.evidence_form(part))
    add_action = staticmethod(evidencing.add_evidence)
    add_words = "Write evidence down"
    added_words = "The evidence is kept."
    edit_form = staticmethod(lambda here, piece: evidencing.evidence_form(piece.award_part))
    answers_of = staticmethod(evidencing.answers_of_evidence)
    edit_action = staticmethod(evidencing.change_evidence)
    remove_action = staticmethod(evidencing.remove_evidence)
    remove_why = "The record it was picked from stays as it is."
    one_hand = True

    def cell_award_part(self, piece: PartEvidence) -> str:
        """Which part of which level."""
        return _said(piece.award_part)

    def cell_where_from(self, piece: PartEvidence) -> str:
        """The record it comes from, in words."""
        return piece.source

    def cell_shows(self, piece: PartEvidence) -> str:
        """What of its part it shows."""
        return ", ".join(evidencing.shown_in_words(piece.award_part, piece.shows))

    def after(self, record: Any, doing: str) -> str:
        """Back to the part."""
        part = record if isinstance(record, AwardPart) else record.award_part
        return page_of(part) or super().after(record, doing)

    def told(self, here: Work, record: Any, doing: str) -> list[Finding]:
        """Of which part a new piece is to be, and whose."""
        if doing != "add" or not isinstance(record, AwardPart):
            return []
        return [Finding(f"{_said(record)}: {record.young_person}", severity=Severity.inform)]

    def heading(self, piece: PartEvidence) -> str:
        """Of which part, and whose."""
        return f"Evidence: {piece.young_person}"

    def named(self, piece: PartEvidence) -> str:
        """That it is evidence."""
        return "Evidence"


def _wants(value: str, here: Work) -> ColumnElement[bool]:
    """Parts that want evidence, or the adviser's mark."""
    if value == "evidence":
        return and_(AwardPart.pieces == 0, AwardPart.mark != Mark.passed.value)
    if value == "mark":
        return and_(AwardPart.pieces > 0, AwardPart.mark == Mark.not_started.value)
    return AwardPart.mark == Mark.attempted.value if value == "pass" else false()


def _of_level(value: str, here: Work) -> ColumnElement[bool]:
    scheme, level = split(value)
    return AwardPart.enrolment.has(and_(AwardEnrolment.scheme == scheme, AwardEnrolment.level == level))


class ArtsAwardParts(RecordView):
    """The parts that are still wanted of those who work towards an award."""

    record = AwardPart
    route_base = "/arts-award-parts"
    list_title = "What is missing"
    about = (
        "Every part that is not passed yet, of everybody who works towards an award: what it asks, and what it wants."
    )
    list_columns = ["young_person", "part", "asks", "wants", "adviser"]
    label_columns = {
        "young_person": "Young person",
        "part": "Part",
        "its_part": "Part",
        "asks": "What it asks",
        "wants": "What is wanted",
        "adviser": "Adviser",
        "mark": "Mark",
        "marked_on": "Marked on",
        "marked_by": "Marked by",
        "found_at": "Where in the portfolio",
        "note": "In a few words",
        "pieces": "Evidence",
        "enrolment": "Level",
    }
    load_columns = ["young_person.ref", "enrolment.level", "enrolment.adviser.name"]
    search_columns = ["young_person.ref", "young_person.family_name"]
    filter_columns = [
        Filter(
            "wants",
            "Wants",
            (("evidence", "Evidence"), ("mark", "A mark"), ("pass", "To be done again")),
            _wants,
        ),
        Filter("level", "Level", lambda here: list(every_code().items()), _of_level),
        Filter(
            "setting_id",
            "Setting",
            (),
            lambda value, here: AwardPart.enrolment.has(AwardEnrolment.setting_id == _whole(value)),
        ),
        "young_person_id",
        "arts_award_enrolment_id",
    ]
    order_columns: list[str] = []
    base_order = ("id", "asc")
    views = [("Wants evidence", {"wants": "evidence"}), ("Wants a mark", {"wants": "mark"})]
    show_columns = [
        "young_person",
        "enrolment",
        "asks",
        "mark",
        "marked_on",
        "marked_by",
        "found_at",
        "note",
    ]
    related_views = [
        Related(
            ArtsAwardEvidence,
            "arts_award_part_id",
            "Evidence",
            ["text", "where_from", "happened_on", "shows", "kept_at"],
            40,
        ),
    ]
    empty_words = "Nothing is missing: nobody works towards an award, or every part is passed."
    steps = (
        Step(
            "pick",
            "Pick evidence",
            evidencing.pick_evidence,
            form=lambda here, part: _picking(here, part)[0],
            why="From sessions, the journal, events and whatever else is recorded.",
            button="Make it evidence",
            done="It is evidence now.",
            offered=_open,
        ),
        Step(
            "mark",
            "Mark it",
            evidencing.mark_part,
            form=MarkAnswers,
            why="Pass, attempted or not started, by an adviser trained for the level (R-AA-2).",
            done="Marked.",
            offered=_open,
            begins=lambda part: _begins(part),
        ),
    )

    def narrowed(self, statement: Select[Any], here: Work) -> Select[Any]:
        """Parts that are not passed, of those who still work on them."""
        live = AwardPart.enrolment.has(AwardEnrolment.state.in_((*WORKING, "not_yet")))
        return statement.where(AwardPart.mark != Mark.passed.value, live)

    def cell_part(self, part: AwardPart) -> str:
        """Which part of which level."""
        return _said(part)

    def cell_its_part(self, part: AwardPart) -> str:
        """Which part, where the level is known."""
        return part_said(part.enrolment.scheme, part.enrolment.level, part.part)

    def cell_asks(self, part: AwardPart) -> str:
        """What it asks of the young person."""
        level = level_of(part.enrolment.scheme, part.enrolment.level)
        known = level.part(part.part) if level else None
        return known.asks if known else ""

    def cell_wants(self, part: AwardPart) -> Any:
        """What is wanted of it now."""
        if part.mark == Mark.attempted:
            return Sub(State("To be done again", "plain", "half"), count(part.pieces, "piece") if part.pieces else "")
        if part.pieces:
            return Sub("The adviser’s mark", count(part.pieces, "piece"))
        return State("Evidence", "none", "ring")

    def cell_adviser(self, part: AwardPart) -> str:
        """Who advises them."""
        return part.enrolment.adviser.name if part.enrolment.adviser else ""

    def cell_mark(self, part: AwardPart) -> State:
        """The mark as a shape with its word."""
        return State(Mark.say(part.mark), *_LOOKS[part.mark])

    def lookup(self, of: str, text: str, about: Any) -> Any:
        """Of advisers, those of the authority who are still here."""
        found = super().lookup(of, text, about)
        return still_here(found, about) if of == "arts_award_adviser" and about is not None else found

    def told(self, here: Work, record: Any, doing: str) -> list[Finding]:
        """That there is nothing to pick."""
        if doing != "pick" or _picking(here, record)[1]:
            return []
        said = "Nothing is recorded that this part does not have already"
        return [Finding(said, severity=Severity.inform, way_out="Write down what there is instead.")]

    def heading(self, part: AwardPart) -> str:
        """Which part, and whose."""
        return f"{_said(part)}: {part.young_person}"

    def named(self, part: AwardPart) -> str:
        """Which part, and whose."""
        return f"{self.cell_its_part(part)}, {part.young_person}"

    def list_acts(self, here: Work) -> list[tuple[str, str]]:
        """Back to the board."""
        return [("Arts Award", url_for("ArtsAwardBoard.index"))]

    def crumbs_before(self, part: AwardPart) -> list[tuple[str, str]]:
        """The enrolment it belongs to."""
        return [("Arts Award", url_for("ArtsAwardBoard.index")), (str(part.enrolment), page_of(part.enrolment) or "")]

    def findings(self, here: Work, part: AwardPart) -> list[Finding]:
        """What R-AA-4 points out, and that what was assessed stays."""
        if _open(part):
            return what_is_thin(here, part.enrolment, part)
        said = f"The award is “{part.enrolment.state_label}”: its parts stay as they were."
        return [Finding(said, severity=Severity.inform)]


def _picking(here: Work, part: AwardPart) -> tuple[Form, dict[str, Happening]]:
    """What can be picked for a part: read once for a page."""
    known = g.setdefault("arts_award_picking", {})
    if part.id not in known:
        known[part.id] = evidencing.picking(here, part)
    found: tuple[Form, dict[str, Happening]] = known[part.id]
    return found


def _begins(part: AwardPart) -> dict[str, Any]:
    """Today's mark by their adviser, with what was said of the part before."""
    told: dict[str, Any] = {"marked_on": work().today.isoformat(), "found_at": part.found_at, "note": part.note}
    if part.enrolment.arts_award_adviser_id:
        told["arts_award_adviser_id"] = part.enrolment.arts_award_adviser_id
    return told


def _said(part: AwardPart) -> str:
    enrolment = part.enrolment
    return f"{enrolment}, {part_said(enrolment.scheme, enrolment.level, part.part)}"


def _whole(value: str) -> int:
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else -1
