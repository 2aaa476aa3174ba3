"""What people do with mentors and their checks."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select

from cmcore.answers.taking import answers_from, taken
from cmcore.base.clock import day
from cmcore.base.findings import refuse
from cmcore.mentors import rules
from cmcore.mentors.forms import MentorAnswers, MentorCheckAnswers
from cmcore.mentors.queries import checks_of, what_checks_say
from cmcore.mentors.records import Mentor, MentorAuthority, MentorCheck
from cmcore.mentors.words import CheckKind
from cmcore.safekeeping.refs import next_ref
from cmcore.safekeeping.removal import remove_if_free
from cmcore.safekeeping.work import Work, action
from cmcore.virtual_schools.queries import authority_for

#: Answers that are typed as one line and kept as a list.
_LISTS = ("art_forms", "languages")


# ---- the mentor
@action("mentor.add")
def add_mentor(work: Work, answers: MentorAnswers, authority_id: int | None = None) -> Mentor:
    """Enter somebody who would like to be a mentor of an authority, as an applicant."""
    authority = authority_for(work, authority_id)
    columns = _columns(taken(work, answers))
    mentor = work.add(Mentor(home_authority_id=authority.id, ref=next_ref(work, authority, "M"), **columns))
    work.db.flush()
    work.add(MentorAuthority(authority_id=authority.id, mentor_id=mentor.id))
    return mentor


@action("mentor.change")
def change_mentor(work: Work, mentor: Mentor, answers: MentorAnswers, version: int | None = None) -> Mentor:
    """Change what is known of a mentor; the authority that entered the mentor does."""
    work.change(mentor, version, **_columns(taken(work, answers)))
    return mentor


@action("mentor.remove")
def remove_mentor(work: Work, mentor: Mentor) -> None:
    """Remove an applicant entered by mistake. Refuses one who was taken on, or whom something hangs on."""
    if mentor.state != mentor.lifecycle.initial:
        raise refuse(f"{mentor.name} was taken on, so the record stays.", way_out="Choose “Leave”, with a reason.")
    links = list(mentor.works_for)
    if any(link.authority_id != mentor.home_authority_id for link in links):
        raise refuse("Another authority works with this mentor too.", way_out="Stop sharing the mentor first.")
    remove_if_free(work, mentor, own=(MentorAuthority,))
    for link in links:
        work.db.delete(link)


@action("mentor.move")
def move_mentor(work: Work, mentor: Mentor, transition: str, reason: str = "") -> Mentor:
    """Take a mentor along one step: take_on, activate, pause, resume, leave or return.

    Becoming active, or active again, needs an enhanced DBS certificate that was seen and is less than three years old
    today (R-DBS-1, R-DBS-2).
    """
    way = mentor.lifecycle.way(transition, mentor.state)
    if "checks" in way.guards:
        work.heed(what_checks_say(work, mentor, work.today))
    work.move(mentor, transition, reason=reason)
    return mentor


def answers_of_mentor(mentor: Mentor) -> MentorAnswers:
    """The mentor as the answers that would make the record again."""
    return answers_from(MentorAnswers, mentor, {key: ", ".join(getattr(mentor, key)) for key in _LISTS})


def _columns(answers: MentorAnswers) -> dict[str, Any]:
    lists = {key: [one for part in getattr(answers, key).split(",") if (one := part.strip())] for key in _LISTS}
    district = answers.postcode_district.upper().replace(" ", "")
    return {**answers.columns(*_LISTS), **lists, "postcode_district": district}


# ---- working for several authorities
@action("mentor.share")
def share_mentor(work: Work, mentor: Mentor, authority_id: int) -> MentorAuthority:
    """Let another authority work with a mentor, checks included. Takes a role in both of them."""
    authority = authority_for(work, authority_id)
    if (link := _link(work, mentor, authority_id)) is not None:
        return link
    return work.add(MentorAuthority(authority_id=authority.id, mentor_id=mentor.id))


@action("mentor.share")
def stop_sharing_mentor(work: Work, mentor: Mentor, authority_id: int) -> None:
    """End that another authority works with a mentor. What the mentor did there keeps its name."""
    if authority_id == mentor.home_authority_id:
        raise refuse("This authority keeps the mentor's record.", way_out="Choose “Leave”, with a reason.")
    if (link := _link(work, mentor, authority_id)) is not None:
        work.require("mentor.share", authority_id)
        work.db.delete(link)


def _link(work: Work, mentor: Mentor, authority_id: int) -> MentorAuthority | None:
    asked = select(MentorAuthority).where(
        MentorAuthority.mentor_id == mentor.id, MentorAuthority.authority_id == authority_id
    )
    return work.db.scalars(asked).first()


# ---- checks
@action("mentor_check.add")
def add_mentor_check(work: Work, mentor: Mentor, answers: MentorCheckAnswers) -> MentorCheck:
    """Enter a check of a mentor; with the day it was seen, whoever enters it is written down as having seen it."""
    check = MentorCheck(mentor=mentor, **_check_columns(work, mentor, taken(work, answers)))
    return work.add(check)


@action("mentor_check.change")
def change_mentor_check(
    work: Work, check: MentorCheck, answers: MentorCheckAnswers, version: int | None = None
) -> MentorCheck:
    """Put a check right. Whoever changes the day it was seen, or what was seen, is written down as having seen it."""
    columns = _check_columns(work, check.mentor, taken(work, answers))
    decisive = ("kind_of_check", "issued_on", "seen_on")
    if all(columns[key] == getattr(check, key) for key in decisive):
        columns["seen_by"] = check.seen_by
    work.change(check, version, **columns)
    return check


@action("mentor_check.remove")
def remove_mentor_check(work: Work, check: MentorCheck) -> None:
    """Remove a check entered by mistake. Refuses one that was seen: acts may rest on it."""
    if check.seen_on is not None:
        raise refuse(
            f"This check was seen on {day(check.seen_on)}, and what was done since may rest on it.",
            way_out="Enter the newer one beside it. If this one was never seen, take that day away first.",
        )
    remove_if_free(work, check)


@action("mentor_check.mark_seen")
def see_check(work: Work, check: MentorCheck, seen_on: date | None = None) -> MentorCheck:
    """Write down that the actor saw a check, today or on an earlier day; a check seen before keeps its first day."""
    on = seen_on or work.today
    if check.seen_on is not None and check.seen_on <= on:
        raise refuse(f"{check.seen_by} saw this check on {day(check.seen_on)} already.")
    work.heed(rules.seen_in_time(check.issued_on, on, work.today))
    work.change(check, seen_on=on, seen_by=work.actor.name)
    return check


def answers_of_mentor_check(check: MentorCheck) -> MentorCheckAnswers:
    """The check as the answers that would make it again."""
    return answers_from(MentorCheckAnswers, check)


def _check_columns(work: Work, mentor: Mentor, answers: MentorCheckAnswers) -> dict[str, Any]:
    if answers.seen_on is not None:
        work.heed(rules.seen_in_time(answers.issued_on, answers.seen_on, work.today))
    if answers.kind_of_check is CheckKind.dbs_update_service:
        policy = work.policy_of(mentor)
        work.heed(rules.update_service_in_time(answers.issued_on, checks_of(mentor), policy))
    return {**answers.columns(), "seen_by": work.actor.name if answers.seen_on else ""}
