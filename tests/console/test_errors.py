"""What a person reads when something does not work, and what a log keeps of it."""

from __future__ import annotations

import io
import json

import pytest
from flask import Flask, abort
from sqlalchemy.exc import DataError, OperationalError

from cmcore.base.findings import Finding, NotAllowed, Refused
from cmcore.safekeeping.work import Conflict
from console import logs
from tests.console import town
from tests.console.visitor import Visitor


def _breaks(app: Flask, raised: object) -> str:
    def fail() -> str:
        if isinstance(raised, int):
            abort(raised)
        raise raised  # type: ignore[misc]

    app.add_url_rule("/trouble", "trouble", fail)
    return "/trouble"


@pytest.fixture
def app(app: Flask) -> Flask:
    app.config["PROPAGATE_EXCEPTIONS"] = False
    return app


@pytest.mark.parametrize(
    ("raised", "status", "said"),
    [
        (403, 403, "Your role does not include this"),
        (404, 404, "Not found"),
        (409, 409, "Somebody else changed this"),
        (413, 413, "The file is too large"),
        (429, 429, "Too many tries"),
        (418, 418, "This cannot be read"),
        (
            Refused([Finding("The day it was received is after today.", rule="R-REF-1")]),
            422,
            "The day it was received is after today.",
        ),
        (NotAllowed([Finding("Your role does not include this.")]), 403, "Your role does not include this"),
        (Conflict(), 409, "Somebody else changed this"),
        (OperationalError("SELECT Brindle", {}, Exception("database is locked")), 503, "Busy"),
        (
            OperationalError("SELECT Brindle", {}, Exception("connection refused")),
            503,
            "Nothing answers at the database",
        ),
        (DataError("SELECT Brindle", {}, Exception("integer out of range")), 400, "This cannot be read"),
        (OverflowError("Python int too large"), 400, "This cannot be read"),
        (RuntimeError("Marlo Brindle, born 2012-03-01"), 500, "Something is broken here"),
    ],
)
def test_every_trouble_has_a_page_in_our_words_with_a_way_out(
    app: Flask, raised: object, status: int, said: str
) -> None:
    path = _breaks(app, raised)
    hester = Visitor(app).signs_in(town.HESTER)
    hester.opens(path)
    assert hester.status == status and said in hester.page
    assert 'href="/">Go to Today</a>' in hester.page
    assert "Traceback" not in hester.page and "Brindle" not in hester.page and "SELECT" not in hester.page


def test_what_is_out_of_reach_reads_as_what_is_not_there(hester: Visitor) -> None:
    elsewhere, nowhere = hester.opens("/young-people/2").page, hester.opens("/young-people/99999").page
    assert hester.status == 404
    strip = lambda page: [line for line in page.splitlines() if "nonce" not in line and "csrf" not in line]  # noqa: E731
    assert strip(elsewhere) == strip(nowhere)


@pytest.mark.parametrize(
    "path", ["/young-people/abc", "/young-people/99999999999999999999", "/young-people/-1", "/young-people/1/nothing"]
)
def test_an_address_that_leads_nowhere_is_not_found(hester: Visitor, path: str) -> None:
    assert hester.opens(path).status == 404


def test_a_log_names_the_page_and_the_account_by_number_and_never_what_was_typed(app: Flask) -> None:
    path = _breaks(app, ValueError("Marlo Brindle <marlo@home.example> 07700900318"))
    written = io.StringIO()
    logs.configure(written)
    try:
        hester = Visitor(app).signs_in(town.HESTER)
        hester.opens("/young-people/?q=Brindle3").opens("/young-people/1").opens(path)
    finally:
        logs.configure()
    lines = [json.loads(line) for line in written.getvalue().splitlines()]
    assert {"request", "broken"} <= {line["event"] for line in lines}
    assert "TownPeople.show" in {line.get("page") for line in lines}
    for secret in ("Brindle", "marlo", "07700900318", "hester", "Quillmarsh", town.PASSWORD, "q="):
        assert secret not in written.getvalue()
    broken = next(line for line in lines if line["event"] == "broken")
    assert broken["kind"] == "ValueError" and broken["reference"] in hester.page and broken["frames"]


def test_a_line_that_somebody_else_writes_is_redacted_too() -> None:
    line = logs.redact(
        None, "info", {"event": "x", "login": "hester", "kept": "call 01632960111 or a@b.example", "page": "/x"}
    )
    assert line == {"event": "x", "login": "[hidden]", "kept": "call [number] or [mail]", "page": "/x"}
