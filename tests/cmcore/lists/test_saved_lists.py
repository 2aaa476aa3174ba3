"""Lists that are kept: whose they are, who is shown them, and what of an address is never kept."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from cmcore.base.findings import NotAllowed, NotFound
from cmcore.demo.kept_lists import keep_lists
from cmcore.lists.actions import choose_columns, remove_saved_list, save_list
from cmcore.lists.forms import SavedListAnswers
from cmcore.lists.queries import kept_lists
from cmcore.lists.records import SavedList
from cmcore.lists.words import ForRole, ForWhom
from cmcore.safekeeping.roles import roles
from cmcore.safekeeping.work import Work
from cmcore.testing import Stage

ASKS = {"state": ["submitted"], "sort": "-received_on", "cols": "ref.state", "q": "Marlo", "sought": "x", "page": 3}


def kept(work: Work, name: str, stage: Stage, whom: ForWhom = ForWhom.me, role: ForRole | None = None) -> SavedList:
    answers = SavedListAnswers(name=name, for_whom=whom, role=role)
    return save_list(work, answers, authority_id=stage.authority_id, list_key="Referrals", asks=ASKS)


def test_a_list_is_kept_without_the_words_that_were_searched_for(stage: Stage) -> None:
    with stage.work() as work:
        kept(work, " Crisis,  this term ", stage)
    with stage.work() as work:
        (one,) = kept_lists(work)
        assert one.name == "Crisis, this term" and one.mine
        assert one.asks == {"state": ["submitted"], "sort": "-received_on", "cols": "ref.state"}
        kept(work, "Crisis, this term", stage)
        assert len(kept_lists(work)) == 1


def test_a_list_is_shown_to_whom_it_is_kept_for_and_nobody_else(stage: Stage) -> None:
    with stage.work("coordinator") as work:
        kept(work, "mine", stage)
        kept(work, "for finance", stage, ForWhom.role, ForRole.finance)
        kept(work, "for all", stage, ForWhom.team)
    there = stage.authority("991", "Quillshire", "QU")
    shown = {}
    for who in ("coordinator", "finance", "head", "referrer"):
        with stage.work(who) as work:
            shown[who] = {one.name for one in kept_lists(work)}
    with stage.work("finance", authority_id=there) as work:
        assert kept_lists(work) == []
        with pytest.raises(NotFound):
            work.get(SavedList, 1)
    assert shown == {
        "coordinator": {"mine", "for finance", "for all"},
        "finance": {"for finance", "for all"},
        "head": {"for all"},
        "referrer": {"for all"},
    }


def test_only_who_may_share_shares_and_takes_away_what_others_shared(stage: Stage) -> None:
    with stage.work("referrer") as work:
        with pytest.raises(NotAllowed):
            kept(work, "for all", stage, ForWhom.team)
    with stage.work("coordinator") as work:
        shared = kept(work, "for all", stage, ForWhom.team).id
    with stage.work("referrer") as work:
        with pytest.raises(NotAllowed):
            remove_saved_list(work, work.get(SavedList, shared))
    with stage.work("head") as work:
        remove_saved_list(work, work.get(SavedList, shared))
    with stage.work() as work:
        assert work.db.scalars(select(SavedList)).all() == []


def test_columns_are_kept_once_for_each_person_and_list(stage: Stage) -> None:
    for columns in (["ref", "state"], ["ref"], []):
        with stage.work("mentor") as work:
            choose_columns(work, columns, authority_id=stage.authority_id, list_key="Referrals")
    with stage.work("mentor") as work:
        (one,) = kept_lists(work)
        assert one.asks == {} and one.name == ""
    with stage.work("coordinator") as work:
        assert kept_lists(work) == []


def test_the_stories_keep_a_list_for_oneself_for_a_role_and_for_everybody(stage: Stage) -> None:
    keep_lists(stage.engine, stage.authority_id, stage.clock.today())
    with stage.work(login="hester.quillmarsh") as work:
        assert {one.for_whom for one in kept_lists(work)} == {"me", "role", "team"}
        assert {one.asks.get("cols") for one in kept_lists(work) if not one.name} == {"name ref state capacity"}


def test_every_role_but_the_commands_can_be_kept_for() -> None:
    assert {one.value for one in ForRole} == set(roles()) - {"operator"}
