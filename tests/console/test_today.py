"""Today: what waits for whoever is signed in, each line with the number of rows its list has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

import pytest
from flask import Flask
from sqlalchemy import Engine

from cmcore.base.engine import engine_for
from console.app import create_app
from tests.console.autumn import Autumn, settle


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """A database with nothing in it but its tables."""
    made = engine_for(database_url)
    yield made
    made.dispose()


@pytest.fixture
def autumn(engine: Engine) -> Autumn:
    """Both virtual schools in mid-term."""
    return settle(engine)


@pytest.fixture
def app(autumn: Autumn) -> Flask:
    """The console with the pages it comes with."""
    return create_app(autumn.stage.engine, clock=autumn.stage.clock)


def queues(page: str) -> dict[str, tuple[int, str]]:
    """The lines: what waits, how many, and where they are listed."""
    found = re.findall(r'cm-queues__n">(\d+)</span>.*?<a href="([^"]+)">([^<]+)</a>', page, re.S)
    return {words: (int(number), unescape(url)) for number, url, words in found}


def test_every_line_counts_the_rows_of_the_list_it_leads_to(app: Flask, autumn: Autumn) -> None:
    for who in autumn.accounts:
        visitor = autumn.visitor(app, who)
        for words, (number, url) in queues(visitor.page).items():
            assert visitor.opens(url).page.count('<th scope="row"') == number, (who, words)


def test_a_coordinator_is_told_what_waits_the_most_pressing_first(app: Flask, autumn: Autumn) -> None:
    page = autumn.visitor(app).page
    assert {words: number for words, (number, _) in queues(page).items()} == {
        "Crisis referrals": 1,
        "Exit reviews missing": 1,
        "New referrals to read": 2,
        "Baselines late": 1,
        "Reviews due": 2,
        "Commissions to approve": 1,
        "Reviews to make final": 1,
        "Referrals to send": 1,
        "Commissions nearly out of hours": 1,
        "Mentors whose DBS certificate runs out": 1,
    }
    assert page.index("Crisis referrals") < page.index("This week") < page.index("Coming up") < page.index("DBS")


def test_others_are_told_what_is_theirs_to_do(app: Flask, autumn: Autumn) -> None:
    assert queues(autumn.visitor(app, "elsewhere").page) == {}
    assert set(queues(autumn.visitor(app, "mentor").page)) == {"Reviews due", "Baselines late"}
    assert set(queues(autumn.visitor(app, "referrer").page)) == {"Referrals to send"}
    for who in ("finance", "evaluator", "administrator"):
        page = autumn.visitor(app, who).page
        assert queues(page) == {} and "cm-lines" in page


def test_a_plan_whose_time_has_passed_waits_for_the_mentor(app: Flask, autumn: Autumn) -> None:
    from datetime import date

    autumn.stage.on(date(2026, 11, 12), 20)
    told = queues(autumn.visitor(app, "mentor").page)
    assert told["Sessions to write up"] == (1, "/sessions/?waits=report")
