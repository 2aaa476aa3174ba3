"""What is looked for in a form's sheet when it is brought in, beside what each of its questions asks for."""

from __future__ import annotations

from cmcore.base.findings import Severity
from cmcore.exchange.checks import Check

ANOTHER_FORM = Check("R-SHT-1", Severity.block, "A sheet is brought in to the form and the version it was made for.")
HEADING = Check("R-SHT-2", Severity.block, "The words of the questions stand where they stood, unchanged.")
FORMULA = Check("R-SHT-3", Severity.block, "What is filled in is an answer, not a formula and not an error value.")
NOT_A_DAY = Check("R-SHT-4", Severity.block, "A day or a time is kept as one, or written out; not as a bare number.")
NOT_A_NUMBER = Check("R-SHT-5", Severity.block, "What is asked for as a number or in words was not made a day of.")
NOT_LISTED = Check("R-SHT-6", Severity.block, "What is chosen is one of what is offered.")
ROUND = Check("R-SHT-7", Severity.block, "A row of a group within a group says to which row of the other it belongs.")
LOST_FIGURES = Check("R-SHT-8", Severity.warn, "A number that is kept as text has lost no zero and no figure.")
HIDDEN = Check("R-SHT-9", Severity.warn, "An answer does not stand in a hidden row or column.")
OUTSIDE = Check("R-SHT-10", Severity.warn, "Nothing is written outside of the cells for answers.")
NOT_ASKED = Check("R-SHT-11", Severity.warn, "Nothing is answered that is not asked, as the other answers stand.")
NO_FILE = Check("R-SHT-12", Severity.warn, "A file is handed in on the form's page, not in a sheet.")

CHECKS = (
    *(ANOTHER_FORM, HEADING, FORMULA, NOT_A_DAY, NOT_A_NUMBER, NOT_LISTED, ROUND),
    *(LOST_FIGURES, HIDDEN, OUTSIDE, NOT_ASKED, NO_FILE),
)
