"""Bringing files in, looked at step by step: choosing, a wrong file, what would change, the receipt, taken back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, FilePayload, expect

from tests.browser.autumn_served import Served, autumn_served
from tests.browser.looking import Look
from tests.cmcore.exchange.made_register import establishment, register
from tests.cmcore.exchange.made_returns import EPISODES, HEADER, OC2, Rows, child, episode, score, text_of

pytestmark = pytest.mark.browser

#: More than stand on one page, so that there is a second.
IDS = [str(200_000 + number) for number in range(60)]
CHILDREN = [child(each) for each in IDS]
CARE = [episode(each) for each in IDS]
TOTALS = [score(each, SDQ_SCORE=str(number % 41)) for number, each in enumerate(IDS)]
#: Held back and warned of: no date of birth, a pupil number that is none, an episode that ends before it starts.
FAULTY = [child("200100", DOB=""), child("200101", UPN="Z1")]
FAULTY_CARE = [episode("200101", DEC="01/10/2025", REC="E4A"), episode("200102")]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The console, served while the tests of this file last."""
    with autumn_served(tmp_path_factory.mktemp("imports")) as made:
        yield made


def a_file(name: str, content: str | bytes) -> FilePayload:
    """A file as a person chooses it."""
    return {"name": name, "mimeType": "text/csv", "buffer": content.encode() if isinstance(content, str) else content}


def a_return(children: Rows, care: Rows, totals: Rows) -> list[FilePayload]:
    """The files of a return."""
    return [
        a_file("header.csv", text_of(HEADER, children)),
        a_file("episodes.csv", text_of(EPISODES, care)),
        a_file("oc2.csv", text_of(OC2, totals)),
    ]


def gives(look: Look, files: list[FilePayload], name: str, importer: str = "ssda903") -> None:
    """Choose files, have them read, and look at what the page says then."""
    look.page.goto(f"{look.home}/imports/bring-in/{importer}")
    look.page.set_input_files("#files", files)
    look.follows(look.page.get_by_role("button", name="See what would change"))
    look.at = name
    look.looks()


def brings_in(look: Look, name: str) -> None:
    """Confirm what would change, and go to the receipt, looking at both."""
    look.page.get_by_role("button", name="Bring in").click()
    expect(look.page.get_by_text("Everything is in")).to_be_visible()
    look.at = f"{name}, going"
    look.looks()
    look.follows(look.page.get_by_role("link", name="See the receipt"))
    look.at = f"{name}, the receipt"
    look.looks()


def test_a_return_brought_in_changed_and_taken_back(browser: Browser, served: Served) -> None:
    with served.context(browser, "coordinator") as context:
        look = Look(context.new_page(), served.address)
        look.opens("/imports/bring-in/ssda903")
        first = a_return(CHILDREN + FAULTY, CARE + FAULTY_CARE, TOTALS)
        header = first[0]["buffer"].decode().replace("DOB", "Date of birth", 1).replace("SEX", "", 1)
        gives(look, [a_file("header.csv", header), *first[1:]], "matching columns")
        look.follows(look.page.get_by_role("button", name="See what would change"))
        look.at = "matching columns, one lacking"
        look.looks()
        expect(look.page.locator(".cm-errors")).to_be_focused()
        look.page.get_by_label("Sex").first.select_option("1")
        look.follows(look.page.get_by_role("button", name="See what would change"))
        look.at = "a first return"
        look.looks()
        expect(look.page.locator("main")).to_contain_text("held back")
        look.follows(look.page.get_by_role("link", name="Next"))
        look.at = "a first return, page 2"
        look.looks()
        look.follows(look.page.get_by_role("link", name="Ended (0)"))
        expect(look.page.locator("main")).to_contain_text("No rows of this sort")
        look.looks(320)
        look.follows(look.page.get_by_role("link", name="Everything that changes"))
        brings_in(look, "a first return")
        expect(look.page.locator("main")).to_contain_text("held back")

        ended = [{**CARE[0], "DEC": "05/10/2026", "REC": "E4A"}, *CARE[1:]]
        gives(look, a_return(CHILDREN, ended, [score(IDS[0], SDQ_SCORE="30"), *TOTALS[1:]]), "a later return")
        expect(look.page.locator("main")).to_contain_text("Row by row")
        brings_in(look, "a later return")
        expect(look.page.locator("main")).to_contain_text("Nothing was held back")

        gives(look, a_return(CHILDREN, ended, [score(IDS[0], SDQ_SCORE="30"), *TOTALS[1:]]), "the same again")
        expect(look.page.locator("main")).to_contain_text("There is nothing to bring in")
        look.follows(look.page.get_by_role("button", name="Stop, change nothing"))
        look.at = "the imports, thrown away"
        look.looks()

        look.follows(look.page.locator("main tbody a").first)
        look.follows(look.page.get_by_role("link", name="Take it back"))
        look.at = "taking it back"
        look.looks()
        look.follows(look.page.locator("main form button.cm-button--main").last)
        look.at = "taken back"
        look.looks()
        expect(look.page.locator("main")).to_contain_text("The import was taken back")
    assert not look.wrong, "\n".join(look.wrong)


@pytest.mark.parametrize(
    ("importer", "files"),
    [
        ("ssda903", []),
        ("ssda903", [a_file("header.csv", "CHILD,SEX\n1,1\n"), a_file("photo.csv", b"\x89PNG\r\n\x1a\n")]),
        ("ssda903", [a_file("workbook.csv", b"PK\x03\x04xl/")]),
        ("gias", [a_file("register.csv", "Name,Place\na,b\n")]),
    ],
    ids=["none", "two wrong ones", "a workbook", "no register"],
)
def test_files_that_cannot_be_brought_in(
    browser: Browser, served: Served, importer: str, files: list[FilePayload]
) -> None:
    with served.context(browser, "coordinator") as context:
        look = Look(context.new_page(), served.address)
        gives(look, files, "wrong files", importer)
        expect(look.page.locator(".cm-errors")).to_contain_text("Nothing was changed")
        expect(look.page.locator(".cm-errors")).to_be_focused()
    assert not look.wrong, "\n".join(look.wrong)


def test_the_register_of_schools_brought_in(browser: Browser, served: Served) -> None:
    with served.context(browser, "coordinator") as context:
        look = Look(context.new_page(), served.address)
        given = register(establishment(900_000 + number, la="990") for number in range(1, 60))
        with given.open() as stream:
            files = [a_file("edubasealldata.csv", stream.read())]
        look.opens("/imports/bring-in/gias")
        gives(look, files, "a register", "gias")
        brings_in(look, "a register")
    assert not look.wrong, "\n".join(look.wrong)
