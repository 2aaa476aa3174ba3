"""What the database itself holds apart: authorities in their keys, and a chain of the audit for each."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from cmcore.network.records import SupportingAdult
from cmcore.safekeeping import access
from cmcore.safekeeping.records import AuditHead
from cmcore.safekeeping.scope import Actor, operator_scope
from cmcore.safekeeping.work import Work
from cmcore.testing import Stage
from cmcore.young_people.records import YoungPerson


def for_both(stage: Stage, other: int) -> Work:
    """A piece of work that reaches two authorities."""
    scope = operator_scope({stage.authority_id, other}, stage.clock.today())
    return Work(stage.engine, Actor("command", "cm", "command"), scope, clock=stage.clock)


def test_the_database_refuses_a_record_that_points_into_another_authority(stage: Stage) -> None:
    other = stage.authority("991", "Quillshire", "QU")
    with pytest.raises(IntegrityError), for_both(stage, other) as work:
        person = work.add(YoungPerson(authority_id=stage.authority_id, ref="WR-0001", born_on=date(2012, 3, 1)))
        work.db.flush()
        work.add(SupportingAdult(authority_id=other, young_person_id=person.id, role="parent", name="Odile Marrowfen"))
        work.db.flush()


def test_each_authority_has_a_chain_of_its_own(stage: Stage) -> None:
    other = stage.authority("991", "Quillshire", "QU")
    before = heads(stage)
    with for_both(stage, other) as work:
        work.add(YoungPerson(authority_id=other, ref="QU-0001", born_on=date(2012, 3, 1)))
    after = heads(stage)
    assert after[other] == before[other] + 1
    assert after[stage.authority_id] == before[stage.authority_id]


def heads(stage: Stage) -> dict[int, int]:
    with stage.engine.connect() as connection:
        return {row.chain: row.seq for row in connection.execute(select(AuditHead.chain, AuditHead.seq))}


def test_the_conditions_of_a_scope_are_made_once_and_never_lent_to_another(stage: Stage) -> None:
    other = stage.authority("991", "Quillshire", "QU")
    with stage.work() as work:
        work.add(YoungPerson(authority_id=stage.authority_id, ref="WR-0001", born_on=date(2012, 3, 1)))
    made = access._conditions.cache_info().misses
    seen = []
    for authority_id in (stage.authority_id, other) * 3:
        with stage.work(authority_id=authority_id) as work:
            seen.append(len(work.db.scalars(select(YoungPerson)).all()))
    assert seen == [1, 0] * 3
    assert access._conditions.cache_info().misses - made <= 2


def test_row_level_security_holds_even_for_the_owner_of_the_tables(stage: Stage) -> None:
    if stage.engine.dialect.name != "postgresql":
        return
    asked = text("SELECT relname FROM pg_class WHERE relrowsecurity AND NOT relforcerowsecurity")
    with stage.engine.connect() as bare:
        assert bare.execute(asked).scalars().all() == []
