"""How many pages a second the console serves when it has more to do than it can, beside Django's admin, in one run."""

from __future__ import annotations

import os
import re
import signal
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from bench.contender import SEARCHED, Chosen
from bench.ground import LOGIN, Ground
from bench.pages import choose

#: As many workers as cores, as many threads as the console has by itself, and more clients than both can serve at once.
WORKERS, THREADS, CLIENTS = 2, 8, 16
#: How long each is asked at a stretch, in seconds; before that, how often each client asks for nothing.
STRETCH, WARM = 4.0, 8
MOST_ROUNDS = 5
PAGES = (
    ("list", "list of 84,000 young people"),
    ("search", "search a part of a surname"),
    ("show", "a session's page"),
)
_OURS = "import sys; sys.argv = ['cm', 'serve']; from cmcore.commands import main; main()"
_WAITS = 60.0


@dataclass
class Served:
    """A server that stands, the cookies of those who are signed in, and the addresses that are asked for."""

    name: str
    port: int
    cookies: Sequence[str]
    addresses: dict[str, str]

    def asked(self, key: str, client: int) -> bytes:
        """What a client sends for a page."""
        cookie = self.cookies[client % len(self.cookies)]
        head = (f"GET {self.addresses[key]} HTTP/1.1", f"Host: 127.0.0.1:{self.port}", f"Cookie: {cookie}")
        return ("\r\n".join((*head, "Accept: text/html", "Connection: keep-alive", "", ""))).encode()


class Client:
    """One browser: a connection that is kept, and as little work for each page as can be, for it has the same cores."""

    def __init__(self, port: int) -> None:
        """Connected when it first asks."""
        self._port = port
        self._socket: socket.socket | None = None
        self._left = b""

    def ask(self, sent: bytes) -> bytes:
        """The text of the answer. Anything but a page ends the measurement."""
        for _ in range(2):
            if self._socket is None:
                self._socket, self._left = socket.create_connection(("127.0.0.1", self._port), timeout=60), b""
            try:
                self._socket.sendall(sent)
                return self._read(self._socket)
            except (ConnectionError, BrokenPipeError):
                # A server closes a connection that was kept for long: the next one is new.
                self._socket.close()
                self._socket = None
        raise SystemExit("The server closes every connection.")

    def _read(self, connection: socket.socket) -> bytes:
        got = self._left
        while (end := got.find(b"\r\n\r\n")) < 0:
            more = connection.recv(65536)
            if not more:
                raise ConnectionError
            got += more
        head = got[:end].lower()
        found = re.search(rb"content-length: (\d+)", head)
        if not head.startswith(b"http/1.1 200") or found is None:
            raise SystemExit(got[:400].decode(errors="replace"))
        whole = end + 4 + int(found.group(1))
        parts, have = [got], len(got)
        while have < whole:
            parts.append(connection.recv(262_144))
            have += len(parts[-1])
        got = b"".join(parts)
        self._left = got[whole:]
        if b"connection: close" in head:
            connection.close()
            self._socket = None
        return got[end + 4 : whole]


def run(ground: Ground, rounds: int) -> None:
    """Print pages a second of both, page by page, and how many times as many ours are."""
    chosen = choose(ground)
    with _console(ground, chosen) as ours, _django(ground, chosen) as admin:
        _same_rows(ours, admin)
        found: dict[tuple[str, str], list[float]] = defaultdict(list)
        for _ in range(rounds):
            for key, _words in PAGES:
                for one in (ours, admin):
                    found[one.name, key].append(_stretch(one, key))
    print(f"\nPages a second with {WORKERS} workers of {THREADS} threads each and {CLIENTS} clients, all signed in;")
    print(f"median of {rounds} stretches of {STRETCH:.0f} s, in turn.\n")
    print(f"| page | {ours.name} | {admin.name} | times as many |\n|---|---|---|---|")
    behind = []
    for key, words in PAGES:
        own, other = (statistics.median(found[one.name, key]) for one in (ours, admin))
        print(f"| {words} | {own:.1f} | {other:.1f} | {own / other:.2f} |")
        if own <= other:
            behind.append(words)
    print("\n" + ("More than Django admin on every page." if not behind else f"Not yet: {', '.join(behind)}"))


def _stretch(one: Served, key: str) -> float:
    """Pages a second while every client asks again as soon as it was answered."""
    answered = [0] * CLIENTS
    ready, until = threading.Barrier(CLIENTS + 1), [0.0]
    wrong: list[BaseException] = []

    def browse(number: int) -> None:
        client, sent = Client(one.port), one.asked(key, number)
        try:
            for _ in range(WARM if key != "search" else 1):
                client.ask(sent)
            ready.wait()
            while time.perf_counter() < until[0]:
                client.ask(sent)
                answered[number] += 1
        except BaseException as raised:  # noqa: BLE001  told below, where it ends the measurement
            wrong.append(raised)
            ready.abort()

    everybody = [threading.Thread(target=browse, args=(number,)) for number in range(CLIENTS)]
    for each in everybody:
        each.start()
    until[0] = time.perf_counter() + 3600
    try:
        ready.wait()
    except threading.BrokenBarrierError:
        raise SystemExit(f"{one.name}: {wrong[0]}") from None
    began = time.perf_counter()
    until[0] = began + STRETCH
    for each in everybody:
        each.join()
    if wrong:
        raise SystemExit(f"{one.name}: {wrong[0]}")
    return sum(answered) / (time.perf_counter() - began)


def _same_rows(*both: Served) -> None:
    """Refuse to compare pages that do not show the same rows."""
    for key in ("list", "search"):
        shown = {
            one.name: frozenset(re.findall(rb"\b[A-Z]{2,3}-\d{4,}\b", Client(one.port).ask(one.asked(key, 0))))
            for one in both
        }
        if len(set(shown.values())) != 1:
            raise SystemExit(f"{key}: not the same rows: { {name: len(rows) for name, rows in shown.items()} }")


@contextmanager
def _console(ground: Ground, chosen: Chosen) -> Iterator[Served]:
    """The console as ``cm serve`` serves it."""
    from cmcore.base.clock import WallClock
    from cmcore.base.engine import engine_for
    from console import accounts

    engine, port = engine_for(ground.url), _port()
    found = accounts.credentials(engine, LOGIN)
    assert found is not None
    now = WallClock().now()
    cookies = [f"cm={accounts.begin_session(engine, found.id, now, timedelta(hours=12))}" for _ in range(CLIENTS)]
    engine.dispose()
    told = {
        "CM_DATABASE_URL": ground.url,
        "CM_CONSOLE_PORT": str(port),
        "CM_CONSOLE_WORKERS": str(WORKERS),
        "CM_CONSOLE_THREADS": str(THREADS),
    }
    addresses = {
        "list": "/young-people/",
        "search": f"/young-people/?q={SEARCHED}",
        "show": f"/sessions/{chosen.session_id}",
    }
    with _standing([sys.executable, "-c", _OURS], told, port):
        yield Served("ours", port, cookies, addresses)


@contextmanager
def _django(ground: Ground, chosen: Chosen) -> Iterator[Served]:
    """Django's admin under the same server, set up the same way."""
    from bench.apps import django_admin

    django_admin.contender(ground, chosen)
    cookies = [f"sessionid={django_admin.signed_in()}" for _ in range(CLIENTS)]
    port, at = _port(), "/admin/bench"
    addresses = {
        "list": f"{at}/youngperson/",
        "search": f"{at}/youngperson/?q={SEARCHED}",
        "show": f"{at}/session/{chosen.session_id}/change/",
    }
    served = [sys.executable, "-m", "bench.apps.django_served", str(port), str(WORKERS), str(THREADS)]
    told = {"BENCH_URL": ground.url, "BENCH_AUTHORITIES": ground.authorities}
    with _standing(served, told, port):
        yield Served("Django admin", port, cookies, addresses)


@contextmanager
def _standing(command: list[str], told: dict[str, str], port: int) -> Iterator[None]:
    """A server for as long as it is asked."""
    running = subprocess.Popen(
        command, env=os.environ | told, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        _wait_for(port, running)
        yield
    finally:
        running.send_signal(signal.SIGTERM)
        running.wait(timeout=30)


def _wait_for(port: int, running: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _WAITS
    while time.monotonic() < until and running.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit(f"No server came up on port {port}.")


def _port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
