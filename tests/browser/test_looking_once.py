"""What is known to be well is not asked about again: held to what axe says of pages changed by chance."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.axe import COLOUR, TAGS, ask, looking_script
from tests.browser.looking import Look, unsaid
from tests.browser.spared import standing

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
    found, _ = ask(page, everything=True, known=known)
    return sorted({one for one in found if not one.startswith(tuple(COLOUR)) and " px too wide" not in one})


def test_whatever_is_done_to_a_page_axe_finds_as_much_as_if_nothing_were_known(still_browser: Browser) -> None:
    chance, found = Random(11), set[str]()
    known: set[str] = set()
    ways = ("take", "empty", "bare", "say", "role", "hide", "twice", "into")
    with still_browser.new_context(viewport={"width": 320, "height": 800}) as context:
        page = context.new_page()
        page.set_content(RICH)
        seen = standing(page.content())
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
            # The browser is spared no page on which something is wrong. No server sends what an input holds.
            if plainly and not page.locator(":is(br, hr, img, input, link, meta) > *").count():
                assert not standing(page.content()) <= seen, page.content()
            found.update(one.partition(":")[0] for one in plainly)
    assert len(found) > 15, sorted(found)


#: Texts in colours and on grounds made by chance, some of them laid over others, faded, or a link among words.
COLOURFUL = """parts => {
    document.body.innerHTML = "<main>" + parts.map(([tag, style, inner], at) =>
        `<div style="${style}"><${tag} ${tag === "a" ? "href='/'" : ""} id="t${at}" style="${inner}">Words</${tag}>${
        at % 3 ? "" : " and more"}</div>`).join("") + "</main>";
}"""
#: Asks axe about all of them, and us; gives those we would not have asked about, how many it found, how many we pass.
BOTH = """async rules => {
    const { violations } = await axe.run(document, { runOnly: { type: "rule", values: rules }, elementRef: true });
    const found = violations.flatMap(({ nodes }) => nodes.map(({ element }) => element)), plain = cmColours.plain();
    return [found.filter((one) => plain.includes(one)).map((one) => one.outerHTML), found.length, plain.length];
}"""


def test_no_text_is_thought_plain_that_axe_finds_hard_to_read(still_browser: Browser) -> None:
    chance, found, plain = Random(5), 0, 0

    def colour() -> str:
        level = chance.choice((0, 40, 90, 110, 118, 120, 150, 200, 255))
        fade = chance.choice((1, 1, 1, 0.5, 0.9))
        return f"rgba({level}, {chance.choice((level, 90, 200))}, {level}, {fade})"

    with still_browser.new_context(viewport={"width": 1280, "height": 800}) as context:
        page = context.new_page()
        page.set_content("<!doctype html><html lang='en'><head><title>A page</title></head><body></body></html>")
        page.evaluate(looking_script())
        for _ in range(24):
            more = ("", "", "opacity: 0.5", "position: relative; top: -1em", "filter: invert(1)", "float: left")
            inner = ("", "", "font-size: 30px", "text-decoration: none", "position: absolute", "display: block")
            parts = [
                [
                    chance.choice(("p", "a", "span", "button", "strong")),
                    f"background: {colour()}; color: {colour()}; {chance.choice(more)}",
                    chance.choice(inner) + chance.choice(("", f"; color: {colour()}", f"; background: {colour()}")),
                ]
                for _ in range(25)
            ]
            page.evaluate(COLOURFUL, parts)
            missed, so_many, well = page.evaluate(BOTH, COLOUR)
            assert missed == []
            found, plain = found + so_many, plain + well
    assert found > 200 and plain > 40, (found, plain)


def test_what_looked_so_by_day_is_looked_at_by_night_where_it_stands_otherwise(still_browser: Browser) -> None:
    style = """<style>@media (prefers-color-scheme: dark) { .pale, .in i, [lang=cy] { color: #bbb } }</style>"""
    start = f"<!doctype html><html lang='en'><head><title>A page</title>{style}</head><body><main><h1>A page</h1>"
    with unsaid(), still_browser.new_context(viewport={"width": 1280, "height": 800}) as context:
        look = Look(context.new_page(), "about:", at="page")
        found = []
        for inner in ("<p><i>One</i></p>",) * 2 + (
            "<p class='pale'>One</p>",
            "<p class='in'><i>One</i></p>",
            "<p lang='cy'>",
        ):
            for _ in range(2):
                look.page.set_content(f"{start}{inner}Words</main>")
                look.looks()
                found.append({one.partition(":")[0] for one in look.wrong})
                look.wrong.clear()
        night = {f"page at {width}, dark" for width in (320, 768, 1280)}
        assert found == [set()] * 4 + [night] * 6


#: Rules of colours that go by more than an element and what it is within: by day, too, what they mean looks otherwise.
BY_DAY = {
    ".cm-choice--boxed:has(:checked)",
    ".cm-scale__step input:checked + span",
    ".cm-sides thead tr:first-child th",
    ".cm-table tr:has(.cm-table__pick :checked) > *",
    ".cm-table--stack > tbody > tr:has(.cm-table__pick :checked)",
}


def test_colours_go_by_an_element_and_what_it_is_within_or_differ_by_day() -> None:
    written = (Path(__file__).parents[2] / "console/static/console.css").read_text(encoding="utf-8")
    rules = re.findall(r"([^{};]+)\{([^{}]*)\}", re.sub(r"/\*.*?\*/", "", written, flags=re.DOTALL))
    coloured = {
        one.strip() for one, told in rules if re.search(r"(^|[\s;])(color|background\S*|opacity|filter):", told)
    }
    by_more = re.compile(
        r"[+~]|:has|:(first|last|only|nth)-|:empty|\[(aria-current|data-|href|id|name|value|title)[^\]]*="
    )
    assert {one for one in coloured if by_more.search(one) and "::" not in one} <= BY_DAY


#: Colours by day that are two names' at once: by night they may be two colours.
SHARED = {"alarm", "stop", "on-same", "text", "on-alarm", "on-brand", "on-down", "on-up", "surface"}
#: What colours something at some widths only, in a colour of a name that shares it by day: text is as it is elsewhere.
NARROW = {"surface"}


def blocks(css: str) -> list[tuple[list[str], str]]:
    """Every block of a stylesheet that holds no other, with the lines it stands under, outermost first."""
    found, under, said, parted = [], list[str](), "", False
    for part in re.split(r"([{}])", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)):
        if part == "{":
            under.append(said.rpartition(";")[2].strip())
            parted = False
        elif part == "}":
            if not parted:
                found.append((under[:], said))
            under.pop()
            parted = True
        said = part
    return found


def test_no_colour_goes_by_the_width_and_the_scheme_at_once() -> None:
    css = (Path(__file__).parents[2] / "console/static/console.css").read_text(encoding="utf-8")
    every = blocks(css)
    scheme, width = re.compile("prefers-color-scheme|forced-color"), re.compile(r"width|inline-size|orientation|aspect")
    assert len(every) > 500
    for under, said in every:
        at = [one for one in under if one.startswith("@")]
        if any(scheme.search(one) for one in at):
            assert len(at) == 1 and not width.search(at[0]), under
        elif any(width.search(one) for one in at):
            assert not scheme.search(said) and "forced-color-adjust" not in said, under
            assert not re.search(r"(^|;)\s*--", said), under
            for value in re.findall(r"(?:^|[\s;])(?:color|background\S*|fill|opacity|filter):([^;]*)", said):
                # A colour with a name of its own is another by day as well, and so it is looked at by night.
                assert not re.search(r"#[0-9a-f]{3}", value), under
                assert set(re.findall(r"var\(--([\w-]+)\)", value)) & SHARED <= NARROW, under
    by_day = [one for under, said in every if under == [":root"] for one in re.findall(r"--([\w-]+):\s*(#\w+)", said)]
    named: dict[str, set[str]] = {}
    for name, colour in by_day:
        named.setdefault(colour, set()).add(name)
    assert {name for names in named.values() if len(names) > 1 for name in names} == SHARED


def test_colours_go_by_no_attribute_that_is_left_out_of_the_number() -> None:
    css = (Path(__file__).parents[2] / "console/static/console.css").read_text(encoding="utf-8")
    coloured = [
        under for under, said in blocks(css) if re.search(r"(^|[\s;])(color|background\S*|opacity|fill):", said)
    ]
    assert {one for under in coloured for line in under for one in re.findall(r"\[([^\]]+)\]", line)} <= {
        "aria-current",
        "aria-sort",
        "data-label",
        "disabled",
        "title",
    }
