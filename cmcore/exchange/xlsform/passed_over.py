"""Columns of a row that mean something to a phone and nothing here: each filled cell is listed."""

from __future__ import annotations

from cmcore.exchange.xlsform.gathering import Gathered
from cmcore.exchange.xlsform.items import Item
from cmcore.exchange.xlsform.sheets import SURVEY, Sheet

#: Columns whose cells are carried, or listed where they are read.
_READ = frozenset(
    ("type", "name", "label", "hint", "guidance_hint", "relevant", "required", "required_message", "constraint")
    + ("constraint_message", "calculation", "default", "appearance", "choice_filter", "readonly", "repeat_count")
    + ("parameters", "disabled", "sensitive", "rows")
)

#: Columns of the standard that are not carried, and what is said of a filled cell. True where something is lost.
_TOLD: dict[str, tuple[str, bool]] = {
    "media": ("Pictures, sounds and films beside a question are not shown.", True),
    "trigger": ("An answer is not worked out when another one changes, but whenever the form is kept.", True),
    "save_to": ("Answers are not put into entities of ODK.", True),
    "no_app_error_string": ("No other app is started, so there is no message about it.", False),
    "autoplay": ("Sounds are not played.", False),
    "intent": ("Another app is not started.", True),
    "compact_tag": ("Short messages are not sent.", False),
}
_PREFIXES = {"sms_": "Short messages are not sent.", "accuracy": "A place is typed in and not measured."}
_XML = ("bind", "control", "body", "instance")

#: Columns that mean nothing for what stands in a row of this sort, and what is said.
_NOT_FOR = {
    "group": {
        "hint": "A group shows no hint.",
        "guidance_hint": "A group shows no hint.",
        "required": "A group cannot be required.",
        "constraint": "A group is not checked.",
        "appearance": "",
    },
    "repeat": {
        "required": "A repeat cannot be required: its questions can.",
        "constraint": "A repeat is not checked: its questions are.",
    },
    "note": {
        "required": "A note asks nothing, so nothing is required.",
        "constraint": "A note asks nothing, so nothing is checked.",
    },
}


def say_passed_over(item: Item, found: Gathered) -> None:
    """List what stands in a row and is not carried."""
    not_for = _NOT_FOR.get(item.sort if item.sort != "question" else item.type, {})
    for column, text in item.row.cells.items():
        if column.means in not_for:
            said = not_for[column.means]
            if not said:
                said = f"“{text}” says how a phone shows it; here every form is shown in the same way."
            if column.means == "required" and text.lower() in ("no", "false", "false()"):
                continue
            found.changed(SURVEY, said, row=item.row, column=column, value=text)
        elif column.means in _TOLD:
            said, loses = _TOLD[column.means]
            (found.lost if loses else found.changed)(SURVEY, said, row=item.row, column=column, value=text)
        elif column.means in _XML:
            said = "What is meant for the form's XML has no meaning here."
            found.changed(SURVEY, said, row=item.row, column=column, value=text)
        else:
            for prefix, said in _PREFIXES.items():
                if column.means.startswith(prefix):
                    found.changed(SURVEY, said, row=item.row, column=column, value=text)
    if item.sort == "question" and item.row.get("calculation") and not item.worked_out and item.type != "note":
        said = "It is answered, and not worked out."
        found.lost(SURVEY, said, row=item.row, column=item.row.column("calculation"))
    if item.sort == "repeat" and item.row.get("appearance"):
        text = item.row.get("appearance")
        said = f"“{text}” says how a phone shows it; here every form is shown in the same way."
        found.changed(SURVEY, said, row=item.row, column="appearance", value=text)


def say_strange_columns(sheet: Sheet, found: Gathered) -> None:
    """List columns that are not of the standard: notes to oneself, mostly."""
    for column in sheet.columns:
        known = column.means in _READ | set(_TOLD) | set(_XML) or column.means.startswith(tuple(_PREFIXES))
        if not known and any(column in row.cells for row in sheet.rows):
            found.changed(
                SURVEY,
                f"The column “{column.header}” is not one of XLSForm's, so it was not looked at.",
                column=column,
            )
