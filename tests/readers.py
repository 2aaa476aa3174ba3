"""Readers of strangers' files in tests: each a process of its own with its limits, forked from one that has loaded.

A reader loads openpyxl, and for a form of others pyxform: 0.3 to 0.7 s of processor for each of hundreds of files. A
test of the reader's own surroundings asks for ``true_reader``.
"""

from __future__ import annotations

import atexit
import importlib
import os
import signal
import socket
import struct
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LOADED = (
    "cmcore.exchange.media.cleaning",
    "cmcore.exchange.workbook.annotate",
    "cmcore.exchange.workbook.book",
    "cmcore.exchange.workbook.child",
    "cmcore.exchange.xlsform.second_reader",
    "openpyxl",
    "pyxform.xls2xform",
)
_GUARDED = "cmcore.exchange.workbook.guarded"
_NUMBER = struct.Struct("!q")
_MOST = 1 << 16

#: Where the process that has loaded is asked, once it was started.
_asked: list[socket.socket] = []


def pytest_collection_finish() -> None:
    """Have files read by forks, in a process whose tests read any."""
    if guarded := sys.modules.get(_GUARDED):
        guarded.__dict__["true"] = guarded.__dict__["answered"]
        guarded.__dict__["answered"] = answered


@pytest.fixture
def true_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have files read as they are outside tests: by a process that has just started."""
    guarded = sys.modules[_GUARDED]
    monkeypatch.setattr(guarded, "answered", guarded.__dict__["true"])


def answered(order: bytes, seconds: float) -> bytes:
    """What a reader says to an order, as far as it came; raises ``TimeoutError`` after so long."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        socket.send_fds(_server(), [b"."], [theirs.fileno()])
        theirs.close()
        ours.settimeout(60)
        reader = _NUMBER.unpack(ours.recv(_NUMBER.size, socket.MSG_WAITALL))[0]
        ours.settimeout(seconds)
        said = bytearray()
        try:
            ours.sendall(order)
            ours.shutdown(socket.SHUT_WR)
            while part := ours.recv(_MOST):
                said += part
        except TimeoutError:
            os.kill(reader, signal.SIGKILL)
            raise
        except ConnectionError:
            # It fell over with half of the file unread: what it said until then is all there is.
            pass
    return bytes(said)


def _server() -> socket.socket:
    if not _asked:
        ours, theirs = socket.socketpair()
        command = [sys.executable, "-P", "-s", "-m", "tests.readers", str(theirs.fileno())]
        surroundings = {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
        process = subprocess.Popen(
            command, env=surroundings, pass_fds=[theirs.fileno()], stderr=subprocess.DEVNULL, cwd="/"
        )
        theirs.close()
        _asked.append(ours)
        here = os.getpid()

        @atexit.register
        def end() -> None:
            # Not where a fork of this process ends, which may hold the socket as well.
            if os.getpid() == here:
                process.terminate()
                process.wait()

    return _asked[0]


def serve(asked: socket.socket) -> None:
    """Fork a reader for each connection that is handed over, until nobody is there to ask."""
    for name in LOADED:
        importlib.import_module(name)
    child = sys.modules["cmcore.exchange.workbook.child"].__dict__["main"]
    readers = 0
    while True:
        _, handed, _, _ = socket.recv_fds(asked, 1, 1)
        while readers and os.waitpid(-1, os.WNOHANG)[0]:
            readers -= 1
        if not handed:
            return
        readers += 1
        if os.fork() == 0:
            try:
                os.write(handed[0], _NUMBER.pack(os.getpid()))
                os.dup2(handed[0], 0)
                os.dup2(handed[0], 1)
                os.close(handed[0])
                asked.close()
                child()
                sys.stdout.flush()
            finally:
                os._exit(1)
        os.close(handed[0])


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))
