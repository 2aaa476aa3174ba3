"""Names are found however they are written, and ordinary words are let be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore.safekeeping.names import Roster

ROSTER = Roster(["Anna-Mae O’Dellwick", "Zoë Quillfeather", "Thomas Bramblefen", "Jo Ash"])


@pytest.mark.parametrize(
    "said",
    [
        "We met Anna today.",
        "ANNA came",
        "Zoe’s drum",
        "Zoë's drum",
        "with O'Dellwick",
        "with ODellwick",
        "Tom laughed",
        "Mr Quillfeathers",
        "Bramblfen",
        "Bramblefren",
        "Quilfeather",
        "Jo was there",
    ],
)
def test_a_name_is_found_however_it_is_written(said: str) -> None:
    assert ROSTER.find(said), said


@pytest.mark.parametrize(
    "said", ["We made a drum.", "T.B. WR-0001 came.", "an ash tree by the canal", "J. was late", ""]
)
def test_ordinary_words_and_initials_are_let_be(said: str) -> None:
    assert ROSTER.find(said) == []


def test_without_capitals_nothing_is_let_by() -> None:
    assert [one.word for one in ROSTER.find("we met anna under the ash", capitals=False)] == ["anna", "ash"]


def test_where_a_name_begins_is_told() -> None:
    [found] = ROSTER.find("With Zoë.")
    assert (found.word, found.at) == ("Zoë", 5)


@given(st.text(alphabet="abcdefghijklmnoprstuvwyz", min_size=5, max_size=12), st.data())
def test_one_letter_wrong_missing_or_too_many_is_found(name: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(name) - 1))
    letter = data.draw(st.sampled_from("abcdefghijklmnop"))
    roster = Roster([name])
    for wrong in (
        name[:place] + name[place + 1 :],
        name[:place] + letter + name[place + 1 :],
        name[:place] + letter + name[place:],
    ):
        if len(wrong) >= 5:
            assert roster.holds(wrong), wrong


@given(st.text())
def test_any_text_can_be_looked_through(text: str) -> None:
    for found in ROSTER.find(text, capitals=False):
        assert text[found.at :].startswith(found.word)
