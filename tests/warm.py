"""Programs for tests, each in a process of its own: one process has loaded the library and the console, and forks.

A command of ``cm`` takes two seconds of processor to load, and some tests run ten. What is loaded knows no plugin, has
opened no database and read no setting, as a program that has just started; what is installed is found by the fork.
A second process has the library alone, as where no web was ever installed: it could not load any.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import pkgutil
import signal
import subprocess
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path
from typing import IO, Any

import pytest

ROOT = Path(__file__).parents[1]
#: The entry points of plugins.
GROUP = "cmcore.plugins"
WEB = ("flask", "flask_appbuilder", "flask_wtf", "gunicorn", "jinja2", "werkzeug", "wtforms")
#: What a command of ``cm`` loads, and what a console does; and the doors a plugin enters by.
LOADED = {
    "whole": (
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
    ),
    "library": ("alembic.autogenerate", "cmcore.api.acts", "cmcore.api.asks", "cmcore.plugins.register"),
}


@dataclass
class Running:
    """A program that runs beside a test, which speaks with it, or kills it."""

    pid: int
    stdin: IO[str]
    stdout: IO[str]

    def kill(self) -> None:
        """End it at once, with all that it started, and wait until it is gone."""
        os.killpg(self.pid, signal.SIGKILL)
        self.stdout.read()


class Warm:
    """A process that has loaded, seen from a test; it begins with the first program that is run."""

    def __init__(self, what: str) -> None:
        """``what`` it loads: "whole", or the "library" alone."""
        self.what = what
        self._process: subprocess.Popen[str] | None = None

    @property
    def process(self) -> subprocess.Popen[str]:
        """The process."""
        if self._process is None:
            command = [sys.executable, "-m", "tests.warm", self.what]
            told = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
            self._process = subprocess.Popen(command, cwd=ROOT, text=True, **told)
        return self._process

    def stop(self) -> None:
        """End it, if it began."""
        if self._process is not None:
            with self._process:
                pass

    def _ask(self, **asked: Any) -> str:
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(f"{json.dumps(asked)}\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        assert answer, "the process that has loaded is gone"
        return answer

    @contextmanager
    def running(self, module: str, *arguments: str, folder: Path) -> Iterator[Running]:
        """Run a module as a program beside the test, whose ``folder`` it is; what is left of it afterwards is ended."""
        heard, told = folder / "heard", folder / "told"
        os.mkfifo(heard)
        os.mkfifo(told)
        code = f"import runpy; runpy.run_module({module!r}, run_name='__main__', alter_sys=True)"
        asked = {"code": code, "arguments": arguments, "env": dict(os.environ), "cwd": str(ROOT)}
        pid = int(self._ask(**asked, out=str(told), heard=str(heard)))
        # In the order in which the program opens them: each waits for the other.
        with told.open(encoding="utf-8") as stdout, heard.open("w", encoding="utf-8") as stdin:
            program = Running(pid, stdin, stdout)
            try:
                yield program
            finally:
                with suppress(BrokenPipeError):
                    stdin.close()
                with suppress(ProcessLookupError):
                    program.kill()
        heard.unlink()
        told.unlink()

    def run(self, code: str, *arguments: str, env: dict[str, str], cwd: Path) -> subprocess.CompletedProcess[str]:
        """Run a program, given as text, with arguments, and say what came of it. ``env`` may have a ``PYTHONPATH``."""
        out, err = cwd / f".said-{os.getpid()}", cwd / f".went-wrong-{os.getpid()}"
        ended = self._ask(code=code, arguments=arguments, env=env, cwd=str(cwd), out=str(out), err=str(err))
        said = [each.read_text(encoding="utf-8") for each in (out, err)]
        out.unlink()
        err.unlink()
        return subprocess.CompletedProcess(["python", "-c", code, *arguments], int(ended), *said)


@pytest.fixture(scope="session")
def warm() -> Iterator[Warm]:
    """Runs programs in forks of a process that has loaded what they need."""
    made = Warm("whole")
    yield made
    made.stop()


@pytest.fixture(scope="session")
def warm_library() -> Iterator[Warm]:
    """Runs programs in forks of a process that has loaded the library, and for which there is no web."""
    made = Warm("library")
    yield made
    made.stop()


def _installed() -> list[str]:
    return sorted({found.module for found in entry_points(group=GROUP)})


def _load_all_of(package: str) -> None:
    for found in pkgutil.walk_packages(importlib.import_module(package).__path__, f"{package}."):
        if ".migrations" not in found.name and ".demo" not in found.name:
            importlib.import_module(found.name)


def serve(what: str) -> None:
    """Fork for each line on standard input; say how each program ended."""
    if what == "library":
        for name in WEB:
            sys.modules[name] = None  # type: ignore[assignment]
    for name in LOADED[what]:
        importlib.import_module(name)
    register = importlib.import_module("cmcore.plugins.register")
    if what == "whole":
        # A console loads its pages and those of what is installed, which is not taken in before a program asks for it.
        with register.standing(register.Register()):
            for package in ("console.pages", *_installed()):
                _load_all_of(package)
    sys.modules["sqlalchemy.orm"].configure_mappers()
    gc.freeze()
    assert register.__dict__["_current"] is None, "a plugin was loaded before a program asked for one"
    for line in sys.stdin:
        asked = json.loads(line)
        _reap()
        child = os.fork()
        if child == 0:
            ended = 1
            try:
                ended = _run(asked)
            finally:
                os._exit(ended)
        if "heard" in asked:
            os.write(1, f"{child}\n".encode())
            continue
        _, status = os.waitpid(child, 0)
        os.write(1, f"{os.waitstatus_to_exitcode(status)}\n".encode())


def _reap() -> None:
    """Let go of the programs that ran beside a test and are gone."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _take(number: int, name: str, how: int) -> None:
    taken = os.open(name, how)
    os.dup2(taken, number)
    os.close(taken)


def _run(asked: dict[str, Any]) -> int:
    if "heard" in asked:
        os.setsid()
    _take(1, asked["out"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    if "err" in asked:
        _take(2, asked["err"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    _take(0, asked.get("heard", os.devnull), os.O_RDONLY)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115  it is standard input
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
    serve(sys.argv[1])
