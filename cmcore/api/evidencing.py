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
from cmcore.evidence.statistics import Interval, SignedRankTest, median, rank_biserial, wilcoxon, wilson
from cmcore.evidence.subgroups import GroupRow, MeasureRow, Subgroups
from cmcore.measures.change import Change, FinalReview, changes_of
from cmcore.measures.change import Outcome as ChangeOutcome

__all__ = [
    "AttendanceMoves",
    "Change",
    "ChangeOutcome",
    "Disclosure",
    "FORMATS",
    "FinalReview",
    "GROUPINGS",
    "GroupRow",
    "Grouping",
    "Interval",
    "MeasureRow",
    "Moves",
    "PolicyKey",
    "PublishedTable",
    "SavedCohort",
    "SavedCohortAnswers",
    "SignedRankTest",
    "Subgroups",
    "Symbol",
    "answers_of_saved_cohort",
    "change_saved_cohort",
    "changes_of",
    "cohort_of_saved",
    "disclosure",
    "document_of",
    "evidence_everywhere",
    "give_out",
    "head_of",
    "median",
    "moves_of",
    "rank_biserial",
    "remove_saved_cohort",
    "rows_of",
    "save_cohort",
    "subgroups",
    "tables_of",
    "wilcoxon",
    "wilson",
]
