"""The folder one test run keeps its databases in, shared by xdist's workers and taken away at the end."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
import time
from pathlib import Path

#: Where the leading process tells its workers the folder.
VARIABLE = "CM_TEST_RUN"
PREFIX = "cm-tests-"
PGDATA = "pg"

#: Copying a database is twenty times faster in memory than on a busy disk. A container may have too little of it.
MEMORY = Path("/dev/shm")
ENOUGH = 2 * 1024**3


def make() -> Path:
    """Make the folder of this run. Its name carries the process id, so that a later run can tell it was left behind."""
    return Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=_places()[0]))


def path() -> Path:
    """The folder of this run."""
    return Path(os.environ[VARIABLE])


def sweep() -> None:
    """Take away what runs that were killed have left behind."""
    for left in (found for place in _places() for found in place.glob(f"{PREFIX}*-*")):
        owner = left.name.removeprefix(PREFIX).split("-")[0]
        if owner.isdigit() and not _alive(int(owner)):
            remove(left)


def remove(folder: Path) -> None:
    """Stop the PostgreSQL of a folder, if it runs, and remove the folder."""
    postmaster = folder / PGDATA / "postmaster.pid"
    if postmaster.exists():
        _stop(int(postmaster.read_text().splitlines()[0]))
    shutil.rmtree(folder, ignore_errors=True)


def _places() -> list[Path]:
    on_disk = Path(tempfile.gettempdir())
    roomy = os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free >= ENOUGH
    return [MEMORY, on_disk] if roomy else [on_disk]


def _stop(postmaster: int) -> None:
    # SIGINT is PostgreSQL's fast shutdown; what it holds is thrown away next, so after ten seconds it may as well die.
    for how, seconds in ((signal.SIGINT, 10), (signal.SIGQUIT, 5)):
        if _alive(postmaster):
            os.kill(postmaster, how)
        until = time.monotonic() + seconds
        while _alive(postmaster) and time.monotonic() < until:
            time.sleep(0.02)


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
