"""The header and UASC files read into children."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from cmcore.base.clock import day as in_words
from cmcore.exchange.ssda903 import checks
from cmcore.exchange.ssda903.codes import ETHNIC, SEX, UPN_UNKNOWN
from cmcore.exchange.ssda903.reading import Reading
from cmcore.exchange.ssda903.rows import Child
from cmcore.exchange.ssda903.upn import check_letter, has_pattern

Row = tuple[int, tuple[str, ...]]

#: The oldest a child of a return may be at the end of its year, in whole years.
MOST_AGE = 25

_SEX_LETTERS = {"M": "1", "F": "2"}


@dataclass
class Children:
    """The children that came in, by child id; the rows of those held back; those of whom any row was held back."""

    by_id: dict[str, Child] = field(default_factory=dict)
    held: dict[str, int] = field(default_factory=dict)
    incomplete: set[str] = field(default_factory=set)

    def named(self, text_id: str, row: int, reading: Reading) -> Child | None:
        """The child a row of another file is about; where none came in, says why and gives nothing."""
        if text_id in self.by_id:
            return self.by_id[text_id]
        child_id = reading.child_id(text_id, row)
        child = self.by_id.get(child_id) if child_id is not None else None
        if child is None and child_id is not None:
            reading.absent_child(child_id, row, self.held)
        return child


def read_children(rows: Iterable[Row], reading: Reading, year_ends_on: date) -> Children:
    """The children of the header file. Held back: no id, no usable date of birth, a second row that differs."""
    made = Children()
    cells_of: dict[str, tuple[str, ...]] = {}
    first_with: dict[str, Child] = {}
    for row, cells in rows:
        text_id, sex, birth, ethnic, upn = cells
        child_id = reading.child_id(text_id, row)
        if child_id is None:
            continue
        if child_id in cells_of:
            _doubled(reading, row, child_id, made, same=cells_of[child_id] == cells)
            continue
        cells_of[child_id] = cells
        born_on = _born_on(birth, row, reading, year_ends_on)
        if born_on is None:
            made.held[child_id] = row
            continue
        number, unknown = _upn(upn, row, reading)
        child = made.by_id[child_id] = Child(
            row,
            child_id,
            reading.code(_SEX_LETTERS.get(sex.upper(), sex), row, "SEX", SEX),
            born_on,
            reading.code(ethnic, row, "ETHNIC", ETHNIC, most=8),
            number,
            unknown,
        )
        if number is not None and first_with.setdefault(number, child) is not child:
            child.upn = None
            reading.found(
                checks.UPN_SHARED,
                f"The child in row {first_with[number].row} has the same unique pupil number.",
                row,
                "UPN",
                number,
                "This row comes in without it; find out whose number it is.",
            )
    return made


def _doubled(reading: Reading, row: int, child_id: str, made: Children, *, same: bool) -> None:
    first = made.by_id[child_id].row if child_id in made.by_id else made.held[child_id]
    if same:
        reading.found(
            checks.CHILD_TWICE, f"This is the same row as row {first}; it was left out.", row, "CHILD", child_id
        )
        return
    reading.found(
        checks.CHILD_DIFFERS,
        f"This child stands in row {first} already, and the two rows differ.",
        row,
        "CHILD",
        child_id,
        f"Row {first} is used and this row waits; take out the wrong one and bring the file in again.",
    )


def _born_on(text: str, row: int, reading: Reading, year_ends_on: date) -> date | None:
    if not text:
        reading.found(
            checks.NO_BIRTH_DATE,
            "There is no date of birth.",
            row,
            "DOB",
            way_out="Put the date of birth in and bring the file in again; this row waits.",
        )
        return None
    born_on = reading.past_day(text, row, "DOB", "the date of birth")
    if born_on is not None and _age(born_on, year_ends_on) > MOST_AGE:
        reading.found(
            checks.TOO_OLD,
            f"Born on {text}, this child would be {_age(born_on, year_ends_on)} on {in_words(year_ends_on)}.",
            row,
            "DOB",
            text,
            "Put the date of birth right in the return and bring the file in again; this row waits.",
        )
        return None
    return born_on


def _age(born_on: date, on: date) -> int:
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))


def _upn(text: str, row: int, reading: Reading) -> tuple[str | None, str | None]:
    upn = text.upper()
    if upn in UPN_UNKNOWN:
        return None, upn
    if not upn:
        reading.found(
            checks.UPN_MISSING,
            "There is no unique pupil number, nor a code that says why.",
            row,
            "UPN",
            way_out="The row comes in; ask the school for the number, or give UN1 to UN5 in the return.",
        )
        return None, None
    if not has_pattern(upn):
        reading.found(
            checks.UPN_PATTERN,
            "This is no unique pupil number, which is a letter (not I, O or S) and then twelve digits.",
            row,
            "UPN",
            text,
            "The row comes in without it; ask the school for the number.",
        )
        return None, None
    letter = check_letter(upn)
    if letter != upn[0]:
        message = (
            f"The first letter should be {letter} for these digits."
            if letter
            else "The last letter is one that no unique pupil number has."
        )
        reading.found(
            checks.UPN_LETTER, message, row, "UPN", text, "The row comes in; ask the school to check the number."
        )
    return upn, None


def read_uasc(rows: Iterable[Row], reading: Reading, children: Children) -> None:
    """Mark the children of the UASC file, with the day that status ceases, which may be to come."""
    seen: dict[str, tuple[int, str]] = {}
    for row, (text_id, birth, until, _) in rows:
        child = children.named(text_id, row, reading)
        if child is None or once_only(reading, seen, child.child_id, row, until):
            continue
        compare_birth(reading, child, birth, row)
        ceases_on = None
        if until:
            ceases_on = reading.day(until)
            if ceases_on is None or ceases_on < child.born_on:
                reading.found(
                    checks.NOT_A_DAY,
                    f"{until} is not a day this status can cease.",
                    row,
                    "DUC",
                    until,
                    "Put it right in the return (dd/mm/yyyy) and bring the file in again; this row waits.",
                )
                continue
        child.uasc, child.uasc_until = True, ceases_on


def once_only(reading: Reading, seen: dict[str, tuple[int, str]], child_id: str, row: int, told: str) -> bool:
    """Whether the child stood in this file before; says so, holding back a second row that tells something else."""
    first, before = seen.setdefault(child_id, (row, told))
    if first == row:
        return False
    if before == told:
        reading.found(
            checks.ROW_TWICE, f"This is the same row as row {first}; it was left out.", row, "CHILD", child_id
        )
    else:
        reading.found(
            checks.ROW_DIFFERS,
            f"This child stands in row {first} already, and the two rows differ.",
            row,
            "CHILD",
            child_id,
            f"Row {first} is used and this row waits; take out the wrong one and bring the file in again.",
        )
    return True


def compare_birth(reading: Reading, child: Child, birth: str, row: int) -> None:
    """Warn when another file gives the child another date of birth; the header's is used."""
    if birth and reading.day(birth) != child.born_on:
        reading.found(
            checks.HEADER_DIFFERS,
            f"The header file, row {child.row}, says {child.born_on:%d/%m/%Y}.",
            row,
            "DOB",
            birth,
            "The header's date is used; find out which is right.",
        )
