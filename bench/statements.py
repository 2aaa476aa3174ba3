"""How many statements each page costs with the demonstration of one authority: 1,300 children, 15,000 sessions.

A page is opened twice. The dearer of the two counts: the first time nothing is remembered of the authority, the alarm
and who signed in. A list is a page of records of one kind, with its filters and its tools; a page is any other.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import Engine, event
from werkzeug.test import Client, TestResponse

import cmcore.records  # noqa: F401  every record is mapped before one is asked for
from cmcore.base.clock import WallClock
from cmcore.base.engine import engine_for
from cmcore.base.migrations import upgrade
from cmcore.demo import load_demo
from console import accounts
from console.app import create_app, sync_permissions
from console.demo_accounts import open_accounts

#: The most that a list may cost, and any page.
LIST, PAGE = 8, 20
#: Of pages about one record each, so many of a kind are opened.
EACH = 3
_LINK = re.compile(r'href="(/[^"#]*)"')
#: Files, and what ends the sign-in.
_NO_PAGE = re.compile(r"^/(static|sign-out)|/file\b|\.(pdf|docx|xlsx|csv|ics|zip)\b")


@dataclass(frozen=True)
class Cost:
    """What one page cost one account: statements the first time and the second, and whether it is a list."""

    login: str
    path: str
    first: int
    again: int
    listed: bool

    @property
    def most(self) -> int:
        """The dearer of the two."""
        return max(self.first, self.again)

    @property
    def over(self) -> bool:
        """Whether that is more than such a page may cost."""
        return self.most > (LIST if self.listed else PAGE)


def run(at: str | None = None) -> None:
    """Print what the pages of each role cost, and those above what they may. ``at`` is a filled database."""
    with tempfile.TemporaryDirectory() as folder:
        engine = engine_for(at or f"sqlite:///{Path(folder) / 'authority.db'}")
        if at is None:
            upgrade(engine)
            load_demo(engine, "authority")
            sync_permissions(create_app(engine))
        open_accounts(engine)
        logins = _logins(engine)
        costs = [each for role in logins for each in _walk(engine, logins[role])]
        engine.dispose()
    print(
        f"\n{len(costs)} pages; statements the first time somebody opens one and the second, the dearer of the two.\n"
    )
    print("| role | lists | the dearest | in the middle | other pages | the dearest | in the middle |")
    print("|---|---|---|---|---|---|---|")
    for role, login in logins.items():
        lists, others = (
            [one.most for one in costs if one.login == login and one.listed is listed] for listed in (True, False)
        )
        print(f"| {role} | {_told(lists)} | {_told(others)} |")
    print(f"| may cost | | {LIST} | | | {PAGE} | |")
    print("\n| the dearest pages | account | first | again |\n|---|---|---|---|")
    for one in sorted(costs, key=lambda one: -one.most)[:12]:
        print(f"| {one.path} | {one.login} | {one.first} | {one.again} |")
    over = [one for one in costs if one.over]
    print("\n" + ("Every target holds." if not over else f"Not yet: {len(over)} pages are above what they may cost."))
    for one in over:
        print(f"- {one.first} and {one.again}, at most {LIST if one.listed else PAGE}: {one.path} ({one.login})")


def _told(statements: list[int]) -> str:
    """How many pages, the dearest and the one in the middle."""
    return f"{len(statements)} | {max(statements, default=0)} | {median(statements or [0]):.0f}"


def _logins(engine: Engine) -> dict[str, str]:
    """One account of each role, by the role."""
    with engine.connect() as connection:
        held = connection.exec_driver_sql("SELECT role, min(login) FROM cm_membership WHERE active GROUP BY role").all()
    return {role: login for role, login in sorted(held) if accounts.credentials(engine, login) is not None}


def _walk(engine: Engine, login: str) -> Iterator[Cost]:
    """Every page that links lead to, a few of each kind."""
    found = accounts.credentials(engine, login)
    assert found is not None
    app = create_app(engine)
    client, known = Client(app), app.url_map.bind("localhost")
    client.set_cookie("cm", accounts.begin_session(engine, found.id, WallClock().now(), timedelta(hours=1)))
    sent: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        if not statement.startswith(("BEGIN", "SAVEPOINT", "ROLLBACK", "RELEASE", "PRAGMA")):
            sent.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    waiting, seen, of_kind = ["/"], {"/"}, dict[str, int]()
    while waiting:
        path = waiting.pop(0)
        kind = re.sub(r"\d+", "N", path.partition("?")[0])
        if of_kind.get(kind, 0) >= EACH:
            continue
        of_kind[kind] = of_kind.get(kind, 0) + 1
        (first, _), (again, answer) = (_sent(client, path, sent) for _ in range(2))
        if answer.status_code != 200 or "html" not in (answer.content_type or ""):
            continue
        yield Cost(login, path, first, again, known.match(path.partition("?")[0])[0].endswith(".list"))
        links = {one.replace("&amp;", "&") for one in _LINK.findall(answer.text)} - seen
        fresh = sorted(one for one in links if not _NO_PAGE.search(one))
        seen.update(fresh)
        waiting += fresh
    event.remove(engine, "before_cursor_execute", note)


def _sent(client: Client, path: str, sent: list[str]) -> tuple[int, TestResponse]:
    """How many statements a page costs now, and the page."""
    sent.clear()
    answer = client.get(path)
    return len(sent), answer
