"""Every page of the console in a real browser: nobody is kept out, nothing sticks out, nothing leaves the host.

The pages are found by following links, so that a page added later is looked at too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from html import unescape

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.autumn_served import Served, autumn_served
from tests.browser.looking import WIDTHS, Look, follows
from tests.browser.spared import needed, standing
from tests.console.visitor import Visitor

pytestmark = pytest.mark.browser

#: How many addresses of one page are looked at; of most, one is enough.
MOST = {
    "YoungPeople.show": 4,
    "Referrals.show": 2,
    "Commissions.show": 2,
    "Sessions.show": 2,
    "LongWork.show": 3,
    "EvidenceReports.of_cohort": 2,
    "AnswersToForms.show": 3,
    "Forms.show": 3,
}
#: What is saved, and shows no page.
FILES = {
    "ActivityReports.paper",
    "ActivityReports.word",
    "LongWork.progress",
    "LongWork.result",
    "ReportTemplates.file",
    "AnswersToForms.pdf",
    "AnswersToForms.file",
    "AnswersToForms.sheet",
    "Calendar.feed",
    "CaseStudies.paper",
    "EvidenceReports.file",
    "EvidenceReports.journey_file",
    "Forms.pdf",
    "Forms.sheet",
    "Imports.findings_file",
    "Imports.kept_findings_file",
    "Invoices.payments",
    "ListWorkbooks.file",
    "Journals.media",
    "Journals.public",
    "Stories.file",
}
#: What no link leads to, or no page: looked at by other tests.
APART = {
    "static",
    "SignIn.login",
    "SignIn.help",
    "SignIn.first",
    "Service.health",
    "Imports.match",
    "Imports.preview",
    "Imports.show",
    *FILES,
    "Plugins.show",
    "WorkbookForms.preview",
    "ListWorkbooks.match",
    "ListWorkbooks.preview",
    "ListWorkbooks.receipt",
    "ListWorkbooks.back",
    "InvoiceWorkbooks.match",
    "InvoiceWorkbooks.preview",
}
#: What every list has beside its rows: a list's own test looks at one of each.
LIST_TOOLS = (".take_list", ".save_this_list", ".ask_together", ".see_together", ".done_together")
#: Records of which more can be done than of the first of their kind.
SEEDS = (
    "/search/",
    "/referrals/list/save?state=open",
    "/activity-reports/{draft_report}",
    "/activity-reports/{report}",
    "/tasks/{pack}",
    "/tasks/{failed_import}",
    "/tasks/{waiting_pack}",
    "/messages/{message}",
    "/invoices/{draft_invoice}",
    "/invoices/{invoice}",
    "/concerns/{concern}",
    "/journal/{journal_entry}",
    "/journal/{journal_words}",
    "/case-studies/{case_study}",
    "/stories/{story}",
    "/sessions/{plan}",
    "/sessions/add?draft={session_draft}",
    "/permissions/?young_person_id=1",
    "/set-aside/?young_person_id=1",
    "/stories/?young_person_id=1",
    "/set-aside/{allocation}",
    "/peps/?young_person_id=1",
    "/answers/{answers}",
    "/answers/{answers_draft}",
    "/settings/{setting}",
    "/referrals/{draft_referral}",
    "/enrolments/{planned}",
    "/mentors/{applicant}",
    "/mentor-checks/{unseen_check}",
    "/education/?young_person_id=1",
    "/send/?young_person_id=1",
    "/adults/?young_person_id=1",
    "/known-risks/?young_person_id=1",
    "/known-risks/{known_risk}",
    "/known-risks/{risk_over}",
    "/risk-briefings/{risk_briefing}",
    "/care-episodes/?young_person_id=1",
    "/workbooks/1/supporting_adult",
    "/evidence/?key_stage=KS3&saved={saved_cohort}",
)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The console, served while the tests of this file last."""
    with autumn_served(tmp_path_factory.mktemp("every-page")) as made:
        yield made


@lru_cache(maxsize=16)
def pages(served: Served, who: str) -> dict[str, str]:
    """The pages somebody comes to by following links, by their address: a few for each page and step."""
    visitor = Visitor(served.app).holds(served.autumn.token(who))
    seen: Counter[tuple[str, str]] = Counter()
    begin = ["/", *(one.format(**served.autumn.keys) for one in SEEDS)] if who in ("coordinator", "head") else ["/"]
    found: dict[str, str] = {}
    waiting, known = begin[:], set(begin)
    while waiting:
        path = waiting.pop(0)
        page = served.page(path)
        apart = page[0] in APART or (page[0].endswith(LIST_TOOLS) and path not in begin)
        if apart or (seen[page] >= MOST.get(page[0], 1) and path not in begin):
            continue
        seen[page] += 1
        found[path] = visitor.opens(path).page
        assert visitor.status < 500, path
        for link in re.findall(r'href="(/[^"#]*)', found[path]):
            if (there := unescape(link)) not in known and not re.search(r"[?&](sort|page)=", there):
                known.add(there)
                waiting.append(there)
    return found


def addresses(served: Served, who: str) -> tuple[str, ...]:
    """Their addresses."""
    return tuple(pages(served, who))


@lru_cache(maxsize=16)
def stands(served: Served, who: str) -> dict[str, frozenset[int]]:
    """How everything stands on each of them."""
    return {path: standing(page) for path, page in pages(served, who).items()}


def unlike(served: Served, who: str) -> list[str]:
    """The pages of somebody on which something stands as on none of a coordinator, whose things are all looked at."""
    coordinators = frozenset().union(*stands(served, "coordinator").values())
    return ["/", *needed({path: each for path, each in stands(served, who).items() if path != "/"}, coordinators)]


def test_following_links_one_comes_to_every_page(served: Served) -> None:
    come_to = {
        served.page(path)[0] for who in ("head", "coordinator", "administrator") for path in addresses(served, who)
    }
    rules = [rule for rule in served.app.url_map.iter_rules() if "GET" in (rule.methods or ())]
    declared = {rule.endpoint for rule in rules if not rule.endpoint.endswith((".take", ".static", *LIST_TOOLS))}
    assert declared - come_to <= APART


@pytest.mark.parametrize("part", range(3))
def test_every_page_of_a_coordinator_at_every_width(still_browser: Browser, served: Served, part: int) -> None:
    with served.context(still_browser, "coordinator", no_viewport=True) as context:
        look = Look(context.new_page(), served.address)
        # Every one answered when the links were followed; a page is opened for whatever stands on no other so.
        for path in needed(stands(served, "coordinator"))[part::3]:
            look.opens(path)
    assert not look.wrong, "\n".join(look.wrong)


@pytest.mark.parametrize("who", ["head", "mentor", "referrer", "finance", "evaluator", "administrator"])
def test_every_page_of_the_others(still_browser: Browser, served: Served, who: str) -> None:
    with served.context(still_browser, who, no_viewport=True) as context:
        look = Look(context.new_page(), served.address)
        for path in unlike(served, who):
            look.opens(path)
        if who == "administrator":
            # What somebody signs in with is one long word.
            look.opens(f"/accounts/{served.autumn.accounts[who]}", WIDTHS[0])
    assert not look.wrong, "\n".join(look.wrong)


def test_a_form_refused_with_nothing_in_it(still_browser: Browser, served: Served) -> None:
    with served.context(still_browser, "coordinator", no_viewport=True) as context:
        look = Look(context.new_page(), served.address)
        forms = [path for path in addresses(served, "coordinator") if path.partition("?")[0].endswith("/add")]
        for number, path in enumerate(forms):
            look.page.goto(served.address + path)
            # A browser that draws nothing is told what to press: its mouse would wait for the picture.
            with look.page.expect_navigation():
                look.page.locator("main form button.cm-button--main").last.evaluate("button => button.click()")
            # From a mentor's page everything is known of a reflective session already: it is kept, not refused.
            if path.startswith("/reflective-sessions/add?"):
                expect(look.page.get_by_role("status")).to_contain_text("added")
                continue
            # It begins at what is wrong. That it does where a picture is drawn, `test_imports.py` sees.
            expect(look.page.locator("[autofocus]")).to_have_class("cm-errors")
            look.at = f"{path}, refused"
            look.looks(*(WIDTHS if not number else (WIDTHS[number % 3],)))
        assert len(forms) > 10
    assert not look.wrong, "\n".join(look.wrong)


def test_pages_that_say_no(still_browser: Browser, served: Served) -> None:
    with served.context(still_browser, "administrator", no_viewport=True) as context:
        look = Look(context.new_page(), served.address)
        for path in ("/nowhere", "/young-people/", "/terms/999", "/terms/?q=none&year=1999"):
            look.opens(path)
    with served.context(still_browser, no_viewport=True) as context:
        stranger = Look(context.new_page(), served.address)
        for path in ("/sign-in", "/sign-in/first", "/sign-in/help", "/accessibility", "/young-people/1"):
            stranger.opens(path)
        stranger.page.get_by_label("Password").fill("not this one")
        stranger.page.get_by_label("Password").press("Enter")
        expect(stranger.page.get_by_role("alert")).to_be_visible()
        stranger.looks()
    assert not look.wrong + stranger.wrong, "\n".join(look.wrong + stranger.wrong)


def test_a_list_with_nothing_in_it_and_one_that_finds_nothing(still_browser: Browser, served: Served) -> None:
    with served.context(still_browser, "elsewhere", no_viewport=True) as context:
        look = Look(context.new_page(), served.address)
        for path in ("/reviews/", "/care-episodes/", "/funding/", "/young-people/?q=nobody", "/settings/?page=90"):
            look.opens(path)
            expect(look.page.locator(".cm-empty")).to_be_visible()
    assert not look.wrong, "\n".join(look.wrong)


def test_two_who_change_one_record(browser: Browser, served: Served) -> None:
    path = f"/adults/{served.autumn.keys['supporting_adult']}/edit"
    with served.context(browser, "coordinator") as one, served.context(browser, "head") as other:
        first, look = one.new_page(), Look(other.new_page(), served.address)
        for page in (first, look.page):
            page.goto(served.address + path)
        first.get_by_label("Organisation or team").fill("Kinship foster care")
        _keep(first)
        look.page.get_by_label("Telephone").fill("07700 900319")
        _keep(look.page)
        look.at = "two versions"
        expect(look.page.get_by_role("heading", level=1)).to_have_text("Two people changed this at once")
        look.looks()
        expect(look.page.get_by_label("07700 900319")).to_be_checked()
        expect(look.page.get_by_label("Kinship foster care")).to_be_checked()
        _keep(look.page)
        for words in ("Kinship foster care", "07700 900319"):
            expect(look.page.locator("main")).to_contain_text(words)
        look.looks()
    assert not look.wrong, "\n".join(look.wrong)


def _keep(page: Page) -> None:
    follows(page.locator("main form button.cm-button--main").last)


def test_a_list_is_worked_in_by_keys_alone(browser: Browser, served: Served) -> None:
    with served.context(browser, "coordinator") as context:
        look = Look(context.new_page(), served.address)
        page = look.page
        page.goto(served.address + "/referrals/?state=submitted")
        page.keyboard.press("?")
        expect(page.get_by_role("heading", name="Keys")).to_be_visible()
        look.at = "the keys"
        look.looks(320, 1280)
        page.keyboard.press("Escape")
        for key in ("j", "x", "j", "k", "ArrowDown", "x"):
            page.keyboard.press(key)
        expect(page.locator("#chosen-count")).to_have_text("2 chosen")
        look.at = "rows chosen"
        look.looks(320, 1280)
        page.locator("#together-act").select_option("withdraw")
        look.follows(page.get_by_role("button", name="See what would change"), "Enter")
        look.at = "asked once for all"
        look.looks(320)
        page.get_by_role("textbox").last.fill("They were written twice.")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.get_by_text("Nothing has been changed yet.")).to_be_visible()
        look.at = "seen beforehand"
        look.looks(320, 1280)
        look.follows(page.get_by_role("button", name="Withdraw: 2 referrals"), "Enter")
        look.at = "the receipt"
        look.looks(320, 1280)
        look.follows(page.get_by_role("button", name="Take all of it back"), "Enter")
        expect(page.get_by_text("It was taken back whole")).to_be_visible()
        page.keyboard.press("/")
        page.keyboard.type("tarn")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Settings")).to_be_visible()
        assert "tarn" not in page.url
        look.at = "found everywhere"
        look.looks(320, 1280)
        page.get_by_role("button", name="Keys").click()
        page.get_by_label("Use these keys in this browser").uncheck()
        page.get_by_role("button", name="Close").click()
        page.goto(served.address + "/referrals/")
        page.keyboard.press("j")
        expect(page.locator("tbody a").first).not_to_be_focused()
    assert not look.wrong, "\n".join(look.wrong)
