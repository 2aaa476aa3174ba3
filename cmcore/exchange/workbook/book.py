"""An Excel workbook read as a stream, without trusting a word it says of itself: its cells, formulas as such.

The size a sheet claims ("dimension") is never looked at: what is counted is what stands there. Names of XML parts are
told by their local name, because Excel writes two dialects.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Callable, Mapping
from xml.parsers import expat

from cmcore.base.findings import Refused
from cmcore.exchange.checks import clipped, refused_file
from cmcore.exchange.workbook.archive import FORM_LIMITS, Limits, chunks, damaged, open_archive
from cmcore.exchange.workbook.seen import Book, Holds, Page, Seen, letters, number_of
from cmcore.exchange.workbook.styles import shown_as

_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})", re.ASCII)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")

#: Formulas that are none: some programs write true and false so, and they mean the same to everybody.
_SURE = {"TRUE()": "1", "FALSE()": "0"}
#: How a cell's type is written, and what it holds.
_TYPES: dict[str, Holds] = {"s": "text", "inlineStr": "text", "str": "text", "b": "boolean", "e": "error", "d": "text"}
#: So many joined cells are named; whoever joins more is told of these.
_MOST_MERGED = 200

Attributes = Mapping[str, str]


def read_book(blob: bytes, file: str, limits: Limits = FORM_LIMITS) -> Book:
    """Every cell of a workbook that holds something. Refuses what :func:`open_archive` refuses, and too many cells."""
    with open_archive(blob, file, limits) as archive:
        reader = _Workbook(archive, file, limits)
        return reader.book()


def unescaped(text: str) -> str:
    """Text as it was before Excel wrote signs that XML cannot hold as "_x000D_"."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text).replace("\r\n", "\n").replace("\r", "\n")


class _Workbook:
    """One workbook while it is read."""

    def __init__(self, archive: zipfile.ZipFile, file: str, limits: Limits) -> None:
        self.archive = archive
        self.file = file
        self.limits = limits
        self.names = set(archive.namelist())
        self.cells = 0
        self.characters = 0

    def book(self) -> Book:
        """The workbook, sheet by sheet."""
        sheets: list[tuple[str, str, bool]] = []
        targets: dict[str, str] = {}
        from_1904 = False

        def begin(tag: str, told: Attributes) -> None:
            nonlocal from_1904
            if tag == "workbookPr":
                from_1904 = told.get("date1904", "") in ("1", "true")
            elif tag == "sheet":
                state = told.get("state", "visible")
                # Which part it is stands under the one name that is of another kind than the rest.
                key = next((value for name, value in told.items() if name.endswith(" id")), "")
                sheets.append((told.get("name", ""), key, state != "visible"))
            elif tag == "Relationship" and told.get("TargetMode") != "External":
                targets[told.get("Id", "")] = told.get("Target", "")

        self.parse("xl/workbook.xml", begin)
        self.parse("xl/_rels/workbook.xml.rels", begin)
        shared = self.shared_texts()
        shown = self.formats()
        pages = []
        for name, key, hidden in sheets:
            part = posixpath.normpath(posixpath.join("/xl", targets.get(key, ""))).lstrip("/")
            # A chart on a sheet of its own, or a sheet kept elsewhere, holds no answers.
            if part in self.names and part.startswith("xl/worksheets/"):
                page = Page(name, hidden)
                _Sheet(self, page, shared, shown).read(part)
                pages.append(page)
        return Book(pages, from_1904)

    def parse(
        self,
        name: str,
        begin: Callable[[str, Attributes], None],
        end: Callable[[str], None] | None = None,
        text: Callable[[str], None] | None = None,
    ) -> None:
        """Go through one part; declarations of a document type or of entities are refused."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        # A cell takes three elements: what each tag is called is found out once.
        known: dict[str, str] = {}

        def local(tag: str) -> str:
            return known.get(tag) or known.setdefault(tag, tag.rpartition(" ")[2])

        parser.StartElementHandler = lambda tag, told: begin(local(tag), told)
        if end is not None:
            parser.EndElementHandler = lambda tag: end(local(tag))
        if text is not None:
            parser.CharacterDataHandler = text

        def no_types(*told: object) -> None:
            raise damaged(self.file)

        parser.StartDoctypeDeclHandler = no_types
        try:
            for chunk in chunks(self.archive, name, self.file, self.limits):
                parser.Parse(chunk, False)
            parser.Parse(b"", True)
        except (expat.ExpatError, ValueError, OverflowError, LookupError):
            raise damaged(self.file) from None

    def shared_texts(self) -> list[str]:
        """The texts that cells only point to."""
        found: list[str] = []
        if "xl/sharedStrings.xml" not in self.names:
            return found
        parts: list[str] = []
        inside = phonetic = False

        def begin(tag: str, told: Attributes) -> None:
            nonlocal inside, phonetic
            if tag == "si":
                parts.clear()
            phonetic = phonetic or tag == "rPh"
            inside = tag == "t" and not phonetic

        def end(tag: str) -> None:
            nonlocal inside, phonetic
            if tag == "si":
                found.append(unescaped("".join(parts)))
            phonetic = phonetic and tag != "rPh"
            inside = False

        def text(piece: str) -> None:
            if inside:
                self.count_characters(len(piece))
                parts.append(piece)

        self.parse("xl/sharedStrings.xml", begin, end, text)
        return found

    def formats(self) -> list[str]:
        """How each style of the workbook shows a number."""
        codes: dict[int, str] = {}
        styles: list[int] = []
        if "xl/styles.xml" not in self.names:
            return []
        among = ""

        def begin(tag: str, told: Attributes) -> None:
            nonlocal among
            if tag == "numFmt":
                codes[int(told.get("numFmtId", "0"))] = told.get("formatCode", "")
            elif tag in ("cellXfs", "cellStyleXfs", "dxfs"):
                among = tag
            elif tag == "xf" and among == "cellXfs":
                styles.append(int(told.get("numFmtId", "0")))

        self.parse("xl/styles.xml", begin)
        return [shown_as(number, codes) for number in styles]

    def count_characters(self, more: int) -> None:
        """Refuse a workbook with more text than anybody types."""
        self.characters += more
        if self.characters > self.limits.characters:
            raise self.too_much(f"more than {self.limits.characters:,} characters")

    def count_cell(self) -> None:
        """Refuse a workbook with too many cells."""
        self.cells += 1
        if self.cells > self.limits.cells:
            raise self.too_much(f"more than {self.limits.cells:,} filled cells")

    def too_much(self, what: str) -> Refused:
        """The refusal of a workbook that is too full."""
        return refused_file(
            self.file,
            f"The workbook holds {what}, so it was not read.",
            "Bring in the sheet you were given, filled in.",
        )


class _Sheet:
    """One sheet while it is read."""

    def __init__(self, book: _Workbook, page: Page, shared: list[str], shown: list[str]) -> None:
        self.book = book
        self.page = page
        self.shared = shared
        self.shown = shown
        self.row = self.column = 0
        self.kind = ""
        self.style = 0
        self.value: list[str] = []
        self.formula: list[str] | None = None
        self.inside = ""
        self.rows: set[int] = set()
        self.columns: set[int] = set()
        self.merged: list[str] = []

    def read(self, part: str) -> None:
        """Read the sheet's cells into its page."""
        self.book.parse(part, self.begin, self.end, self.text)
        self.page.hidden_rows = frozenset(self.rows)
        self.page.hidden_columns = frozenset(self.columns)
        self.page.merged = tuple(self.merged)

    def begin(self, tag: str, told: Attributes) -> None:
        """A part of the sheet begins."""
        self.inside = ""
        if tag == "c":
            self.begin_cell(told)
        elif tag in ("v", "t"):
            self.inside = "value"
        elif tag == "f":
            self.inside, self.formula = "formula", []
        elif tag == "row":
            self.row = int(told["r"]) if "r" in told else self.row + 1
            self.column = 0
            if told.get("hidden") in ("1", "true") or told.get("ht") == "0":
                self.rows.add(self.row)
        elif tag == "mergeCell" and len(self.merged) < _MOST_MERGED:
            self.merged.append(told.get("ref", "")[:40])
        elif tag == "col" and told.get("hidden") in ("1", "true"):
            most = self.book.limits.columns
            self.columns |= set(range(int(told["min"]), min(int(told["max"]), most) + 1))

    def begin_cell(self, told: Attributes) -> None:
        """Where a cell stands and what it says it holds."""
        found = _PLACE.fullmatch(told.get("r", ""))
        if found:
            self.column, self.row = number_of(found[1]), int(found[2])
        else:
            self.column += 1
        self.kind = told.get("t", "n")
        self.style = int(told.get("s", "0"))
        self.value.clear()
        self.formula = None

    def text(self, piece: str) -> None:
        """A piece of what stands in a cell."""
        if self.inside == "value":
            self.book.count_characters(len(piece))
            self.value.append(piece)
        elif self.inside == "formula" and self.formula is not None and len(self.formula) < 100:
            self.formula.append(piece)

    def end(self, tag: str) -> None:
        """A part of the sheet ends; a cell that holds something is kept."""
        self.inside = ""
        if tag != "c":
            return
        told = "".join(self.value)
        if self.formula is None and (told == "" or (self.kind == "n" and not told.strip())):
            return
        self.book.count_cell()
        limits = self.book.limits
        if self.row > limits.rows or self.column > limits.columns:
            raise self.far_away()
        self.page.cells[self.row, self.column] = self.seen(told)

    def seen(self, told: str) -> Seen:
        """The cell as a plain value."""
        if self.formula is not None:
            written = "".join(self.formula)
            if (sure := _SURE.get(written.strip().upper())) is not None:
                return Seen(self.row, self.column, "boolean", sure)
            return Seen(self.row, self.column, "formula", clipped("=" + written))
        holds = _TYPES.get(self.kind, "number")
        if self.kind == "s":
            number = int(told)
            told = self.shared[number] if 0 <= number < len(self.shared) else ""
        elif holds == "text":
            told = unescaped(told)
        elif holds == "number":
            float(told)
        shown = self.shown[self.style] if 0 <= self.style < len(self.shown) else ""
        return Seen(self.row, self.column, holds, told, shown)

    def far_away(self) -> Refused:
        """The refusal of a cell where nobody looks."""
        at = f"{letters(self.column)}{self.row}"
        return refused_file(
            self.book.file,
            f"There is something in cell {at} of “{clipped(self.page.name)}”, far outside of what is filled in.",
            "Delete that row and column, or copy what was filled in into a new sheet.",
            row=self.row,
            column=letters(self.column),
        )


def book_data(blob: bytes, file: str, **limits: int) -> dict[str, object]:
    """The workbook as JSON, for :func:`cmcore.exchange.workbook.guarded.guarded`."""
    return read_book(blob, file, Limits(**limits)).as_data()
