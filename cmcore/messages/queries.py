"""What is read for messages: who answers and who is told, which names must not leave, and what waits to be sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import selectinload

from cmcore.base.policy import Policy
from cmcore.mentors.queries import checks_of
from cmcore.mentors.records import Mentor
from cmcore.mentors.rules import counts_until
from cmcore.messages.gate import Gate, names_kept_in
from cmcore.messages.records import OutgoingMessage
from cmcore.network.records import SupportingAdult
from cmcore.safekeeping.records import Membership
from cmcore.safekeeping.roles import roles
from cmcore.safekeeping.scope import Actor, operator_scope
from cmcore.safekeeping.work import Work
from cmcore.virtual_schools.records import Authority
from cmcore.young_people.records import YoungPerson

#: Days before a check stops counting on which those concerned are told.
NOTICES = (90, 60, 30, 7)
#: A message somebody began to send is taken up by nobody else for so long, and by anybody afterwards.
CLAIMED_FOR = timedelta(minutes=15)


@dataclass(frozen=True)
class RunningOut:
    """A kind of check of a mentor that stops counting soon: whose, the last day, and the notice that is due."""

    mentor_id: int
    home_authority_id: int
    kind: str
    until_on: date
    notice: int

    @property
    def key(self) -> str:
        """What tells this notice from every other."""
        return f"{self.mentor_id}:{self.kind}:{self.until_on.isoformat()}:{self.notice}"


def members(work: Work, authority_id: int) -> list[Membership]:
    """The roles that are held in an authority today."""
    asked = select(Membership).where(
        Membership.authority_id == authority_id,
        Membership.active,
        or_(Membership.until.is_(None), Membership.until >= work.today),
    )
    return [one for one in work.db.scalars(asked.order_by(Membership.login, Membership.id)) if one.role in roles()]


def who_may(work: Work, authority_id: int, act: str) -> list[str]:
    """The sign-in names whose role in an authority includes an act."""
    return sorted({one.login for one in members(work, authority_id) if roles()[one.role].allows(act)})


def who_is(work: Work, authority_id: int, mentor_id: int) -> list[str]:
    """The sign-in names of a mentor."""
    return sorted({one.login for one in members(work, authority_id) if one.mentor_id == mentor_id})


def running_out(work: Work, authority_id: int) -> list[RunningOut]:
    """The checks of an authority's mentors that a notice is due for; a newer one that was seen takes its place."""
    policy, today = work.policy_of(authority_id), work.today
    asked = select(Mentor).where(Mentor.state.in_(("onboarding", "active", "paused"))).order_by(Mentor.id)
    found = []
    for mentor in work.db.scalars(asked.options(selectinload(Mentor.checks))):
        checks = checks_of(mentor)
        for kind in sorted({one.kind for one in checks}):
            until = counts_until(checks, today, policy, kind)
            notice = notice_due((until - today).days) if until is not None else None
            if until is not None and notice is not None:
                found.append(RunningOut(mentor.id, mentor.home_authority_id, kind, until, notice))
    return found


def still_runs_out(work: Work, message: OutgoingMessage, mentor: Mentor) -> bool:
    """Whether what a notice says is still so: the check was not renewed, taken away or put back meanwhile.

    An act that caused a notice may have been undone since, alone or with many others: it is then not sent.
    """
    parts = message.key.split(":")
    if len(parts) != 4:
        return True
    until = counts_until(checks_of(mentor), work.today, work.policy_of(message.authority_id), parts[1])
    return until == message.until_on


def notice_due(days: int) -> int | None:
    """The notice that is due so many days before the last day: the nearest one that has been reached."""
    return min((notice for notice in NOTICES if 0 <= days <= notice), default=None)


def gate_of(work: Work, policy: Policy) -> Gate:
    """The gate that knows the names of everybody within reach: young people, their adults, and mentors."""
    asked = select(YoungPerson.given_name, YoungPerson.family_name, YoungPerson.preferred_name)
    names = [name for row in work.db.execute(asked) for name in row if name]
    names += list(work.db.scalars(select(SupportingAdult.name))) + list(work.db.scalars(select(Mentor.name)))
    return Gate(names_kept_in(names), set(work.db.scalars(select(Authority.prefix))), policy)


def gate_of_sentences(work: Work) -> Gate:
    """The gate for what is made of fixed sentences alone: it lets no other words out, so it need know no name."""
    return Gate(names_kept_in(()), set(work.db.scalars(select(Authority.prefix))), Policy.load())


def whole_gate(work: Work) -> Gate:
    """The gate for a file somebody takes away: it knows the names of their authorities, also those out of reach."""
    reached = work.scope.authorities if work.scope else frozenset[int]()
    looking = Work(work.engine, Actor("job", "gate", "job"), operator_scope(set(reached), work.today), clock=work.clock)
    try:
        return gate_of(looking, Policy.load())
    finally:
        looking.undo()
        looking.close()


def is_free(message: OutgoingMessage, now: datetime) -> bool:
    """Whether a message waits to be sent and nobody is sending it."""
    done = message.sent_at is not None or message.dropped_at is not None
    return not done and (message.claimed_at is None or message.claimed_at < now - CLAIMED_FOR)


def unsent(work: Work, now: datetime) -> list[int]:
    """The keys of the messages that wait to be sent and that nobody is sending, safeguarding first."""
    free = or_(OutgoingMessage.claimed_at.is_(None), OutgoingMessage.claimed_at < now - CLAIMED_FOR)
    asked = select(OutgoingMessage.id, OutgoingMessage.kind_of_message).where(
        OutgoingMessage.sent_at.is_(None), OutgoingMessage.dropped_at.is_(None), free
    )
    found = work.db.execute(asked.order_by(OutgoingMessage.id)).all()
    return [key for key, kind in sorted(found, key=lambda row: row.kind_of_message != "concern")]


def written_down(work: Work, kind: str, keys: set[str]) -> set[tuple[str, str]]:
    """Which sign-in names have a message of a kind about these keys already."""
    asked = select(OutgoingMessage.login, OutgoingMessage.key).where(
        OutgoingMessage.kind_of_message == kind, OutgoingMessage.key.in_(sorted(keys))
    )
    return {(row.login, row.key) for row in work.db.execute(asked)}
