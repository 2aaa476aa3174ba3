"""How the cells of a form's workbook look: colours, letters, number formats, what each lets one type."""

from __future__ import annotations

from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation

from cmcore.exchange.workbook.spots import Look, Spot

_BRAND, _SUNK, _WASH, _TEXT, _TEXT_2, _CONTROL = "55204A", "F5F1F1", "F4EBF1", "261B27", "574A57", "857884"

#: The number format of each look. Text is text, so that a 0 at the beginning stays and a = begins no formula.
FORMATS: dict[Look, str] = {
    "line": "@",
    "lines": "@",
    "listed": "@",
    "whole": "0",
    "decimal": "0.######",
    "money": "£#,##0.00",
    "day": "dd/mm/yyyy",
    "time": "hh:mm",
    "moment": "dd/mm/yyyy hh:mm",
    "shown": "@",
}

#: What Excel says when something else is typed.
_SAYS: dict[Look, str] = {
    "whole": "Write a whole number in figures.",
    "decimal": "Write a number in figures.",
    "money": "Write pounds and pence, for example 19.50.",
    "day": "Write a day, for example 10/11/2026.",
    "time": "Write a time, for example 14:30.",
    "moment": "Write a day and a time, for example 10/11/2026 14:30.",
    "listed": "Choose from the list.",
}


def add_styles(book: Workbook) -> None:
    """Give a workbook the styles its cells are named after."""
    edge = Side(style="thin", color=_CONTROL)
    top = Alignment(vertical="top", wrap_text=True)
    quiet = {"fill": PatternFill("solid", fgColor=_SUNK), "alignment": top}
    made: dict[str, dict[str, object]] = {
        "title": {"font": Font(size=16, bold=True, color=_BRAND)},
        "doc": {"font": Font(color=_TEXT), "alignment": Alignment(vertical="top")},
        "heading": {
            "font": Font(bold=True, color="FFFFFF"),
            "fill": PatternFill("solid", fgColor=_BRAND),
            "alignment": top,
        },
        "section": {"font": Font(size=13, bold=True, color=_BRAND), "fill": PatternFill("solid", fgColor=_WASH)},
        "label": {"font": Font(bold=True, color=_TEXT), **quiet},
        "part": {
            "font": Font(color=_TEXT),
            "fill": quiet["fill"],
            "alignment": Alignment("left", "top", wrap_text=True, indent=1),
        },
        "how": {"font": Font(color=_TEXT_2), **quiet},
        "shown": {"font": Font(color=_TEXT_2), "number_format": "@", **quiet},
        "bare": {"number_format": "@"},
    }
    for look, code in FORMATS.items():
        if look != "shown":
            made[f"answer {look}"] = {
                "font": Font(color=_TEXT),
                "border": Border(edge, edge, edge, edge),
                "alignment": Alignment("left", "top", wrap_text=True),
                "number_format": code,
                "protection": Protection(locked=False),
            }
    for name, parts in made.items():
        # A form's own name before it keeps them apart from the styles of Excel, some of which are called the same.
        book.add_named_style(NamedStyle(name=f"cm {name}", **parts))


def style_of(spot: Spot) -> str:
    """The name of the style of a cell for answers."""
    if spot.look == "shown":
        return "cm shown"
    numbers = spot.look == "listed" and spot.listed and all(isinstance(one, int) for one in spot.listed)
    return "cm answer whole" if numbers else f"cm answer {spot.look}"


def rule_of(spot: Spot, listed: str) -> DataValidation | None:
    """What Excel lets one type into a cell; ``listed`` is where its list stands. None for anything."""
    rule: DataValidation
    if spot.look == "listed":
        rule = DataValidation(type="list", formula1=listed)
    elif spot.look in ("whole", "decimal", "money"):
        kind = "whole" if spot.look == "whole" else "decimal"
        rule = DataValidation(type=kind, **_between(spot))
    elif spot.look in ("day", "moment"):
        # Days before March 1900 and times that come twice are written as text, so it only warns.
        rule = DataValidation(type="date", operator="greaterThan", formula1="1", errorStyle="warning")
    elif spot.look == "time":
        rule = DataValidation(type="time", operator="between", formula1="0", formula2="0.99999", errorStyle="warning")
    elif isinstance(spot.most, int) and spot.most < 32_767:
        rule = DataValidation(type="textLength", operator="lessThanOrEqual", formula1=str(spot.most))
        rule.error = f"There is room for {spot.most:,} characters."
    else:
        return None
    rule.allow_blank = True
    rule.showErrorMessage = True
    rule.error = rule.error or _SAYS[spot.look]
    return rule


def _between(spot: Spot) -> dict[str, str]:
    least = "-2147483647" if spot.least is None else str(spot.least)
    most = "2147483647" if spot.most is None else str(spot.most)
    return {"operator": "between", "formula1": least, "formula2": most}
