"""What pyxform, ODK's own reader of XLSForm, says about a workbook: run in a process of its own, with limits."""

from __future__ import annotations

import re
from importlib import import_module

from cmcore.exchange.workbook.book import read_book
from cmcore.exchange.xlsform.sheets import as_told

_ROW = re.compile(r"\[row\s*:\s*(\d+)\]\s*")


def book_and_verdict(blob: bytes, file: str) -> dict[str, object]:
    """The workbook as JSON, and what pyxform refuses in it; for :func:`cmcore.exchange.workbook.guarded.guarded`.

    pyxform never opens the file: it is given texts that our own reader took from it. Nothing is validated with Java.
    """
    book = read_book(blob, file)
    verdict: dict[str, object] | None = None
    formulas = any(seen.holds in ("formula", "error") for page in book.pages for seen in page.cells.values())
    if book.pages and not formulas:
        verdict = _verdict(as_told(book))
    return {"book": book.as_data(), "verdict": verdict}


def _verdict(told: dict[str, object]) -> dict[str, object] | None:
    # Loaded by name: it says nothing of its types, and is needed in this process only.
    refusal = import_module("pyxform.errors").PyXFormError
    convert = import_module("pyxform.xls2xform").convert
    try:
        convert(told, validate=False, form_name="root_of_the_form")
    except refusal as fault:
        said = " ".join(str(fault).split())
        if "has no label or hint" in said:
            # Here the name is shown in its place, and that is listed with its row.
            return None
        found = _ROW.search(said)
        return {"said": _ROW.sub("", said)[:600], "row": int(found[1]) if found else None}
    except Exception as fault:  # noqa: BLE001  a reader of others that falls over says nothing about the workbook
        return {"said": "", "row": None, "fell": type(fault).__name__}
    return None
