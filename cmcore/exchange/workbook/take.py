"""What was typed into the cells of a question, by kind: what :func:`cmcore.forms.read` takes, and what is odd about it.

A cell knows more than its text: that a number is shown as a day, that zeros before it are only shown. What cannot be
read is handed on as it was typed, so that a page can show it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import singledispatch
from typing import Any

from cmcore.base.clock import day
from cmcore.base.findings import Finding
from cmcore.exchange.checks import Check, clipped
from cmcore.exchange.tables import folded
from cmcore.exchange.workbook import sheet_checks as checks
from cmcore.exchange.workbook.seen import Seen, letters
from cmcore.exchange.workbook.spots import NOT_SCORED, option_words
from cmcore.forms import FileAnswer, Question, kinds

_NUMBERED = re.compile(r"(?:.*\[)?\s*(\d{1,10})\s*\]?", re.ASCII | re.DOTALL)
_WHICH = re.compile(r"(.+?)\s+\(?(first|second)\)?", re.IGNORECASE | re.DOTALL)

#: Finds a file that was put away, by its reference, for whoever brings the sheet in; None when it is not theirs.
Kept = Callable[[str], FileAnswer | None]


@dataclass
class Cells:
    """The cells of one question as they were found, by name, and the findings about them."""

    question: Question
    file: str
    sheet: str
    seen: Mapping[str, Seen]
    from_1904: bool = False
    kept: Kept | None = None
    #: Where the file stood that was written into the sheet, as the sheet says.
    noted: Mapping[str, Any] | None = None
    findings: list[Finding] = field(default_factory=list)
    place: str = ""

    def get(self, name: str = "") -> Seen | None:
        """A cell that holds something that can be an answer; a formula or an error is refused and is none."""
        one = self.seen.get(name)
        if one is None or not one.text.strip():
            return None
        if one.holds == "formula":
            self.found(checks.FORMULA, one, f"{one.at} holds a formula.", "Write the answer itself in its place.")
            return None
        if one.holds == "error":
            self.found(checks.FORMULA, one, f"{one.at} shows the error {one.text}.", "Write the answer in its place.")
            return None
        return one

    def found(self, check: Check, one: Seen, message: str, way_out: str) -> None:
        """A finding about one cell."""
        self.findings.append(
            Finding(
                f"{self.question.label.rstrip('?:. ')}: {message}",
                check.id,
                check.severity,
                self.place or None,
                way_out,
                self.file,
                one.row,
                column_name(self.sheet, one.column),
                clipped(one.text),
            )
        )


def column_name(sheet: str, column: int) -> str:
    """A column as a finding names it: its letters, after the sheet's name where there are several."""
    return f"{sheet}!{letters(column)}" if sheet else letters(column)


@singledispatch
def take(kind: kinds.Kind, cells: Cells) -> Any:
    """What was typed for a question of this kind; None when nothing was."""
    raise TypeError(f"Cells for questions of kind {type(kind).__name__} cannot be read yet.")


def _words(one: Seen) -> str:
    """What stands in a cell for words, as a person reads it."""
    return ("TRUE" if one.text == "1" else "FALSE") if one.holds == "boolean" else one.plain


@take.register(kinds.ShortText)
@take.register(kinds.LongText)
def _(kind: kinds.ShortText | kinds.LongText, cells: Cells) -> Any:
    one = cells.get()
    if one is None or one.holds != "number":
        return one and _words(one)
    if one.shown == "day" and (at := one.moment(cells.from_1904)):
        said = day(at.date()) if at.hour == at.minute == 0 else f"{day(at.date())} at {at:%H:%M}"
        cells.found(
            checks.NOT_A_NUMBER,
            one,
            f"{one.at} was made a day of, {said}, by the spreadsheet.",
            "Format the cell as text and write it again.",
        )
        return None
    if one.shown.startswith("zeros"):
        # The zeros are only shown, but what is shown is what was meant.
        return one.plain.zfill(int(one.shown.removeprefix("zeros")))
    holds = kind.holds if isinstance(kind, kinds.ShortText) else "text"
    figures = len(re.sub(r"\D", "", one.plain))
    if holds == "telephone" or figures > 15 or "E" in one.text.upper():
        cells.found(
            checks.LOST_FIGURES,
            one,
            f"{one.at} is kept as a number, {clipped(one.plain)}, which loses a zero at its beginning and every "
            "figure after the fifteenth.",
            "Look whether it is whole. If not, format the cell as text and write it again.",
        )
    return one.plain


def _number(cells: Cells) -> Any:
    """What stands where a number is asked for."""
    one = cells.get()
    if one is None:
        return None
    if one.holds == "number" and one.shown == "day":
        at = one.moment(cells.from_1904)
        said = f"the day {day(at.date())}" if at and one.number >= 1 else "a time of day"
        cells.found(
            checks.NOT_A_NUMBER,
            one,
            f"{one.at} holds {said}, where a number is asked for.",
            "Format the cell as a number and write it again.",
        )
        return None
    return _words(one)


@take.register(kinds.WholeNumber)
@take.register(kinds.DecimalNumber)
@take.register(kinds.Money)
@take.register(kinds.Scale)
def _(kind: kinds.Kind, cells: Cells) -> Any:
    return _number(cells)


@take.register
def _(kind: kinds.Day, cells: Cells) -> Any:
    one = cells.get()
    if one is None or one.holds != "number":
        return one and _words(one)
    at = _calendar(cells, one, "day")
    if at is None:
        return None
    return f"{at:%Y-%m-%d}" if at.hour == at.minute == 0 else f"{at:%Y-%m-%d %H:%M}"


def _calendar(cells: Cells, one: Seen, what: str) -> Any:
    """The day and time a number stands for, if it is shown as one; otherwise a finding that says what it may be."""
    at = one.moment(cells.from_1904)
    # A time of day is a part of a day; with whole days before it, it is something else.
    if one.shown != "day" or at is None or (what == "time" and not 0 <= one.number < 1):
        maybe = f", which may stand for {day(at.date())}" if at and 20_000 < one.number < 80_000 else ""
        cells.found(
            checks.NOT_A_DAY,
            one,
            f"{one.at} holds the number {clipped(one.plain)}, not a {what}{maybe}.",
            f"Write the {what} out: {'14:30' if what == 'time' else '10/11/2026'}.",
        )
        return None
    return at


@take.register
def _(kind: kinds.Time, cells: Cells) -> Any:
    one = cells.get()
    if one is None or one.holds != "number":
        return one and _words(one)
    at = _calendar(cells, one, "time")
    return at and f"{at:%H:%M}"


@take.register
def _(kind: kinds.Moment, cells: Cells) -> Any:
    one = cells.get()
    if one is None:
        return None
    if one.holds == "number":
        at = _calendar(cells, one, "day")
        return at and f"{at:%Y-%m-%d %H:%M}"
    if which := _WHICH.fullmatch(one.text.strip()):
        on, _, time = which[1].rpartition(" ")
        return {"day": on, "time": time, "which": which[2].lower()}
    return _words(one)


@take.register
def _(kind: kinds.YesNo, cells: Cells) -> Any:
    one = cells.get()
    if one is None:
        return None
    if one.holds == "boolean":
        return one.text == "1"
    return {folded(kind.no): False, folded(kind.yes): True}.get(folded(one.plain), one.plain)


@take.register
def _(kind: kinds.Choice, cells: Cells) -> Any:
    one = cells.get()
    if one is None:
        return None
    by_words = {folded(words): key for key, words in option_words(kind.options).items()}
    typed = _words(one)
    return by_words.get(folded(typed), typed)


@take.register
def _(kind: kinds.Choices, cells: Cells) -> Any:
    chosen = []
    for option in kind.options:
        if (one := cells.get(option.key)) is None:
            continue
        told = folded(_words(one))
        if told in ("yes", "y", "x", "true", "1", "✓", "✔"):
            chosen.append(option.key)
        elif told not in ("no", "n", "false", "0", "-", "–"):
            cells.found(
                checks.NOT_LISTED,
                one,
                f"“{clipped(one.plain)}” beside “{option.label}” is neither Yes nor empty.",
                "Put Yes beside what fits and leave the others empty.",
            )
    return chosen


@take.register
def _(kind: kinds.Scores, cells: Cells) -> Any:
    scores: dict[str, Any] = {}
    for measure in kind.measures:
        names = {"value": measure.key, "why_not": f"{measure.key}.why_not", "note": f"{measure.key}.note"}
        found = {part: _words(one) for part, name in names.items() if (one := cells.get(name))}
        if folded(found.get("value", "")) == folded(NOT_SCORED):
            found["value"] = "none"
        if found:
            scores[measure.key] = found
    return scores


def _record(cells: Cells, one: Seen) -> int | str:
    """The number of the record a cell names; its words, to be searched for, where it names none."""
    told = _words(one).strip()
    if number := _NUMBERED.fullmatch(told):
        return int(number[1])
    cells.found(
        checks.NOT_LISTED,
        one,
        f"“{clipped(told)}” does not say which record it is.",
        "Choose it from the list, or on the form's page, or write its number in brackets: [17].",
    )
    return told


@take.register
def _(kind: kinds.Pick, cells: Cells) -> Any:
    one = cells.get()
    given = one and _record(cells, one)
    # As a page sends it: the search begins with what was written.
    return {"search": given} if isinstance(given, str) else given


@take.register
def _(kind: kinds.PickMany, cells: Cells) -> Any:
    rows = sorted((int(name) for name in cells.seen), key=int)
    given = [_record(cells, one) for row in rows if (one := cells.get(str(row)))]
    numbers = [one for one in given if isinstance(one, int)]
    search = [one for one in given if isinstance(one, str)]
    return {"id": numbers, "search": search[0]} if search else numbers


@take.register
def _(kind: kinds.File, cells: Cells) -> Any:
    one = cells.get()
    if one is None:
        return None
    noted = cells.noted or {}
    # Which file it is stands in the sheet, so anybody may have changed it: whoever keeps files says whose it is.
    kept = cells.kept(str(noted.get("ref", ""))) if cells.kept and noted.get("name") == one.text else None
    if kept is None:
        cells.found(
            checks.NO_FILE,
            one,
            f"“{clipped(one.text)}” was not taken over, because a file cannot be read from a sheet.",
            "Hand the file in on the form's page.",
        )
        return None
    return {"ref": kept.ref, "name": kept.name, "media_type": kept.media_type, "size": kept.size}


@take.register
def _(kind: kinds.Repeated, cells: Cells) -> Any:
    raise TypeError("A repeated group is read round by round, from a sheet of its own.")


@take.register
def _(kind: kinds.Note, cells: Cells) -> Any:
    return None
