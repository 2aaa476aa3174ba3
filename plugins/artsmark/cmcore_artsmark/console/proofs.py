"""Evidence as a list and a record: a number counts again beside what was written down."""

from __future__ import annotations

from typing import Any

from flask import url_for

from cmcore.api import Counted, Finding, Work, figures
from cmcore_artsmark import proving
from cmcore_artsmark.records import ArtsmarkEvidence
from cmcore_artsmark.words import EvidenceKind
from console.api import RecordView, Step, page_of


class ArtsmarkEvidences(RecordView):
    """What shows that commitments are kept: numbers, quotes, case studies, media."""

    record = ArtsmarkEvidence
    route_base = "/artsmark-evidence"
    singular, plural = "piece of evidence", "pieces of evidence"
    about = (
        "What shows that commitments are kept. A number says what it counts and counts again; words and pictures of "
        "young people leave only while they are permitted."
    )
    list_columns = ["kind_of_evidence", "told", "shows", "counted_on"]
    label_columns = {
        "kind_of_evidence": "What it is",
        "told": "What it says",
        "shows": "What it shows",
        "counted_on": "Counted on",
        "said_by": "Who said it",
        "permitted_on": "Permitted on",
        "artsmark_commitment_id": "Commitment",
        "young_person_id": "Young person",
    }
    load_columns = ["figure", "number", "out_of", "said"]
    choice_columns = {"kind_of_evidence": EvidenceKind}
    search_columns = ["shows"]
    filter_columns = ["kind_of_evidence", "artsmark_commitment_id"]
    order_columns = ["counted_on"]
    base_order = ("id", "asc")
    show_columns = ["commitment", "kind_of_evidence", "told", "shows", "said_by", "permitted_on", "counted_on"]
    empty_words = "No evidence yet. Add it on the page of a commitment."
    remove_action = staticmethod(proving.remove_evidence)
    remove_why = "The passage that was drafted from it goes too. It cannot be brought back."
    steps = (
        Step(
            "count",
            "Count it anew and keep that",
            proving.count_anew,
            why="What stood there before stays in the audit. Draft the statement again afterwards.",
            offered=lambda piece: piece.kind_of_evidence == EvidenceKind.number,
        ),
    )

    def cell_told(self, piece: ArtsmarkEvidence) -> str:
        """A number with what it counts, or the words."""
        if piece.kind_of_evidence != EvidenceKind.number:
            return piece.said or piece.shows
        figure = figures().get(piece.figure)
        return f"{figure.title if figure else piece.figure}: {Counted(piece.number or 0, piece.out_of).words}"

    def crumbs_before(self, record: ArtsmarkEvidence) -> list[tuple[str, str]]:
        """The way from the menu, over the commitment it shows."""
        there = url_for("ArtsmarkHome.index", journey=record.commitment.artsmark_journey_id)
        return [("Artsmark", there), (str(record.commitment), page_of(record.commitment))]

    def heading(self, piece: ArtsmarkEvidence) -> str:
        """What it is, of which commitment."""
        return f"{EvidenceKind.say(piece.kind_of_evidence)}: {piece.commitment.goal}"

    def named(self, piece: ArtsmarkEvidence) -> str:
        """What it is."""
        return EvidenceKind.say(piece.kind_of_evidence)

    def findings(self, work: Work, piece: ArtsmarkEvidence) -> list[Finding]:
        """That a number counts otherwise now (R-AM-5), or that a permission does not stand today."""
        found: list[Any] = proving.evidence_in_the_way(work, piece)
        if piece.kind_of_evidence == EvidenceKind.number:
            found += proving.number_findings(work, piece, proving.number_of(work, piece))
        return found
