"""A workbook of 5,000 sessions: previewed and brought in, beside bare openpyxl reading it and bare ``executemany``."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from datetime import time as clock
from io import BytesIO
from pathlib import Path
from typing import Any

ROWS = 5_000
#: What it may take at most: seconds of a preview and of bringing in, megabytes.
PREVIEW, COMMIT, MEMORY = 10.0, 15.0, 300


def run() -> None:
    """Make the workbook, then measure each in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        _in_a_process("make", path)
        told = {what: _in_a_process(what, path) for what in ("openpyxl", "executemany", "preview", "commit")}
    bare, floor = told["openpyxl"]["seconds"], told["executemany"]["seconds"]
    print(f"\nA workbook of {ROWS:,} sessions (SQLite)\n")
    print("| what | seconds | computing | of bare openpyxl | of executemany | memory, MB | its reader, MB |")
    print("|---|---|---|---|---|---|---|")
    for what, one in told.items():
        seconds = one["seconds"]
        print(
            f"| {what} | {seconds:.2f} | {one['computed']:.2f} | {seconds / bare:.1f} | {seconds / floor:,.0f} "
            f"| {one['memory']} | {one['reader'] or '–'} |"
        )
    for what, most in (("preview", PREVIEW), ("commit", COMMIT)):
        said = "within" if told[what]["seconds"] <= most else "OVER"
        print(
            f"\n{what}: {said} {most:g} s; memory {'within' if told[what]['memory'] <= MEMORY else 'OVER'} {MEMORY} MB"
        )


def _in_a_process(what: str, folder: Path) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "bench.workbooks", what, str(folder)], stdout=subprocess.PIPE, check=True
    )
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def _measured(what: str, folder: Path) -> None:
    began = time.perf_counter()
    if what == "make":
        _make(folder)
    elif what == "openpyxl":
        _openpyxl(folder)
    elif what == "executemany":
        began = _executemany(folder)
    else:
        began = _brought(folder, keep=what == "commit")
    seconds = time.perf_counter() - began
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    # Of a machine that is busy otherwise only this says something; it includes starting Python.
    computed = sum(one.ru_utime + one.ru_stime for one in used)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1_000
    reader = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1_000
    print(json.dumps({"seconds": seconds, "computed": computed, "memory": memory, "reader": reader}))


def _stage(folder: Path) -> Any:
    import cmcore.records  # noqa: F401  every record is mapped before one is asked for
    from cmcore.base.engine import engine_for
    from cmcore.testing.stage import Stage

    return Stage(engine_for(f"sqlite:///{folder / 'bench.db'}"), authority_id=1)


def _make(folder: Path) -> None:
    from openpyxl import load_workbook

    from cmcore.base.migrations import upgrade
    from cmcore.testing.stage import TODAY
    from cmcore.testing.story import Story
    from cmcore.virtual_schools.records import Authority
    from cmcore.workbooks.lists import list_of
    from cmcore.workbooks.sheet import template

    stage = _stage(folder)
    upgrade(stage.engine)
    stage.authority()
    story = Story.begin(stage)
    stage.on(date(2026, 5, 19))
    with stage.work("operator") as work:
        story.started(work, hours=500)
    stage.on(TODAY)
    with stage.work() as work:
        blob = template(work, list_of("session", work, 1), work.get(Authority, 1))
    book = load_workbook(BytesIO(blob))
    sheet = book["Sessions"]
    heads = {cell.value: cell.column for cell in sheet[4]}
    for number in range(ROWS):
        hour, half = 6 + (number % 30) // 2, number % 2
        told = {
            "Who with": "[1]",
            "Day": date.fromordinal(date(2026, 5, 20).toordinal() + number // 30),
            "From": clock(hour, 30 * half),
            "To": clock(hour + half, 30 - 30 * half),
            "Where": "At school",
            "What was the idea?": "Draw a map of the town together.",
            "Is the time charged?": "Yes",
        }
        for head, value in told.items():
            sheet.cell(6 + number, heads[head]).value = value
    book.save(folder / "sessions.xlsx")


def _openpyxl(folder: Path) -> None:
    from openpyxl import load_workbook

    book = load_workbook(folder / "sessions.xlsx")
    cells = sum(1 for row in book["Sessions"].iter_rows(values_only=True) for value in row if value is not None)
    assert cells > ROWS * 6


def _executemany(folder: Path) -> float:
    """The rows alone into a bare table of SQLite, with no rule and no audit; gives when it began."""
    import sqlite3

    rows = [
        (number, f"2026-05-{number % 28 + 1:02d}", "14:00", "14:30", "school", "Draw a map.") for number in range(ROWS)
    ]
    connection = sqlite3.connect(folder / "bare.db")
    connection.execute("CREATE TABLE bare (id INTEGER, held_on TEXT, starts TEXT, ends TEXT, place TEXT, idea TEXT)")
    began = time.perf_counter()
    connection.executemany("INSERT INTO bare VALUES (?, ?, ?, ?, ?, ?)", rows)
    connection.commit()
    return began


def _brought(folder: Path, *, keep: bool) -> float:
    from cmcore.exchange.given import GivenFile
    from cmcore.testing.stage import TODAY
    from cmcore.virtual_schools.records import Authority
    from cmcore.workbooks.bringing_in import bring_in_workbook, preview_workbook, read_workbook
    from cmcore.workbooks.lists import list_of

    stage = _stage(folder).on(TODAY)
    began = time.perf_counter()
    with stage.work() as work:
        authority, listed = work.get(Authority, 1), list_of("session", work, 1)
        reading = read_workbook(work, listed, authority, GivenFile.at(folder / "sessions.xlsx"))
        if keep:
            made, _ = bring_in_workbook(work, authority, listed, reading)
        else:
            made = preview_workbook(work, listed, authority, reading)
    assert made.counts["new"] == ROWS, made.counts
    return began


if __name__ == "__main__":
    _measured(sys.argv[1], Path(sys.argv[2]))
