"""A delimited text file read safely, row by row, with the row numbers a spreadsheet shows (the headings are row 1)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from operator import itemgetter

from cmcore.base.findings import Finding, Refused, Severity
from cmcore.base.words import count, in_words
from cmcore.exchange.checks import Check, clipped, refused_file
from cmcore.exchange.content import ENCODING_WORDS, SAVE_AS_CSV, Encoding, check_size, encoding_of
from cmcore.exchange.given import GivenFile

#: What is read when nobody sets another limit, in bytes.
MOST_BYTES = 100_000_000

NOT_UTF8 = Check("R-CSV-1", Severity.inform, "A file that is not UTF-8 is read as what it is, and that is said.")
TOO_LONG = Check("R-CSV-2", Severity.block, "A row has no more cells than there are headings.")
TOO_SHORT = Check("R-CSV-3", Severity.warn, "A row has as many cells as there are headings.")
LOWER = Check("R-CSV-4", Severity.inform, "Headings that stand below a title are found, and that is said.")
CHECKS = (NOT_UTF8, TOO_LONG, TOO_SHORT, LOWER)

_DELIMITERS = ",\t;|"
#: Rows that are gone through for the first values of each column.
_LOOKED_AT = 200
#: Rows among which the headings are looked for where they are not in row 1.
_SEARCHED = 15


def folded(heading: str) -> str:
    """A heading as it is compared: without case, surrounding or doubled spaces, and invisible marks."""
    return " ".join(heading.replace("\ufeff", "").replace("\u200b", "").split()).casefold()


@dataclass
class Table:
    """A delimited file whose headings are read; its rows are read when asked for, one at a time.

    ``findings`` grows while rows are read: what blocks there holds back its row only.
    """

    given: GivenFile
    encoding: Encoding
    delimiter: str
    headings: tuple[str, ...]
    findings: list[Finding] = field(default_factory=list)
    #: Where each of our columns stands, counted from 0, where a person or a rule said so; below 0 for one not there.
    matched: Mapping[str, int] | None = None
    #: The row the headings stand in.
    heading_row: int = 1

    @property
    def name(self) -> str:
        """The file's name."""
        return self.given.name

    def has(self, column: str) -> bool:
        """Whether there is a column of this name."""
        return folded(column) in {folded(heading) for heading in self.headings}

    def called(self, column: str) -> str:
        """One of our columns as the file calls it, for what is said to whoever has the file before them."""
        place = self.matched.get(column, -1) if self.matched is not None else -1
        if 0 <= place < len(self.headings) and folded(self.headings[place]) != folded(column):
            return self.headings[place] or column
        return column

    def first_values(self, many: int = 3) -> tuple[tuple[str, ...], ...]:
        """The first values of each column that are not empty, to show what it holds, as far as it can be read."""
        found: list[list[str]] = [[] for _ in self.headings]
        try:
            for number, (_, cells) in enumerate(self._read(list(range(len(self.headings))))):
                for values, cell in zip(found, cells, strict=False):
                    if cell and len(values) < many:
                        values.append(clipped(cell, 40))
                if number >= _LOOKED_AT:
                    break
        except Refused:
            pass
        self.findings = [one for one in self.findings if one.rule in (NOT_UTF8.id, LOWER.id)]
        return tuple(tuple(values) for values in found)

    def rows(self, columns: Sequence[str], optional: Sequence[str] = ()) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Each row's number and its cells, trimmed, in the order of ``columns`` then ``optional``.

        An optional column that is not there reads as empty. Blank rows are left out, a row cut short is filled with
        empty cells and warned of, a row with cells beyond the headings is held back. Refuses the file when a column
        is missing or doubled, and where quotation marks or bytes do not work out.
        """
        return self._read(self.places_of(columns, optional))

    def places_of(self, columns: Sequence[str], optional: Sequence[str]) -> list[int]:
        """Where each column stands, counted from 0; one past the last for an optional column that is not there."""
        if self.matched is not None:
            return self._told_places(self.matched, columns, optional)
        at: dict[str, list[int]] = {}
        for place, heading in enumerate(self.headings):
            at.setdefault(folded(heading), []).append(place)
        found: list[Finding] = []
        missing = [column for column in columns if folded(column) not in at]
        if missing:
            found.append(self._missing(missing))
        for column in (*columns, *optional):
            if len(places := at.get(folded(column), [])) > 1:
                found.append(
                    Finding(
                        f"The column stands {'twice' if len(places) == 2 else f'{len(places)} times'}, as the "
                        f"{in_words([_ordinal(place + 1) for place in places])} column.",
                        way_out="Take out the one that is not wanted and bring the file in again.",
                        file=self.name,
                        row=1,
                        column=column,
                    )
                )
        if found:
            raise Refused(found)
        return [at.get(folded(column), [len(self.headings)])[0] for column in (*columns, *optional)]

    def _told_places(self, told: Mapping[str, int], columns: Sequence[str], optional: Sequence[str]) -> list[int]:
        width = len(self.headings)
        there = {column: place for column, place in told.items() if 0 <= place < width}
        if missing := [column for column in columns if column not in there]:
            raise Refused([self._missing(missing)])
        return [there.get(column, width) for column in (*columns, *optional)]

    def _missing(self, missing: list[str]) -> Finding:
        there = [heading.strip() for heading in self.headings if heading.strip()]
        near = []
        by_fold = {folded(heading): heading for heading in there}
        for column in missing:
            if match := get_close_matches(folded(column), by_fold, n=1, cutoff=0.6):
                near.append(f"{by_fold[match[0]]} may be {column}")
        words = "The column is missing" if len(missing) == 1 else "Columns are missing"
        return Finding(
            f"{words}: {in_words(missing)}. Found: {clipped(', '.join(there), 400) or 'no headings'}."
            + (f" {in_words(near)}." if near else ""),
            way_out="Row 1 names the columns; put the names right and bring the file in again.",
            file=self.name,
            row=1,
            column=missing[0],
        )

    def _read(self, places: list[int]) -> Iterator[tuple[int, tuple[str, ...]]]:
        width = len(self.headings)
        # One empty cell stands behind every row where an optional column is not there.
        spare = [""] if width in places else []
        # Picking two cells or more gives a tuple, picking one would not.
        pick = itemgetter(*places) if len(places) > 1 else lambda cells: (cells[places[0]],)
        number = self.heading_row
        strip = str.strip
        with self.given.open() as stream:
            text = io.TextIOWrapper(stream, encoding=self.encoding, newline="")
            reader = csv.reader(text, delimiter=self.delimiter, strict=True)
            try:
                for _ in range(self.heading_row):
                    next(reader)
                for number, cells in enumerate(reader, self.heading_row + 1):
                    if len(cells) != width:
                        mended = self._mended(number, cells, width)
                        if mended is None:
                            continue
                        cells = mended
                    picked = tuple(map(strip, pick(cells + spare if spare else cells)))
                    if any(picked) or any(map(strip, cells)):
                        yield number, picked
            except (csv.Error, UnicodeError) as wrong:
                raise _unreadable(self.name, number + 1, wrong) from None

    def _mended(self, number: int, cells: list[str], width: int) -> list[str] | None:
        if not any(map(str.strip, cells)):
            return None
        if len(cells) > width:
            if any(map(str.strip, cells[width:])):
                self.findings.append(
                    TOO_LONG.found(
                        f"The row has {len(cells)} cells under {width} headings; one may stand in the wrong place.",
                        file=self.name,
                        row=number,
                        value=clipped(self.delimiter.join(cells[width:])),
                        way_out="Often a comma stands inside a cell: put that cell in quotation marks. This row waits.",
                    )
                )
                return None
            return cells[:width]
        self.findings.append(
            TOO_SHORT.found(
                f"The row has {count(len(cells), 'cell')} under {width} headings; the rest was taken as empty.",
                file=self.name,
                row=number,
                way_out="Check that the file was not cut off.",
            )
        )
        return cells + [""] * (width - len(cells))


def open_table(
    given: GivenFile, *, most_bytes: int = MOST_BYTES, usual: Encoding = "utf-8", heading_row: int = 1
) -> Table:
    """Read a file's headings, after finding out what it is and how it is written.

    ``usual`` is the encoding such files usually have, of which nothing is said. ``heading_row`` is where the headings
    stand; rows above it are left out. Refuses a file over ``most_bytes`` without opening it, an empty one, and what is
    no delimited text.
    """
    check_size(given, most_bytes)
    encoding = encoding_of(given)
    headings, delimiter = _headings(given, encoding, heading_row)
    table = Table(given, encoding, delimiter, headings, heading_row=heading_row)
    if encoding not in ("utf-8", "utf-8-sig", usual):
        table.findings.append(
            NOT_UTF8.found(
                f"The file is written in {ENCODING_WORDS[encoding]}, not in UTF-8, and was read so.",
                file=given.name,
                way_out="Look whether letters with accents read right.",
            )
        )
    if heading_row > 1:
        said = f"The headings were found in row {heading_row}; what stands above them was not read."
        way_out = "Look whether that row names the columns."
        table.findings.append(LOWER.found(said, file=given.name, row=heading_row, way_out=way_out))
    return table


def rows_above(given: GivenFile, *, most_bytes: int = MOST_BYTES) -> list[tuple[str, ...]]:
    """The first rows of a file as they stand, where headings are looked for. Refuses what is no text."""
    check_size(given, most_bytes)
    encoding = encoding_of(given)
    with given.open() as stream:
        text = io.TextIOWrapper(stream, encoding=encoding, newline="")
        lines = [text.readline(100_000) for _ in range(_SEARCHED)]
    found = []
    for line in lines:
        try:
            cells = next(csv.reader([line], delimiter=max(_DELIMITERS, key=line.count), strict=True), [])
        except csv.Error:
            break
        found.append(tuple(" ".join(cell.replace("\ufeff", "").split()) for cell in cells))
    return found


def _headings(given: GivenFile, encoding: Encoding, row: int) -> tuple[tuple[str, ...], str]:
    with given.open() as stream:
        text = io.TextIOWrapper(stream, encoding=encoding, newline="")
        first = ""
        try:
            for _ in range(row):
                first = text.readline(100_000)
        except UnicodeError as wrong:
            raise _unreadable(given.name, row, wrong) from None
    if not first.strip():
        raise refused_file(given.name, f"Row {row} is blank; it should name the columns.", SAVE_AS_CSV, row=row)
    if any(character < " " and character not in "\t\r\n" for character in first):
        raise refused_file(
            given.name, f"Row {row} holds characters that are no text, so this is not a CSV.", SAVE_AS_CSV, row=row
        )
    delimiter = max(_DELIMITERS, key=first.count)
    try:
        cells = next(csv.reader([first], delimiter=delimiter, strict=True))
    except (csv.Error, StopIteration):
        raise refused_file(
            given.name,
            f"Row {row} should name the columns, but its quotation marks do not close.",
            SAVE_AS_CSV,
            row=row,
        ) from None
    return tuple(" ".join(cell.replace("\ufeff", "").split()) for cell in cells), delimiter


def _unreadable(name: str, row: int, wrong: Exception) -> Refused:
    if isinstance(wrong, UnicodeError):
        message = "Some bytes here are no characters, so the file is damaged or cut off."
    elif "field larger" in str(wrong) or "end of data" in str(wrong):
        message = "A quotation mark opens a cell here or just below and is never closed."
    else:
        message = "A quotation mark stands where none can stand, so the cells after it cannot be told apart."
    return refused_file(
        name,
        f"{message} Nothing was brought in.",
        "Put it right, or save the file again, and bring it in again.",
        row=row,
    )


def _ordinal(number: int) -> str:
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
