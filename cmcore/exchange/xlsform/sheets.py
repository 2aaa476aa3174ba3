"""The sheets of an XLSForm workbook: what each column means, and each row with the number it has in Excel."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cmcore.exchange.workbook.seen import Book, Page, letters

#: Sheets that a form may have, by what is made of them.
SURVEY, CHOICES, SETTINGS = "survey", "choices", "settings"
#: Sheets of the standard that this software has no use for.
OTHER_SHEETS = {
    "external_choices": "choices that a phone reads from a file of its own",
    "entities": "records that ODK keeps between forms",
    "osm": "tags of OpenStreetMap",
    "cascades": "an older way of narrowing choices",
}

#: Other names a column may have.
_ALIASES = {
    "caption": "label",
    "command": "type",
    "tag": "name",
    "value": "name",
    "relevance": "relevant",
    "constraining_message": "constraint_message",
    "calculate": "calculation",
    "read_only": "readonly",
    "requiredmsg": "required_message",
    "count": "repeat_count",
    "jr:count": "repeat_count",
    "noapperrorstring": "no_app_error_string",
    "form_title": "form_title",
    "set_form_title": "form_title",
    "title": "form_title",
    "form_id": "form_id",
    "set_form_id": "form_id",
    "id_string": "form_id",
}
#: Two words with colons between them that mean one column.
_JOINED = {
    ("bind", "relevant"): "relevant",
    ("bind", "required"): "required",
    ("bind", "jr:requiredmsg"): "required_message",
    ("bind", "constraint"): "constraint",
    ("bind", "jr:constraintmsg"): "constraint_message",
    ("bind", "calculate"): "calculation",
    ("bind", "readonly"): "readonly",
    ("bind", "jr:noapperrorstring"): "no_app_error_string",
    ("control", "appearance"): "appearance",
    ("body", "appearance"): "appearance",
    ("control", "jr:count"): "repeat_count",
    ("control", "rows"): "rows",
    ("body", "rows"): "rows",
    ("control", "autoplay"): "autoplay",
}
_MEDIA = ("image", "big-image", "audio", "video")


@dataclass(frozen=True)
class Column:
    """A column by its meaning: "label" in "English (en)". ``header`` is what stands above it, ``letter`` Excel's."""

    header: str
    letter: str
    means: str
    language: str = ""


@dataclass(frozen=True)
class Row:
    """One row: its number in Excel, and what stands in it by column."""

    number: int
    cells: dict[Column, str]

    def get(self, means: str, language: str = "") -> str:
        """What stands in the column that means this, in this language; empty where nothing does."""
        return next((text for one, text in self.cells.items() if (one.means, one.language) == (means, language)), "")

    def column(self, means: str) -> Column | None:
        """The first filled column that means this, whatever its language."""
        return next((one for one in self.cells if one.means == means), None)

    def all(self, means: str) -> Iterator[tuple[Column, str]]:
        """What stands in every column that means this."""
        return ((one, text) for one, text in self.cells.items() if one.means == means)


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name as it is written, its columns, and the rows that hold something."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


def sheet_of(page: Page) -> Sheet:
    """A sheet of a workbook whose first row says what the columns are; columns without a heading are passed over."""
    width = max((column for _, column in page.cells), default=0)
    headers = {column: " ".join(page.text(1, column).split()) for column in range(1, width + 1)}
    double = any("::" in header for header in headers.values())
    columns = {number: _column(header, letters(number), double) for number, header in headers.items() if header}
    rows: dict[int, dict[Column, str]] = {}
    for row, number in sorted(page.cells):
        # A no-break space looks like one and is none.
        text = page.text(row, number).replace("\u00a0", " ").strip()
        if row > 1 and number in columns and text:
            rows.setdefault(row, {})[columns[number]] = text
    return Sheet(page.name, tuple(columns.values()), tuple(Row(number, cells) for number, cells in rows.items()))


def page_for(book: Book, name: str) -> Page | None:
    """The sheet of a name; a workbook of one sheet only is taken for the survey."""
    if name == SURVEY and len(book.pages) == 1:
        return book.pages[0]
    return book.page(name)


def as_told(book: Book) -> dict[str, object]:
    """The workbook in the shape that pyxform takes: every sheet a list of rows, empty ones too, and its headings."""
    told: dict[str, object] = {"sheet_names": [page.name for page in book.pages]}
    for page in book.pages:
        name = SURVEY if len(book.pages) == 1 else page.name.casefold()
        sheet = sheet_of(page)
        by_number = {row.number: row for row in sheet.rows}
        last = max(by_number, default=1)
        told[name] = [
            {column.header: text for column, text in by_number[number].cells.items()} if number in by_number else {}
            for number in range(2, last + 1)
        ]
        told[f"{name}_header"] = [{column.header: None for column in sheet.columns}]
    return told


def _column(header: str, letter: str, double: bool) -> Column:
    parts = [part.strip() for part in header.split("::" if double else ":")]
    if not double and "jr" in parts[:-1]:
        at = parts.index("jr")
        parts[at : at + 2] = [f"jr:{parts[at + 1]}"]
    first = _snake(parts[0])
    if first == "media" and len(parts) > 1:
        return Column(header, letter, "media", _language(parts[2:]))
    if first in _MEDIA:
        return Column(header, letter, "media", _language(parts[1:]))
    if len(parts) > 1 and (joined := _JOINED.get((first, _snake(parts[1])))):
        return Column(header, letter, joined, _language(parts[2:]))
    return Column(header, letter, _ALIASES.get(first, first), _language(parts[1:]))


def _language(parts: list[str]) -> str:
    return "::".join(part for part in parts if part)


def _snake(text: str) -> str:
    return "_".join(text.split()).lower()
