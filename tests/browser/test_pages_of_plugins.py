"""The pages of the plugins that come with it, and what they add to others, in a real browser at every width."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import select

from cmcore.mentors.records import Mentor
from cmcore.peps.records import PepCycle
from cmcore.peps.words import CulturalPart
from cmcore.referrals.records import Referral
from cmcore.reviews.records import Review
from cmcore.virtual_schools.records import Authority, Federation, Setting
from cmcore_derbyshire.checks import begin_plan
from cmcore_epep_culture.drafting import draft_page
from cmcore_epep_culture.editing import add_line
from cmcore_epep_culture.forms import LineAnswers
from cmcore_epep_culture.words import Barrier
from cmcore_mighty_creatives.induction import ask_to_read
from cmcore_mighty_creatives.papers import begin_paper
from tests.browser.autumn_served import Served, autumn_served
from tests.browser.looking import Look, follows
from tests.browser.spared import needed, standing
from tests.console.autumn import Autumn
from tests.console.visitor import Visitor
from tests.plugins.artsmark_shown import ARTSMARK_PATHS, artsmark_pages, furnish_artsmark
from tests.plugins.awards_in_autumn import AWARD_LISTS, award_pages, furnish_awards
from tests.plugins.aware_shown import AWARE_PATHS, aware_pages, furnish_aware
from tests.plugins.events_shown import EVENT_PATHS, furnish_events, pages_of_events
from tests.plugins.life_shown import LIFE_PATHS, furnish_life, more_of_life
from tests.plugins.studies_shown import STUDY_PATHS, furnish_studies, study_pages

pytestmark = pytest.mark.browser

PATHS = (
    "/",
    "/referrals/add",
    "/derbyshire-crises/",
    "/derbyshire-terms/",
    "/mighty-creatives-papers/",
    "/epep-culture-coverage/",
    "/epep-culture-coverage/draft",
    "/epep-culture-missing/",
    "/epep-culture-pages/",
    "/epep-culture-lines/",
    *ARTSMARK_PATHS,
    *AWARD_LISTS,
    *AWARE_PATHS,
    *EVENT_PATHS,
    *LIFE_PATHS,
    *STUDY_PATHS,
    "/evidence/",
    "/plugins/",
    "/plugins/derbyshire",
)


def furnished(autumn: Autumn) -> None:
    """Give the plugins something to show: a crisis, a plan, papers, older scores."""
    story = autumn.main
    with autumn.stage.work("operator") as work:
        federation = work.add(Federation(code="D990", name="The Tarnside Federation"))
        work.db.flush()
        work.get(Setting, story.setting_id).federation_id = federation.id
    with autumn.stage.work() as work:
        authority = work.get(Authority, autumn.stage.authority_id)
        # One of them writes down that it was read, in a test: the other's is open whichever comes first.
        for mentor_id in (story.mentor_id, autumn.keys["mentor"]):
            ask_to_read(work, authority, work.get(Mentor, mentor_id))
        for referral in work.db.scalars(select(Referral).where(Referral.urgency == "crisis")):
            begin_plan(work, referral)
        begin_paper(work, work.get(Referral, story.referral_id))
        page = draft_page(work, work.get(PepCycle, autumn.keys["pep"]))
        work.db.flush()
        bus = LineAnswers(
            part=CulturalPart.barriers, barrier=Barrier.transport, text="No bus back.", owner="", due_on=None
        )
        autumn.keys |= {"culture_page": page.id, "culture_line": add_line(work, page, bus).id}
    furnish_artsmark(autumn)
    furnish_awards(autumn)
    furnish_aware(autumn)
    furnish_events(autumn)
    furnish_life(autumn)
    furnish_studies(autumn)
    with autumn.stage.work("operator") as work:
        for review in work.db.scalars(select(Review).where(Review.enrolment_id == story.enrolment_id)):
            review.measure_set = "six@2017"
            for score in [one for one in review.scores if one.measure in ("participation", "leadership")]:
                review.scores.remove(score)


@pytest.fixture(autouse=True)
def no_plugin_of_this_place() -> None:
    """The plugins are in use for as long as the console is served."""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The console with every plugin on, served while the tests of this file last."""
    with autumn_served(tmp_path_factory.mktemp("plugins"), plugins=True, also=furnished) as made:
        yield made


def more(served: Served) -> list[str]:
    """The pages that these lead to, one of each."""
    hester = Visitor(served.app).holds(served.autumn.token("coordinator"))
    story = served.autumn.main
    found = [f"/young-people/{story.person_id}", f"/mentors/{story.mentor_id}"]
    unread = re.findall(r'href="(/mighty-creatives-papers/\d+)"', hester.opens(f"{PATHS[4]}?read=no").page)
    found += [unread[0], f"{unread[0]}/read"]
    page, line = (served.autumn.keys[key] for key in ("culture_page", "culture_line"))
    found += [f"/peps/{served.autumn.keys['pep']}", f"/epep-culture-pages/{page}", f"/epep-culture-pages/{page}/draft"]
    found += [f"/epep-culture-lines/{line}", f"/epep-culture-lines/{line}/edit"]
    found += [f"/epep-culture-lines/add?epep_culture_page_id={page}"]
    return [
        *found,
        *artsmark_pages(served.autumn),
        *award_pages(served.autumn),
        *aware_pages(served.autumn),
        *pages_of_events(served.autumn),
        *more_of_life(served.autumn),
        *study_pages(served.autumn),
        f"/mighty-creatives-form/{story.enrolment_id}",
    ]


@lru_cache(maxsize=1)
def pages(served: Served) -> dict[str, frozenset[int]]:
    """Every page of the plugins by its address, and how everything stands on it. Each of them answers."""
    hester, found = Visitor(served.app).holds(served.autumn.token("coordinator")), {}
    for path in (*PATHS, *more(served)):
        found[path] = standing(hester.opens(path).page)
        assert hester.status == 200, path
    return found


@pytest.mark.parametrize("part", range(2))
def test_every_page_of_the_plugins_at_every_width(still_browser: Browser, served: Served, part: int) -> None:
    with served.context(still_browser, "coordinator", no_viewport=True) as context:
        look = Look(context.new_page(), served.address)
        for path in needed(pages(served))[part::2]:
            look.opens(path)
    assert not look.wrong, "\n".join(look.wrong)


def test_a_mentor_says_on_a_phone_that_a_paper_was_read_without_scripts(browser: Browser, served: Served) -> None:
    with served.context(
        browser, "mentor", java_script_enabled=False, viewport={"width": 390, "height": 780}
    ) as context:
        page = context.new_page()
        page.goto(f"{served.address}/mighty-creatives-papers/")
        papers = page.locator("a[href^='/mighty-creatives-papers/']", has_text=re.compile("Tansyhurst|pack|assessment"))
        follows(papers.first)
        follows(page.get_by_role("link", name="Write down that it was read"))
        for part, number in (("day", "10"), ("month", "11"), ("year", "2026")):
            page.locator(f'input[name="read_on.{part}"]').fill(number)
        follows(page.get_by_role("button", name="Write down that it was read"))
        expect(page, page.locator("main").inner_text()).not_to_have_url(re.compile("/read"))
