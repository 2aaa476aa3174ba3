"""What the next page says of what was done: once, to whoever did it, and nothing of a record in a cookie."""

from __future__ import annotations

import base64
import json
from typing import Any

from flask import Flask

from tests.console.autumn import Autumn
from tests.console.visitor import Visitor

_SAID = "cm-said"
_ADDED = "Young person added."


def _adds(visitor: Visitor, **more: Any) -> None:
    fields = {"given_name": "Sorrel", "family_name": "Wrenmarsh", "born_on.day": "3", "born_on.month": "4"}
    fields |= {"born_on.year": "2012", "sex": "1", "care_status": "social_worker", **more}
    visitor.opens("/young-people/add").sends("/young-people/add", **fields)
    assert visitor.status == 303, visitor.page


def _passed(visitor: Visitor) -> list[str]:
    told = (visitor.cookie(_SAID) or "").partition(".")[0]
    return list(json.loads(base64.urlsafe_b64decode(told))) if told else []


def test_what_was_done_is_said_once_on_the_next_page(shipped: Flask, autumn: Autumn) -> None:
    visitor = autumn.visitor(shipped)
    _adds(visitor)
    assert _passed(visitor) == [_ADDED]
    there = visitor.answer.location
    assert _ADDED in visitor.opens(there).page
    assert visitor.cookie(_SAID) is None
    assert _ADDED not in visitor.opens(there).page


def test_the_cookie_of_what_is_said_lasts_a_minute_and_no_script_reads_it(shipped: Flask, autumn: Autumn) -> None:
    visitor = autumn.visitor(shipped)
    _adds(visitor)
    (sent,) = [one for one in visitor.answer.headers.getlist("Set-Cookie") if one.startswith(_SAID)]
    assert "HttpOnly" in sent and "SameSite=Lax" in sent and "Max-Age=60" in sent


def test_words_that_were_changed_or_come_from_another_sign_in_are_not_said(shipped: Flask, autumn: Autumn) -> None:
    visitor, another = autumn.visitor(shipped), autumn.visitor(shipped, "head")
    _adds(visitor)
    held = visitor.cookie(_SAID) or ""
    told, _, seal = held.partition(".")
    ours = base64.urlsafe_b64encode(json.dumps(["Ring 0900 1234."]).encode()).decode()
    for planted in (f"{ours}.{seal}", f"{ours}.", ours, "ä.ö", f"{told}.{seal[:-1]}", "."):
        visitor.client.set_cookie(_SAID, planted)
        page = visitor.opens("/young-people/").page
        assert visitor.status == 200 and "0900" not in page and _ADDED not in page, planted
    another.client.set_cookie(_SAID, held)
    assert _ADDED not in another.opens("/").page


def test_a_warning_that_names_a_record_waits_on_the_server(shipped: Flask, autumn: Autumn) -> None:
    visitor = autumn.visitor(shipped)
    address = f"/referrals/add?young_person_id={autumn.main.person_id}"
    fields = {
        "young_person_id": str(autumn.main.person_id),
        "programme_id": str(autumn.main.programme_id),
        "referrer_name": "Tamsin Larkfield",
        "received_on.day": "2",
        "received_on.month": "11",
        "received_on.year": "2026",
        "urgency": "routine",
        "reasons": "engage",
        "outcomes": "confidence",
    }
    for _ in range(2):
        visitor.opens(address).sends(address, **fields)
        assert visitor.status == 303, visitor.page
    assert _passed(visitor) == ["Referral added."]
    page = visitor.opens(visitor.answer.location).page
    assert "There is an open referral to the same programme already" in page
    assert page.index("Referral added.") < page.index("There is an open referral")
