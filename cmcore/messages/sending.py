"""Sending what waits: written down first, then sent, so that it may be run twice at once and killed at any moment.

A message is claimed, sent, and kept as sent, each in a transaction of its own. Two that run at once claim different
messages. One that is killed after the server took a letter and before that was kept sends it once more, a quarter of an
hour later and with the same Message-ID, which mail systems show once: for safeguarding, twice is better than never.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import structlog
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from cmcore.base.clock import Clock, WallClock
from cmcore.base.findings import Refused
from cmcore.concerns.records import Concern
from cmcore.mentors.records import Mentor
from cmcore.messages import actions
from cmcore.messages.gate import Gate
from cmcore.messages.mail import Mail, NotTaken, Post
from cmcore.messages.peps_waiting import QUEUES, PepsWaiting, peps_waiting
from cmcore.messages.queries import gate_of, is_free, members, still_runs_out, unsent
from cmcore.messages.records import OutgoingMessage
from cmcore.messages.wording import Link, Message, Place, Said, Wording, say
from cmcore.safekeeping.records import AuditHead
from cmcore.safekeeping.scope import Actor, operator_scope
from cmcore.safekeeping.work import Conflict, Work
from cmcore.virtual_schools.records import Authority

_log = structlog.get_logger("cmcore.messages")


#: Hears how far something is: what is counted, how many are done, of how many.
Told = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Waits:
    """One line of a digest: how many ("7", "99+"), and the title of the list they stand in."""

    number: str
    queue: str


def itself(login: str) -> str:
    """The address of a sign-in name, which mostly is one; nothing for a name that is none."""
    return login if "@" in login else ""


def nothing_waits(login: str) -> Sequence[Waits]:
    """What waits for somebody where nobody counts it: no digests are made."""
    return ()


def nobody_asks(words: str, done: int, of: int) -> None:
    """How far it is, where nobody looks."""


def any_account(login: str) -> bool:
    """Every sign-in name counts as open where nobody keeps accounts."""
    return True


@dataclass
class PostRoom:
    """What sending needs: the database, mail, and two questions whose answers others have.

    ``address_of`` gives the address of a sign-in name, or nothing; ``waiting`` what waits for somebody, under their
    own scope. Every function here does nothing where mail is not set up.
    """

    engine: Engine
    mail: Mail
    clock: Clock = field(default_factory=WallClock)
    overrides: tuple[Any, ...] = ()
    address_of: Callable[[str], str] = itself
    waiting: Callable[[str], Sequence[Waits]] = nothing_waits
    #: Whether the account of a sign-in name is open: nothing is done on behalf of a closed one.
    is_open: Callable[[str], bool] = any_account

    def concerns(self) -> int:
        """Tell at once whoever answers concerns of those nobody has answered; says how many messages went out."""
        return self._each(actions.plan_concerns)

    def expiries(self) -> int:
        """Tell of the checks that run out, 90, 60, 30 and 7 days before; says how many messages went out."""
        return self._each(actions.plan_expiries)

    def digests(self) -> int:
        """Tell everybody what waits for them, once a day, and nobody for whom nothing does; says how many went out."""
        return sum(self.digests_in(authority_id) for authority_id in self.authorities()) if self.mail.on else 0

    def digests_in(self, authority_id: int, told: Told = nobody_asks) -> int:
        """The same in one authority; who has a digest from another one gets no second. ``told`` hears how far it is."""
        if not self.mail.on:
            return 0
        with self._work(authority_id) as work:
            logins = sorted({one.login for one in members(work, authority_id)})
            work.undo()
        for number, login in enumerate(logins, 1):
            if self.address_of(login) and (self.waiting(login) or self._peps(login)):
                self._plan(partial(_plan_digest, login), authority_id)
            told("people", number, len(logins))
        return self.send([authority_id])

    def expiries_in(self, authority_id: int) -> int:
        """Tell of the checks that run out in one authority; says how many messages went out."""
        if not self.mail.on:
            return 0
        self._plan(actions.plan_expiries, authority_id)
        return self.send([authority_id])

    def send(self, only: Sequence[int] = ()) -> int:
        """Send what was written down and waits still, everywhere or in some authorities; says how many went out."""
        if not self.mail.on:
            return 0
        sent = 0
        with Post(self.mail) as post:
            for authority_id in only or self.authorities():
                with self._work(authority_id) as work:
                    keys = unsent(work, self.clock.now())
                    gate = gate_of(work, work.policy_of(authority_id)) if keys else None
                    work.undo()
                for key in keys:
                    if gate is not None and self._send(post, gate, authority_id, key):
                        sent += 1
        return sent

    def _each(self, plan: Callable[[Work, int], int]) -> int:
        if not self.mail.on:
            return 0
        for authority_id in self.authorities():
            self._plan(plan, authority_id)
        return self.send()

    def _plan(self, plan: Callable[[Work, int], int], authority_id: int) -> None:
        # Two that plan at once write the same rows: the database refuses the second, and the first one's stand.
        with suppress(Refused), self._work(authority_id, writing=True) as work:
            plan(work, authority_id)

    def _send(self, post: Post, gate: Gate, authority_id: int, key: int) -> bool:
        message = self._claimed(authority_id, key)
        if message is None:
            return False
        fault = ""
        try:
            with self._work(authority_id) as work:
                made = self._made(work, gate, message)
                work.undo()
            if made is None:
                self._keep(authority_id, key, actions.let_be)
                return False
            subject, lines = gate.let_out(made)
            for said, link in made.more:
                lines += ["", str(said), link.under(self.mail.address)]
            lines += ["", str(say(Wording.open_it)), made.link.under(self.mail.address)]
            to = self.address_of(message.login)
            if not to:
                raise NotTaken("address")
            mark = f"{message.kind_of_message}-{message.id}-{message.created_at:%Y%m%d%H%M%S}"
            post.send(to, subject, lines, mark=mark, at=self.clock.now())
        except Refused:
            fault = "name"
        except NotTaken as wrong:
            fault = wrong.fault
        if fault:
            _log.warning("not sent", letter=key, fault=fault)
            self._keep(authority_id, key, lambda work, kept: actions.failed(work, kept, fault))
            return False
        self._keep(authority_id, key, actions.went_out)
        return True

    def _claimed(self, authority_id: int, key: int) -> OutgoingMessage | None:
        """The message, if nobody else took it since it was found."""
        try:
            with self._work(authority_id, writing=True) as work:
                # What is asked is what is claimed: its version tells if another took it in between.
                message = work.get(OutgoingMessage, key)
                return actions.claim(work, message) if is_free(message, self.clock.now()) else None
        except Refused:
            return None

    def _keep(self, authority_id: int, key: int, act: Callable[[Work, OutgoingMessage], OutgoingMessage]) -> None:
        # Whoever was so slow that another took the message over lets the other keep how it went.
        with suppress(Conflict), self._work(authority_id, writing=True) as work:
            act(work, work.get(OutgoingMessage, key))

    def _made(self, work: Work, gate: Gate, message: OutgoingMessage) -> Message | None:
        """What a message says, made when it is sent; nothing where it need not be said any more."""
        if message.kind_of_message == "concern":
            return _of_concern(work, message)
        if message.kind_of_message == "expiry":
            return _of_expiry(work, message)
        if message.made_on != work.today:
            return None
        found, peps = self.waiting(message.login), self._peps(message.login)
        return _digest(gate, found, peps) if found or peps else None

    def _peps(self, login: str) -> PepsWaiting:
        return peps_waiting(self.engine, login, self.clock, self.overrides)

    def authorities(self) -> list[int]:
        """The keys of every authority."""
        # Row-level security shows an authority only to whoever names its key; the audit has a chain for each key.
        with Session(self.engine) as db:
            top = db.scalar(select(func.max(AuditHead.chain))) or 0
        with self._as_operator(set(range(1, top + 1))) as work:
            found = list(work.db.scalars(select(Authority.id).order_by(Authority.id)))
            work.undo()
        return found

    def _work(self, authority_id: int, *, writing: bool = False) -> Work:
        return self._as_operator({authority_id}, writing=writing)

    def _as_operator(self, authorities: set[int], *, writing: bool = False) -> Work:
        scope = operator_scope(authorities, self.clock.today())
        actor = Actor("job", "cm jobs", "job")
        return Work(self.engine, actor, scope, clock=self.clock, overrides=self.overrides, writing=writing)


def _plan_digest(login: str, work: Work, authority_id: int) -> int:
    return actions.plan_digests(work, authority_id, [login])


def _of_concern(work: Work, message: OutgoingMessage) -> Message | None:
    concern = work.db.scalar(select(Concern).where(Concern.id == message.about_id, Concern.state == "raised"))
    if concern is None:
        return None
    return Message(
        say(Wording.concern_subject, ref=concern.ref),
        (say(Wording.concern_line, ref=concern.ref), say(Wording.concern_way_out), *_END),
        Link(Place.concern, concern.id),
    )


def _of_expiry(work: Work, message: OutgoingMessage) -> Message | None:
    mentor = work.db.scalar(select(Mentor).where(Mentor.id == message.about_id, Mentor.state != "left"))
    if mentor is None or message.until_on is None or not still_runs_out(work, message, mentor):
        return None
    return Message(
        say(Wording.expiry_subject, ref=mentor.ref),
        (say(Wording.expiry_line, ref=mentor.ref, day=message.until_on), say(Wording.expiry_way_out), *_END),
        Link(Place.mentor, mentor.id),
    )


def _digest(gate: Gate, waits: Sequence[Waits], peps: PepsWaiting) -> Message:
    """What waits; a list whose title holds somebody's name is told without its title. PEPs have links of their own."""
    lines: list[Said] = []
    for one in waits:
        if peps and one.queue in QUEUES:
            continue
        try:
            lines.append(say(Wording.digest_line, number=one.number, queue=gate.title(one.queue)))
        except Refused:
            lines.append(say(Wording.digest_other, number=one.number))
    told = (say(Wording.digest_opens), *lines) if lines else ()
    return Message(say(Wording.digest_subject), (*told, *_END), Link(Place.today), peps.told)


_END = (say(Wording.why_sent),)
