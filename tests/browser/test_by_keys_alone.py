"""The work of a day by keys alone: nothing here is done with a mouse, and whatever has the focus is seen to have it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from cmcore.concerns.records import Concern
from cmcore.sessions.records import MentoringSession
from tests.browser.autumn_served import Served, autumn_served

pytestmark = pytest.mark.browser

#: What has the focus is called so; and what is wrong with how it is seen: nothing, as a rule.
_AT = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return ["", ""];
  const labels = [...(one.labels || [])];
  const words = labels.map((each) => each.innerText).join(" ") || one.innerText || one.getAttribute("aria-label") || "";
  const seen = one.closest(".cm-scale__step") || one, box = seen.getBoundingClientRect();
  const over = document.elementFromPoint(
    (Math.max(0, box.left) + Math.min(innerWidth, box.right)) / 2,
    (Math.max(0, box.top) + Math.min(innerHeight, box.bottom)) / 2,
  );
  const clear = over && (over.contains(seen) || [seen, ...labels].some((each) => each.contains(over)));
  // The button within a box for a day has a ring of its own.
  const ring = one.matches(":focus-visible, [type=date], [type=time]");
  const under = over ? over.outerHTML.slice(0, 80) : "the edge of the page";
  return [words.replace(/\\s+/g, " ").trim(), clear ? (ring ? "" : "no ring") : "hidden by " + under];
}"""
_MOST = 120


class Keys:
    """Somebody with a keyboard, on a page."""

    def __init__(self, page: Page, home: str) -> None:
        """On the page as it stands."""
        self.page, self.home = page, home

    def opens(self, path: str) -> None:
        """Go to an address, and with the first link past what stands on every page."""
        self.page.goto(self.home + path)
        self.press("Tab", "Enter")

    def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def to(self, words: str, *, back: bool = False) -> None:
        """Press Tab until what has the focus is called so; what is come to on the way is seen, too."""
        for _ in range(_MOST):
            self.press("Shift+Tab" if back else "Tab")
            called, wrong = self.page.evaluate(_AT)
            assert not wrong, f"{called}: {wrong}"
            if called.startswith(words):
                return
        raise AssertionError(f"The key Tab never comes to {words!r}.")

    def types(self, words: str, typed: str) -> None:
        """Come to a field and type."""
        self.to(words)
        self.page.keyboard.type(typed)

    def ticks(self, words: str) -> None:
        """Come to a box or the first of several answers, and choose it."""
        self.to(words)
        self.press("Space")

    def follows(self, words: str) -> None:
        """Come to a link or a button and press it, and wait for the page it leads to."""
        self.to(words)
        with self.page.expect_navigation():
            self.press("Enter")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The console, served while the tests of this file last."""
    with autumn_served(tmp_path_factory.mktemp("by-keys")) as made:
        yield made


def test_what_opens_takes_the_focus_closes_with_escape_and_gives_it_back(browser: Browser, served: Served) -> None:
    with served.context(browser, "coordinator", viewport={"width": 1280, "height": 700}) as context:
        keys = Keys(page := context.new_page(), served.address)
        keys.opens("/referrals/")
        for words, inside in (
            ("Filter and order", "Where it stands"),
            ("Columns", ""),
            ("Take out", "An Excel workbook"),
        ):
            drop = page.locator("details.cm-drop").filter(has=page.locator("summary", has_text=words))
            keys.to(words)
            keys.press("Enter")
            keys.to(inside)
            expect(drop).to_have_attribute("open", "")
            keys.press("Escape")
            expect(drop).not_to_have_attribute("open", "")
            expect(drop.locator("summary")).to_be_focused()
        # Left by Tab, it does not stay over what comes next.
        keys.press("Enter", "Shift+Tab")
        expect(page.locator("details.cm-drop[open]")).to_have_count(0)
        page.get_by_role("button", name="Keys").focus()
        keys.press("Enter")
        expect(page.get_by_label("Use these keys in this browser")).to_be_focused()
        keys.press("Escape")
        expect(page.get_by_role("button", name="Keys")).to_be_focused()
        # The menu of a phone.
        page.set_viewport_size({"width": 390, "height": 700})
        menu = page.get_by_role("navigation", name="Main")
        page.get_by_role("button", name="Menu").focus()
        keys.press("Enter", "Tab")
        expect(menu.get_by_role("link", name="Today")).to_be_focused()
        keys.press("Escape")
        expect(menu).to_be_hidden()
        expect(page.get_by_role("button", name="Menu")).to_be_focused()
        keys.press("Enter")
        page.get_by_label("Search everything").focus()
        expect(menu).to_be_hidden()


def test_a_mentor_logs_a_session_and_raises_a_concern(browser: Browser, served: Served) -> None:
    main = served.autumn.main
    # As low as a window at 200 %: what has the focus hides under nothing there.
    with served.context(browser, "mentor", viewport={"width": 640, "height": 512}) as context:
        keys = Keys(page := context.new_page(), served.address)
        keys.opens(f"/young-people/{main.person_id}")
        keys.follows("Log a session")
        keys.press("Tab", "Enter")
        keys.to("Day")
        keys.press("ArrowDown")
        # Where a browser counts twelve hours, the letter says which; where it counts all, it is no answer and left out.
        keys.types("From", "0900a")
        keys.types("To", "1030a")
        keys.types("Where", "at s")
        keys.types("How did it go?", "h")
        keys.types("What you did", "Second colour on the heron print.")
        keys.follows("Save session")
        expect(page.get_by_role("heading", level=1)).to_contain_text("09:00")
        keys.opens("/")
        keys.follows("Raise a concern")
        keys.press("Tab", "Enter")
        keys.ticks("M.B. WR-0001")
        keys.types("What happened?", "A bruise on the arm.")
        keys.follows("Raise a concern")
        expect(page.get_by_role("heading", level=1)).to_contain_text("Concern WR-S-")
    with served.autumn.stage.work("operator") as work:
        assert work.db.scalars(select(Concern).where(Concern.happened == "A bruise on the arm.")).one()
        assert work.db.scalars(select(MentoringSession).where(MentoringSession.done.like("Second colour%"))).first()


def test_a_coordinator_scores_gives_permission_and_takes_a_step(browser: Browser, served: Served) -> None:
    autumn = served.autumn
    with served.context(browser, "coordinator", viewport={"width": 1280, "height": 700}) as context:
        keys = Keys(page := context.new_page(), served.address)
        keys.opens(f"/referrals/{autumn.keys['crisis']}")
        keys.follows("Start triage")
        keys.press("Tab", "Enter")
        keys.follows("Start triage")
        expect(page.get_by_role("status")).to_be_visible()
        keys.opens(f"/reviews/{autumn.keys['draft_review']}/edit")
        keys.to("3")
        keys.press("ArrowRight")
        keys.follows("Keep the changes")
        expect(page.get_by_role("status")).to_be_visible()
        keys.opens(f"/permissions/add?young_person_id={autumn.others['late'].person_id}")
        keys.ticks("Taking photographs")
        keys.ticks("Given")
        keys.ticks("The social worker")
        for box, number in (("Day", "9"), ("Month", "11"), ("Year", "2026")):
            keys.types(box, number)
        keys.follows("Add a permission")
        expect(page.get_by_role("status")).to_contain_text("added")
