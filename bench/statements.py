"""How many statements each page costs with the demonstration of one authority: 1,300 children, 15,000 sessions."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event
from werkzeug.test import Client

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


def run(at: str | None = None) -> None:
    """Print the dearest pages of each role, and those above what they may cost. ``at`` is a database that is filled."""
    with tempfile.TemporaryDirectory() as folder:
        engine = engine_for(at or f"sqlite:///{Path(folder) / 'authority.db'}")
        if at is None:
            upgrade(engine)
            load_demo(engine, "authority")
            sync_permissions(create_app(engine))
        open_accounts(engine)
        dear = [each for login in _logins(engine) for each in _walk(engine, login)]
        engine.dispose()
    print(f"\n{len(dear)} pages of {len({login for _, login, _, _ in dear})} accounts. The dearest:\n")
    print("| statements | account | page | kind |\n|---|---|---|---|")
    for many, login, path, listed in sorted(dear, reverse=True)[:12]:
        print(f"| {many} | {login} | {path} | {'list' if listed else ''} |")
    over = [each for each in dear if each[0] > (LIST if each[3] else PAGE)]
    print("\n" + ("Every target holds." if not over else f"Not yet: {len(over)} pages are above what they may cost."))
    for many, login, path, listed in over:
        print(f"- {many} statements, at most {LIST if listed else PAGE}: {path} ({login})")


def _logins(engine: Engine) -> list[str]:
    """One account of each role."""
    with engine.connect() as connection:
        held = connection.exec_driver_sql("SELECT role, min(login) FROM cm_membership WHERE active GROUP BY role").all()
    return [login for _, login in sorted(held) if accounts.credentials(engine, login) is not None]


def _walk(engine: Engine, login: str) -> Iterator[tuple[int, str, str, bool]]:
    """Every page that links lead to, a few of each kind: statements, account, address, whether it is a list."""
    found = accounts.credentials(engine, login)
    assert found is not None
    client = Client(create_app(engine))
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
        client.get(path)
        sent.clear()
        answer = client.get(path)
        if answer.status_code != 200 or "html" not in (answer.content_type or ""):
            continue
        yield len(sent), login, path, '<nav class="cm-pager"' in answer.text
        links = {one.replace("&amp;", "&") for one in _LINK.findall(answer.text)} - seen
        fresh = sorted(one for one in links if not _NO_PAGE.search(one))
        seen.update(fresh)
        waiting += fresh
    event.remove(engine, "before_cursor_execute", note)
