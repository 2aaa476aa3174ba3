"""What every file that is brought in is checked for."""

from __future__ import annotations

from cmcore.exchange import columns, tables
from cmcore.exchange.checks import Check
from cmcore.exchange.gias import read as gias
from cmcore.exchange.ssda903 import checks as ssda903
from cmcore.exchange.ssda903.layout import LAYOUTS
from cmcore.exchange.workbook import sheet_checks
from cmcore.returns import checks as compared
from cmcore.workbooks import checks as lists
from cmcore.workbooks.invoice_rows import OWN_CHECKS
from tests.house.reference import markdown
from tests.house.reference.markdown import link, plain, table

_WEIGHTS = {"block": "held back", "warn": "warning", "inform": "note"}


def every_check() -> list[Check]:
    """Every check of a file, whatever kind of file it is."""
    return [
        *_of_rows(),
        *ssda903.CHECKS,
        *gias.CHECKS,
        *compared.CHECKS,
        *sheet_checks.CHECKS,
        *lists.CHECKS,
        *OWN_CHECKS,
    ]


def _of_rows() -> list[Check]:
    return [*(each for each in vars(tables).values() if isinstance(each, Check)), *columns.CHECKS]


def page() -> str:
    """The checks of each kind of file, and the columns that are read."""
    held = [each for each in compared.CHECKS if each.id.startswith("R-903")]
    return markdown.page(
        "Files that are brought in",
        f"the checks in {link('cmcore/exchange')} and {link('cmcore/returns')}",
        "A row that is *held back* does not come in; the rest does, and the row is listed with file, row, column, "
        "value and what to do. A *warning* or a *note* lets the row in. The order of columns does not matter, nor does "
        "the encoding.",
        "## Any file of rows",
        _table(_of_rows()),
        "## The return of looked-after children (SSDA903)",
        "Files of comma-separated values; the XML form of the return is not read. Which file is which is told by its "
        "columns, not by its name.",
        _columns(),
        _table([*ssda903.CHECKS, *held]),
        "## The public register of schools",
        f"Needed columns: {', '.join(f'`{name}`' for name in gias.COLUMNS)}. Read where they are there: "
        f"{', '.join(f'`{name}`' for name in gias.OPTIONAL)}.",
        _table([*gias.CHECKS, *(each for each in compared.CHECKS if each not in held)]),
        "## The Excel sheet of a form",
        "Read as a whole: while one of these is *held back*, none of its answers is kept. What the form's own "
        "questions ask for is checked as on its page.",
        _table(list(sheet_checks.CHECKS)),
        "## The workbook of a list",
        "A row that is *held back* waits to be mended; the others are kept. What is wrong with the workbook as a whole "
        "(its headings, its version, its authority) holds all of it back. The checks of a form's sheet hold too, and "
        "so does every rule of the act that a row becomes.",
        _table(list(lists.CHECKS)),
        "## An invoice in a mentor's own workbook",
        "A row that is *held back* is not billed, and is named by sheet, row and column.",
        _table(list(OWN_CHECKS)),
    )


def _columns() -> str:
    rows = [
        (each.title, ", ".join(f"`{name}`" for name in each.columns), ", ".join(f"`{name}`" for name in each.optional))
        for each in LAYOUTS
    ]
    return table(("file", "columns that are needed", "read where they are there"), rows)


def _table(checks: list[Check]) -> str:
    rows = [(f"`{each.id}`", plain(each.statement), _WEIGHTS[each.severity.value]) for each in checks]
    return table(("id", "what is looked for", "what becomes of the row"), rows)
