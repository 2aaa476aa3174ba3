"""The front door to reports of the evidence: what one is made of, asking for it, and every way it can be had."""

from __future__ import annotations

from cmcore.evidence.reports.asking import Asked, journey_read, journey_written, report_on, written
from cmcore.evidence.reports.outputs import OUTPUTS, Output
from cmcore.evidence.reports.report import Drawn, Figures, Report, Section
from cmcore.evidence.reports.told import Told, told_inside, told_outside

__all__ = [
    "Asked",
    "Drawn",
    "Figures",
    "OUTPUTS",
    "Output",
    "Report",
    "Section",
    "Told",
    "journey_read",
    "journey_written",
    "report_on",
    "told_inside",
    "told_outside",
    "written",
]
