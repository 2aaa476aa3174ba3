"""Setting up an authority: the one act that comes before anybody has a role in it."""

from __future__ import annotations

import re

from sqlalchemy import Engine, func, select, text

from cmcore.base.clock import Clock, WallClock
from cmcore.base.engine import is_sqlite
from cmcore.base.findings import Finding, refuse_if
from cmcore.safekeeping.access import beyond
from cmcore.safekeeping.scope import Actor, operator_scope
from cmcore.safekeeping.work import Work
from cmcore.virtual_schools.records import Authority

_REASON = beyond("an authority that does not exist yet is in nobody's scope")


def found_authority(
    engine: Engine,
    *,
    name: str,
    code: str,
    prefix: str,
    school_name: str = "",
    region: str = "",
    duty_phone: str = "",
    actor: Actor | None = None,
    clock: Clock | None = None,
) -> int:
    """Set up an authority and give its key.

    Refuses a code that is not three digits, letters that are not two to six capitals, and a code or letters in use.
    """
    refuse_if(_faults(name, code, prefix))
    clock = clock or WallClock()
    actor = actor or Actor("command", "cm authority add", "command")
    with Work(engine, actor, operator_scope(set(), clock.today()), clock=clock, writing=True) as work:
        key = _next_key(work)
        _refuse_taken(work, code, prefix)
        work.db.rollback()
    with Work(engine, actor, operator_scope({key}, clock.today()), clock=clock, writing=True) as work:
        work.db.info["doing"] = "authority.add"
        work.add(
            Authority(
                id=key,
                name=name.strip(),
                school_name=school_name.strip() or f"{name.strip()} Virtual School",
                code=code,
                prefix=prefix,
                region=region,
                duty_phone=duty_phone,
                policy={},
            )
        )
    return key


def _faults(name: str, code: str, prefix: str) -> list[Finding]:
    said = []
    if not name.strip():
        said.append(Finding("Give the authority's name.", place="name"))
    if not re.fullmatch(r"\d{3}", code):
        said.append(
            Finding(
                "The code has three digits, as the Department for Education gives it, for example 830.", place="code"
            )
        )
    if not re.fullmatch(r"[A-Z]{2,6}", prefix):
        said.append(
            Finding("The letters its references begin with are two to six capitals, for example WR.", place="prefix")
        )
    return said


def _next_key(work: Work) -> int:
    if is_sqlite(work.engine):
        return int(
            work.db.execute(
                select(func.coalesce(func.max(Authority.id), 0) + 1), execution_options=_REASON
            ).scalar_one()
        )
    sequence = text("SELECT nextval(pg_get_serial_sequence('cm_authority', 'id'))")
    return int(work.db.execute(sequence, execution_options=_REASON).scalar_one())


def _refuse_taken(work: Work, code: str, prefix: str) -> None:
    for column, value, words in ((Authority.code, code, "code"), (Authority.prefix, prefix, "letters")):
        if work.db.execute(select(Authority.id).where(column == value), execution_options=_REASON).first():
            refuse_if(
                [
                    Finding(
                        f"Another authority has these {words} already."
                        if words == "letters"
                        else "Another authority has this code already.",
                        place=column.key,
                    )
                ]
            )
