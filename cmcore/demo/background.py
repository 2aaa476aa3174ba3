"""What went on in the background of the stories: the counts of a morning, and a pack of reports that waits."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

from sqlalchemy import Engine

from cmcore.base.clock import Clock
from cmcore.base.findings import Refused
from cmcore.jobs.actions import ask_for
from cmcore.jobs.forms import PackAnswers
from cmcore.jobs.packs import ask_for_pack
from cmcore.jobs.tasks import Tasks
from cmcore.messages.mail import Mail
from cmcore.messages.sending import PostRoom
from cmcore.safekeeping.scope import Actor, operator_scope
from cmcore.safekeeping.work import Work

_COORDINATOR = Actor("hester.quillmarsh", "Hester Quillmarsh")


def write_background(engine: Engine, authority_id: int, clock: Clock) -> None:
    """The counts of this morning, and the reports of three months as a pack for the coordinator; both done."""
    today, tasks, keys = clock.today(), Tasks(PostRoom(engine, Mail(), clock)), []
    with tasks.as_nobody({authority_id}, writing=True) as work:
        keys.append(ask_for(work, authority_id, "daily.late", {}, once=today.isoformat()).id)
    scope = operator_scope({authority_id}, today)
    # Where nobody reported in these months there is nothing to be taken out.
    months = PackAnswers(starts_on=today - timedelta(days=92), ends_on=today, mentors=None, young_people=None)
    with suppress(Refused), Work(engine, _COORDINATOR, scope, clock=clock, writing=True) as work:
        keys.append(ask_for_pack(work, authority_id, months).id)
    for key in keys:
        tasks.do(authority_id, key)
