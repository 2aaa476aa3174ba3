"""The audit: in the same transaction, only added to, and whatever is tampered with is found."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlalchemy import Connection, select, text
from sqlalchemy.exc import DBAPIError

from cmcore.safekeeping.access import open_session
from cmcore.safekeeping.audit import MASK, against, verify
from cmcore.safekeeping.records import AuditEntry
from cmcore.testing import Stage
from cmcore.young_people.records import YoungPerson


def a_story(stage: Stage) -> None:
    with stage.work() as work:
        person = work.add(
            YoungPerson(authority_id=stage.authority_id, ref="WR-0001", given_name="Mossy", born_on=date(2012, 3, 1))
        )
        work.db.flush()
        work.change(person, care_status="edge_of_care")
    with stage.work() as work:
        work.opened(work.db.scalars(select(YoungPerson)).one(), "a review")


def lines(stage: Stage) -> list[AuditEntry]:
    with open_session(stage.engine, stage.scope("operator")) as db:
        return list(db.scalars(select(AuditEntry).order_by(AuditEntry.seq)))


def bare(stage: Stage, connection: Connection) -> None:
    """Reach every chain, as a database administrator does."""
    if stage.engine.dialect.name == "postgresql":
        connection.execute(text("SELECT set_config('cm.authorities', :ids, true)"), {"ids": str(stage.authority_id)})


def faults(stage: Stage) -> list[str]:
    with stage.engine.connect() as connection:
        bare(stage, connection)
        return list(verify(connection))


def without_triggers(stage: Stage, *statements: str) -> None:
    with stage.engine.begin() as connection:
        bare(stage, connection)
        if stage.engine.dialect.name == "postgresql":
            connection.execute(text("ALTER TABLE cm_audit DISABLE TRIGGER USER"))
        else:
            for verb in ("update", "delete"):
                connection.execute(text(f"DROP TRIGGER cm_audit_no_{verb}"))
        for statement in statements:
            connection.execute(text(statement))


def test_writes_and_reads_are_written_down_with_who_and_what(stage: Stage) -> None:
    a_story(stage)
    said = [(line.what, line.kind_of_record) for line in lines(stage)]
    assert said == [
        ("added", "authority"),
        ("added", "young_person"),
        ("changed", "young_person"),
        ("read", "young_person"),
    ]
    assert lines(stage)[1].detail["given_name"] == MASK
    assert lines(stage)[2].detail == {"care_status": ["looked_after", "edge_of_care"]}
    assert lines(stage)[3].login == "coordinator.quillmarsh" and lines(stage)[3].why == "a review"


def test_lines_written_by_many_at_once_stand_in_one_chain(stage: Stage) -> None:
    a_story(stage)
    before = len(lines(stage))

    def reads(number: int) -> None:
        for turn in range(10):
            with stage.work() as work:
                person = work.db.scalars(select(YoungPerson)).one()
                work.opened(person, f'“{number}.{turn}” \\ "ü" \U0001f333')

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(reads, range(6)))
    assert len(lines(stage)) == before + 60
    assert [line.seq for line in lines(stage)] == list(range(1, before + 61))
    assert faults(stage) == []


def test_one_line_and_several_are_hashed_alike(stage: Stage) -> None:
    a_story(stage)
    with stage.work() as work:
        person = work.db.scalars(select(YoungPerson)).one()
        work.change(person, phone="01629 000000")
    with stage.work() as work:
        for why in ("“one”\n\ttwo\\", "\u2028 and\x07", ""):
            work.opened(work.db.scalars(select(YoungPerson)).one(), why)
    with stage.work() as work:
        work.opened(work.db.scalars(select(YoungPerson)).one(), "“one”\n\ttwo\\ \u2028 and\x07")
    assert faults(stage) == []
    assert len(lines(stage)) == 9


def test_what_is_undone_leaves_no_line(stage: Stage) -> None:
    with pytest.raises(RuntimeError), stage.work() as work:
        work.add(YoungPerson(authority_id=stage.authority_id, ref="WR-0001", born_on=date(2012, 3, 1)))
        work.db.flush()
        raise RuntimeError
    assert [line.kind_of_record for line in lines(stage)] == ["authority"]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE cm_audit SET why = 'x'",
        "DELETE FROM cm_audit",
        "DELETE FROM cm_audit_head",
        "UPDATE cm_audit_head SET seq = seq - 1",
    ],
)
def test_the_database_itself_refuses_to_change_the_audit(stage: Stage, statement: str) -> None:
    a_story(stage)
    with pytest.raises(DBAPIError), stage.engine.begin() as connection:
        bare(stage, connection)
        connection.execute(text(statement))
    assert faults(stage) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE cm_audit SET login = 'somebody.else' WHERE seq = 2",
        "DELETE FROM cm_audit WHERE seq = 2",
        "DELETE FROM cm_audit WHERE seq = 4",
        "DELETE FROM cm_audit WHERE seq = 1",
        "INSERT INTO cm_audit (chain, seq, at, login, actor_kind, act, what, kind, detail, why, previous, hash)"
        " SELECT chain, 5, at, login, actor_kind, act, what, kind, detail, why, previous, hash"
        " FROM cm_audit WHERE seq = 4",
    ],
)
def test_a_changed_removed_or_inserted_line_is_found(stage: Stage, statement: str) -> None:
    a_story(stage)
    assert faults(stage) == []
    without_triggers(stage, statement)
    assert faults(stage) != []


def test_a_chain_written_anew_is_found_by_a_head_kept_elsewhere(stage: Stage) -> None:
    a_story(stage)
    kept = {stage.authority_id: (lines(stage)[-1].seq, lines(stage)[-1].hash)}
    with stage.work() as work:
        work.opened(work.db.scalars(select(YoungPerson)).one())
    assert missed(stage, kept) == []
    second = lines(stage)[1]
    assert ["not the one" in said for said in missed(stage, {stage.authority_id: (2, "0" * 64)})] == [True]
    assert missed(stage, {stage.authority_id: (2, second.hash)}) == []
    assert ["is gone" in said for said in missed(stage, {stage.authority_id: (99, "0" * 64), 7: (1, "0" * 64)})] == [
        True,
        True,
    ]


def missed(stage: Stage, heads: dict[int, tuple[int, str]]) -> list[str]:
    with stage.engine.connect() as connection:
        bare(stage, connection)
        return list(against(connection, heads))
