"""What is read of mentors: finding them, and what their checks say of a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import case, or_, select

from cmcore.base.findings import Finding
from cmcore.mentors import rules
from cmcore.mentors.records import Mentor, MentorAuthority
from cmcore.mentors.rules import SeenCheck
from cmcore.safekeeping.access import beyond
from cmcore.safekeeping.work import Work

_HELD = beyond("whoever settles minutes or money of a mentor waits for whoever else does; nothing is read")


def find(work: Work, text: str, limit: int = 20) -> list[Mentor]:
    """Mentors whose name or reference match, those who left last."""
    asked = select(Mentor).order_by(case((Mentor.state == "left", 1), else_=0), Mentor.name, Mentor.id)
    for word in text.split():
        named = Mentor.name.icontains(word, autoescape=True)
        asked = asked.where(or_(named, Mentor.ref.icontains(word, autoescape=True)))
    return list(work.db.scalars(asked.limit(limit)))


def hold_mentor(work: Work, mentor_id: int) -> None:
    """Lock a mentor until the transaction ends, so that two at once who settle minutes or money of theirs see it.

    Who acts need not see the mentor: a lock on no row would hold nobody.
    """
    work.db.execute(select(Mentor.id).where(Mentor.id == mentor_id).with_for_update(), execution_options=_HELD)


def checks_of(mentor: Mentor) -> list[SeenCheck]:
    """A mentor's checks as the rules need them."""
    return [
        SeenCheck(
            each.kind_of_check,
            each.issued_on,
            each.expires_on,
            each.seen_on,
            each.cover_pence,
            bool(each.covers_passengers),
        )
        for each in mentor.checks
    ]


def what_checks_say(
    work: Work, mentor: Mentor, on: date, kinds: Iterable[str] = (rules.DBS,), *, authority_id: int | None = None
) -> list[Finding]:
    """What a mentor's checks say of a day, under the rules of the authority it is asked for.

    R-DBS-1 to R-DBS-3, R-INS-1 and R-INS-2; of kinds without a rule of their own, R-COM-1.
    """
    policy = work.policy_of(authority_id if authority_id is not None else mentor)
    return rules.may_work(checks_of(mentor), on, policy, kinds, name=mentor.name)


def may_work_until(work: Work, mentor: Mentor, *, authority_id: int | None = None) -> date | None:
    """The last day the mentor's DBS certificate counts, as far as is known today; nothing where none counts."""
    policy = work.policy_of(authority_id if authority_id is not None else mentor)
    return rules.counts_until(checks_of(mentor), work.today, policy)


def authorities_of(work: Work, mentor: Mentor) -> list[int]:
    """The keys of the authorities a mentor works for, as far as they are within reach."""
    asked = select(MentorAuthority.authority_id).where(MentorAuthority.mentor_id == mentor.id)
    return list(work.db.scalars(asked.order_by(MentorAuthority.authority_id)))
