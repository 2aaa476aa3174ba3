"""Drafts of sessions: seen by who types them and by nobody else, gone once sent, and not kept for ever."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from cmcore.base.findings import NotAllowed, NotFound
from cmcore.forms import Form
from cmcore.safekeeping.retention import RETENTION, Facts
from cmcore.safekeeping.work import Conflict, Work
from cmcore.sessions.actions import add_session
from cmcore.sessions.drafts import (
    MOST,
    clear_old_drafts,
    discard_draft,
    keep_draft,
    of_mark,
    own_drafts,
)
from cmcore.sessions.forms import SessionAnswers
from cmcore.sessions.records import SessionDraft
from cmcore.sessions.words import DraftOf
from cmcore.testing import refused
from cmcore.testing.story import Story

FORM: Form = SessionAnswers.form
MARK = "a" * 24
WHO = {"login": "juno.tansyhurst"}


def kept(work: Work, raw: dict[str, Any], mark: str = MARK, **more: Any) -> SessionDraft:
    made = keep_draft(work, FORM, raw, mark=mark, draft_of=DraftOf.session, **more)
    work.db.flush()
    return made


def test_a_draft_is_kept_as_it_was_typed_and_follows_what_is_chosen_in_it(going: Story) -> None:
    with going.stage.work("mentor", mentor_id=going.mentor_id, **WHO) as work:
        first = kept(work, {"starts": "half two"})
        assert (first.values, first.young_person_id) == ({"starts": "half two"}, None)
        again = kept(work, {"commission_id": {"id": str(going.commission_id)}, "done": "Heron."}, version=first.version)
        assert again.id == first.id and again.young_person_id == going.person_id
        assert [one.id for one in own_drafts(work)] == [first.id]
        with pytest.raises(Conflict):
            kept(work, {"done": "An older page."}, version=1)
        with refused(words="is not a question of"):
            kept(work, {"password": "x"}, version=again.version)
        with refused(words="cannot keep a draft"):
            kept(work, {}, mark="short")


def test_nobody_else_sees_it_whatever_their_role_and_no_other_authority_does(going: Story) -> None:
    stage, first = going.stage, going.stage.authority_id
    with stage.work("mentor", mentor_id=going.mentor_id, **WHO) as work:
        key = kept(work, {"done": "A private word."}).id
    other = stage.authority("991", "Quillshire", "QU")
    for role, who in (
        ("coordinator", {}),
        ("head", {}),
        ("mentor", {"mentor_id": going.mentor_id, "login": "kit.ferndrake"}),
        ("mentor", {"mentor_id": going.mentor_id, "authority_id": other, **WHO}),
        ("referrer", {"setting_id": going.setting_id}),
        ("finance", {}),
        ("administrator", {}),
    ):
        with stage.work(role, **{"authority_id": first, **who}) as work:
            with pytest.raises(NotFound):
                work.get(SessionDraft, key)
            assert own_drafts(work) == [] and of_mark(work, MARK) is None
    with stage.work("finance") as work, pytest.raises(NotAllowed):
        kept(work, {})


def test_it_goes_once_the_session_is_recorded_and_an_open_page_does_not_bring_it_back(going: Story) -> None:
    with going.stage.work("mentor", mentor_id=going.mentor_id, **WHO) as work:
        kept(work, {"done": "Heron."})
        add_session(work, going.session_form(date(2026, 11, 5)), MARK)
        work.db.flush()
        assert own_drafts(work) == []
        with refused(words="has been sent"):
            kept(work, {"done": "Heron."})


def test_one_throws_ones_own_away(going: Story) -> None:
    with going.stage.work("mentor", mentor_id=going.mentor_id, **WHO) as work:
        discard_draft(work, kept(work, {"done": "Heron."}))
        work.db.flush()
        assert own_drafts(work) == []


def test_after_28_days_it_is_offered_no_more_and_thrown_away_with_the_next_or_by_the_nightly_check(
    going: Story,
) -> None:
    who = {"mentor_id": going.mentor_id, **WHO}
    with going.stage.work("mentor", **who) as work:
        kept(work, {"done": "Heron."})
    going.stage.clock.at += timedelta(days=28)
    with going.stage.work("mentor", **who) as work:
        assert own_drafts(work) == []
        kept(work, {"done": "Otter."}, mark="b" * 24)
        assert of_mark(work, MARK) is None
    going.stage.clock.at += timedelta(days=28)
    with going.stage.work("operator") as work:
        assert clear_old_drafts(work) == 1
    saved = date(2026, 11, 10)
    assert RETENTION[SessionDraft.retention].disposal_on(Facts(ended_on=saved)) == date(2026, 12, 8)
    assert RETENTION["draft"].disposal_on(Facts(ended_on=saved), legal_hold=True) is None


def test_the_oldest_goes_for_a_new_one_where_there_would_be_too_many(going: Story) -> None:
    with going.stage.work("mentor", mentor_id=going.mentor_id, **WHO) as work:
        for number in range(MOST + 1):
            going.stage.clock.at += timedelta(minutes=1)
            kept(work, {"done": str(number)}, mark=f"mark-of-page-number-{number}")
        found = own_drafts(work)
        assert len(found) == MOST and found[-1].values == {"done": "1"}
