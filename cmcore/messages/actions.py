"""What is done with messages: write down who is to be told what, once, and keep how the sending of one went."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from cmcore.base.findings import refuse
from cmcore.concerns.records import Concern
from cmcore.messages.queries import running_out, who_is, who_may, written_down
from cmcore.messages.records import OutgoingMessage
from cmcore.messages.words import MessageKind
from cmcore.safekeeping.work import Work, action

#: After so many tries a message is let be; by then whatever it said is on the first page they see.
TRIES = 40


@dataclass(frozen=True)
class ToTell:
    """That a sign-in name is to be told something: what tells it from everything else, and what it is about."""

    login: str
    key: str
    about_id: int | None = None
    until_on: date | None = None


@action("message.add")
def plan_concerns(work: Work, authority_id: int) -> int:
    """Write down a message about each concern nobody has answered, to everybody who may; says how many are new."""
    asked = select(Concern.id).where(Concern.authority_id == authority_id, Concern.state == "raised")
    answering = who_may(work, authority_id, "concern.acknowledge")
    wanted = [ToTell(login, str(key), key) for key in work.db.scalars(asked) for login in answering]
    return _write_down(work, authority_id, MessageKind.concern, wanted)


@action("message.add")
def plan_expiries(work: Work, authority_id: int) -> int:
    """Write down a notice of each check that runs out, to whoever enters checks and to the mentor, at each stage once.

    A mentor who works for several authorities is told by the one that keeps their record.
    """
    entering = who_may(work, authority_id, "mentor_check.add")
    wanted = [
        ToTell(login, one.key, one.mentor_id, one.until_on)
        for one in running_out(work, authority_id)
        for login in {
            *entering,
            *(who_is(work, authority_id, one.mentor_id) if one.home_authority_id == authority_id else ()),
        }
    ]
    return _write_down(work, authority_id, MessageKind.expiry, wanted)


@action("message.add")
def plan_digests(work: Work, authority_id: int, logins: Iterable[str]) -> int:
    """Write down today's digest for these sign-in names; who has one for today gets no other."""
    wanted = [ToTell(login, work.today.isoformat()) for login in sorted(set(logins))]
    return _write_down(work, authority_id, MessageKind.digest, wanted)


@action("message.send")
def claim(work: Work, message: OutgoingMessage) -> OutgoingMessage:
    """Begin to send a message: nobody else does for a while. Two at once conflict, and one of them lets it be."""
    work.change(message, claimed_at=work.clock.now(), tries=message.tries + 1)
    return message


@action("message.send")
def went_out(work: Work, message: OutgoingMessage) -> OutgoingMessage:
    """Keep that the server took the message."""
    work.change(message, sent_at=work.clock.now(), fault="")
    return message


@action("message.send")
def failed(work: Work, message: OutgoingMessage, fault: str) -> OutgoingMessage:
    """Keep that a try failed, and why; after many tries the message is let be."""
    work.change(message, fault=fault)
    return let_be(work, message) if message.tries >= TRIES else message


@action("message.send")
def let_be(work: Work, message: OutgoingMessage) -> OutgoingMessage:
    """Send a message no more: what it was about no longer waits, or it was tried too often."""
    work.change(message, dropped_at=work.clock.now())
    return message


@action("message.again")
def send_again(work: Work, message: OutgoingMessage) -> OutgoingMessage:
    """Have a message that went wrong tried anew with the next post. Refuses one that was sent."""
    if message.sent_at is not None:
        raise refuse("This message was sent.", way_out="Nobody is told the same thing twice.")
    work.change(message, dropped_at=None, claimed_at=None, tries=0, fault="")
    return message


def _write_down(work: Work, authority_id: int, kind: MessageKind, wanted: list[ToTell]) -> int:
    known = written_down(work, kind, {one.key for one in wanted})
    new = [one for one in wanted if (one.login, one.key) not in known]
    for one in new:
        work.add(
            OutgoingMessage(
                authority_id=authority_id,
                kind_of_message=kind.value,
                login=one.login,
                key=one.key,
                about_id=one.about_id,
                until_on=one.until_on,
                made_on=work.today,
            )
        )
    return len(new)
