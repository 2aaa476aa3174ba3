"""The checks every return is read with: what holds a row back, what only warns, what is said for information.

Source: SSDA903 collection guide and validation checks; weights are ours, so that one bad row never stops the rest.
"""

from __future__ import annotations

from cmcore.base.findings import Severity
from cmcore.exchange.checks import Check

_B, _W, _I = Severity.block, Severity.warn, Severity.inform

NO_CHILD_ID = Check("R-903-1", _B, "Every row names its child.")
NO_BIRTH_DATE = Check("R-903-2", _B, "Every child has a date of birth.")
NOT_A_DAY = Check("R-903-3", _B, "A date is a day of the calendar, written dd/mm/yyyy.")
IN_THE_FUTURE = Check("R-903-4", _B, "What is reported has happened.")
TOO_OLD = Check("R-903-5", _B, "A child in the return is 25 or younger.")
CHILD_TWICE = Check("R-903-6", _I, "A child stands once in the header file; the same row again is left out.")
CHILD_DIFFERS = Check("R-903-7", _B, "A child stands once in the header file; a second row that differs is held back.")
UPN_LETTER = Check("R-903-8", _W, "The first letter of a unique pupil number follows from its digits.")
UPN_PATTERN = Check("R-903-9", _W, "A unique pupil number is a letter and twelve digits.")
UPN_MISSING = Check("R-903-10", _W, "A child has a unique pupil number, or a code that says why there is none.")
UPN_SHARED = Check("R-903-11", _W, "Two children do not share a unique pupil number.")
CODE_UNKNOWN = Check("R-903-12", _W, "A code is one of the guide's.")
NOT_IN_HEADER = Check("R-903-13", _B, "A row of another file belongs to a child of the header file.")
ENDS_BEFORE_START = Check("R-903-14", _B, "An episode ends on or after the day it starts.")
BEFORE_BIRTH = Check("R-903-15", _B, "An episode starts on or after the day of birth.")
TWO_OPEN = Check("R-903-16", _W, "A child has one open episode.")
OVERLAP = Check("R-903-17", _W, "A child's episodes follow one another.")
EPISODE_TWICE = Check("R-903-18", _I, "An episode stands once; the same row again is left out.")
EPISODE_DIFFERS = Check(
    "R-903-19", _B, "A child has one episode starting on a day; a second row that differs is held back."
)
REASON_WITHOUT_END = Check("R-903-20", _W, "A reason for ceasing goes with the day the episode ceased.")
END_WITHOUT_REASON = Check("R-903-21", _W, "An episode that ceased says why.")
NO_EPISODE = Check("R-903-22", _W, "A child in the return has an episode of care.")
SCORE_OUT_OF_RANGE = Check("R-903-23", _B, "An SDQ total is a whole number from 0 to 40.")
SCORE_MISSING = Check("R-903-24", _W, "Where there is no SDQ total, there is a reason.")
SCORE_AND_REASON = Check("R-903-25", _W, "There is an SDQ total or a reason for none, not both.")
ROW_TWICE = Check("R-903-26", _I, "A child stands once in a file; the same row again is left out.")
ROW_DIFFERS = Check("R-903-27", _B, "A child stands once in a file; a second row that differs is held back.")
HEADER_DIFFERS = Check("R-903-28", _W, "A child's date of birth is the same in every file.")
TEXT_TOO_LONG = Check("R-903-29", _B, "A child id has at most 20 characters.")
FILE_ABSENT = Check("R-903-30", _I, "What a file would have told stays as it is when the file is not given.")
PART_NOT_READ = Check("R-903-31", _I, "Parts of the return that nothing is brought in from are named.")

CHECKS: tuple[Check, ...] = tuple(value for value in globals().values() if isinstance(value, Check))
