"""Which column of a file is which: told, confirmed before, exactly, by known words, by likeness; never two for one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cmcore.exchange.columns import ABSENT, Column, Heads, Matched, fingerprint, match_columns, plain
from cmcore.exchange.given import GivenFile
from cmcore.exchange.heads import register_heads, return_heads
from cmcore.exchange.ssda903.layout import LAYOUTS
from cmcore.exchange.ssda903.read import read_return
from tests.cmcore.exchange.made_register import establishment, register
from tests.cmcore.exchange.made_returns import PARTS, TODAY, child, episode, score, text_of

MOST = 1_000_000
ASKED = (
    Column("held_on", "Day", True, synonyms=("date", "date of visit")),
    Column("long", "How long", True, synonyms=("hours", "duration")),
    Column("note", "Note"),
)


def heads(*headings: str, official: bool = False, whole: bool = False) -> Heads:
    return Heads("june.csv", "june", "june", ASKED, headings, official=official, whole=whole)


def found(matching: object) -> dict[str, tuple[int, str]]:
    return {key: (one.place, one.how) for key, one in matching.matches.items()}  # type: ignore[attr-defined]


def test_the_surest_way_goes_first() -> None:
    made = match_columns(heads("Duration", "Day", "Notes"))
    assert found(made) == {"held_on": (1, "exact"), "long": (0, "synonym"), "note": (2, "alike")}
    assert not made.settled and [one.key for one in made.guessed] == ["long", "note"]
    known = {"held_on": "Day", "long": "Duration", "note": ""}
    again = match_columns(heads("Duration", "Day", "Notes"), known)
    assert found(again) == {"held_on": (1, "exact"), "long": (0, "remembered")} and again.settled
    told = match_columns(heads("Duration", "Day", "Notes"), known, {"held_on": 0, "long": 1, "note": ABSENT})
    assert found(told) == {"held_on": (0, "told"), "long": (1, "told")} and told.absent == {"note"}


def test_no_column_of_the_file_is_taken_twice() -> None:
    made = match_columns(heads("Date", "Date of vist"))
    assert found(made) == {"held_on": (0, "synonym")} and [one.key for one in made.missing] == ["long"]
    assert [one.rule for one in made.refusals()] == ["R-COL-1"]
    twice = match_columns(heads("Day", "Hours"), told={"held_on": 0, "long": 0})
    assert found(twice) == {"held_on": (0, "exact"), "long": (1, "synonym")}


def test_the_same_words_over_two_columns_are_for_a_person_to_choose() -> None:
    made = match_columns(heads("Day", "day ", "Hours"))
    assert "held_on" not in made.matches and made.doubled == {"held_on": (0, 1)} and not made.settled
    assert "Day (column A) and day (column B)" in made.refusals()[0].message
    remembered = match_columns(heads("Day", "day ", "Hours"), {"held_on": "Day", "long": "Hours"})
    assert "held_on" not in remembered.matches, "what stands twice now is not what was confirmed"


def test_an_official_file_is_not_guessed_at_while_all_that_is_needed_stands_there() -> None:
    exact = match_columns(heads("held_on", "long", "Notes", official=True))
    assert found(exact) == {"held_on": (0, "exact"), "long": (1, "exact")} and exact.settled and exact.exact


def test_of_a_sheet_that_was_given_out_every_column_is_asked_for() -> None:
    made = match_columns(heads("Day", "How long", whole=True))
    assert [one.key for one in made.unspoken] == ["note"] and not made.settled


@pytest.mark.parametrize("odd", ["", "  ", "\u200b", "№", "💶", "=cmd", "a" * 5000, "Day" * 40, "£", "..."])
def test_odd_headings_match_nothing_and_break_nothing(odd: str) -> None:
    made = match_columns(heads(odd, "Day", "Hours", *[f"x{number}" for number in range(300)]))
    assert found(made)["held_on"] == (1, "exact") and found(made)["long"] == (2, "synonym")


@pytest.mark.parametrize(
    ("told", "words"), [("D.O.B.:", "dob"), ("Place_Provider", "place provider"), ("  Child’s ID", "childs id")]
)
def test_signs_and_capitals_do_not_count(told: str, words: str) -> None:
    assert plain(told) == words


def test_headings_are_known_again_whatever_their_order() -> None:
    assert fingerprint(["Day", "Hours", ""]) == fingerprint([" hours", "DAY"]) != fingerprint(["Day"])


def given_as(name: str, text: str, encoding: str = "utf-8") -> GivenFile:
    return GivenFile.holding(name, text.encode(encoding))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_headings_are_read_however_the_file_is_written(encoding: str, sign: str) -> None:
    text = "Oür children\n\nCHILD,SEX,Date of birth,ETHNIC,UPN\n1,1,01/02/2012,WBRI,UN1\n".replace(",", sign)
    made = return_heads([given_as("header.csv", text, encoding)], MOST)[0]
    assert made is not None and (made.part, made.row) == ("header", 3) and made.values[2] == ("01/02/2012",)
    places = match_columns(made).places
    read = read_return([given_as("h.csv", text, encoding)], today=TODAY, matched=[Matched("header", places, 3)])
    assert [one.child_id for one in read.children] == ["1"] and read.children[0].row == 4


def test_a_file_that_is_none_of_the_return_is_left_to_its_reader() -> None:
    for text in ("Name,Place\na,b\n", "", "CHILD,SEX\n1,1\n", "CHILD,REVIEW,REVIEW_CODE\n1,2,3\n"):
        assert return_heads([given_as("x.csv", text)], MOST) == [None]


def test_what_is_wrong_names_the_column_as_the_file_does() -> None:
    text = text_of(PARTS["header"], [child("1", DOB="31/02/2014"), child("2")]).replace("DOB", "Born on", 1)
    file = given_as("header.csv", text)
    made = match_columns(return_heads([file], MOST)[0])  # type: ignore[arg-type]
    read = read_return([file], today=TODAY, matched=[Matched("header", made.places)])
    assert [(one.file, one.row, one.column) for one in read.held_back] == [("header.csv", 2, "Born on")]


def test_the_register_is_known_by_other_words_too() -> None:
    with register([establishment()], "utf-8").open() as stream:
        text = stream.read().decode()
    for ours, theirs in (("EstablishmentName", "School name"), ("LA (code)", "LA no"), ("OpenDate", "Opening date")):
        text = text.replace(ours, theirs, 1)
    made = register_heads(given_as("register.csv", text), MOST)
    assert made is not None
    told = match_columns(made)
    assert not told.missing and {one.key for one in told.guessed} == {"EstablishmentName", "LA (code)", "OpenDate"}


USUAL = {
    "header": [child(str(number)) for number in range(1, 6)],
    "episodes": [episode(str(number)) for number in range(1, 6)],
    "oc2": [score(str(number)) for number in range(1, 6)],
}
WORDS = {one.key: {each.key: (each.label, *each.synonyms) for each in one.asked} for one in LAYOUTS}


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_renamed_and_shuffled_columns_say_the_same_as_the_guides_own(data: st.DataObject) -> None:
    plainly, renamed = [], []
    for part, rows in USUAL.items():
        columns = list(PARTS[part])
        plainly.append(given_as(f"{part}.csv", text_of(columns, rows)))
        words = {key: data.draw(st.sampled_from((key, *WORDS[part].get(key, ())))) for key in columns}
        shuffled = data.draw(st.permutations(columns))
        lines = text_of(tuple(shuffled), rows).split("\r\n")
        assert len(lines) > 2
        renamed.append(given_as(f"{part}.csv", "\r\n".join([",".join(words[key] for key in shuffled), *lines[1:]])))
    made = [match_columns(one) for one in return_heads(renamed, MOST) if one is not None]
    assert [one.heads.part for one in made] == list(USUAL) and not any(one.missing for one in made)
    matched = [Matched(one.heads.part, one.places, one.heads.row) for one in made]
    read, same = read_return(renamed, today=TODAY, matched=matched), read_return(plainly, today=TODAY)
    assert (read.children, read.episodes, read.sdq_totals) == (same.children, same.episodes, same.sdq_totals)
