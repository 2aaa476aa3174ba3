"""What is known to be well is not asked about again: held to what axe says of pages changed by chance."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.axe import COLOUR, TAGS, ask, looking_script

pytestmark = pytest.mark.browser

#: Something of everything the console is made of, and nothing wrong with it.
RICH = Path(__file__).with_name("rich.html").read_text(encoding="utf-8")

#: Changes the page by chance, as told: takes something away, says it otherwise, or has it twice.
CHANGED = """([which, how, other]) => {
    const all = [...document.querySelectorAll("html, title, meta, body, body *")], one = all[which % all.length];
    const names = [...one.attributes].map((each) => each.name), name = names[other % (names.length || 1)];
    const WRONG = ["", "nothing", "-1", "3", "button", "true", "main", "q"];
    const ROLES = ["list", "button", "presentation", "row", "none", "nothing"];
    if (how === "take" && one.parentElement && one !== document.body) one.remove();
    else if (how === "empty") one.replaceChildren();
    else if (how === "bare" && name) one.removeAttribute(name);
    else if (how === "say" && name) one.setAttribute(name, WRONG[other % WRONG.length]);
    else if (how === "role") one.setAttribute("role", ROLES[other % ROLES.length]);
    else if (how === "hide") one.setAttribute("aria-hidden", "true");
    else if (how === "twice" && one.parentElement) one.after(one.cloneNode(true));
    else if (how === "into" && one !== document.documentElement) all[other % all.length].append(one.cloneNode(true));
}"""
PLAINLY = """async ([tags, apart]) => {
    const told = { runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] };
    return (await axe.run(document, told)).violations.filter(({ id }) => !apart.includes(id)).flatMap(
        ({ id, help, nodes }) => nodes.map(({ target, html }) => `${id}: ${help} — ${target}: ${html.slice(0, 200)}`));
}"""


def asked(page: Page, known: set[str]) -> list[str]:
    """What we find, of what depends neither on colours nor on what sticks out."""
    found = ask(page, everything=True, known=known)
    return sorted({one for one in found if not one.startswith(tuple(COLOUR)) and " px too wide" not in one})


def test_whatever_is_done_to_a_page_axe_finds_as_much_as_if_nothing_were_known(still_browser: Browser) -> None:
    chance, found = Random(11), set[str]()
    known: set[str] = set()
    ways = ("take", "empty", "bare", "say", "role", "hide", "twice", "into")
    with still_browser.new_context(viewport={"width": 320, "height": 800}) as context:
        page = context.new_page()
        page.set_content(RICH)
        page.evaluate(looking_script())
        assert asked(page, known) == []
        page.set_content(RICH)
        before = set(known)
        assert asked(page, known) == [] and known == before
        for _ in range(40):
            page.set_content(RICH)
            for _ in range(chance.choice((1, 1, 2, 3))):
                page.evaluate(CHANGED, [chance.randrange(1000), chance.choice(ways), chance.randrange(1000)])
            plainly = page.evaluate(PLAINLY, [TAGS, COLOUR])
            assert asked(page, known) == sorted(set(plainly)), page.content()
            found.update(one.partition(":")[0] for one in plainly)
    assert len(found) > 15, sorted(found)
