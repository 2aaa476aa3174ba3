"""What is found when a return is compared with what is held: these findings need both."""

from __future__ import annotations

from cmcore.base.findings import Severity
from cmcore.exchange.checks import Check

UPN_HELD = Check("R-903-40", Severity.warn, "A unique pupil number belongs to one young person.")
NOT_IN_RETURN = Check("R-903-41", Severity.warn, "A child held as looked after stands in the return of the year.")
ENDED_BY_ABSENCE = Check("R-903-42", Severity.warn, "What a later return no longer names had ended before its year.")
PART_ONLY = Check("R-903-43", Severity.warn, "A return that names less than half of the children held ends nothing.")
GONE_FROM_REGISTER = Check("R-GIAS-6", Severity.warn, "A setting with a number stands in the public register.")
NUMBER_TAKEN = Check("R-GIAS-7", Severity.warn, "A number of the register stands for one setting.")
CHECKS = (UPN_HELD, NOT_IN_RETURN, ENDED_BY_ABSENCE, PART_ONLY, GONE_FROM_REGISTER, NUMBER_TAKEN)
