"""Who sees what: one predicate, applied to every query, in every channel."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import func, select, text, update

from cmcore.base.findings import NotAllowed, NotFound
from cmcore.safekeeping.access import OutOfBounds, open_session
from cmcore.safekeeping.work import Work
from cmcore.testing import Stage
from cmcore.young_people.records import YoungPerson


def a_young_person(work: Work, authority_id: int, ref: str) -> YoungPerson:
    made = work.add(
        YoungPerson(
            authority_id=authority_id, ref=ref, given_name="Mossy", family_name="Bramblewick", born_on=date(2012, 3, 1)
        )
    )
    work.db.flush()
    return made


def test_a_session_without_a_scope_reads_nothing(stage: Stage) -> None:
    with stage.work() as work:
        a_young_person(work, stage.authority_id, "WR-0001")
    with open_session(stage.engine, None) as db:
        assert db.scalars(select(YoungPerson)).all() == []
        assert db.scalar(select(func.count()).select_from(YoungPerson)) == 0


def test_two_authorities_in_one_database_never_see_each_other(stage: Stage) -> None:
    other = stage.authority("991", "Quillshire", "QU")
    with stage.work() as work:
        theirs = a_young_person(work, stage.authority_id, "WR-0001").id
    with stage.work(authority_id=other) as work:
        assert work.db.scalars(select(YoungPerson)).all() == []
        with pytest.raises(NotFound):
            work.get(YoungPerson, theirs)


def test_the_administrator_sees_no_young_person(stage: Stage) -> None:
    with stage.work() as work:
        a_young_person(work, stage.authority_id, "WR-0001")
    with stage.work("administrator") as work:
        assert work.db.scalar(select(func.count(YoungPerson.id))) == 0


def test_a_record_of_another_authority_cannot_be_written(stage: Stage) -> None:
    other = stage.authority("991", "Quillshire", "QU")
    with pytest.raises(OutOfBounds), stage.work() as work:
        a_young_person(work, other, "QU-0001")


def test_statements_that_go_round_the_orm_are_refused(stage: Stage) -> None:
    with stage.work() as work:
        with pytest.raises(OutOfBounds):
            work.db.execute(text("SELECT * FROM cm_young_person"))
        with pytest.raises(OutOfBounds):
            work.db.execute(select(YoungPerson.__table__))
        with pytest.raises(OutOfBounds):
            work.db.execute(update(YoungPerson).values(given_name=""))


def test_an_act_outside_the_role_is_not_allowed(stage: Stage) -> None:
    with pytest.raises(NotAllowed), stage.work("finance") as work:
        work.require("referral.accept")


def test_postgresql_repeats_the_boundary_where_the_orm_is_gone_round(stage: Stage) -> None:
    if stage.engine.dialect.name != "postgresql":
        return
    with stage.work() as work:
        a_young_person(work, stage.authority_id, "WR-0001")
    with stage.engine.connect() as bare:
        assert bare.execute(text("SELECT count(*) FROM cm_young_person")).scalar_one() == 0
