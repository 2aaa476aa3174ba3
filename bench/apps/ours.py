"""Our console, as it is served, for somebody with a role in every authority."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from sqlalchemy import event
from werkzeug.test import Client, TestResponse

from bench.contender import DEEP_PAGE, SEARCHED, Chosen, Contender, Statements, get
from bench.ground import LOGIN, Ground
from cmcore.base.clock import WallClock
from cmcore.base.engine import engine_for
from console import accounts
from console.app import create_app


def contender(ground: Ground, chosen: Chosen, login: str = LOGIN, name: str = "ours") -> Contender:
    """The console with somebody signed in."""
    engine = engine_for(ground.url)
    statements = Statements()

    @event.listens_for(engine, "before_cursor_execute")
    def count(connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        statements.sent.append(statement)

    app = create_app(engine)
    client = Client(app)
    found = accounts.credentials(engine, login)
    assert found is not None
    token = accounts.begin_session(engine, found.id, WallClock().now(), timedelta(hours=12))
    client.set_cookie("cm", token)
    # The plain form: opened from a young person's page it begins with who briefs the mentor, which no peer writes.
    form = _form(client, "/referrals/add")
    sent = form | {
        "young_person_id": str(chosen.person_id),
        "programme_id": str(chosen.programme_id),
        "referrer_name": "Bench Quillmarsh",
        "received_on.day": "2",
        "received_on.month": "11",
        "received_on.year": "2026",
        "urgency": "routine",
        "reasons": "engage",
        "outcomes": "confidence",
    }

    def create() -> TestResponse:
        return client.post("/referrals/add", data=sent)

    return Contender(
        name,
        client,
        statements,
        {
            "list": get(client, "/young-people/"),
            "deep": get(client, f"/young-people/?page={DEEP_PAGE}"),
            "search": get(client, f"/young-people/?q={SEARCHED}"),
            "show": get(client, f"/sessions/{chosen.session_id}"),
            "edit": get(client, f"/referrals/{chosen.referral_id}/edit"),
            "create": create,
            "sessions": get(client, "/sessions/"),
            "person": get(client, f"/young-people/{chosen.person_id}"),
        },
    )


def _form(client: Client, address: str) -> dict[str, str]:
    """The hidden fields of a form, its token included."""
    page = client.get(address).text
    return {
        name: value
        for tag in re.findall(r"<input[^>]*type=\"hidden\"[^>]*>", page)
        for name in re.findall(r'name="([^"]*)"', tag)
        for value in (re.findall(r'value="([^"]*)"', tag) or [""])
    }
