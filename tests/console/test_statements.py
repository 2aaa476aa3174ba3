"""What pages cost the database: a list six statements at most, a young person's page fifteen, on both databases."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from sqlalchemy import Engine, event

from cmcore.base.engine import is_sqlite
from tests.console.autumn import Autumn
from tests.console.visitor import Visitor

LISTS = (
    "young-people",
    "referrals",
    "enrolments",
    "commissions",
    "reviews",
    "sessions",
    "mentors",
    "adults",
    "known-risks",
    "risk-briefings",
    "education",
    "care-episodes",
    "send",
    "mentor-checks",
    "authorities",
    "terms",
    "settings",
    "programmes",
    "funding",
    "answers",
    "peps",
    "pep-targets",
    "pep-contributions",
)


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    """Every statement sent to the database meanwhile; on SQLite a transaction is begun by one, which is left out."""
    sent: list[str] = []

    def note(connection: object, cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith("BEGIN"):
            sent.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)


def cost(visitor: Visitor, path: str, engine: Engine) -> list[str]:
    """The statements of a page that somebody opens a second time."""
    visitor.opens(path)
    return again(visitor, path, engine)


def again(visitor: Visitor, path: str, engine: Engine) -> list[str]:
    """The statements of a page that somebody has opened before."""
    with statements(engine) as sent:
        visitor.opens(path)
    assert visitor.status == 200, (path, visitor.status)
    return sent


def said(sent: list[str]) -> str:
    """The statements, each on a line, for whoever reads why a test failed."""
    return "\n".join(f"{len(sent)}: " + " ".join(each.split())[:200] for each in sent)


def test_a_list_costs_six_statements_at_most_however_many_rows_it_has(shipped: Flask, autumn: Autumn) -> None:
    for who in ("coordinator", "mentor", "finance"):
        visitor = autumn.visitor(shipped, who)
        for name in LISTS:
            if visitor.opens(f"/{name}/").status == 403:
                continue
            # The page has been opened: what it costs the first time is behind it.
            full, none = (
                again(visitor, f"/{name}/?size=50&{asked}", autumn.stage.engine) for asked in ("", "q=qqqqqq")
            )
            assert len(full) <= 6, f"/{name}/ for the {who}\n{said(full)}"
            assert len(none) <= len(full), f"/{name}/ for the {who}\n{said(none)}"


def test_the_young_persons_page_costs_fifteen_statements_at_most(shipped: Flask, autumn: Autumn) -> None:
    people = [autumn.main, autumn.others["late"], autumn.others["ended"], autumn.others["crisis"]]
    for who in ("coordinator", "head", "mentor", "referrer"):
        visitor = autumn.visitor(shipped, who)
        for one in people:
            if visitor.opens(f"/young-people/{one.person_id}").status == 404:
                continue
            sent = again(visitor, f"/young-people/{one.person_id}", autumn.stage.engine)
            assert len(sent) <= 15, f"for the {who}\n{said(sent)}"


def test_any_other_page_costs_twenty_statements_at_most(shipped: Flask, autumn: Autumn) -> None:
    visitor = autumn.visitor(shipped)
    for name in LISTS:
        found = re.findall(rf'href="(/{name}/\d+)"', visitor.opens(f"/{name}/").page)
        assert found, name
        sent = cost(visitor, found[0], autumn.stage.engine)
        assert len(sent) <= 20, f"{found[0]}\n{said(sent)}"


def test_a_session_is_shown_and_a_referral_opened_to_be_changed_in_few_statements(
    shipped: Flask, autumn: Autumn
) -> None:
    visitor = autumn.visitor(shipped)
    # SQLite writes a line of the audit in three statements, PostgreSQL in one; it opens its transaction with another.
    most = 8 if is_sqlite(autumn.stage.engine) else 7
    session = re.findall(r'href="(/sessions/\d+)"', visitor.opens("/sessions/").page)[0]
    assert len(sent := cost(visitor, session, autumn.stage.engine)) <= most, said(sent)
    # A referral that is still open, so that its form is shown; what may be chosen from a short list is read as well.
    referrals = re.findall(r'href="(/referrals/\d+)"', visitor.opens("/referrals/?state=open").page)
    sent = cost(visitor, f"{referrals[0]}/edit", autumn.stage.engine)
    assert len(sent) <= most + 2, said(sent)


def test_who_may_do_what_is_looked_up_once_in_a_request_and_today_is_cheap(shipped: Flask, autumn: Autumn) -> None:
    for who in autumn.accounts:
        visitor = autumn.visitor(shipped, who)
        for path in ("/", "/young-people/", f"/young-people/{autumn.main.person_id}", "/rules"):
            if visitor.opens(path).status != 200:
                continue
            sent = again(visitor, path, autumn.stage.engine)
            assert not [each for each in sent if re.search(r"ab_(permission|role|view)", each)]
            # For whose accounts codes were given is what the head is told, and says nothing of what anybody may do.
            asked = [each for each in sent if "console_first_code" not in each]
            looked = [each for each in asked if "ab_user" in each or "cm_membership" in each]
            assert len(looked) == 1, f"{path} for the {who}\n{said(sent)}"
            # The head's pictures are counted each time: the page costs what any page may.
            most = 20 if (who, path) == ("head", "/") else 15
            assert len(sent) <= most, f"{path} for the {who}\n{said(sent)}"
