"""Programs for tests, each in a process of its own: one process has loaded the library and the console, and forks.

A command of ``cm`` takes two seconds of processor to load, and some tests run ten. What is loaded knows no plugin, has
opened no database and read no setting, as a program that has just started; what is installed is found by the fork.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import subprocess
import sys
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
#: What a command of ``cm`` loads, and what a console does.
LOADED = (
    "alembic.autogenerate",
    "click",
    "cmcore.api.acts",
    "cmcore.api.asks",
    "cmcore.commands.db",
    "cmcore.commands.plugin",
    "cmcore.records",
    "cmcore.testing.story",
    "console.app",
    "console.pages",
)


@dataclass
class Warm:
    """The process that has loaded, seen from a test."""

    process: subprocess.Popen[str]

    def run(self, code: str, *arguments: str, env: dict[str, str], cwd: Path) -> subprocess.CompletedProcess[str]:
        """Run a program, given as text, with arguments, and say what came of it. ``env`` may have a ``PYTHONPATH``."""
        out, err = cwd / f".said-{os.getpid()}", cwd / f".went-wrong-{os.getpid()}"
        asked = {"code": code, "arguments": arguments, "env": env, "cwd": str(cwd), "out": str(out), "err": str(err)}
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(f"{json.dumps(asked)}\n")
        self.process.stdin.flush()
        ended = self.process.stdout.readline()
        assert ended, "the process that has loaded is gone"
        said = [each.read_text(encoding="utf-8") for each in (out, err)]
        out.unlink()
        err.unlink()
        return subprocess.CompletedProcess(["python", "-c", code, *arguments], int(ended), *said)


@pytest.fixture(scope="session")
def warm() -> Iterator[Warm]:
    """Runs programs in forks of a process that has loaded what they need."""
    told = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen([sys.executable, "-m", "tests.warm"], cwd=ROOT, text=True, **told) as process:
        yield Warm(process)


def serve() -> None:
    """Fork for each line on standard input; say how each program ended."""
    for name in LOADED:
        importlib.import_module(name)
    sys.modules["sqlalchemy.orm"].configure_mappers()
    gc.freeze()
    register = sys.modules["cmcore.plugins.register"]
    assert register.__dict__["_current"] is None, "a plugin was loaded before a program asked for one"
    for line in sys.stdin:
        asked = json.loads(line)
        child = os.fork()
        if child == 0:
            ended = 1
            try:
                ended = _run(asked)
            finally:
                os._exit(ended)
        _, status = os.waitpid(child, 0)
        os.write(1, f"{os.waitstatus_to_exitcode(status)}\n".encode())


def _run(asked: dict[str, Any]) -> int:
    for number, name in ((1, asked["out"]), (2, asked["err"])):
        os.dup2(os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.environ.clear()
    os.environ.update(asked["env"])
    os.chdir(asked["cwd"])
    sys.argv = ["-c", *asked["arguments"]]
    sys.path[:0] = [each for each in asked["env"].get("PYTHONPATH", "").split(os.pathsep) if each]
    importlib.invalidate_caches()
    ended = 0
    try:
        exec(compile(asked["code"], "<string>", "exec"), {"__name__": "__main__"})
    except SystemExit as left:
        ended = left.code if isinstance(left.code, int) else int(left.code is not None)
        if isinstance(left.code, str):
            sys.stderr.write(f"{left.code}\n")
    except BaseException:  # noqa: BLE001  as the interpreter does with what nobody caught
        traceback.print_exc()
        ended = 1
    sys.stdout.flush()
    sys.stderr.flush()
    return ended


if __name__ == "__main__":
    serve()
