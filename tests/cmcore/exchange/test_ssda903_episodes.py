"""The episodes of the return: what comes in, what is held back, and how codes are read."""

from __future__ import annotations

from datetime import date

import pytest

from cmcore.exchange.ssda903 import checks
from tests.cmcore.exchange.made_returns import (
    episode,
    only,
    read,
)


@pytest.mark.parametrize(
    ("cells", "check", "column"),
    [
        ({"DECOM": ""}, checks.NOT_A_DAY, "DECOM"),
        ({"DECOM": "30/02/2025"}, checks.NOT_A_DAY, "DECOM"),
        ({"DECOM": "11/11/2026"}, checks.IN_THE_FUTURE, "DECOM"),
        ({"DECOM": "25/03/2013"}, checks.BEFORE_BIRTH, "DECOM"),
        ({"DEC": "99/99/9999", "REC": "X1"}, checks.NOT_A_DAY, "DEC"),
        ({"DEC": "11/11/2026", "REC": "X1"}, checks.IN_THE_FUTURE, "DEC"),
        ({"DEC": "01/10/2025", "REC": "X1"}, checks.ENDS_BEFORE_START, "DEC"),
        ({"CHILD": ""}, checks.NO_CHILD_ID, "CHILD"),
    ],
)
def test_an_impossible_episode_is_held_back(cells: dict[str, str], check: checks.Check, column: str) -> None:
    made = read(episodes=[episode(**cells), episode(DECOM="03/10/2025")])
    held = only(made.held_back)
    assert (held.rule, held.file, held.row, held.column) == (check.id, "episodes.csv", 2, column)
    assert [one.row for one in made.episodes] == [3]


def test_an_episode_may_end_on_the_day_it_starts() -> None:
    assert not read(episodes=[episode(DEC="02/10/2025", REC="E8")]).findings


def test_two_open_episodes_come_in_and_are_warned_of() -> None:
    made = read(episodes=[episode(), episode(DECOM="03/11/2025")])
    warned = only(made.findings)
    assert (warned.rule, warned.row) == (checks.TWO_OPEN.id, 3)
    assert warned.message == "This child has another open episode, from 02/10/2025 in row 2."
    assert [one.ended_on for one in made.episodes] == [None, None]


def test_episodes_that_overlap_come_in_and_are_warned_of_in_date_order() -> None:
    first = episode(DEC="05/11/2025", REC="X1")
    made = read(episodes=[episode(DECOM="03/11/2025"), first])
    warned = only(made.findings)
    assert (warned.rule, warned.row) == (checks.OVERLAP.id, 2)
    assert "row 3, from 02/10/2025" in warned.message
    assert not read(episodes=[episode(DECOM="05/11/2025"), first]).findings


def test_two_episodes_from_one_day_keep_the_first() -> None:
    made = read(episodes=[episode(), episode(), episode(PLACE="K2")])
    assert [one.rule for one in made.findings] == [checks.EPISODE_TWICE.id, checks.EPISODE_DIFFERS.id]
    assert [one.placement for one in made.episodes] == ["U6"]


def test_a_reason_and_a_day_of_ceasing_go_together() -> None:
    made = read(episodes=[episode(REC="X1"), episode(DECOM="01/09/2025", DEC="02/10/2025")])
    assert [one.rule for one in made.findings] == [checks.REASON_WITHOUT_END.id, checks.END_WITHOUT_REASON.id]
    assert [(one.ended_on, one.reason_ceased) for one in made.episodes] == [(None, None), (date(2025, 10, 2), None)]


@pytest.mark.parametrize("column", ["RNE", "LS", "CIN", "PLACE", "PLACE_PROVIDER"])
def test_an_unknown_code_is_kept_and_warned_of(column: str) -> None:
    made = read(episodes=[episode(**{column: "q9"})])
    warned = only(made.findings)
    assert (warned.rule, warned.column, warned.value) == (checks.CODE_UNKNOWN.id, column, "q9")
    assert "Q9" in vars_of(made.episodes[0])


def vars_of(row: object) -> list[object]:
    return [getattr(row, name) for name in type(row).__slots__]  # type: ignore[attr-defined]


def test_a_code_in_small_letters_is_the_code() -> None:
    made = read(episodes=[episode(LS="c2", PLACE="u6", DEC="03/10/2025", REC="E4a")])
    assert not made.findings
    assert (made.episodes[0].legal_status, made.episodes[0].reason_ceased) == ("C2", "E4A")


def test_a_missing_code_is_warned_of_where_one_is_needed() -> None:
    made = read(episodes=[episode(LS="", PLACE_PROVIDER="")])
    assert only(made.findings).message == "There is no code for legal status."


def test_a_text_too_long_for_a_code_is_left_out() -> None:
    made = read(episodes=[episode(PLACE="foster care")])
    assert only(made.findings).rule == checks.CODE_UNKNOWN.id
    assert made.episodes[0].placement is None


def test_an_unknown_number_of_a_placement_is_empty() -> None:
    made = read(episodes=[episode(URN="XXXXXXX"), episode(DECOM="03/10/2025", URN="sc012345")])
    assert [one.urn for one in made.episodes] == [None, "SC012345"]
