"""The lists of choices of a workbook: what is stored, what is read in each language, and the facts filters look at."""

from __future__ import annotations

from dataclasses import dataclass, field

from cmcore.exchange.xlsform.gathering import Gathered
from cmcore.exchange.xlsform.sheets import CHOICES, Column, Row, Sheet

_OWN = {"list_name", "name", "label", "media"}


@dataclass(frozen=True)
class ListedChoice:
    """One choice of a list: its row, what is stored, its words by language, and what stands in the other columns."""

    row: Row
    name: str
    labels: dict[str, str]
    facts: dict[str, str]


@dataclass
class Lists:
    """Every list by name, and the columns that filters may look at."""

    by_name: dict[str, list[ListedChoice]] = field(default_factory=dict)
    columns: frozenset[str] = frozenset()


def read_lists(sheet: Sheet | None, found: Gathered) -> Lists:
    """The lists of the sheet "choices"; faults are choices without a name, and two of one name in a list."""
    lists = Lists()
    if sheet is None:
        return lists
    lists.columns = frozenset(one.header for one in sheet.columns if one.means not in _OWN)
    for row in sheet.rows:
        list_name, name = row.get("list_name"), row.get("name")
        if not list_name:
            found.changed(CHOICES, "The row names no list, so it belongs to no question.", row=row)
            continue
        if not name:
            found.fault(
                CHOICES,
                f"A choice of the list “{list_name}” has no name.",
                "Give it one in the column “name”: it is what is stored.",
                row=row,
                column="name",
            )
            continue
        among = lists.by_name.setdefault(list_name, [])
        if (twin := next((one for one in among if one.name == name), None)) is not None:
            found.fault(
                CHOICES,
                f"The list “{list_name}” has “{name}” twice: here and in row {twin.row.number}.",
                "Give one of them another name.",
                row=row,
                column="name",
            )
            continue
        for column, value in row.all("media"):
            said = "Pictures and sounds beside a choice are not shown."
            found.lost(CHOICES, said, row=row, column=column, value=value)
        labels = {column.language: text for column, text in row.all("label")}
        if not labels:
            found.changed(
                CHOICES, f"“{name}” has no label, so its name is shown.", "Write a label.", row=row, column="label"
            )
        facts = {column.header: text for column, text in row.cells.items() if column.means not in _OWN}
        among.append(ListedChoice(row, name, labels, facts))
    return lists


def unused_columns(sheet: Sheet, used: frozenset[str]) -> list[Column]:
    """The columns of the sheet that neither belong to the standard nor to any filter."""
    return [one for one in sheet.columns if one.means not in _OWN and one.header not in used]
