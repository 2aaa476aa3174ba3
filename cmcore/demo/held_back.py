"""A row of a workbook that could not be kept, so that there is one to mend in the stories."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Engine, select

from cmcore.base.clock import StoppedClock
from cmcore.demo.history import COORDINATOR
from cmcore.exchange.workbook.reading import Where
from cmcore.safekeeping.scope import Actor, operator_scope
from cmcore.safekeeping.work import Work
from cmcore.virtual_schools.records import Authority
from cmcore.workbooks.bringing_in import bring_in_workbook
from cmcore.workbooks.known import known_as
from cmcore.workbooks.lists import list_of
from cmcore.workbooks.reading import ListReading, SheetRow
from cmcore.workbooks.sheet import PARENT
from cmcore.young_people.records import YoungPerson

_COORDINATOR = Actor("hester.quillmarsh", COORDINATOR)
_SHEET = "Supporting adults"
#: What was typed: the day the adult came is none.
_TYPED = {"role": "key_worker", "name": "Tamsin Oakapple", "starts_on": "31/06/2026", "emergency_contact": "No"}
_COLUMNS = {"": 1, PARENT: 3, "role": 4, "name": 5, "emergency_contact": 10, "starts_on": 11}


def hold_a_row_back(engine: Engine, authority_id: int, today: date) -> None:
    """Bring in a workbook of one row, which is held back."""
    clock = StoppedClock.on(today, 8)
    scope = operator_scope({authority_id}, today)
    with Work(engine, _COORDINATOR, scope, clock=clock, writing=True) as work:
        authority = work.get(Authority, authority_id)
        person = work.db.scalars(select(YoungPerson).order_by(YoungPerson.id).limit(1)).first()
        if person is None:
            return
        picked = {PARENT: f"{known_as(person)} [{person.id}]"}
        where = {key: Where(_SHEET, 7, column, str(_TYPED.get(key, ""))) for key, column in _COLUMNS.items()}
        row = SheetRow(_SHEET, 7, {PARENT: person.id, **_TYPED}, [], where, picked)
        listed = list_of("supporting_adult", work, authority_id)
        bring_in_workbook(work, authority, listed, ListReading("adults.xlsx", [row]))
