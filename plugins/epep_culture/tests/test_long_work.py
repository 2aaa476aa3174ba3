"""Drafting a term is long work (cm_long_work): a worker that is killed leaves the rest to the next one."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import func, select

from cmcore.api import Authority, YoungPerson, term_at
from cmcore.api.acts import give_role, open_term
from cmcore.api.asks import TermAnswers
from cmcore.api.jobs import Task, task_kinds
from cmcore.testing.story import Story
from cmcore_epep_culture import drafting
from cmcore_epep_culture.long_work import DRAFT, ask_to_draft
from cmcore_epep_culture.records import CultureLine, CulturePage
from tests.cmcore.jobs.worker import tasks_on

HESTER = "hester.quillmarsh"


class Killed(BaseException):
    """What no worker catches, as when its process goes."""


def asked(story: Story) -> int:
    """Five more young people in care with PEPs, and their pages asked for."""
    with story.stage.work("operator") as work:
        give_role(work, story.stage.authority_id, HESTER, "coordinator")
    for number in range(5):
        made = story.beside("Rue", f"Wickenby {number}").person_id
        with story.stage.work() as work:
            work.change(work.get(YoungPerson, made), looked_after_from=date(2024, 1, 8))
    with story.stage.work(login=HESTER) as work:
        open_term(work, TermAnswers(on=work.today))
        authority = work.get(Authority, story.stage.authority_id)
        return ask_to_draft(work, authority, term_at(work, authority, work.today)).id


def kept(story: Story, key: int) -> tuple[str, int]:
    with story.stage.work() as work:
        return work.get(Task, key).state, work.db.scalar(select(func.count(CulturePage.id))) or 0


def test_drafting_a_term_is_long_work_a_plugin_brings(story: Story) -> None:
    assert task_kinds()[DRAFT].act == "epep_culture_page.draft"
    key = asked(story)
    assert tasks_on(story.stage.engine, story.stage.clock).do(story.stage.authority_id, key)
    assert kept(story, key) == ("done", 6)
    with story.stage.work() as work:
        assert work.get(Task, key).said == "6 pages drafted."


def test_a_worker_that_is_killed_leaves_the_rest_to_the_next_one_and_nothing_is_drafted_twice(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, usual, tasks = asked(story), drafting._drafted, tasks_on(story.stage.engine, story.stage.clock)
    batches: list[int] = []

    def dies(*told):  # type: ignore[no-untyped-def]
        batches.append(len(told[2]))
        if len(batches) == 2:
            raise Killed
        return usual(*told)

    monkeypatch.setattr("cmcore_epep_culture.long_work.AT_A_TIME", 2)
    monkeypatch.setattr(drafting, "_drafted", dies)
    with pytest.raises(Killed):
        tasks.do(story.stage.authority_id, key)
    assert kept(story, key) == ("running", 2)
    story.stage.on(date(2026, 11, 25))
    assert tasks.do(story.stage.authority_id, key)
    assert kept(story, key) == ("done", 6) and batches == [2, 2, 2, 2]
    with story.stage.work() as work:
        keys = list(work.db.scalars(select(CultureLine.key)))
    assert len(keys) == 2
