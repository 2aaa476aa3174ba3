"""Small returns made for tests: plainly invented child ids, and a way to write them as files."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from cmcore.base.findings import Finding
from cmcore.exchange.given import GivenFile
from cmcore.exchange.ssda903.read import read_return
from cmcore.exchange.ssda903.rows import Return
from cmcore.testing.stage import TODAY

HEADER = ("CHILD", "SEX", "DOB", "ETHNIC", "UPN", "MOTHER", "MC_DOB")
EPISODES = ("CHILD", "DECOM", "RNE", "LS", "CIN", "PLACE", "PLACE_PROVIDER", "DEC", "REC", "URN")
OC2 = ("CHILD", "DOB", "SDQ_SCORE", "SDQ_REASON", "CONVICTED")
UASC = ("CHILD", "SEX", "DOB", "DUC")

#: Three numbers whose check letter is right.
UPNS = ("A123456789012", "P234567890123", "P345678901234")

Rows = Sequence[Mapping[str, str]]


def child(child_id: str = "100001", **cells: str) -> dict[str, str]:
    """A row of the header file with nothing wrong in it."""
    return {"CHILD": child_id, "SEX": "2", "DOB": "26/03/2013", "ETHNIC": "WBRI", "UPN": "UN1"} | cells


def episode(child_id: str = "100001", **cells: str) -> dict[str, str]:
    """A row of the episodes file, open, with nothing wrong in it."""
    usual = {"DECOM": "02/10/2025", "RNE": "S", "LS": "C2", "CIN": "N1", "PLACE": "U6", "PLACE_PROVIDER": "PR1"}
    return {"CHILD": child_id, **usual} | cells


def score(child_id: str = "100001", **cells: str) -> dict[str, str]:
    """A row of the OC2 file with an SDQ total."""
    return {"CHILD": child_id, "DOB": "26/03/2013", "SDQ_SCORE": "12"} | cells


def text_of(columns: Sequence[str], rows: Rows, delimiter: str = ",") -> str:
    """A delimited file with these columns in this order."""
    written = io.StringIO()
    writer = csv.DictWriter(written, columns, restval="", extrasaction="ignore", delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue()


def file(name: str, columns: Sequence[str], rows: Rows, encoding: str = "utf-8") -> GivenFile:
    """The same as a file given."""
    return GivenFile.holding(name, text_of(columns, rows).encode(encoding))


PARTS = {"header": HEADER, "episodes": EPISODES, "oc2": OC2, "uasc": UASC}


def files(**parts: Rows) -> list[GivenFile]:
    """The files of a return for the parts named."""
    return [file(f"{part}.csv", PARTS[part], rows) for part, rows in parts.items()]


def read(**parts: Rows) -> Return:
    """A return of all four files read from rows: one sound child with one sound episode where nothing else is said."""
    usual: dict[str, Rows] = {"header": [child()], "episodes": [episode()], "oc2": [], "uasc": []}
    return read_return(files(**{**usual, **parts}), today=TODAY)


def only(findings: Sequence[Finding]) -> Finding:
    """The one finding there is; fails where there is none or another."""
    [one] = findings
    return one


def real_folder() -> Path:
    """The folder of the invented returns that data-to-insight published; skips where it is absent."""
    shared = Path(os.environ.get("CM_SHARED", Path(__file__).resolve().parents[4] / "shared"))
    folder = shared / "data" / "ssda903"
    if not folder.is_dir():
        pytest.skip("The returns of data-to-insight are not here; name their folder's grandparent in CM_SHARED.")
    return folder
