"""Which rows a person sees, decided here once and applied by the ORM to every query.

A database session carries a :class:`~cmcore.safekeeping.scope.Scope`. Every ORM statement that runs in it is given a
condition per record class, relationship loads, counts and searches included. A session without a scope reads nothing.
Statements that are not ORM statements, and bulk writes, are refused unless the caller names why it goes beyond
(``execution_options(cm_beyond="…")``); the house test lists the few files that may.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Engine, Executable, and_, event, false, or_
from sqlalchemy.orm import ORMExecuteState, Session, SessionTransaction, with_loader_criteria
from sqlalchemy.orm.interfaces import CriteriaOption
from sqlalchemy.sql.cache_key import NO_CACHE
from sqlalchemy.sql.visitors import anon_map

from cmcore.base.among import Shared, among
from cmcore.base.brought import brought
from cmcore.base.engine import OPENING, is_sqlite, open_with
from cmcore.base.records import Record
from cmcore.safekeeping.scope import Grant, Scope

#: The execution option of a statement that goes beyond the scope, with its reason as value.
BEYOND = "cm_beyond"
#: The execution option of a statement that is made once and asked again and again.
_ONCE = "cm_once"
StatementT = TypeVar("StatementT", bound=Executable)

Reach = Callable[[type[Any], Scope, Sequence[Grant]], ColumnElement[bool]]
_reaches: dict[str, Reach] = {}


class OutOfBounds(RuntimeError):
    """A statement or a write went round the one place that decides what may be seen. A fault of the program."""


def reach(name: str) -> Callable[[Reach], Reach]:
    """Declare a reach by its name: a function from (record class, scope, grants) to the condition its rows meet.

    A plugin declares its own the same way, under a name that begins with its own, and says with ``cm_acts`` which role
    sees which of its records so far. Refuses a name that is taken: nobody widens what somebody else decided.
    """

    def declare(function: Reach) -> Reach:
        held = _reaches.get(name)
        if held is not None and (held.__module__, held.__qualname__) != (function.__module__, function.__qualname__):
            raise ValueError(f"The reach “{name}” is declared by {held.__module__} already. Give it another name.")
        _reaches[name] = function
        return function

    return declare


def reached(name: str, record: type[Any], scope: Scope, grants: Sequence[Grant]) -> ColumnElement[bool]:
    """The condition of another reach, for one that is made of several; a reach nobody declared reaches nothing."""
    return _reaches[name](record, scope, grants) if name in _reaches else false()


@reach("authority")
def _of_the_authority(record: type[Any], scope: Scope, grants: Sequence[Grant]) -> ColumnElement[bool]:
    return _of_authorities(record, sorted({grant.authority_id for grant in grants}))


def _of_authorities(record: type[Any], ids: Sequence[int]) -> ColumnElement[bool]:
    within: Callable[[Sequence[int]], ColumnElement[bool]] | None = getattr(record, "within_authorities", None)
    return within(ids) if within else _shared(tuple(ids)).hold(record.authority_id)


@lru_cache(maxsize=1024)
def _shared(ids: tuple[int, ...]) -> Shared:
    """The keys of authorities as the conditions of a scope tell them, for a hundred classes at once.

    Used for conditions of a scope alone, whose keys say which of their parameters are one (:class:`_Within`).
    """
    return Shared(ids)


@reach("own setting")
def _of_their_setting(record: type[Any], scope: Scope, grants: Sequence[Grant]) -> ColumnElement[bool]:
    """A setting's staff: what is about their setting, and what a record shows to every setting of the authority."""
    held = [grant for grant in grants if grant.setting_id is not None]
    columns = [getattr(record, name) for name in getattr(record, "of_settings", ())]
    parts = [
        and_(record.authority_id == grant.authority_id, or_(*(column == grant.setting_id for column in columns)))
        for grant in held
        if columns
    ]
    shown: Callable[[], ColumnElement[bool]] | None = getattr(record, "shown_to_settings", None)
    if shown is not None and held:
        parts.append(and_(among(record.authority_id, sorted({grant.authority_id for grant in held})), shown()))
    return or_(false(), *parts)


def person_column(record: type[Any]) -> Any:
    """The column that says whom a record is about: its own key for a young person, else ``young_person_id``."""
    return record.id if record.kind() == "young_person" else record.young_person_id


def condition(record: type[Record], scope: Scope | None) -> ColumnElement[bool]:
    """The condition every row of a class given to this scope satisfies; nothing where nothing is granted."""
    if scope is None:
        return false()
    by_reach: dict[str, list[Grant]] = {}
    for grant in scope.grants:
        by_reach.setdefault(grant.role.reaches(record.kind(), record.about), []).append(grant)
    parts = [_reaches[name](record, scope, grants) for name, grants in by_reach.items() if name in _reaches]
    return or_(*parts) if parts else false()


def _every_class() -> Iterable[type[Record]]:
    return [mapper.class_ for mapper in Record.registry.mappers]


def _limit_of(record: type[Record], scope: Scope | None) -> Any:
    """The condition of a class as an option of a statement. What depends on authorities alone is made once for them."""
    grants = scope.grants if scope else ()
    if all(grant.role.reaches(record.kind(), record.about) == "authority" for grant in grants):
        return _limit_to(record, tuple(sorted({grant.authority_id for grant in grants})))
    return with_loader_criteria(record, condition(record, scope), include_aliases=True)


@lru_cache(maxsize=8192)
def _limit_to(record: type[Record], authorities: tuple[int, ...]) -> Any:
    """Everything of some authorities and nothing of others, whoever asks and on whatever day."""
    within = _of_authorities(record, authorities) if authorities else false()
    return with_loader_criteria(record, within, include_aliases=True)


class _Within(CriteriaOption):
    """The conditions of a scope for every record class, as one option of a statement.

    Thirty ``with_loader_criteria`` options would be looked through again for the key under which each statement is kept
    compiled, which takes longer than most statements. Here their keys are worked out once a scope; the values that
    differ from scope to scope are handed over as theirs would be, so that a kept statement is filled with the
    scope of whoever asks (tests/cmcore/safekeeping/test_many_authorities.py).
    """

    inherit_cache = False

    def __init__(self, conditions: Sequence[Any]) -> None:
        """Gather the keys and the values of all conditions."""
        self.conditions = tuple(conditions)
        self._values: list[Any] = []
        known = anon_map()
        shape = tuple(one._gen_cache_key(known, self._values) for one in self.conditions)
        if NO_CACHE in known:
            raise TypeError("A condition of a reach is built of something that SQLAlchemy cannot keep compiled.")
        self._key = (_Within, _shapes.setdefault(shape, object()))

    def _gen_cache_key(self, anon_map: Any, bindparams: list[Any]) -> tuple[Any, ...]:
        bindparams.extend(self._values)
        return self._key

    def process_compile_state(self, compile_state: Any) -> None:
        """Put each condition to the statement, as each would do by itself."""
        for one in self.conditions:
            one.process_compile_state(compile_state)

    def get_global_criteria(self, attributes: dict[Any, Any]) -> None:
        """The same, where a statement is not one of a SELECT."""
        for one in self.conditions:
            one.get_global_criteria(attributes)


#: The shapes that conditions have had so far, each with a mark of its own: a few, for roles and not for people.
_shapes: dict[tuple[Any, ...], object] = {}


#: What plugins say of reaches, each with a number, and what was said when it was last asked for.
_said: dict[tuple[Any, ...], int] = {}
_said_last: list[tuple[tuple[Any, ...] | None, int]] = [(None, 0)]


def _reaches_brought() -> int:
    """The number of what plugins say of reaches: to go through all of it for every statement takes longer than most."""
    told = brought("reaches")
    held, number = _said_last[-1]
    if told is not held:
        number = _said.setdefault(told, len(_said))
        _said_last[-1] = (told, number)
    return number


@lru_cache(maxsize=1024)
def _conditions(scope: Scope | None, tables: int, reaches: int) -> _Within:
    """The conditions of a scope, made once, and again when a plugin has brought more ``tables`` or said ``reaches``.

    Building them costs more than a short query.
    """
    return _Within([_limit_of(each, scope) for each in _every_class()])


class ScopedSession(Session):
    """A database session that shows its scope's rows and nothing else. ``info["scope"]`` holds the scope."""


@event.listens_for(ScopedSession, "do_orm_execute")
def _limit(state: ORMExecuteState) -> None:
    if state.execution_options.get(BEYOND):
        return
    if not state.is_orm_statement:
        raise OutOfBounds(
            "Only ORM statements run in a scoped session; name the reason with cm_beyond where another is right."
        )
    if state.is_insert or state.is_update or state.is_delete:
        raise OutOfBounds("Bulk writes go round the audit; use an action, or name the reason with cm_beyond.")
    if state.is_column_load:
        return
    limits = _conditions(state.session.info.get("scope"), len(Record.metadata.tables), _reaches_brought())
    again = state.execution_options.get(_ONCE)
    state.statement = _limited(state.statement, limits) if again else state.statement.options(limits)


@lru_cache(maxsize=512)
def _limited(statement: Any, limits: _Within) -> Any:
    """A statement made once, within the conditions of a scope: the key it is kept compiled under is worked out once."""
    return statement.options(limits)


def made_once(statement: StatementT) -> StatementT:
    """A statement of a module or of a page class, which is asked again and again with parameters of its own.

    One that is put together for a single request must not be marked: it would be held for nobody.
    """
    return statement.execution_options(**{_ONCE: True})


@event.listens_for(ScopedSession, "before_flush")
def _stay_within(session: Session, *_: Any) -> None:
    scope: Scope | None = session.info.get("scope")
    reached = scope.authorities if scope else frozenset()
    for record in (*session.new, *session.dirty, *session.deleted):
        authority_id = getattr(record, "authority_id", None)
        if authority_id is not None and authority_id not in reached:
            raise OutOfBounds("A record of an authority outside the scope cannot be written.")
        if scope is None:
            raise OutOfBounds("Without a scope nothing is written.")


@event.listens_for(ScopedSession, "after_begin")
def _tell_the_database(session: Session, transaction: SessionTransaction, connection: Connection) -> None:
    """Let PostgreSQL's row-level security repeat the authority boundary for this transaction, which begins with it."""
    if is_sqlite(connection) or transaction.nested:
        return
    scope: Scope | None = session.info.get("scope")
    # Whole numbers and commas: nothing in it could be read as anything else.
    named = f"SELECT set_config('cm.authorities', '{scope.named if scope else ''}', true)"
    if connection.get_execution_options().get(OPENING) != "":
        connection.exec_driver_sql(named)
        return
    open_with(connection, f"BEGIN; {named}")


@lru_cache(maxsize=16)
def _opening_itself(engine: Engine) -> Engine:
    """The engine with transactions opened by whoever names the authorities; SQLite's as it is."""
    return engine if is_sqlite(engine) else engine.execution_options(**{OPENING: ""})


def open_session(engine: Engine, scope: Scope | None) -> ScopedSession:
    """A database session for one piece of work, limited to a scope; objects stay readable after a commit."""
    return ScopedSession(_opening_itself(engine), expire_on_commit=False, autoflush=True, info={"scope": scope})


def beyond(reason: str) -> dict[str, str]:
    """The execution options of a statement that goes beyond the scope, in one of the named places."""
    return {BEYOND: reason}
