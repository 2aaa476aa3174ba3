"""What a mentor of the stories was typing when the signal went: a draft of a session, kept for them."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Engine, select

from cmcore.base.clock import StoppedClock
from cmcore.commissions.records import Commission
from cmcore.mentors.records import Mentor
from cmcore.safekeeping.scope import Actor, Grant, Scope, operator_scope
from cmcore.safekeeping.work import Work
from cmcore.sessions.drafts import keep_draft
from cmcore.sessions.forms import SessionAnswers
from cmcore.sessions.words import DraftOf

_MENTOR = Actor("juno.tansyhurst", "Juno Tansyhurst")


def begin_a_session(engine: Engine, authority_id: int, today: date) -> None:
    """Leave a draft of Juno's in an authority, if Juno works there on the day."""
    clock = StoppedClock.on(today, 8)
    with Work(engine, _MENTOR, operator_scope({authority_id}, today), clock=clock) as work:
        asked = select(Commission.id, Mentor.id).join(Mentor, Mentor.id == Commission.mentor_id)
        asked = asked.where(Mentor.name == _MENTOR.name, Commission.state == "active").order_by(Commission.id)
        found = work.db.execute(asked.limit(1)).first()
    if found is None:
        return
    commission_id, mentor_id = found
    own = Scope(_MENTOR.login, (Grant(authority_id, "mentor", mentor_id=mentor_id),), today)
    with Work(engine, _MENTOR, own, clock=clock) as work:
        raw = {"commission_id": {"id": str(commission_id)}, "done": "Second colour on the heron print. They"}
        mark = f"mark-of-the-lost-signal-{authority_id}"
        keep_draft(work, SessionAnswers.form, raw, mark=mark, draft_of=DraftOf.session)
