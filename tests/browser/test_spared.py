"""A page is not opened where all that is on it stands so elsewhere, and is where anything stands otherwise."""

from __future__ import annotations

import pytest

from tests.browser.spared import needed, standing

ROWS = "<tr><td>One</td><td><a href='/1'>Two</a></td></tr>"
PAGE = f"""<html lang="en-GB"><head><title>A page</title></head><body><main><h1>A page</h1><h2>Part</h2>
<ul><li>One</li><li>Two</li></ul><table>{ROWS}{ROWS}</table><form><label for="name">Name</label><input id="name">
<p id="hint">A hint</p><select aria-describedby="hint"><option>One</option></select></form></main></body></html>"""

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
    "fewer cells in a row": ("<td>One</td>", ""),
    "a name twice": ('<p id="hint">', '<p id="name">'),
    "a longer word": ("One</li>", f"{'long' * 8}</li>"),
    "another script": ("</main>", "<script src='/more.js'></script></main>"),
}


@pytest.mark.parametrize("what", OTHERWISE)
def test_a_page_is_opened_on_which_one_thing_stands_otherwise(what: str) -> None:
    was, other = OTHERWISE[what]
    assert was in PAGE
    assert not standing(PAGE.replace(was, other, 1)) <= standing(PAGE)


def test_a_page_with_more_of_the_like_and_other_words_need_not_be_opened() -> None:
    more = PAGE.replace(ROWS, ROWS * 5).replace("<li>One</li>", "<li>Three</li><li>Four</li>").replace("/1'", "/27'")
    assert standing(more) == standing(PAGE)
    assert list(needed({"/more": more, "/page": PAGE})) == ["/more"]
    assert needed({"/page": PAGE}, standing(more)) == {}


def test_whatever_stands_on_a_page_that_is_not_opened_stands_on_one_that_is() -> None:
    pages = {f"/{number}": PAGE.replace(*said) for number, said in enumerate(OTHERWISE.values())} | {"/": PAGE}
    opened = needed(pages)
    assert len(opened) > len(OTHERWISE) - 2
    assert frozenset().union(*map(standing, pages.values())) == frozenset().union(*opened.values())
