"""One's own calendar address: made and taken back on a page, read by a calendar without a sign-in, never a name."""

from __future__ import annotations

import re

from flask import Flask
from icalendar import Calendar

from console import accounts
from tests.console.autumn import Autumn
from tests.console.visitor import Visitor


def made_address(shipped: Flask, autumn: Autumn, who: str = "mentor") -> tuple[Visitor, str]:
    """The page after an address was made, and the address."""
    visitor = autumn.visitor(shipped, who).opens("/calendar/").sends("/calendar/make")
    found = re.search(r'value="http://localhost(/calendar/feed/[\w-]{43}\.ics)"', visitor.page)
    assert found, visitor.page
    return visitor, found[1]


def test_a_calendar_reads_the_feed_without_a_sign_in_and_finds_no_name(shipped: Flask, autumn: Autumn) -> None:
    visitor, address = made_address(shipped, autumn)
    calendar = Visitor(shipped).opens(address)
    headers = calendar.answer.headers
    assert (calendar.status, headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert headers["Cache-Control"] == "no-store" and "calendar.ics" in headers["Content-Disposition"]
    assert "M.B. WR-0001" in [str(one["summary"]) for one in Calendar.from_ical(calendar.page).walk("VEVENT")]
    for name in ("Mossy", "Bramblewick", "Tansyhurst", "juno", "example.invalid"):
        assert name not in calendar.page and name not in address
    assert address.split("/")[-1][:43] not in visitor.opens("/calendar/").page


def test_an_address_taken_back_replaced_or_made_up_leads_nowhere(shipped: Flask, autumn: Autumn) -> None:
    visitor, first = made_address(shipped, autumn)
    _, second = made_address(shipped, autumn)
    calendar = Visitor(shipped)
    assert calendar.opens(first).status == 404 and calendar.opens(second).status == 200
    assert visitor.opens("/calendar/").sends("/calendar/revoke").status == 303
    assert calendar.opens(second).status == 404
    assert calendar.opens(f"/calendar/feed/{'x' * 43}.ics").status == 404
    assert calendar.opens(f"/calendar/feed/{'x' * 400}.ics").status == 404


def test_who_has_no_account_any_more_has_no_feed(shipped: Flask, autumn: Autumn) -> None:
    _, address = made_address(shipped, autumn)
    accounts.deactivate(autumn.stage.engine, "mentor@example.invalid")
    assert Visitor(shipped).opens(address).status == 404


def test_whoever_guesses_has_to_wait_and_so_does_a_calendar_that_asks_too_often(shipped: Flask, autumn: Autumn) -> None:
    _, address = made_address(shipped, autumn)
    guesser = Visitor(shipped, "192.0.2.77")
    seen = [guesser.opens(f"/calendar/feed/{number:043d}.ics").status for number in range(23)]
    assert set(seen[:20]) == {404} and seen[-1] == 429
    assert int(guesser.answer.headers["Retry-After"]) > 0
    calendar = Visitor(shipped)
    assert calendar.opens(address).status == 200
    assert {calendar.opens(address).status for _ in range(32)} == {200, 429}


def test_the_page_leads_from_ones_account(shipped: Flask, autumn: Autumn) -> None:
    visitor = autumn.visitor(shipped, "coordinator").opens("/my-account/")
    assert 'href="/calendar/"' in visitor.page
