"""The front door to lists that are kept, and to one act done with many records, under the same permissions."""

from __future__ import annotations

from cmcore.lists.actions import choose_columns, remove_saved_list, save_list
from cmcore.lists.forms import SavedListAnswers
from cmcore.lists.queries import Kept, kept_lists
from cmcore.lists.records import SavedList
from cmcore.lists.words import ForRole, ForWhom
from cmcore.returns.undo import undo_together
from cmcore.together.acts import Outcome, Together, TogetherAct
from cmcore.together.doing import do_together, preview_together

__all__ = [
    "ForRole",
    "ForWhom",
    "Kept",
    "Outcome",
    "SavedList",
    "SavedListAnswers",
    "Together",
    "TogetherAct",
    "choose_columns",
    "do_together",
    "kept_lists",
    "preview_together",
    "remove_saved_list",
    "save_list",
    "undo_together",
]
