"""The return of looked-after children: what comes in, what is held back and why."""

from __future__ import annotations

import random
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cmcore.base.findings import Refused, Severity
from cmcore.exchange.ssda903 import checks
from cmcore.exchange.ssda903.codes import CODE_SETS, LEGAL_STATUS, PLACEMENT
from cmcore.exchange.ssda903.read import files_in, read_return, year_end_after, year_end_before
from tests.cmcore.exchange.made_returns import (
    EPISODES,
    HEADER,
    OC2,
    TODAY,
    UPNS,
    child,
    episode,
    file,
    files,
    only,
    read,
    real_folder,
    score,
)

MARCH_2026 = date(2026, 3, 31)


def test_a_sound_return_comes_in_whole_and_nothing_is_said() -> None:
    made = read(
        header=[child(UPN=UPNS[0])],
        episodes=[episode(URN="123456")],
        oc2=[score()],
        uasc=[{"CHILD": "100001", "SEX": "2", "DOB": "26/03/2013", "DUC": "26/03/2031"}],
    )
    assert made.findings == []
    [person], [spell], [total] = made.children, made.episodes, made.sdq_totals
    assert (person.born_on, person.sex, person.ethnic, person.upn) == (date(2013, 3, 26), "2", "WBRI", UPNS[0])
    assert (person.uasc, person.uasc_until) == (True, date(2031, 3, 26))
    assert (spell.started_on, spell.ended_on, spell.placement, spell.urn) == (date(2025, 10, 2), None, "U6", "123456")
    assert (total.score, total.reason) == (12, None)
    assert made.rows_read == {"header": 1, "episodes": 1, "oc2": 1, "uasc": 1}


@pytest.mark.parametrize(
    ("cells", "check", "column", "said"),
    [
        ({"CHILD": ""}, checks.NO_CHILD_ID, "CHILD", "There is no child id, so we cannot tell whose record this is."),
        ({"CHILD": "9" * 21}, checks.TEXT_TOO_LONG, "CHILD", "This child id has 21 characters; at most 20 are taken."),
        ({"DOB": ""}, checks.NO_BIRTH_DATE, "DOB", "There is no date of birth."),
        ({"DOB": "31/02/2014"}, checks.NOT_A_DAY, "DOB", "31/02/2014 is not a day."),
        ({"DOB": "03/27/2014"}, checks.NOT_A_DAY, "DOB", "03/27/2014 is not a day."),
        ({"DOB": "27/03/14"}, checks.NOT_A_DAY, "DOB", "27/03/14 is not a day."),
        ({"DOB": "27/03/0208"}, checks.NOT_A_DAY, "DOB", "27/03/0208 is not a day."),
        ({"DOB": "11/11/2026"}, checks.IN_THE_FUTURE, "DOB", "11/11/2026 is still to come."),
        ({"DOB": "26/03/1998"}, checks.TOO_OLD, "DOB", "this child would be 28 on 31 March 2026."),
    ],
)
def test_an_unusable_child_is_held_back_and_the_rest_comes_in(
    cells: dict[str, str], check: checks.Check, column: str, said: str
) -> None:
    made = read(header=[child(**cells), child("100002")], episodes=[episode("100002")])
    held = only(made.held_back)
    assert (held.rule, held.file, held.row, held.column) == (check.id, "header.csv", 2, column)
    assert said in held.message
    assert "waits" in held.way_out
    assert [one.child_id for one in made.children] == ["100002"]


@pytest.mark.parametrize("text", ["26/03/2013", "26-03-2013", "26.3.2013", "2013-03-26", "26/03/2013 00:00:00"])
def test_a_day_is_read_as_programs_save_it(text: str) -> None:
    assert read(header=[child(DOB=text)]).children[0].born_on == date(2013, 3, 26)


def test_what_hangs_on_a_child_held_back_is_held_back_with_the_reason() -> None:
    made = read(header=[child(DOB=""), child("100002")], episodes=[episode(), episode("100003")], oc2=[score()])
    messages = [(one.file, one.row, one.message) for one in made.held_back if one.rule == checks.NOT_IN_HEADER.id]
    assert messages == [
        ("episodes.csv", 2, "This child's row in the header file, row 2, is held back, and so is this one."),
        ("episodes.csv", 3, "This child is not in the header file."),
        ("oc2.csv", 2, "This child's row in the header file, row 2, is held back, and so is this one."),
    ]
    assert not made.episodes
    assert not made.sdq_totals


def test_a_doubled_child_is_left_out_where_it_is_the_same_and_held_back_where_it_differs() -> None:
    made = read(header=[child(), child(), child(SEX="1")])
    twice, differs = [one for one in made.findings if one.column == "CHILD"]
    assert (twice.severity, twice.row) == (Severity.inform, 3)
    assert (differs.blocks, differs.row) == (True, 4)
    assert "row 2" in twice.message
    assert "This child stands in row 2 already, and the two rows differ." in differs.message
    assert [one.sex for one in made.children] == ["2"]


def test_a_child_held_back_and_doubled_says_both() -> None:
    made = read(header=[child(DOB=""), child()], episodes=[])
    assert [one.rule for one in made.held_back] == [checks.NO_BIRTH_DATE.id, checks.CHILD_DIFFERS.id]


def test_a_wrong_check_letter_warns_and_the_number_is_kept() -> None:
    made = read(header=[child(UPN="B123456789012")])
    warned = only(made.findings)
    assert (warned.severity, warned.rule, warned.value) == (Severity.warn, checks.UPN_LETTER.id, "B123456789012")
    assert warned.message == "The first letter should be A for these digits."
    assert made.children[0].upn == "B123456789012"


@pytest.mark.parametrize("upn", ["O068405655286", "A12345", "unknown", "UN6"])
def test_what_is_no_pupil_number_warns_and_is_left_out(upn: str) -> None:
    made = read(header=[child(UPN=upn)])
    warned = only(made.findings)
    assert (warned.severity, warned.rule, warned.value) == (Severity.warn, checks.UPN_PATTERN.id, upn)
    assert (made.children[0].upn, made.children[0].upn_unknown) == (None, None)


def test_a_pupil_number_is_missing_shared_or_unknown_for_a_reason() -> None:
    header = [child(UPN=""), child("2", UPN="un3"), child("3", UPN=UPNS[1]), child("4", UPN=UPNS[1].lower())]
    made = read(header=header, episodes=[episode(), episode("2"), episode("3"), episode("4")])
    assert [one.rule for one in made.findings] == [checks.UPN_MISSING.id, checks.UPN_SHARED.id]
    assert [one.upn for one in made.children] == [None, None, UPNS[1], None]
    assert made.children[1].upn_unknown == "UN3"


@pytest.mark.parametrize("text", ["41", "-1", "12.5", "twelve", "１２"])
def test_a_total_outside_its_scale_is_held_back(text: str) -> None:
    made = read(oc2=[score(SDQ_SCORE=text)])
    held = only(made.held_back)
    assert (held.rule, held.column, held.value) == (checks.SCORE_OUT_OF_RANGE.id, "SDQ_SCORE", text)


@pytest.mark.parametrize(("text", "total"), [("0", 0), ("40", 40), ("12.0", 12)])
def test_a_total_inside_its_scale_comes_in(text: str, total: int) -> None:
    assert read(oc2=[score(SDQ_SCORE=text)]).sdq_totals[0].score == total


def test_a_blank_total_with_its_reason_comes_in_with_the_reason() -> None:
    made = read(oc2=[score(SDQ_SCORE="", SDQ_REASON="SDQ2")])
    assert not made.findings
    assert (made.sdq_totals[0].score, made.sdq_totals[0].reason) == (None, "SDQ2")


def test_a_total_and_a_reason_or_neither_is_warned_of() -> None:
    both = read(oc2=[score(SDQ_REASON="SDQ2")])
    assert only(both.findings).rule == checks.SCORE_AND_REASON.id
    assert both.sdq_totals[0].reason is None
    neither = read(oc2=[score(SDQ_SCORE="")])
    assert only(neither.findings).rule == checks.SCORE_MISSING.id
    assert not neither.sdq_totals


def test_another_file_that_gives_another_date_of_birth_is_warned_of() -> None:
    made = read(oc2=[score(DOB="27/03/2013")])
    warned = only(made.findings)
    assert (warned.rule, warned.file) == (checks.HEADER_DIFFERS.id, "oc2.csv")
    assert "row 2, says 26/03/2013" in warned.message


def test_a_child_stands_once_in_the_scores() -> None:
    made = read(oc2=[score(), score(), score(SDQ_SCORE="30")])
    assert [one.rule for one in made.findings] == [checks.ROW_TWICE.id, checks.ROW_DIFFERS.id]
    assert [one.score for one in made.sdq_totals] == [12]


def test_a_day_the_status_of_an_unaccompanied_child_cannot_cease_is_held_back() -> None:
    made = read(uasc=[{"CHILD": "100001", "DOB": "26/03/2013", "DUC": "26/03/2003"}])
    assert only(made.held_back).column == "DUC"
    assert not made.children[0].uasc


def test_a_part_that_was_not_given_is_said_and_stays_as_it_is() -> None:
    made = read_return(files(header=[child()]), today=TODAY)
    assert [one.message for one in made.findings] == [
        "The episodes file was not given. Episodes of care stay as they are held.",
        "The oc2 file was not given. SDQ totals stay as they are held.",
        "The uasc file was not given. Who is an unaccompanied asylum-seeking child stays as it is held.",
    ]


def test_a_part_of_the_return_that_nothing_is_brought_in_from_is_named() -> None:
    reviews = file("reviews.csv", ("CHILD", "DOB", "REVIEW", "REVIEW_CODE"), [])
    made = read_return([*files(header=[child()], episodes=[episode()], oc2=[score()], uasc=[]), reviews], today=TODAY)
    assert "This is the part Reviews of the return." in made.findings[0].message
    assert made.findings[0].file == "reviews.csv"


def test_which_file_is_which_is_told_by_its_columns_and_not_its_name() -> None:
    given = [
        file("a.csv", OC2, [score()]),
        file("b.csv", EPISODES, [episode()]),
        file("oc2.csv", HEADER, [child()]),
    ]
    made = read_return(given, today=TODAY)
    assert made.files == {"oc2": "a.csv", "episodes": "b.csv", "header": "oc2.csv"}


@pytest.mark.parametrize(
    ("starts", "today", "ends_on"),
    [
        ("31/03/2018", TODAY, date(2018, 3, 31)),
        ("01/04/2017", TODAY, date(2018, 3, 31)),
        ("01/04/2026", TODAY, date(2027, 3, 31)),
        ("", TODAY, MARCH_2026),
        ("", date(2026, 3, 31), date(2026, 3, 31)),
        ("", date(2026, 3, 30), date(2025, 3, 31)),
    ],
)
def test_the_year_of_a_return_is_told_from_its_latest_episode(starts: str, today: date, ends_on: date) -> None:
    given = files(header=[child(DOB="01/01/2010")], episodes=[episode(DECOM=starts)])
    assert read_return(given, today=today).year_ends_on == ends_on


def test_the_year_of_a_return_can_be_given_and_ends_on_a_31_march() -> None:
    assert read_return(files(header=[child()]), today=TODAY, year_ends_on=MARCH_2026).year_ends_on == MARCH_2026
    with pytest.raises(Refused, match="ends on a 31 March, not on 30/03/2026"):
        read_return(files(header=[child()]), today=TODAY, year_ends_on=date(2026, 3, 30))
    with pytest.raises(Refused, match="too far ahead"):
        read_return(files(header=[child()]), today=TODAY, year_ends_on=date(2028, 3, 31))


def test_years_end_on_the_31_march() -> None:
    assert year_end_before(date(2026, 3, 31)) == year_end_after(date(2026, 3, 31)) == MARCH_2026
    assert year_end_after(date(2026, 4, 1)) == date(2027, 3, 31)


def test_codes_are_said_in_words_and_an_unknown_one_as_it_stands() -> None:
    assert LEGAL_STATUS.say("C2") == "C2 full care order"
    assert PLACEMENT.words("K2") == "children's home"
    assert (PLACEMENT.say("Q9"), PLACEMENT.words("Q9")) == ("Q9", "Q9")
    assert PLACEMENT.say(None) == PLACEMENT.words("") == ""
    assert all(meaning.short and meaning.full for codes in CODE_SETS.values() for meaning in codes.values())


def test_every_check_has_its_own_id() -> None:
    ids = [check.id for check in checks.CHECKS]
    assert len(set(ids)) == len(ids) == 31


@settings(max_examples=30, deadline=None)
@given(st.randoms(use_true_random=False), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]))
def test_neither_column_order_nor_encoding_changes_what_is_read(shuffle: random.Random, encoding: str) -> None:
    header = [child(), child("100002", UPN="B123456789012"), child("100003", DOB="31/02/2014")]
    episodes = [episode(), episode("100002", DECOM="03/11/2025"), episode("100003")]

    def given_in_order(order: random.Random | None) -> list[tuple[object, ...]]:
        names = [list(columns) for columns in (HEADER, EPISODES, OC2)]
        for columns in names:
            if order:
                order.shuffle(columns)
        made = read_return(
            [
                file("header.csv", names[0], header, encoding if order else "utf-8"),
                file("episodes.csv", names[1], episodes),
                file("oc2.csv", names[2], [score()]),
            ],
            today=TODAY,
        )
        said = [one for one in made.findings if not (one.rule or "").startswith("R-CSV")]
        return [tuple(map(repr, part)) for part in (made.children, made.episodes, made.sdq_totals, said)]

    assert given_in_order(shuffle) == given_in_order(None)


def test_the_real_returns_faults_are_all_found_and_every_row_comes_in() -> None:
    made = read_return(files_in(real_folder()), today=TODAY)
    assert made.year_ends_on == date(2018, 3, 31)
    assert made.rows_read == {"header": 2675, "episodes": 5050, "oc2": 2675, "uasc": 132}
    assert (len(made.children), len(made.episodes), len(made.sdq_totals)) == (2675, 5050, 2675)
    assert sum(one.uasc for one in made.children) == 132
    assert made.held_back == []
    assert made.tally() == {
        checks.UPN_LETTER.id: 2272,
        checks.UPN_PATTERN.id: 296,
        checks.NO_EPISODE.id: 552,
        checks.REASON_WITHOUT_END.id: 1413,
        checks.TWO_OPEN.id: 5,
        checks.OVERLAP.id: 68,
    }
    assert sum(one.score is None for one in made.sdq_totals) == 1354
    assert all(one.file and one.row and one.column and one.message and one.way_out for one in made.findings)
