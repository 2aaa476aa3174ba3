"""What people do with a session: plan it, say how it went, put it right."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime
from functools import partial
from typing import Any

from sqlalchemy import select

from cmcore.answers.taking import taken
from cmcore.base.clock import LONDON, local
from cmcore.base.findings import Finding, Refused, refuse
from cmcore.commissions.records import Commission
from cmcore.commissions.rules import may_log
from cmcore.forms import form_of
from cmcore.measures.choosing import measure_label, measured_with
from cmcore.measures.registry import measure_sets
from cmcore.measures.shipped import EIGHT
from cmcore.mentors.records import Mentor
from cmcore.programmes.registry import programme_types
from cmcore.readiness.queries import may_hold
from cmcore.referrals.rules import as_warnings
from cmcore.safekeeping.work import Conflict, Work, action
from cmcore.sessions import queries, rules
from cmcore.sessions.at_hand import near
from cmcore.sessions.drafts import drop_draft, sent_from
from cmcore.sessions.forms import ImpactAnswers, SessionAnswers
from cmcore.sessions.records import MentoringSession
from cmcore.sessions.words import MET, NOT_HELD
from cmcore.young_people.records import YoungPerson

#: Texts that are empty where nothing was answered.
_TEXTS = ("intention", "done", "in_the_way", "art_form", "words_said", "adults_present")


@action("session.add")
def add_session(work: Work, answers: SessionAnswers, mark: str = "") -> MentoringSession:
    """Plan a session, or report one. R-SES-1, R-COM-2, R-COM-3 and everything asked of its mentor as at its day.

    That is R-DBS-1, R-DBS-2, R-INS-1, R-MEN-2, and R-INS-3 where the mentor drove. R-SES-2 is told.

    ``mark`` is that of the page it is sent from: the same page sent again makes no second session but gives the first,
    and what was kept of it as a draft goes.
    """
    if mark and (kept := sent_from(work, mark)) is not None:
        return kept
    answers = _asked_of(work, answers)
    commission = work.get(Commission, answers.commission_id)
    made = MentoringSession(
        authority_id=commission.authority_id,
        enrolment_id=commission.enrolment_id,
        young_person_id=commission.young_person_id,
        mentor_id=commission.mentor_id,
        sent_once=mark or None,
        **_columns(answers),
    )
    work.heed(_findings(work, commission, answers, None))
    work.add(made)
    drop_draft(work, mark)
    if answers.outcome is not None:
        work.happened("cm_session_recorded", session=made)
    return made


@action("session.change")
def change_session(
    work: Work, session: MentoringSession, answers: SessionAnswers, version: int | None = None, mark: str = ""
) -> MentoringSession:
    """Change a session or say how it went, under the same rules. Refuses another commission and an older version.

    ``mark`` is that of the page it is sent from, as in :func:`add_session`.
    """
    if mark and session.sent_once == mark:
        return session
    if version is not None and session.version != version:
        raise Conflict(session)
    _not_settled(session)
    answers = _asked_of(work, answers, measures_named(session))
    if answers.commission_id != session.commission_id:
        raise refuse(
            "A session stays with its commission.",
            place="commission_id",
            way_out="Take this one away and enter it there.",
        )
    if session.outcome is not None and answers.outcome is None:
        raise refuse("How it went is known already.", place="outcome", way_out="Choose what happened.")
    work.heed(_findings(work, work.get(Commission, session.commission_id), answers, session))
    was_plan = session.outcome is None
    work.change(session, version, **_columns(answers), **({"sent_once": mark} if mark else {}))
    drop_draft(work, mark)
    if was_plan and answers.outcome is not None:
        work.happened("cm_session_recorded", session=session)
    return session


@action("session.remove")
def remove_session(work: Work, session: MentoringSession) -> None:
    """Take away a plan. Refuses a reported session: that is put right, and stays known."""
    if session.outcome is not None:
        raise refuse(
            "Only a plan can be taken away.", way_out="Put this session right instead, for example as cancelled."
        )
    work.db.delete(session)


def measures_named(told: MentoringSession | SessionAnswers | None) -> set[str]:
    """The measures that a session names, planned or noticed; none of none."""
    if told is None:
        return set()
    noticed = [each["measure"] if isinstance(each, dict) else each.measure for each in told.impact or ()]
    return {*(str(each) for each in told.planned_measures or ()), *noticed}


def _asked_of(work: Work, answers: SessionAnswers, kept: Collection[str] = ()) -> SessionAnswers:
    """A programme may be measured with other things than the eight: whether these are its own, R-MEA-8 says."""
    others = measures_named(answers) - set(EIGHT.keys)
    asked = measured_with(form_of(type(answers)), None, kept) if others else None
    return taken(work, answers, asked)


def _not_settled(session: MentoringSession) -> None:
    if session.settled:
        raise refuse(
            "This session stands in an activity report that was sent.",
            way_out="Ask for the report to be sent back, then change it.",
        )


def answers_of_session(session: MentoringSession) -> SessionAnswers:
    """The session as the answers that would enter it again."""
    keys = [
        question.key
        for question in SessionAnswers.form.questions
        if question.answers and question.key not in ("impact", "held_on", "starts", "ends")
    ]
    told: dict[str, Any] = {key: getattr(session, key) for key in keys}
    told |= {key: told[key] or None for key in _TEXTS}
    start, end = local(session.starts_at), local(session.ends_at)
    told |= {"held_on": start.date(), "starts": start.time(), "ends": end.time()}
    told["planned_measures"] = tuple(session.planned_measures)
    return SessionAnswers(**told, impact=[ImpactAnswers(**each) for each in session.impact])


def times_of(answers: SessionAnswers) -> tuple[datetime, datetime]:
    """The instants of the day and the two times, as England's wall clock tells them."""
    start, end = (
        datetime.combine(answers.held_on, each, LONDON).astimezone(UTC) for each in (answers.starts, answers.ends)
    )
    return start, end


def _columns(answers: SessionAnswers) -> dict[str, Any]:
    values = answers.columns("impact", "held_on", "starts", "ends")
    for key in _TEXTS:
        values[key] = values[key] or ""
    values["planned_measures"] = [str(each) for each in answers.planned_measures or ()]
    values["impact"] = [
        {"measure": each.measure, "note": each.note, "expected": each.expected} for each in answers.impact or ()
    ]
    values["outcome"] = None if answers.outcome is None else str(answers.outcome)
    values["starts_at"], values["ends_at"] = times_of(answers)
    values["minutes"] = rules.minutes_between(values["starts_at"], values["ends_at"])
    return values


def _findings(
    work: Work, commission: Commission, answers: SessionAnswers, session: MentoringSession | None
) -> list[Finding]:
    """Everything the rules say of a session, with mentor and young person held so that nobody slips in between."""
    policy = work.policy_of(commission)
    session_id = session.id if session is not None else None
    reported = answers.outcome is not None
    starts_at, ends_at = times_of(answers)
    said = _commission_open(commission)
    said += rules.clocks_show(answers.held_on, answers.starts, answers.ends, policy)
    said += rules.times_hold(
        starts_at,
        ends_at,
        now=work.clock.now(),
        # What is called off is called off beforehand: only what took place must be over.
        reported=reported and answers.outcome not in NOT_HELD,
        first_day=commission.starts_on,
        last_day=commission.last_day,
        policy=policy,
    )
    if any(one.blocks for one in said):
        raise Refused(said)
    _hold(work, commission)
    if takes_place := answers.outcome is None or answers.outcome in MET or answers.outcome == "absent":
        said += rules.mentor_is_free(
            queries.mentor_is_busy(work, commission.mentor_id, starts_at, ends_at, session_id), policy
        )
    if takes_place and commission.young_person_id is not None:
        overlaps = queries.overlaps_of(
            work, commission.young_person_id, commission.enrolment_id, starts_at, ends_at, session_id
        )
        said += rules.young_person_is_free(overlaps, answers.joint, policy)
    if reported and answers.chargeable:
        adding = rules.minutes_between(starts_at, ends_at)
        said += may_log(commission.minutes, queries.minutes_used(work, commission.id, session_id), adding, policy)
    said += _checks_say(work, commission, answers)
    programme = commission.enrolment.programme
    own = {measure.key: measure.label for measure in measure_sets()[programme.measure_set].measures}
    # What an old record names stays with it, whatever the programme is measured with now.
    own |= {key: measure_label(key) for key in measures_named(session)}
    said += rules.measures_are_the_programmes(
        answers.planned_measures or (), [each.measure for each in answers.impact or ()], own, policy
    )
    if reported:
        before = queries.last_outcomes(work, commission.enrolment_id, starts_at) if session_id is None else []
        said += rules.absences_in_a_row([*before, str(answers.outcome)], policy) if session_id is None else []
    said += work.ask("cm_check_session", commission, commission=commission, answers=answers, session=session)
    return said


def _commission_open(commission: Commission) -> list[Finding]:
    if commission.state in ("active", "completed", "ended_early") and commission.enrolment.state != "planned":
        return []
    if commission.state == "active":
        return [
            Finding(
                "The enrolment has not started yet.",
                place="commission_id",
                way_out="Start it on the young person's page first.",
            )
        ]
    return [
        Finding(
            f"The commission is “{commission.state_label}”.",
            rule="R-COM-1",
            place="commission_id",
            way_out="The coordinator makes it active first.",
        )
    ]


def _checks_say(work: Work, commission: Commission, answers: SessionAnswers) -> list[Finding]:
    """The mentor's checks as at the session's day: they block what took place, and warn of a plan."""
    kinds = programme_types().of(commission.enrolment.programme.type_key).checks
    on = answers.held_on
    drove = bool(answers.mentor_drove)
    ask = partial(may_hold, work, commission.mentor, on, kinds, commission.authority_id, drove=drove)
    at_hand = near(work)
    said = ask() if at_hand is None else list(at_hand.once((commission.id, on, drove), ask))
    if answers.outcome is None or answers.outcome not in MET:
        return as_warnings(said)
    return said


def _hold(work: Work, commission: Commission) -> None:
    """Lock mentor, young person and commission in that order until the transaction ends, so that two at once wait."""
    at_hand = near(work)
    if at_hand is not None and work.db.info.get("gathering"):
        if commission.id in at_hand.held:
            return
        at_hand.held.add(commission.id)
    for record, key in (
        (Mentor, commission.mentor_id),
        (YoungPerson, commission.young_person_id),
        (Commission, commission.id),
    ):
        work.db.execute(select(record.id).where(record.id == key).with_for_update())
