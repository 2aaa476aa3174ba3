"""What a mentor's checks say of a day, asked in one place by commissions and by sessions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select

from cmcore.base.findings import Finding
from cmcore.mentors.records import Mentor, MentorCheck
from cmcore.mentors.rules import SeenCheck, may_work
from cmcore.safekeeping.work import Work


def what_checks_say(work: Work, mentor: Mentor, on: date, kinds: Iterable[str], *, authority_id: int) -> list[Finding]:
    """What the rules say of the mentor's checks as at a day, under the policy of the authority the work is for."""
    kept = work.db.scalars(select(MentorCheck).where(MentorCheck.mentor_id == mentor.id))
    plain = [SeenCheck(each.kind_of_check, each.issued_on, each.expires_on, each.seen_on) for each in kept]
    return may_work(plain, on, work.policy_of(authority_id), kinds, name=mentor.name)
