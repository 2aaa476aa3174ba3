"""Files whose headings are somewhat other than ours: matched by a person once, remembered, never guessed in silence."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy import select

from cmcore.testing import Stage
from cmcore.workbooks.records import ColumnMapping
from tests.console.test_imports import (  # noqa: F401  the fixtures of the same desk
    EPISODES,
    beginning,
    confirms,
    console,
    engine,
    gives,
    hester,
    people,
    preview_of,
)
from tests.console.visitor import Visitor

OTHER = "Child ID;Gender;Date of Birth;Ethnicity;UPN;Born\n101;1;27/03/2012;WBRI;UN1;x\n102;2;09/09/2011;WBRI;UN1;y\n"


def fields_of(page: str) -> dict[str, str]:
    """What the form of the matching step would send as it stands."""
    found = {}
    for name, options in re.findall(r'<select[^>]*name="(c-[\d-]+)"[^>]*>(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        found[name] = chosen[1] if chosen else ""
    return found


def match_of(visitor: Visitor) -> str:
    found = re.search(r"/imports/match/[\w-]+", visitor.answer.location or "")
    assert found, visitor.page
    return found.group()


def test_a_file_with_other_headings_is_matched_once_and_remembered(stage: Stage, hester: Visitor) -> None:  # noqa: F811
    where = match_of(gives(hester, ("header.csv", OTHER), ("episodes.csv", EPISODES)))
    page = hester.opens(where).page
    assert "5 guessed" in page or "4 guessed" in page
    assert "it is another word for it" in page and "27/03/2012 · 09/09/2011" in page
    preview = where.replace("match", "preview")
    assert hester.opens(preview).answer.location.endswith(where), "what is guessed brings nothing in unasked"
    hester.opens(where)
    hester.sends(where, **fields_of(page))
    assert hester.status == 303, hester.page
    page = hester.opens(preview).page
    assert "matched as you said" in page and "27 Mar 2012" in page
    assert "Everything is in" in confirms(hester, preview).page, hester.page
    assert people(stage) == 2
    with stage.work("coordinator") as work:
        kept = work.db.scalars(select(ColumnMapping)).one()
        assert kept.headings["DOB"] == "Date of Birth" and kept.importer == "ssda903.header"
    page = hester.opens(preview_of(gives(hester, ("header.csv", OTHER), ("episodes.csv", EPISODES)))).page
    assert "matched as they were confirmed before" in page and "There is nothing to bring in" in page


def test_what_is_needed_and_chosen_twice_is_refused_on_the_page(hester: Visitor) -> None:  # noqa: F811
    where = match_of(gives(hester, ("header.csv", OTHER)))
    told = fields_of(hester.opens(where).page)
    hester.sends(where, **{**told, "c-0-2": "-", "c-0-1": "0"})
    assert hester.status == 422
    assert (
        "No column of the file is chosen for “Date of birth”" in hester.page
        and "Child ID is chosen twice" in hester.page
    )
    assert "R-COL-1" in hester.page and "R-COL-2" in hester.page
    hester.sends(where, **told, look="1")
    assert hester.status == 200


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Our children\n\nCHILD,SEX,Date of birth,ETHNIC,UPN\n101,1,27/03/2012,WBRI,UN1\n", "Headings in row 3"),
        ("CHILD,SEX,DOB,DOB,ETHNIC,UPN\n101,1,27/03/2012,,WBRI,UN1\n", "DOB (column D)"),
        ("CHILD,SEX,,ETHNIC,UPN,MOTHER\n101,1,27/03/2012,WBRI,UN1,\n", "column C, without a heading"),
        ("CHILD,SEX,D.O.B.,ETHNIC,UPN" + ",x" * 295 + "\n101,1,27/03/2012,WBRI,UN1" + "," * 295 + "\n", "x (column F)"),
    ],
    ids=["row 3", "twice", "empty", "three hundred columns"],
)
def test_odd_headings_are_matched_on_the_page(
    hester: Visitor,  # noqa: F811
    stage: Stage,
    text: str,
    words: str,
) -> None:
    where = match_of(gives(hester, ("header.csv", text)))
    page = hester.opens(where).page
    assert words in page
    told = fields_of(page)
    told["c-0-2"] = told["c-0-2"] or "2"
    hester.sends(where, **told)
    assert hester.status == 303, hester.page
    page = hester.opens(where.replace("match", "preview")).page
    assert "27 Mar 2012" in page and people(stage) == 0
    assert ("The headings were found in row 3" in page) == (words == "Headings in row 3")


def test_nobody_else_matches_the_columns(hester: Visitor, console: Flask) -> None:  # noqa: F811
    where = match_of(gives(hester, ("header.csv", OTHER)))
    assert Visitor(console).signs_in("fern.quillmarsh").opens(where).status == 404
