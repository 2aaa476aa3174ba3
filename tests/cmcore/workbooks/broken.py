"""Workbooks that are broken on purpose: each with where its fault stands, and the rule or the words that name it."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

from openpyxl import Workbook

from tests.cmcore.workbooks.filled import each_filled, filled, heads_of, repacked, session

SHEET = "Sessions"
MONDAY = date(2026, 6, 1)
NBSP, CYRILLIC_A = "\u00a0", "\u0430"


@dataclass(frozen=True)
class Broken:
    """One broken workbook: its bytes, and the fault that must be named: row, heading of the column, rule, words."""

    name: str
    blob: bytes
    row: int | None = None
    head: str = ""
    rule: str | None = ""
    words: str = ""


def typed(**more: Any) -> Callable[[str], dict[str, Any]]:
    """A row of a session in which some answers are others; "_" stands for a space in a heading."""
    return lambda who: session(who, MONDAY) | {key.replace("_", " "): value for key, value in more.items()}


NOT_ASKED = "what is not asked"
#: What is typed wrongly into one cell: heading, what is typed, rule, words.
CELLS: tuple[tuple[str, str, Any, str | None, str], ...] = (
    ("a day that is none", "Day", "31/02/2026", None, "31"),
    ("a word for a day", "Day", "soon", None, "is not a day"),
    ("a bare number for a day", "Day", "12", None, "day"),
    ("a day of another century", "Day", date(1926, 6, 1), "R-SES-1", ""),
    ("a day to come, with an outcome", "Day", date(2027, 6, 1), "R-SES-1", ""),
    ("a day before the commission", "Day", date(2026, 5, 1), "R-SES-1", ""),
    ("a formula for a day", "Day", "=TODAY()", "R-SHT-3", "formula"),
    ("a formula that leads elsewhere", "Art form", "='[other.xlsx]Sheet1'!A1", "R-SHT-3", "formula"),
    ("a formula in words", "What you did, and briefly why", '=HYPERLINK("http://x","y")', "R-SHT-3", "formula"),
    ("an error value", "Art form", "#N/A", "R-SHT-3", "error"),
    ("a time that is none", "From", "25:61", None, "time"),
    ("a word for a time", "To", "late", None, "time"),
    ("an end before the beginning", "To", time(13, 0), "R-SES-1", ""),
    ("thirteen hours", "From", time(2, 0), "R-SES-1", ""),
    ("an answer that is not offered", "Where", "On the moon", None, "not one of the answers"),
    ("an answer in letters that look alike", "Where", f"{CYRILLIC_A}t school", None, "not one of the answers"),
    ("a reference nobody has", "Who with", "WR-9999", "R-LST-3", "not known"),
    ("a number nobody has", "Who with", "[4711]", "R-LST-3", "not known"),
    ("words and number of two records", "Who with", "Z.Z. WR-0009 [1]", "R-LST-3", "do not belong together"),
    ("a reference with a look-alike letter", "Who with", "WR-000l", "R-LST-3", "not known"),
    ("an empty commission", "Who with", None, None, ""),
    ("an empty day", "Day", None, None, ""),
    ("an empty place", "Where", None, None, ""),
    ("neither yes nor no", "Is the time charged?", "perhaps", None, ""),
    ("a day where a time belongs", "From", datetime(2026, 6, 1), None, ""),
    ("a number where yes or no belongs", "Did anything worry you?", 7, None, ""),
    ("more words than there is room for", "Art form", "film " * 40, None, "60"),
    ("a session that is not there", "Session held already", "[99]", "R-LST-3", "not known"),
    ("words for a session", "Session held already", "the one on Monday", "R-LST-3", "not known"),
    (
        "neither Yes nor empty beside a measure",
        "What it was to help with: Confidence",
        "a lot",
        "R-SHT-6",
        "neither Yes",
    ),
    ("a day made of words by Excel", "Art form", datetime(2026, 3, 4), "R-SHT-5", "made a day"),
    ("a number in words, which may have lost a zero", "Adults who were there", 7700900123456789123, "R-SHT-8", ""),
    ("letters of two alphabets in one word", "Art form", f"dr{CYRILLIC_A}ma", "R-LST-10", "only looks like"),
    (NOT_ASKED, "What got in the way?", None, None, ""),
)


def broken_cells(empty: bytes, who: str) -> Iterator[Broken]:
    """Rows in which one cell is wrong."""
    good = session(who, MONDAY)
    rows = [good | ({"How did it go?": None} if each[0] == NOT_ASKED else {each[1]: each[2]}) for each in CELLS]
    for (name, head, _, rule, words), blob in zip(CELLS, each_filled(empty, SHEET, rows), strict=True):
        if name == NOT_ASKED:
            yield Broken(name, blob, 6, "What you did, and briefly why", "R-SHT-11", "asked only if")
        else:
            yield Broken(name, blob, 6, head, rule, words)


def broken_sheets(empty: bytes, who: str) -> Iterator[Broken]:
    """Workbooks whose sheets are not as they were given."""
    good = session(who, MONDAY)
    second = session(who, date(2026, 6, 8))

    def made(change: Callable[[Any, Any], None], rows: Any = None, first: int = 6) -> bytes:
        return filled(empty, SHEET, rows or [good, second], change, first)

    def heading(told: str) -> Callable[[Any, Any], None]:
        return lambda book, page: setattr(page.cell(4, heads_of(page)["Day"]), "value", told)

    yield Broken("a heading that was changed", made(heading("When")), 4, "D", "R-SHT-2", "Day")
    yield Broken("a heading that is gone", made(heading("")), 4, "D", "R-SHT-2", "Day")
    yield Broken("joined headings", made(lambda b, p: p.merge_cells("D4:E4")), 4, "D", "R-LST-1", "joined")
    yield Broken("joined cells in two rows", made(lambda b, p: p.merge_cells("D6:D7")), 6, "D", "R-LST-1", "joined")
    yield Broken("a row above the headings", made(lambda b, p: p.insert_rows(2)), 5, "", "R-LST-12", "in row 5")
    yield Broken("a row taken out above", made(lambda b, p: p.delete_rows(2)), 3, "", "R-LST-12", "in row 3")
    yield Broken("headings too far down", made(lambda b, p: p.insert_rows(2, 12)), 4, "D", "R-SHT-2", "Day")

    def twice(book: Any, page: Any) -> None:
        for cell in page[4]:
            page.cell(7, cell.column).value = cell.value

    yield Broken("two rows of headings", made(twice), 7, "A", "R-LST-2", "repeats")
    yield Broken("a hidden row", made(lambda b, p: setattr(p.row_dimensions[7], "hidden", True)), 7, "C", "R-SHT-9", "")
    yield Broken(
        "a hidden column", made(lambda b, p: setattr(p.column_dimensions["D"], "hidden", True)), 6, "D", "R-SHT-9", ""
    )
    yield Broken("a hidden sheet", made(lambda b, p: setattr(p, "sheet_state", "hidden")), 1, "", "R-LST-8", "hidden")

    def stray(book: Any, page: Any) -> None:
        book.create_sheet("More of them")["B3"] = "Kit, on Tuesday"

    yield Broken("a sheet of one's own", made(stray), 3, "B", "R-LST-9", "More of them")
    yield Broken("a sheet that is gone", made(lambda b, p: b.remove(p)), None, "", "R-SHT-2", "no sheet")
    yield Broken(
        "a sheet with another name", made(lambda b, p: setattr(p, "title", "Week 23")), None, "", "R-SHT-2", ""
    )
    yield Broken("nothing filled in", empty, 6, "A", "R-LST-6", "Nothing is filled in")
    yield Broken("something outside", made(lambda b, p: p.cell(6, 40, "a note")), 6, "AN", "R-SHT-10", "outside")
    yield Broken("the same row twice", made(lambda b, p: None, [good, good]), 7, "", "R-LST-4", "Row 6 says the same")
    clash = session(who, MONDAY, From=time(15, 0), To=time(16, 0))
    yield Broken("two at the same time", made(lambda b, p: None, [good, clash]), 7, "", "R-SES-1", "")

    def lost(book: Any, page: Any) -> None:
        inner = book["What you noticed"]
        inner.cell(6, 3).value, inner.cell(6, 4).value, inner.cell(6, 5).value = "Confidence", "Spoke up.", "Yes"
        inner.cell(6, 2).value = 77

    yield Broken("a part that belongs to no row", made(lost), 6, "B", "R-SHT-7", "77")
    yield Broken(
        "a far corner", made(lambda b, p: p.cell(1_048_576, 16_384, "x")), 1_048_576, "XFD", None, "XFD1048576"
    )
    small = {"xl/worksheets/sheet2.xml": lambda text: _with_dimension(text)}
    wrong = made(lambda b, p: None, [good, second | {"Day": "soon"}])
    yield Broken("a size that is not so", repacked(wrong, small), 7, "D", None, "is not a day")


def _with_dimension(text: str) -> str:
    import re

    return re.sub(r'<dimension ref="[^"]*"', '<dimension ref="A1:B2"', text)


def broken_files(empty: bytes, who: str, other: bytes) -> Iterator[Broken]:
    """Files that are no workbook of this list, or none at all."""
    good = filled(empty, SHEET, [session(who, MONDAY)])
    yield Broken("the workbook of another list", other, None, "", "R-SHT-1", "Mentors")
    yield Broken("an older version", filled(good, SHEET, [], _about("version", "1")), None, "", "R-SHT-1", "version 1")
    yield Broken(
        "another state of the form", filled(good, SHEET, [], _about("edition", "abc")), None, "", "R-SHT-1", ""
    )
    yield Broken("another authority", filled(good, SHEET, [], _about("authority", "991")), None, "", "R-LST-5", "991")
    plain = BytesIO()
    Workbook().save(plain)
    yield Broken("any workbook", plain.getvalue(), None, "", None, "no sheet of a form")
    yield Broken("an empty file", b"", None, "", None, "empty")
    yield Broken("CSV with another ending", b"Day,From,To\n1/6/2026,14:00,15:30\n", None, "", None, "")
    yield Broken("an old workbook", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4_000, None, "", None, "xls")
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512 + "EncryptedPackage".encode("utf-16-le")
    yield Broken("a workbook with a password", locked, None, "", None, "password")
    yield Broken("cut off half way", good[: len(good) // 2], None, "", None, "damaged")
    yield Broken("with macros", _with(good, "xl/vbaProject.bin", b"\0" * 100), None, "", None, "macros")
    yield Broken("a bomb", _with(good, "xl/media/image1.png", b"\0" * 160_000_000), None, "", None, "unpack")
    yield Broken("a picture", b"\x89PNG\r\n\x1a\n" + b"\0" * 200, None, "", None, "")
    bad = {"xl/worksheets/sheet2.xml": lambda text: text.replace("<sheetData>", "<sheetData><row>", 1)}
    yield Broken("a part that is no XML", repacked(good, bad), None, "", None, "damaged")


def _about(name: str, value: str) -> Callable[[Any, Any], None]:
    def change(book: Any, page: Any) -> None:
        sheet = book["About this sheet"]
        for row in range(1, sheet.max_row + 1):
            if sheet.cell(row, 1).value == name:
                sheet.cell(row, 2).value = value

    return change


def _with(blob: bytes, name: str, content: bytes) -> bytes:
    target = BytesIO(blob)
    with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return target.getvalue()


def good_rows(who: str, many: int) -> list[dict[str, Any]]:
    """Rows as careful people write them, each a little otherwise: nothing is wrong with any of them."""
    days: list[Callable[[date], Any]] = [
        lambda on: on,
        lambda on: f"{on:%d/%m/%Y}",
        lambda on: f"{on.day} {on:%B %Y}",
        lambda on: f"{on:%Y-%m-%d}",
        lambda on: f" {on:%d.%m.%Y} ",
        lambda on: f"{on.day}{NBSP}{on:%b}{NBSP}{on.year}",
    ]
    whos = [who, f" {who} ", who.rpartition("[")[2].rstrip("]"), f"[{who.rpartition('[')[2]}", who.upper()]
    times: list[tuple[Any, Any]] = [
        (time(9, 0), time(9, 30)),
        ("10:00", "10:30"),
        ("11am", "11.30am"),
        ("1400", "14:30"),
    ]
    places = ["At school", "at school", "AT SCHOOL ", f"At{NBSP}school", "Online", "At home"]
    rows = []
    for number in range(many):
        on = date.fromordinal(date(2026, 5, 20).toordinal() + number // 4)
        start, end = times[number % 4]
        told = session(whos[number % 5], days[number % 6](on), From=start, To=end, Where=places[number % 6])
        told |= {"Is the time charged?": ["Yes", "yes", True, "No"][number % 4], "How did it go?": None}
        told.pop("What you did, and briefly why")
        told["What was the idea?"] = ["Draw a map.", "- a list\n- of things", "Größe – “so”", "+1 more", "@home"][
            number % 5
        ]
        rows.append(told)
    return rows
