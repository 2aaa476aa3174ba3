"""The front door to evidence beyond one account: subgroup tables, what is hidden in them, saved cohorts, files."""

from __future__ import annotations

from cmcore.evidence.actions import (
    answers_of_saved_cohort,
    change_saved_cohort,
    cohort_of_saved,
    give_out,
    remove_saved_cohort,
    save_cohort,
)
from cmcore.evidence.disclosure.policies import Disclosure, PolicyKey, Symbol, disclosure
from cmcore.evidence.forms import SavedCohortAnswers
from cmcore.evidence.groups import GROUPINGS, Grouping
from cmcore.evidence.moves import AttendanceMoves, Moves, moves_of
from cmcore.evidence.outputs import FORMATS, document_of, head_of, rows_of, tables_of
from cmcore.evidence.queries import evidence_everywhere, subgroups
from cmcore.evidence.records import PublishedTable, SavedCohort
from cmcore.evidence.subgroups import GroupRow, MeasureRow, Subgroups

__all__ = [
    "AttendanceMoves",
    "Disclosure",
    "FORMATS",
    "GROUPINGS",
    "GroupRow",
    "Grouping",
    "MeasureRow",
    "Moves",
    "PolicyKey",
    "PublishedTable",
    "SavedCohort",
    "SavedCohortAnswers",
    "Subgroups",
    "Symbol",
    "answers_of_saved_cohort",
    "change_saved_cohort",
    "cohort_of_saved",
    "disclosure",
    "document_of",
    "evidence_everywhere",
    "give_out",
    "head_of",
    "moves_of",
    "remove_saved_cohort",
    "rows_of",
    "save_cohort",
    "subgroups",
    "tables_of",
]
