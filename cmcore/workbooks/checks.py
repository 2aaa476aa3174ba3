"""What is looked for in a list's workbook when it is brought in, beside what a form's sheet and the rules ask."""

from __future__ import annotations

from cmcore.base.findings import Severity
from cmcore.exchange.checks import Check

MERGED = Check("R-LST-1", Severity.block, "No cells are joined where rows are filled in.")
HEADINGS = Check("R-LST-2", Severity.block, "The headings stand once.")
NOT_KNOWN = Check("R-LST-3", Severity.block, "A record that is named is known, within reach, and meant by its words.")
TWICE = Check("R-LST-4", Severity.block, "A record is named in one row only, and no row stands twice.")
ELSEWHERE = Check("R-LST-5", Severity.block, "A workbook is brought in to the authority it was made for.")
EMPTY = Check("R-LST-6", Severity.block, "At least one row is filled in, and no more than can be read.")
FIXED = Check("R-LST-7", Severity.block, "A row changes only what may be changed of a record that is held.")
HIDDEN_SHEET = Check("R-LST-8", Severity.warn, "The sheet with the rows is not hidden.")
STRAY_SHEET = Check("R-LST-9", Severity.warn, "There is no filled-in sheet that is not read.")
LOOKALIKE = Check("R-LST-10", Severity.warn, "Words are not made of letters that only look alike.")
FROM_1904 = Check("R-LST-11", Severity.inform, "Days counted from 1904 are read as such, and that is said.")
MOVED = Check(
    "R-LST-12", Severity.inform, "Headings in another row than they were given in are found, and that is said."
)

CHECKS = (
    *(MERGED, HEADINGS, NOT_KNOWN, TWICE, ELSEWHERE, EMPTY, FIXED),
    *(HIDDEN_SHEET, STRAY_SHEET, LOOKALIKE, FROM_1904, MOVED),
)
