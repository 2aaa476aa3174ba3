"""A list reads the columns that it shows; whatever else is asked of a row is read then, and never taken for empty."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine, event, inspect, select
from sqlalchemy.orm import Load, joinedload

from cmcore.safekeeping.work import Work
from cmcore.young_people.records import EducationSpell, YoungPerson
from console.narrow_reading import only_these
from tests.console.town import looking


def _sent(work: Work) -> list[str]:
    sent: list[str] = []

    @event.listens_for(work.db.connection(), "before_cursor_execute")
    def note(connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        sent.append(statement)

    return sent


def _narrowly(work: Work) -> YoungPerson:
    asked = select(YoungPerson).order_by(YoungPerson.id).limit(1)
    return work.db.scalars(asked.options(only_these(Load(YoungPerson), YoungPerson, ["ref"]))).one()


def test_what_was_left_out_of_a_row_is_read_when_it_is_asked_for(engine: Engine) -> None:
    with looking(engine) as work:
        whole = work.db.scalars(select(YoungPerson).order_by(YoungPerson.id).limit(1)).one()
        told = (whole.ref, whole.family_name, whole.born_on)
        work.db.expunge_all()
        sent = _sent(work)
        row = _narrowly(work)
        assert inspect(row).unloaded >= {"born_on", "family_name"} and "family_name" not in sent[0]
        assert (row.ref, row.family_name, row.born_on, len(sent)) == (*told, 2)


def test_a_row_that_was_read_whole_stays_whole_with_what_was_changed_in_it(engine: Engine) -> None:
    with looking(engine) as work, work.db.no_autoflush:
        whole = work.db.scalars(select(YoungPerson).order_by(YoungPerson.id).limit(1)).one()
        whole.family_name = "Quillmarsh"
        row, sent = _narrowly(work), _sent(work)
        assert (row is whole, row.family_name, bool(row.born_on), sent) == (True, "Quillmarsh", True, [])
        work.undo()


def test_a_relation_is_read_as_narrowly(engine: Engine) -> None:
    with looking(engine) as work:
        narrow = only_these(joinedload(EducationSpell.young_person), YoungPerson, ["ref"])
        row = work.db.scalars(select(EducationSpell).options(narrow)).unique().first()
        assert row is not None and inspect(row.young_person).unloaded >= {"born_on", "family_name"}
        assert row.starts_on and row.young_person.family_name
