"""An event in a real browser: booked and attended on a phone, evidence for a Bronze part, a line of the term's page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from cmcore.young_people.records import YoungPerson
from cmcore_arts_award.enrolling import enrol
from cmcore_arts_award.forms import EnrolAnswers
from cmcore_arts_award.records import AwardPart
from cmcore_staffordshire.events.booking import invite
from cmcore_staffordshire.events.planning import add_event, open_event
from tests.browser.autumn_served import Served, autumn_served
from tests.browser.looking import follows
from tests.browser.test_referral_to_evidence import choose, follow, press
from tests.console.autumn import Autumn
from tests.plugins.events_shown import puppets

pytestmark = pytest.mark.browser

WORDS, EDITED = "I made the dragon move and everyone clapped.", "Moved the dragon at the shadow theatre."


@pytest.fixture(autouse=True)
def no_plugin_of_this_place() -> None:
    """The plugins are in use for as long as the console is served."""


def furnished(autumn: Autumn) -> None:
    """An event today that somebody who works towards Bronze is invited to."""
    with autumn.stage.work() as work:
        person = work.get(YoungPerson, autumn.main.person_id)
        event = add_event(work, puppets(work.today))
        open_event(work, event)
        (invited,) = invite(work, event, [person])
        enrolled = enrol(
            work,
            person,
            EnrolAnswers(
                level="arts_award.bronze",
                enrolled_on=date(2026, 9, 7),
                arts_award_adviser_id=None,
                setting_id=None,
                aims_on=None,
            ),
        )
        work.db.flush()
        part = select(AwardPart.id).where(AwardPart.arts_award_enrolment_id == enrolled.id).order_by(AwardPart.id)
        autumn.keys |= {"event": event.id, "invited": invited.id, "part": work.db.scalars(part).first() or 0}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The console with every plugin on, served while the tests of this file last."""
    with autumn_served(tmp_path_factory.mktemp("event"), plugins=True, also=furnished) as made:
        yield made


def booked_and_attended(page: Page, served: Served) -> None:
    """On a phone: a place, one tap, and what they say."""
    page.goto(f"{served.address}/staffordshire-calendar/")
    follow(page, "Shadow puppets")
    follows(page.locator(f"main a[href='/staffordshire-bookings/{served.autumn.keys['invited']}']").first)
    follow(page, "Book a place")
    choose(page, "wants_transport", "yes")
    press(page, "Book a place")
    page.goto(f"{served.address}/staffordshire-events/{served.autumn.keys['event']}")
    follow(page, "Take attendance")
    for _ in range(2):
        press(page, "Came")
        expect(page.get_by_text("1 of 1 said, 1 came.")).to_be_visible()
    expect(page.get_by_text("No award yet")).to_have_count(0)
    follow(page, "How it was")
    page.fill("[name='words_said']", WORDS)
    press(page, "Write down how it was")


def test_an_event_becomes_evidence_and_a_line_of_the_terms_page(browser: Browser, served: Served) -> None:
    keys, home = served.autumn.keys, served.address
    with served.context(browser, "coordinator", viewport={"width": 390, "height": 780}) as context:
        page = context.new_page()
        booked_and_attended(page, served)

        page.goto(f"{home}/arts-award-parts/{keys['part']}")
        follow(page, "Pick evidence")
        page.get_by_label("Shadow puppets").first.check()
        press(page, "Make it evidence")
        expect(page.locator("main")).to_contain_text("Event at The Old Malthouse")

        page.goto(f"{home}/epep-culture-coverage/")
        expect(page.locator("main")).to_contain_text("0 of 1 PEPs have a page")
        page.goto(f"{home}/peps/{keys['pep']}")
        follow(page, "Draft it")
        press(page, "Draft it")
        drafted, main = page.url, page.locator("main")
        expect(main).to_contain_text("Shadow puppets (theatre and puppetry), Lanternfold Theatre")
        expect(main).to_contain_text("towards Arts Award Bronze")
        expect(main).to_contain_text(WORDS)
        follow(page, "Shadow puppets")
        follow(page, "Change")
        page.fill("[name='text']", EDITED)
        follows(page.locator("main form button.cm-button--main").first)
        page.goto(drafted)
        expect(page.locator("main")).to_contain_text(EDITED)
        page.goto(f"{home}/epep-culture-coverage/")
        expect(page.locator("main")).to_contain_text("1 of 1 PEPs have a page")

        taken = drafted.replace("/epep-culture-pages/", "/epep-culture-page/")
        for file, begins in (("pdf", b"%PDF"), ("docx", b"PK"), ("json", b"{")):
            assert page.request.get(f"{taken}/{file}").body().startswith(begins)
        assert EDITED.encode() in page.request.get(f"{taken}/json").body()
        assert EDITED.encode() in page.request.get(f"{home}/epep-culture-coverage/take/csv").body()
