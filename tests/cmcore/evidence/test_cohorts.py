"""A cohort is read from an address or a command, and what cannot be read is refused with the way out."""

from __future__ import annotations

from dataclasses import fields
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore.base.periods import KEY_STAGES
from cmcore.evidence.cohorts import Cohort
from cmcore.evidence.forms import answers_of_cohort, cohort_of
from cmcore.evidence.words import KeyStage
from cmcore.testing import refused


def test_every_filter_is_read_and_said_in_words() -> None:
    cohort = Cohort.read(
        {
            "started_from": "2025-09-01",
            "started_to": "2026-08-31",
            "at_work_from": "2026-04-13",
            "scored_to": "2026-08-31",
            "least_age": "11",
            "most_age": "16",
            "key_stage": "KS3",
            "care_status": "looked_after",
            "send": "ehcp",
            "setting_id": "7",
            "mentor_id": "3",
            "funding_line_id": "2",
            "theme": "homelessness",
            "scored_by": "joint",
            "measure_set": "eight@1",
            "page": "2",
        }
    )
    assert all(getattr(cohort, field.name) for field in fields(Cohort))
    assert (cohort.started_from, cohort.setting_id) == (date(2025, 9, 1), 7)
    words = {name: said for name, _, said in cohort.in_words()}
    assert words["started_from"] == "1 September 2025"
    assert (words["care_status"], words["scored_by"]) == ("Looked after", "Young person and mentor together")
    assert (
        Cohort.read(
            cohort.as_data() | {"setting_id": "7"} | {key: str(value) for key, value in cohort.as_data().items()}
        )
        == cohort
    )


def test_nothing_asked_filters_nothing() -> None:
    assert Cohort.read({}) == Cohort.read({"key_stage": " "}) == Cohort()
    assert Cohort().as_data() == {} and Cohort().in_words() == []


def test_one_filter_can_be_taken_away() -> None:
    assert Cohort(key_stage="KS3", theme="crime").without("theme") == Cohort(key_stage="KS3")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"started_from": "1/9/2025"}, "Started on or after: “1/9/2025” cannot be read. Write a day as 2026-09-01."),
        ({"least_age": "-1"}, "Write a whole number."),
        ({"setting_id": "9" * 12}, "Write a whole number."),
        ({"mentor_id": "٣"}, "Write a whole number."),
        ({"key_stage": "KS9"}, "Choose one of EYFS, KS1"),
        ({"care_status": "adopted"}, "Choose one of looked_after"),
        ({"theme": "x" * 61}, "at most 60 characters"),
        ({"started_from": "2026-09-01", "started_to": "2026-08-31"}, "before it begins on 1 September 2026"),
        ({"least_age": "16", "most_age": "11"}, "No age is from 16 up to 11"),
    ],
)
def test_what_cannot_be_read_is_refused(given: dict[str, str], words: str) -> None:
    with refused(words=words):
        Cohort.read(given)


@given(st.dictionaries(st.sampled_from([field.name for field in fields(Cohort)]), st.text(max_size=80)))
def test_whatever_an_address_holds_is_read_or_refused_and_nothing_else(given: dict[str, str]) -> None:
    from cmcore.base.findings import Refused

    try:
        cohort = Cohort.read(given)
    except Refused:
        return
    assert cohort.key_stage in ("", *KeyStage)


def test_every_key_stage_has_its_words() -> None:
    assert [stage.value for stage in KeyStage] == [*(name for _, name in KEY_STAGES), "post-18"]


def test_the_form_asks_for_the_cohort_it_was_filled_in_from() -> None:
    cohort = Cohort(
        date(2025, 9, 1), date(2026, 8, 31), 11, 16, "KS3", "looked_after", "ehcp", 7, 3, 2, "crime", "joint", "eight@1"
    )
    assert cohort_of(answers_of_cohort(cohort), cohort) == cohort
    # The form asks for theme and funding too, so that leaving them blank widens the cohort; the set stays as chosen.
    assert cohort_of(answers_of_cohort(Cohort()), cohort) == Cohort(measure_set="eight@1")
