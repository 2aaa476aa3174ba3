"""A served console for a story in a browser: a database of its own, one authority, accounts, a stopped clock."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import date

from playwright.sync_api import Page
from sqlalchemy import Engine
from werkzeug.serving import make_server

from cmcore.base.clock import StoppedClock
from cmcore.mentors.records import Mentor, MentorAuthority
from cmcore.programmes.records import Programme
from cmcore.safekeeping.memberships import give_role
from cmcore.safekeeping.refs import next_ref
from cmcore.testing import Stage
from cmcore.testing.readied import make_ready
from cmcore.virtual_schools.records import Authority
from console import accounts
from console.app import create_app
from tests.browser.looking import follows

PASSWORD = "lantern harbour quilt meadow"


@dataclass
class Served:
    """A console that answers at ``address`` while the test lasts, and the clock it goes by."""

    address: str
    stage: Stage
    clock: StoppedClock
    mentor_id: int

    def sign_in(self, page: Page, login: str) -> None:
        """Sign in on a page."""
        page.goto(f"{self.address}/sign-in")
        page.fill("input[name=username], input[name=login]", login)
        page.fill("input[type=password]", PASSWORD)
        follows(page.locator("main form button").first)


def serve(engine: Engine) -> tuple[Served, object]:
    """Serve a new authority with one programme and one mentor who may work; gives the server to shut down."""
    stage = Stage(engine)
    stage.authority()
    with stage.work("operator") as work:
        authority = work.get(Authority, stage.authority_id)
        work.add(
            Programme(
                authority_id=authority.id,
                key="creative-mentoring",
                title="Creative mentoring",
                type_key="creative-mentoring",
                measure_set="eight@1",
            )
        )
        mentor = work.add(
            Mentor(ref=next_ref(work, authority, "M"), name="Juno Tansyhurst", home_authority_id=authority.id)
        )
        work.db.flush()
        work.add(MentorAuthority(authority_id=authority.id, mentor_id=mentor.id))
        make_ready(work, authority, mentor, date(2025, 3, 1))
        work.move(mentor, "take_on")
        work.move(mentor, "activate")
        give_role(work, authority.id, "hester.quillmarsh", "coordinator")
        give_role(work, authority.id, "juno.tansyhurst", "mentor", mentor_id=mentor.id)
        key = mentor.id
    for login, name in (("hester.quillmarsh", "Hester Quillmarsh"), ("juno.tansyhurst", "Juno Tansyhurst")):
        accounts.open_account(engine, login=login, name=name, password=PASSWORD)
    app = create_app(engine, clock=stage.clock)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return Served(f"http://127.0.0.1:{server.port}", stage, stage.clock, key), server
