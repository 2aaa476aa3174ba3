"""A page is not opened where all that is on it stands so elsewhere, and is where anything stands otherwise."""

from __future__ import annotations

from itertools import pairwise

import pytest
from playwright.sync_api import Browser

from tests.browser.looking import Look, unsaid
from tests.browser.spared import FREE, MANY, NAMES, TEXT, WORD, needed, standing

ROWS = "<tr><td data-label='Kind'>One</td><td><a href='/1'>Two</a></td></tr>"
PAGE = f"""<html lang="en-GB"><head><title>A page</title></head><body><main><h1>A page</h1><h2>Part</h2>
<ul><li>One</li><li>Two</li></ul><table>{ROWS}{ROWS}</table><form><label for="name">Name</label><input id="name">
<p id="hint">A hint</p><select aria-describedby="hint"><option>One</option></select><textarea rows="3"></textarea>
<button value="1">Save</button></form><svg viewBox="0 0 9 9"><text x="1">Six</text></svg></main></body></html>"""

#: What is said otherwise on a page, and what it is then.
OTHERWISE = {
    "another attribute": ("<input id", "<input required id"),
    "another value": ('lang="en-GB"', 'lang="xx"'),
    "an attribute with nothing in it": ("href='/1'", "href=''"),
    "what another host keeps": ("href='/1'", "href='https://elsewhere.example/'"),
    "nothing left that it names": ('<p id="hint">', '<p id="other">'),
    "no label": ('for="name"', 'for="nobody"'),
    "a heading left out": ("<h2>Part</h2>", "<h3>Part</h3>"),
    "no words": ("<h1>A page</h1>", "<h1></h1>"),
    "another class": ("<ul>", "<ul class='cm-list'>"),
    "another order": ("<h1>A page</h1><h2>Part</h2>", "<h2>Part</h2><h1>A page</h1>"),
    "within another": ("<ul>", "<div><ul>"),
    "fewer cells in a row": ("<td data-label='Kind'>One</td>", ""),
    "more cells in a row": ("<tr>", "<tr><td data-label='Kind'>One</td>"),
    "a name twice": ('<p id="hint">', '<p id="name">'),
    "a landmark called as another": ("<h2>", "<nav aria-label='Main'></nav><nav aria-label='Main'></nav><h2>"),
    "a longer word": ("One</li>", f"{'long' * 3}</li>"),
    "a longer word before it on a phone": ("'Kind'", f"'{'Long' * 3}'"),
    "a longer word in a field": ('<input id="name">', f'<input id="name" value="{"long" * 3}">'),
    "more words": ("One</li>", "One of three</li>"),
    "more beside one another": ("<li>One</li>", "<li>One</li>" * 8),
    "a larger box": ('rows="3"', 'rows="30"'),
    "elsewhere in a drawing": ('x="1"', 'x="8"'),
    "another script": ("</main>", "<script src='/more.js'></script></main>"),
    "written into the page how it looks": ("<h2>", "<h2 style='width: 900px'>"),
}


@pytest.mark.parametrize("what", OTHERWISE)
def test_a_page_is_opened_on_which_one_thing_stands_otherwise(what: str) -> None:
    was, other = OTHERWISE[what]
    assert was in PAGE
    changed = PAGE.replace(was, other, 1)
    assert not standing(changed) <= standing(PAGE)
    assert "/changed" in needed({"/changed": standing(changed)}, standing(PAGE))
    for first, second in (("/page", "/changed"), ("/changed", "/page")):
        pages = {first: changed if first == "/changed" else PAGE, second: changed if second == "/changed" else PAGE}
        assert "/changed" in needed({path: standing(page) for path, page in pages.items()})


def test_a_page_with_more_of_the_like_and_other_words_need_not_be_opened() -> None:
    more = PAGE.replace(ROWS, ROWS * 2).replace("<li>One</li>", "<li>Six</li>").replace("/1'", "/27'")
    fewer = {"/more": standing(more), "/page": standing(PAGE)}
    assert fewer["/page"] < fewer["/more"]
    assert needed(fewer) == ["/more"]
    assert needed({"/page": fewer["/page"]}, fewer["/more"]) == []
    assert needed({"/one": fewer["/page"], "/two": fewer["/page"]}) == ["/two"]


def test_whatever_stands_on_a_page_that_is_not_opened_stands_on_one_that_is() -> None:
    pages = {f"/{number}": standing(PAGE.replace(*said)) for number, said in enumerate(OTHERWISE.values())}
    pages |= {"/": standing(PAGE), "/again": standing(PAGE)}
    opened = needed(pages)
    assert len(OTHERWISE) - 2 < len(opened) < len(pages)
    assert frozenset().union(*pages.values()) == frozenset().union(*(pages[path] for path in opened))


def test_what_is_longer_holds_all_that_is_shorter_and_how_long_is_told_in_small_steps() -> None:
    for steps in (WORD, TEXT, MANY):
        assert all(less < more <= max(2 * less, less + 10) for less, more in pairwise(steps))
    long = [standing(f"<main><p>{'m' * size}</p></main>") for size in range(1, 45)]
    assert all(shorter <= longer for shorter, longer in pairwise(long))
    assert len(set(long)) > len(WORD)
    assert "class" not in FREE and "style" not in FREE and "for" in NAMES


STYLE = "<style>.pale { color: #ccc } .row { display: flex; margin: 0; padding: 0 } .row li { padding: 0 1rem }</style>"
START = f"<!doctype html><html lang='en'><head><title>A page</title>{STYLE}</head><body><main><h1>A page</h1>"
ROW = "<table><tr><th scope='row'>One</th>{}</tr></table>"
PLAIN = f"{START}<p>Words</p><ul class='row'><li>One</li><li>Two</li></ul>{ROW.format('<td>Two</td>')}</main>"
#: What is put wrong on a page whose like is known to be well, and what is said of it then.
PLANTED = {
    "a class": ("<p>", "<p class='pale'>", "color-contrast"),
    "an attribute": ("<p>", "<p role='nothing'>", "aria-roles"),
    "nesting": ("<li>One</li>", "<div><li>One</li></div>", "listitem"),
    "a long word": ("Words", "Words" * 9, "too wide"),
    "more in a row": ("<li>One</li>", "<li>One</li>" * 9, "too wide"),
    "more columns": ("<td>Two</td>", "<td>Two</td>" * 14, "too wide"),
}


@pytest.mark.browser
def test_a_flaw_planted_on_a_page_like_another_has_it_opened_and_is_found(still_browser: Browser) -> None:
    with unsaid(), still_browser.new_context(no_viewport=True) as context:
        look = Look(context.new_page(), "about:", at="page")
        look.page.set_content(PLAIN)
        look.looks(320)
        assert look.wrong == []
        for was, flaw, said in PLANTED.values():
            planted = PLAIN.replace(was, flaw, 1)
            assert needed({"/plain": standing(PLAIN), "/planted": standing(planted)})[-1] == "/planted"
            look.page.set_content(planted)
            look.looks(320)
            assert [one for one in look.wrong if said in one], (flaw, look.wrong)
            look.wrong.clear()
