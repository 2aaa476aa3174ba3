"""The front door to journals and case studies: what a plugin or script does with them, under the same permissions."""

from __future__ import annotations

from cmcore.exchange.media.cleaning import Cleaned, Limits, clean
from cmcore.journals.actions import change_entry, give_out, keep_entry, media_name, remove_entry, throw_media_away
from cmcore.journals.case_studies import (
    begin_case_study,
    change_case_study,
    finish_case_study,
    in_the_way,
    publish_case_study,
    remove_case_study,
    reopen_case_study,
    share_case_study,
    take_back_case_study,
)
from cmcore.journals.forms import (
    CaseStudyAnswers,
    CaseStudyBeginAnswers,
    JournalAnswers,
    JournalChangeAnswers,
    TakeBackAnswers,
)
from cmcore.journals.outward import entry_in_the_way, names_standing_in, words_in_the_way
from cmcore.journals.paper import case_study_pdf
from cmcore.journals.queries import media_of, open_media, rests_on
from cmcore.journals.records import CaseStudy, JournalEntry
from cmcore.journals.words import EntryKind, VisibleTo

__all__ = [
    "CaseStudy",
    "CaseStudyAnswers",
    "CaseStudyBeginAnswers",
    "Cleaned",
    "EntryKind",
    "JournalAnswers",
    "JournalChangeAnswers",
    "JournalEntry",
    "Limits",
    "TakeBackAnswers",
    "VisibleTo",
    "begin_case_study",
    "case_study_pdf",
    "change_case_study",
    "change_entry",
    "clean",
    "entry_in_the_way",
    "finish_case_study",
    "give_out",
    "in_the_way",
    "keep_entry",
    "media_name",
    "media_of",
    "names_standing_in",
    "open_media",
    "publish_case_study",
    "remove_case_study",
    "remove_entry",
    "reopen_case_study",
    "rests_on",
    "share_case_study",
    "take_back_case_study",
    "throw_media_away",
    "words_in_the_way",
]
