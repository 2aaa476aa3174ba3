"""How pages are looked at: nothing that depends on width or colours is left out, and what is at fault is found."""

from __future__ import annotations

import re
from random import Random

import pytest
from playwright.sync_api import Browser

from tests.browser.axe import COLOUR, NAMED, PLACED, TAGS, TOGETHER, looking_script, script
from tests.browser.keyed import without_a_mouse
from tests.browser.looking import Look, unsaid

pytestmark = pytest.mark.browser

#: A page with something for each rule that measures; nothing is wrong with it.
PAGE = """<!doctype html><html lang="en-GB"><head><title>A page</title>
<meta name="viewport" content="width=device-width">
<style>header a, .skip { display: block; padding: 1rem } .box { overflow: auto; width: 90px; height: 40px } %s</style>
</head><body><a class="skip" href="#main">Skip to the main part</a><header><a href="/">Today</a></header>
<main id="main"><h1>A page</h1><p>Words with <a href="/there">a link</a> among them.</p>
<p id="one">One</p><p id="two">Two</p><p id="three">Three</p>
<p id="four">Four</p><p id="five">Five</p><p id="six">Six</p>
<form><label for="name">Name</label><input id="name"><select aria-label="Which"><option>One</option></select>
<input id="bare"><button>Save</button></form>
<div class="box" tabindex="0"><table><tr><th>One</th><td>Many words in a row</td></tr></table></div>
</main></body></html>"""
#: A field nobody can name is not shown, as a rule.
PLAIN = "#bare { display: none }"

#: Notes, for each rule asked alone, whether it measures where an element stands.
MEASURED = """async tags => {
    let rule = "", measured = new Set();
    const noted = (owner, name) => {
        const was = Object.getOwnPropertyDescriptor(owner, name);
        const as = function (...told) { measured.add(rule); return (was.get || was.value).apply(this, told); };
        Object.defineProperty(owner, name, was.get ? { ...was, get: as } : { ...was, value: as });
    };
    for (const owner of [Element.prototype, Range.prototype])
        for (const name of ["getBoundingClientRect", "getClientRects"]) noted(owner, name);
    for (const name of ["scrollWidth", "scrollHeight", "clientWidth", "clientHeight"]) noted(Element.prototype, name);
    for (const name of ["offsetWidth", "offsetHeight", "offsetTop", "offsetLeft"]) noted(HTMLElement.prototype, name);
    for (const name of ["elementFromPoint", "elementsFromPoint"]) noted(Document.prototype, name);
    for (const { ruleId } of axe.getRules(tags)) {
        rule = ruleId;
        await axe.run(document, { runOnly: { type: "rule", values: [rule] } });
    }
    return [...measured];
}"""


def looked_at(browser: Browser, style: str) -> list[str]:
    """What is found wrong with the page in a style."""
    with browser.new_context() as context:
        look = Look(context.new_page(), "about:", at="page")
        look.page.set_content(PAGE % style)
        look.looks()
        return look.wrong


def test_what_measures_is_asked_at_every_width_or_of_every_pair_of_colours(still_browser: Browser) -> None:
    with still_browser.new_context() as context:
        page = context.new_page()
        page.set_content(PAGE % PLAIN)
        page.evaluate(script())
        assert set(page.evaluate(MEASURED, TAGS)) <= {*PLACED, *NAMED, *COLOUR}
        assert {*PLACED, *NAMED, *COLOUR, *TOGETHER} <= {one["ruleId"] for one in page.evaluate("axe.getRules()")}


def test_pale_text_is_found_at_any_width_and_in_any_scheme_however_often_it_was_seen(still_browser: Browser) -> None:
    style = """#one { color: #bbb } #two { opacity: 0.4 } #three { background: #555 }
        @media (min-width: 1000px) { #four { color: #bcbcbc } } @media (width: 768px) { #five { color: #bdbdbd } }
        @media (prefers-color-scheme: dark) { #six { color: #bebebe } }
        @media (forced-colors: active) { #six { forced-color-adjust: none; color: #ccc } }"""
    always = {(which, width) for which in ("#one", "#two", "#three") for width in (320, 768, 1280)}
    with unsaid():
        for _ in range(2):
            wrong = looked_at(still_browser, PLAIN + style)
            plain = [re.match(r"page at (\d+): color-contrast: .* — (#\w+): ", one) for one in wrong]
            found = {(one[2], int(one[1])) for one in plain if one}
            assert found == always | {("#four", 1280), ("#five", 768)}
            for where in (
                f"at {width}, {scheme}" for width in (320, 768, 1280) for scheme in ("dark", "forced colours")
            ):
                assert [one for one in wrong if f" {where}: color-contrast" in one and "#six" in one], where


def test_what_is_well_is_asked_once_and_again_on_another_ground(still_browser: Browser) -> None:
    with unsaid():
        assert looked_at(still_browser, PLAIN + "#one { color: #767676 }") == []
        assert looked_at(still_browser, PLAIN + "#one, #two { color: #767676 }") == []
        wrong = looked_at(still_browser, PLAIN + "#one, #two { color: #767676 } #two { background: #ddd }")
        assert wrong and all("color-contrast" in one and "#two" in one for one in wrong)


def test_what_is_wrong_at_one_width_only_is_found_there(still_browser: Browser) -> None:
    style = """h1 { display: none } @media (min-width: 768px) { h1 { display: block } }
        @media (width: 768px) { header a { padding: 0; width: 9px; height: 9px; overflow: hidden }
            #bare { display: block } }
        @media (width: 1280px) { main { width: 1300px } }"""
    found = {line.partition("—")[0].partition(": ")[::2] for line in looked_at(still_browser, PLAIN + style)}
    assert {(where, words.partition(":")[0]) for where, words in found} >= {
        ("page at 320", "page-has-heading-one"),
        ("page at 768", "target-size"),
        ("page at 768", "label"),
        ("page at 1280", "28 px too wide"),
    }


#: What keeps out whoever has keys and no mouse, and what is said of it.
KEYLESS = {
    "<a href='/' tabindex='2'>One</a>": "out of the order of the page",
    "<button tabindex='-1'>Two</button>": "never come to by keys",
    "<p class='pressed'>Three</p>": "pressed by a mouse only",
    "<p role='button'>Four</p>": "pressed by a mouse only",
    "<p class='turned'><a href='/5'>Five</a></p>": "stands elsewhere than keys come to it",
    "<p class='gone'><a href='/6'>Six</a></p>": "keys come to it, and nobody sees it",
    "<a class='bare' href='/7'>Seven</a>": "has the focus and does not show it",
    "<p class='tight'><a href='/8'>Eight</a></p>": "the ring is cut off at the top and bottom",
    "<p class='bar'>Nine</p>": "hides what has the focus under 100 px, and the page keeps 0 px free",
    "<input class='laid' type='checkbox' aria-label='Ten'><span>Ten</span>": "has the focus and does not show it",
}


def test_what_keys_never_come_to_or_nobody_sees_is_found(still_browser: Browser) -> None:
    style = """.pressed { cursor: pointer } .turned { order: 2 } main { display: flex; flex-direction: column }
        .gone { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
        .bare:focus { outline: 0 } .tight { overflow: hidden; margin: 0; line-height: 1 } .laid { opacity: 0 }
        .bar { position: fixed; top: 0; left: 0; width: 100%; height: 100px; margin: 0 }
        label { cursor: pointer } .small:focus-visible { box-shadow: 0 0 0 3px red; outline: 0 }"""
    well = """<h1>A page</h1><label>Name <input></label><a class="small" href="/">Shadow</a><button disabled>No</button>
        <button class="gone" tabindex="-1" aria-hidden="true">Enter</button><details><summary>M</summary></details>"""
    with still_browser.new_context(viewport={"width": 1280, "height": 800}) as context:
        page = context.new_page()
        page.set_content(f"<style>{style}</style><main>{well}</main>")
        assert without_a_mouse(page)[0] == []
        page.set_content(f"<style>{style}</style><main>{well}{''.join(KEYLESS)}</main>")
        wrong, known = without_a_mouse(page)
        found = sorted(one.partition(": ")[0] for one in wrong)
        assert found == sorted(KEYLESS.values()), "\n".join(wrong)
        assert known and without_a_mouse(page, known)[1] == []


#: Asks axe itself of every target, and us; gives the rules of axe that we would not have asked, and how many it found.
BOTH = """async () => {
    const told = { resultTypes: ["violations"], runOnly: { type: "rule", values: ["target-size"] } };
    const { violations } = await axe.run(document, told);
    const found = violations.flatMap((rule) => rule.nodes.map((node) => node.target[0]));
    const asked = new Set(cmLook.crowded());
    return [found.filter((one) => !asked.has(document.querySelector(one))), found.length];
}"""


def test_no_target_is_thought_large_enough_that_axe_finds_too_small(still_browser: Browser) -> None:
    chance, found = Random(7), 0
    with still_browser.new_context() as context:
        page = context.new_page()
        page.add_init_script(looking_script())
        for _ in range(40):
            targets = [
                chance.choice(
                    (
                        f"<a href='/' {placed}>One</a>",
                        f"<button {placed}>Two</button>",
                        f"<input aria-label='Three' {placed}>",
                        f"<div role='checkbox' aria-label='Four' tabindex='0' {placed}></div>",
                        f"<p {placed}>Words <a href='/'>and</a><br><a href='/5'>five</a></p>",
                        f"<p {placed}>Words <a href='/'>and</a> <a href='/6'>six</a></p>",
                        f"<div {placed}></div>",
                    )
                )
                for placed in (_placed(chance) for _ in range(12))
            ]
            page.goto("about:blank")
            page.set_content(f"<!doctype html><main>{''.join(targets)}</main>")
            missed, so_many = page.evaluate(BOTH)
            assert missed == []
            found += so_many
    assert found > 60


def _placed(chance: Random) -> str:
    left, top, width, height = (chance.randrange(*span) for span in ((0, 200), (0, 150), (6, 60), (6, 40)))
    style = f"left:{left}px;top:{top}px;width:{width}px;height:{height}px;padding:0;border:0;background:#fff"
    return f'style="position:absolute;{style}"'


def test_what_stands_about_the_main_part_is_asked_about_where_it_looks_otherwise(still_browser: Browser) -> None:
    bar = "<header><nav aria-label='%s'><a href='/'>Today</a></nav></header><main id='main'><h1>A page</h1>%s</main>"
    style = (
        "<style>nav { display: none } @media (min-width: 1000px) { nav { display: block } } a { padding: 2rem }</style>"
    )
    start = f"<!doctype html><html lang='en-GB'><head><title>A page</title>{style}</head><body>"
    with unsaid(), still_browser.new_context(no_viewport=True) as context:
        look = Look(context.new_page(), "about:", at="page")
        for aside, main in (
            ("Menu", "<p>One</p>"),
            ("Menu", "<nav aria-label='Menu'>Two</nav>"),
            ("Menu", "<p>One</p>"),
        ):
            look.page.set_content(start + bar % (aside, main))
            look.looks()
        assert [one.split(": ")[:2] for one in look.wrong] == [["page at 1280", "landmark-unique"]]
        look.wrong.clear()
        look.page.set_content(start + (bar % ("Menu", "<p>One</p>")).replace("<a href", "<a role='nothing' href"))
        look.looks()
        assert {one.partition(":")[0] for one in look.wrong} == {"page at 1280"}


#: Parts of a page that are well each by itself, and what is said where they stand together so.
APART_WELL = {
    "landmark-unique": ("<nav aria-label='One'>1</nav>", "<div role='navigation' aria-label='One'>2</div>"),
    "accesskeys": ("<p><a href='/1' accesskey='s'>One</a></p>", "<p><a href='/2' accesskey='s'>Two</a></p>"),
    "heading-order": ("<h2>Two</h2>", "<h2>Two</h2><h3>Three</h3><h2>Two</h2><h4>Four</h4>"),
}


def test_parts_that_are_well_each_by_itself_are_asked_about_where_they_stand_together(still_browser: Browser) -> None:
    start = "<!doctype html><html lang='en'><head><title>A page</title></head><body><main><h1>A page</h1>%s</main>"
    with unsaid(), still_browser.new_context(no_viewport=True) as context:
        look = Look(context.new_page(), "about:", at="page")

        def found(page: str) -> set[str]:
            look.wrong.clear()
            look.page.set_content(page)
            look.looks(1280)
            return {one.split(": ")[1] for one in look.wrong}

        for rule, (one, other) in APART_WELL.items():
            assert not found(start % one)
            assert rule == "heading-order" or not found(start % other)
            assert found(start % (one + other)) == {rule}
        for bare in ("<h1 aria-hidden='true'>", "<h1 role='presentation'>", "<p>"):
            assert "page-has-heading-one" in found((start % "<p>Words</p>").replace("<h1>", bare)), bare
