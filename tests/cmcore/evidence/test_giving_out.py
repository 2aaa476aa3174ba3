"""Subgroup tables from the records: split, given out and remembered; cohorts saved under a name; what else changed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import select

from cmcore.base.findings import NotAllowed
from cmcore.evidence.actions import (
    answers_of_saved_cohort,
    change_saved_cohort,
    cohort_of_saved,
    give_out,
    remove_saved_cohort,
    save_cohort,
)
from cmcore.evidence.cohorts import Cohort
from cmcore.evidence.forms import SavedCohortAnswers
from cmcore.evidence.groups import GROUPINGS
from cmcore.evidence.moves import moves_of
from cmcore.evidence.outputs import FORMATS
from cmcore.evidence.queries import evidence_everywhere, programme_with, subgroups
from cmcore.evidence.records import PublishedTable, SavedCohort
from cmcore.safekeeping.work import Work
from cmcore.testing import Stage, refused
from tests.cmcore.evidence.made_cohorts import KEY, account, pair
from tests.cmcore.reviews.made_enrolments import Ground, ground
from tests.databases import Beginning

SAVED = SavedCohortAnswers(name="Key stage 4, this year")


def settled(stage: Stage) -> None:
    """Twelve pairs in key stage 3 and three in key stage 5."""
    at_work = ground(stage)
    with stage.work() as work:
        for number in range(15):
            pair(work, at_work, born_on=date(2008 if number < 3 else 2012, 3, 1), minutes=60)
        at_work.enrolment(work)


@pytest.fixture
def beginning() -> Beginning:
    """What these tests begin with."""
    return settled


@pytest.fixture
def scored(begun: None, stage: Stage) -> Iterator[Work]:
    """A coordinator's piece of work where they are, undone afterwards."""
    opened = stage.work()
    yield opened
    opened.undo()
    opened.close()


@pytest.mark.parametrize("by", list(GROUPINGS))
def test_groups_add_up_to_the_whole_however_it_is_split(scored: Work, stage: Stage, by: str) -> None:
    made = subgroups(scored, stage.authority_id, KEY, by=by)
    whole = account(scored, stage)
    assert (made.total.started, made.total.paired) == (whole.started, whole.paired) == (16, 15)
    assert sum(row.started for row in made.groups) == 16  # type: ignore[misc]
    assert made.policy.caution


def test_a_table_given_out_hides_the_small_group_and_is_remembered_once(scored: Work, stage: Stage) -> None:
    pytest.importorskip("scipy", reason="scipy is not installed: the extra is called evidence.")
    made = give_out(scored, stage.authority_id, KEY, by="key_stage")
    assert [row.paired for row in made.groups] == ["c", "c"]
    again = give_out(scored, stage.authority_id, KEY, by="key_stage")
    assert again.release == made.release
    (kept,) = scored.db.scalars(select(PublishedTable))
    assert (kept.by, kept.series, kept.policy["policy"]) == ("key_stage", "creative-mentoring eight@1", "dfe")
    for form, write in FORMATS.items():
        assert write(made, "Wrenshire", scored.clock.now()), form
    assert json.loads(FORMATS["json"](made, "Wrenshire", scored.clock.now()))["rows"][0]["started"] == "c"


def test_a_table_by_persons_and_one_that_hides_nothing_are_not_given_out(scored: Work, stage: Stage) -> None:
    with refused(words="A table by mentor tells of single people."):
        give_out(scored, stage.authority_id, KEY, by="mentor")
    with refused(words="A table of one mentor’s work tells of a single person."):
        give_out(scored, stage.authority_id, KEY, Cohort(mentor_id=1))
    with refused(words="is not given out"):
        give_out(scored, stage.authority_id, KEY, policy="internal")
    with refused(words="There is no policy “none”."):
        subgroups(scored, stage.authority_id, KEY, policy="none")
    with refused(words="is not split by “shoes”"):
        subgroups(scored, stage.authority_id, KEY, by="shoes")


def test_an_evaluator_has_the_hidden_table_and_never_the_numbers(stage: Stage, at_work: Ground) -> None:
    pytest.importorskip("scipy", reason="scipy is not installed: the extra is called evidence.")
    with stage.work() as work:
        for _ in range(4):
            pair(work, at_work)
    with stage.work("evaluator") as work:
        assert give_out(work, stage.authority_id, KEY).total.paired == "c"
        for asks in (subgroups, account):
            with pytest.raises(NotAllowed):
                asks(work, stage.authority_id, KEY) if asks is subgroups else account(work, stage)
    with stage.work("evaluator") as work:
        assert not list(work.db.scalars(select(PublishedTable)))
    with stage.work() as work:
        assert len(list(work.db.scalars(select(PublishedTable)))) == 1


def test_a_cohort_is_saved_changed_and_removed_by_whoever_saved_it(stage: Stage, at_work: Ground) -> None:
    cohort = Cohort(key_stage="KS4", started_from=date(2026, 9, 1))
    with stage.work() as work:
        programme = programme_with(work, stage.authority_id, KEY)
        saved = save_cohort(work, programme, cohort, SAVED)
        assert cohort_of_saved(saved) == cohort and answers_of_saved_cohort(saved) == SAVED
        with refused(words="There is a cohort of that name."):
            save_cohort(work, programme, Cohort(), SAVED)
        change_saved_cohort(work, saved, Cohort(key_stage="KS3"), SavedCohortAnswers(name="Key stage 3"))
        key = saved.id
    with stage.work("evaluator", login="wilf.ambergate") as work:
        with refused(words="Somebody else saved this cohort."):
            remove_saved_cohort(work, work.get(SavedCohort, key))
    with stage.work() as work:
        saved = work.get(SavedCohort, key)
        assert (saved.name, saved.filters) == ("Key stage 3", {"key_stage": "KS3"})
        remove_saved_cohort(work, saved)


def test_what_else_changed_is_counted_and_one_authority_is_the_whole_of_itself(scored: Work, stage: Stage) -> None:
    moves = moves_of(scored, stage.authority_id, programme_with(scored, stage.authority_id, KEY))
    assert moves.started == 16
    assert moves.concern_lowered + moves.concern_same + moves.concern_raised == moves.concern_known
    assert evidence_everywhere(scored, KEY).paired == 15
