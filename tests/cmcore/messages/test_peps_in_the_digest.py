"""PEPs that are late or come due stand in the digest: of the reader's own young people, by number, with a link."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from cmcore.messages.mail import Mail
from cmcore.messages.peps_waiting import PepsWaiting, peps_waiting
from cmcore.messages.sending import PostRoom, Waits
from cmcore.peps.actions import change_pep, open_term
from cmcore.peps.forms import PepChangeAnswers, TermAnswers
from cmcore.peps.records import PepCycle
from cmcore.safekeeping.memberships import give_role
from cmcore.testing import Stage
from cmcore.testing.story import Story
from cmcore.young_people.records import YoungPerson
from tests.cmcore.messages.loopback import Letterbox, serving, text_of
from tests.databases import Beginning

HESTER, JUNO, ODILE = "hester@wrenshire.example", "juno@tansyhurst.example", "odile@wrenshire.example"
TODAY, OVER, SOON = date(2026, 11, 10), date(2026, 11, 9), date(2026, 11, 20)


def settled(stage: Stage) -> Story:
    """Two in care, of whom the mentor works with one: theirs is due soon, the other's is late."""
    made = Story.begin(stage)
    other = made.beside("Rue", "Wickenby").person_id
    with stage.work("operator") as work:
        give_role(work, stage.authority_id, HESTER, "coordinator")
        give_role(work, stage.authority_id, JUNO, "mentor", mentor_id=made.mentor_id)
        give_role(work, stage.authority_id, ODILE, "finance")
        made.started(work)
    with stage.work() as work:
        for key in (made.person_id, other):
            work.change(work.get(YoungPerson, key), care_status="looked_after", looked_after_from=date(2024, 3, 4))
        open_term(work, TermAnswers(on=TODAY))
        for pep in work.db.scalars(select(PepCycle)).all():
            day = SOON if pep.young_person_id == made.person_id else OVER
            change_pep(work, pep, PepChangeAnswers(due_on=day, setting_id=None))
    return made


@pytest.fixture
def beginning() -> Beginning:
    """What these tests begin with."""
    return settled


@pytest.fixture
def box() -> Letterbox:
    """Where letters arrive."""
    return Letterbox()


@pytest.fixture
def room(story: Story, box: Letterbox) -> Iterator[PostRoom]:
    """The post room, with mail to a server on loopback."""
    with serving(box) as mail:
        yield PostRoom(story.stage.engine, mail, story.stage.clock)


def test_each_counts_the_plans_of_those_they_may_see(story: Story) -> None:
    def found(login: str) -> PepsWaiting:
        return peps_waiting(story.stage.engine, login, story.stage.clock)

    assert (found(HESTER), found(JUNO)) == (PepsWaiting(1, 1), PepsWaiting(0, 1))
    assert not found(ODILE) and not found("nobody@wrenshire.example")
    story.stage.on(date(2026, 11, 21))
    assert (found(HESTER), found(JUNO)) == (PepsWaiting(2, 0), PepsWaiting(1, 0))


def test_a_digest_says_the_numbers_with_a_link_and_no_name(room: PostRoom, box: Letterbox) -> None:
    assert room.digests() == 2 and not box.to(ODILE)
    [hers], [his] = box.to(HESTER), box.to(JUNO)
    address = "https://cm.wrenshire.example"
    assert f"1: PEPs late, of young people you may see\n{address}/peps/?waits=late\n" in text_of(hers)
    assert f"1: PEPs due within ten working days\n{address}/peps/?waits=soon\n" in text_of(his)
    assert "PEPs late" not in text_of(his)
    for name in ("Mossy", "Bramblewick", "Rue", "Wickenby", "Tansyhurst", "M.B."):
        assert name not in box.texts()


def test_what_today_lists_too_is_said_once(room: PostRoom, box: Letterbox) -> None:
    waits = [Waits("1", "PEPs late"), Waits("2", "Reviews due")]
    assert replace(room, waiting=lambda login: waits if login == HESTER else []).digests() == 2
    text = text_of(box.to(HESTER)[0])
    assert text.count("PEPs late") == 1 and "2: Reviews due\n" in text


def test_where_mail_is_off_nothing_is_counted(room: PostRoom, box: Letterbox) -> None:
    assert replace(room, mail=Mail()).digests() == 0 and box.letters == []
