"""What people do with a concern: raise it, answer it, add to it, pass it on, close it. Nothing takes one away."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from cmcore.answers.taking import taken
from cmcore.concerns import rules
from cmcore.concerns.forms import ConcernAnswers, ConcernClosedAnswers, ConcernNoteAnswers, ConcernToldAnswers
from cmcore.concerns.queries import told_of
from cmcore.concerns.records import Concern, ConcernNote
from cmcore.concerns.words import Told
from cmcore.safekeeping.refs import next_ref
from cmcore.safekeeping.work import Work, action
from cmcore.virtual_schools.records import Authority
from cmcore.young_people.records import YoungPerson

#: How long after a concern the same words are a second press of the button, or a line that broke and was tried again.
_PRESSED_TWICE = timedelta(minutes=10)


@action("concern.raise")
def raise_concern(work: Work, answers: ConcernAnswers) -> Concern:
    """Raise a concern about a young person within reach. Its clock (R-SAF-2) runs from now.

    The same words sent again within ten minutes, as a second press of the button sends them, are the concern that is
    there: nothing takes the second one away again.
    """
    answers = taken(work, answers)
    person = work.get(YoungPerson, answers.young_person_id)
    work.require("concern.raise", person.authority_id)
    now = work.clock.now()
    if (sent := _sent_already(work, answers, now)) is not None:
        return sent
    concern = work.add(
        Concern(
            authority_id=person.authority_id,
            young_person_id=person.id,
            ref=next_ref(work, work.get(Authority, person.authority_id), "S"),
            kind_of_concern=answers.kind_of_concern,
            happened=answers.happened or "",
            said=answers.said or "",
            immediate_action=answers.immediate_action or "",
            raised_at=now,
            raised_by=work.actor.name,
            raised_by_login=work.actor.login,
        )
    )
    work.db.flush()
    for told in answers.told:
        _note(work, concern, told=told, told_at=now)
    return concern


@action("concern.acknowledge")
def acknowledge_concern(work: Work, concern: Concern) -> Concern:
    """Say that it was read and is being acted on: the clock of R-SAF-2 stops."""
    work.move(concern, "acknowledge")
    return concern


@action("concern.note")
def add_to_concern(work: Work, concern: Concern, answers: ConcernNoteAnswers) -> ConcernNote:
    """Add what was done or found out, at any time, also once it is closed."""
    return _note(work, concern, text=taken(work, answers).text)


@action("concern.note")
def tell_of_concern(work: Work, concern: Concern, answers: ConcernToldAnswers) -> ConcernNote:
    """Write down who was told, and when. Refuses a moment that is still to come."""
    answers = taken(work, answers)
    work.heed(rules.not_yet(answers.told_at, work.clock.now()))
    return _note(
        work,
        concern,
        told=answers.told,
        told_at=answers.told_at,
        told_name=answers.told_name or "",
        text=answers.text or "",
    )


@action("concern.pass_on")
def pass_on_concern(work: Work, concern: Concern) -> Concern:
    """Say that it is passed on. Refuses until social worker and virtual school are both told (R-SAF-3)."""
    work.heed(rules.may_pass_on(told_of(work, concern), work.policy_of(concern)))
    work.move(concern, "pass_on")
    return concern


@action("concern.close")
def close_concern(work: Work, concern: Concern, answers: ConcernClosedAnswers) -> Concern:
    """Close a concern that was passed on, with what came of it. It stays readable, and can be added to."""
    work.move(concern, "close", reason=taken(work, answers).reason)
    return concern


def _sent_already(work: Work, answers: ConcernAnswers, now: datetime) -> Concern | None:
    """The concern that the same person has just raised with the same words, and told the same people of."""
    just_now = select(Concern).where(
        Concern.young_person_id == answers.young_person_id,
        Concern.raised_by_login == work.actor.login,
        Concern.raised_at > now - _PRESSED_TWICE,
    )
    words = [str(answers.kind_of_concern), answers.happened or "", answers.said or "", answers.immediate_action or ""]
    for one in work.db.scalars(just_now.order_by(Concern.id)):
        same = words == [one.kind_of_concern, one.happened, one.said, one.immediate_action]
        if same and told_of(work, one) == {str(each) for each in answers.told}:
            return one
    return None


def _note(
    work: Work,
    concern: Concern,
    *,
    text: str = "",
    told: Told | None = None,
    told_at: datetime | None = None,
    told_name: str = "",
) -> ConcernNote:
    note = ConcernNote(
        authority_id=concern.authority_id,
        young_person_id=concern.young_person_id,
        concern_id=concern.id,
        text=text,
        told=told,
        told_at=told_at,
        told_name=told_name,
        noted_at=work.clock.now(),
        noted_by=work.actor.name,
    )
    return work.add(note)
