"""Messages go out once, to whoever they are for, without a name; run twice, at once, or killed half-way."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from cmcore.concerns.actions import acknowledge_concern, raise_concern
from cmcore.concerns.forms import ConcernAnswers
from cmcore.concerns.records import Concern
from cmcore.concerns.words import ConcernKind
from cmcore.mentors.records import Mentor
from cmcore.messages import actions, sending
from cmcore.messages.mail import Mail
from cmcore.messages.queries import CLAIMED_FOR, notice_due
from cmcore.messages.records import OutgoingMessage
from cmcore.messages.sending import PostRoom, Waits
from cmcore.safekeeping.memberships import give_role
from cmcore.testing import Stage
from cmcore.testing.story import Story
from tests.cmcore.messages.loopback import Letterbox, certificate, serving, text_of
from tests.databases import Beginning

ANSWERS, MENTOR = "hester@wrenshire.example", "juno@tansyhurst.example"
OTHERS = ("finance@wrenshire.example", "evaluator@wrenshire.example")


def settled(stage: Stage) -> Story:
    """A young person and a mentor, with people who sign in."""
    made = Story.begin(stage)
    with stage.work("operator") as work:
        give_role(work, stage.authority_id, ANSWERS, "coordinator")
        give_role(work, stage.authority_id, MENTOR, "mentor", mentor_id=made.mentor_id)
        for login in OTHERS:
            give_role(work, stage.authority_id, login, login.partition("@")[0])
        made.started(work)
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
def mail(box: Letterbox) -> Iterator[Mail]:
    """Mail to the server on loopback."""
    with serving(box) as made:
        yield made


@pytest.fixture
def room(story: Story, mail: Mail) -> PostRoom:
    """The post room of the story's authority."""
    return PostRoom(story.stage.engine, mail, story.stage.clock)


def raised(story: Story, *, said: str = "Mossy does not want to go home.") -> int:
    """A concern the mentor raised: the same words within ten minutes are the same concern."""
    told = ConcernAnswers(young_person_id=story.person_id, kind_of_concern=ConcernKind.disclosure, said=said)
    with story.stage.work("mentor", mentor_id=story.mentor_id, login=MENTOR) as work:
        key: int = raise_concern(work, told).id
    return key


def kept(story: Story) -> list[OutgoingMessage]:
    """What was written down."""
    with story.stage.work("operator") as work:
        return list(work.db.scalars(select(OutgoingMessage).order_by(OutgoingMessage.id)))


def test_a_concern_is_told_at_once_to_whoever_answers_it_and_to_nobody_else(
    story: Story, room: PostRoom, box: Letterbox
) -> None:
    key = raised(story)
    assert room.concerns() == 1
    [letter] = box.letters
    assert (letter["To"], letter["Subject"]) == (ANSWERS, "Concern WR-S-0001 waits for an answer")
    assert f"https://cm.wrenshire.example/concerns/{key}\n" in text_of(letter)
    for name in ("Mossy", "Bramblewick", "Tansyhurst", "home.", "told you something"):
        assert name not in box.texts()


def test_run_again_nobody_is_told_twice(story: Story, room: PostRoom, box: Letterbox) -> None:
    raised(story)
    assert [room.concerns(), room.concerns(), room.send()] == [1, 0, 0]
    assert len(box.letters) == 1
    raised(story, said="Mossy asked again to stay.")
    assert room.concerns() == 1 and len(box.letters) == 2


def test_run_by_several_at_once_nobody_is_told_twice(story: Story, room: PostRoom, box: Letterbox) -> None:
    for said in ("Mossy does not want to go home.", "Mossy asked again to stay.", "Mossy was afraid."):
        raised(story, said=said)
    with ThreadPoolExecutor(4) as several:
        sent = list(several.map(lambda _: room.concerns(), range(4)))
    assert sum(sent) == 3 == len(box.letters) and len({one["Subject"] for one in box.letters}) == 3


def test_killed_before_it_was_kept_it_is_sent_again_later_as_the_same_letter(
    story: Story, room: PostRoom, box: Letterbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    raised(story)
    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(actions, "went_out", killed)
        room.concerns()
    assert len(box.letters) == 1 and kept(story)[0].sent_at is None
    assert room.send() == 0
    story.stage.clock.at += CLAIMED_FOR + timedelta(seconds=1)
    assert room.send() == 1 and kept(story)[0].sent_at is not None
    assert len({one["Message-ID"] for one in box.letters}) == 1 and len(box.letters) == 2


def test_killed_while_it_was_being_written_down_nothing_is_lost(
    story: Story, room: PostRoom, box: Letterbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    raised(story)
    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(sending.PostRoom, "send", lambda _: (_ for _ in ()).throw(KeyboardInterrupt()))
        room.concerns()
    assert room.concerns() == 1 == len(box.letters)


def test_a_concern_that_was_answered_meanwhile_is_not_told(
    story: Story, room: PostRoom, box: Letterbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = raised(story)
    with monkeypatch.context() as patched:
        patched.setattr(sending.PostRoom, "send", lambda _: 0)
        room.concerns()
    with story.stage.work() as work:
        acknowledge_concern(work, work.get(Concern, key))
    assert room.send() == 0 and not box.letters and kept(story)[0].dropped_at is not None


def test_a_server_that_is_away_is_tried_again_later(story: Story, room: PostRoom, box: Letterbox) -> None:
    raised(story)
    away = replace(room, mail=replace(room.mail, port=1))
    assert away.concerns() == 0
    assert [(one.fault, one.tries, one.sent_at) for one in kept(story)] == [("unreachable", 1, None)]
    story.stage.clock.at += CLAIMED_FOR + timedelta(seconds=1)
    assert room.concerns() == 1 == len(box.letters)


def test_one_address_that_is_refused_keeps_nobody_else_waiting(story: Story, room: PostRoom, box: Letterbox) -> None:
    with story.stage.work("operator") as work:
        give_role(work, story.stage.authority_id, "another@wrenshire.example", "head")
    box.refuses.add("another@wrenshire.example")
    raised(story)
    assert room.concerns() == 1
    assert {(one.login, one.fault) for one in kept(story)} == {(ANSWERS, ""), ("another@wrenshire.example", "refused")}


def test_somebody_without_an_address_is_left_out_and_not_named_in_an_address(story: Story, room: PostRoom) -> None:
    with story.stage.work("operator") as work:
        give_role(work, story.stage.authority_id, "no-address", "head")
    raised(story)
    assert room.concerns() == 1
    assert {one.login: one.fault for one in kept(story)}["no-address"] == "address"


def test_mail_that_is_not_set_up_writes_nothing_down(story: Story, room: PostRoom) -> None:
    raised(story)
    off = replace(room, mail=Mail())
    assert [off.concerns(), off.expiries(), off.digests(), off.send()] == [0, 0, 0, 0]
    assert kept(story) == []


@pytest.mark.parametrize(
    ("days", "notice"), [(91, None), (90, 90), (61, 90), (60, 60), (30, 30), (8, 30), (7, 7), (0, 7), (-1, None)]
)
def test_the_nearest_notice_is_due(days: int, notice: int | None) -> None:
    assert notice_due(days) == notice


def test_a_check_that_runs_out_is_told_at_each_stage_once(story: Story, room: PostRoom, box: Letterbox) -> None:
    # Issued on 1 March 2025, so the last day is 29 February 2028: there is none, it is the 29th in a leap year.
    last = date(2028, 2, 29)
    for days, sent in ((91, 0), (90, 2), (89, 0), (58, 2), (30, 2), (29, 0), (7, 2), (0, 0), (-1, 0)):
        story.stage.on(last - timedelta(days=days))
        assert (days, room.expiries()) == (days, sent)
    assert len(box.to(ANSWERS)) == 4 == len(box.to(MENTOR))
    assert "A check of mentor WR-M-0001 counts until 29 February 2028." in text_of(box.letters[0])
    assert "Juno" not in box.texts() and "Tansyhurst" not in box.texts()


def test_a_notice_that_waits_is_recalled_when_what_caused_it_was_put_back(
    story: Story, room: PostRoom, box: Letterbox
) -> None:
    story.stage.on(date(2028, 2, 29) - timedelta(days=90))
    with story.stage.work("operator") as work:
        assert actions.plan_expiries(work, story.stage.authority_id) == 2
    with story.stage.work("operator") as work:
        for check in work.get(Mentor, story.mentor_id).checks:
            if check.kind_of_check == "enhanced_dbs":
                check.issued_on = date(2027, 9, 1)
    assert room.send() == 0 and box.letters == []
    assert all(one.dropped_at is not None for one in kept(story))


def test_a_digest_is_sent_once_a_day_to_those_for_whom_something_waits(
    story: Story, room: PostRoom, box: Letterbox
) -> None:
    waits = {ANSWERS: [Waits("2", "Reviews due"), Waits("99+", "Baselines late")]}
    telling = replace(room, waiting=lambda login: waits.get(login, []))
    assert [telling.digests(), telling.digests()] == [1, 0]
    [letter] = box.letters
    assert letter["Subject"] == "What waits for you"
    assert "2: Reviews due\n99+: Baselines late\n" in text_of(letter)
    story.stage.on(date(2026, 11, 11))
    assert telling.digests() == 1 and len(box.letters) == 2


def test_a_list_named_after_somebody_is_told_without_its_title(story: Story, room: PostRoom, box: Letterbox) -> None:
    telling = replace(room, waiting=lambda login: [Waits("1", "Sessions of mossy")] if login == ANSWERS else [])
    assert telling.digests() == 1
    assert "1: other work" in text_of(box.letters[0]) and "ossy" not in box.texts()


def test_somebody_with_roles_in_two_authorities_gets_one_digest(story: Story, room: PostRoom, box: Letterbox) -> None:
    other = story.stage.authority("991", "Quillshire", "QU")
    with story.stage.work("operator", authority_id=other) as work:
        give_role(work, other, ANSWERS, "coordinator")
    telling = replace(room, waiting=lambda login: [Waits("1", "Reviews due")] if login == ANSWERS else [])
    assert telling.digests() == 1 == len(box.letters)


def test_what_is_kept_is_seen_by_whoever_keeps_accounts_and_by_no_mentor(story: Story, room: PostRoom) -> None:
    raised(story)
    room.concerns()
    for role, seen in (("head", 1), ("administrator", 1), ("mentor", 0), ("referrer", 0), ("finance", 0)):
        with story.stage.work(role, mentor_id=story.mentor_id, setting_id=story.setting_id) as work:
            assert len(work.db.scalars(select(OutgoingMessage)).all()) == seen, role
    other = story.stage.authority("991", "Quillshire", "QU")
    with story.stage.work("administrator", authority_id=other) as work:
        assert not work.db.scalars(select(OutgoingMessage)).all()


@pytest.mark.parametrize("way", ["starttls", "tls"])
def test_a_server_behind_tls_is_reached_and_one_nobody_vouches_for_is_not(
    way: str, story: Story, room: PostRoom, box: Letterbox, tmp_path: Path
) -> None:
    told, server = certificate(tmp_path)
    more = {"ssl_context": server} if way == "tls" else {"tls_context": server, "require_starttls": True}
    raised(story)
    with serving(box, **more) as mail:
        strange = replace(room, mail=replace(mail, tls=way))
        assert strange.concerns() == 0 and kept(story)[0].fault == "unreachable"
        story.stage.clock.at += CLAIMED_FOR + timedelta(seconds=1)
        assert replace(room, mail=replace(mail, tls=way, ca_file=str(told))).concerns() == 1
