"""A piece of work: one transaction, with who acts, what they may, the day it is and the policy in force."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache, wraps
from types import TracebackType
from typing import Any, Concatenate, ParamSpec, Self, TypeVar, cast

from sqlalchemy import Engine, Select, bindparam, inspect, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError
from sqlalchemy.orm.interfaces import ORMOption

from cmcore.base.clock import Clock, WallClock
from cmcore.base.engine import WRITING, is_sqlite
from cmcore.base.findings import Finding, NotAllowed, NotFound, Refused, Severity, refuse, refuse_if
from cmcore.base.lifecycle import Stateful, Transition, begin, moving
from cmcore.base.policy import Policy, known_rules, of_a_known_kind
from cmcore.base.records import Record, authority_of
from cmcore.safekeeping import audit
from cmcore.safekeeping.access import made_once, open_session
from cmcore.safekeeping.plain_words import in_plain_words
from cmcore.safekeeping.plugged import Plugged
from cmcore.safekeeping.records import StateChange
from cmcore.safekeeping.scope import Actor, Scope

P = ParamSpec("P")
R = TypeVar("R")
RecordT = TypeVar("RecordT", bound=Record)

#: So many of the records a work asked for by key are kept at hand.
_HELD = 100


class Conflict(Refused):
    """Somebody else changed the record since it was opened; nothing of this change was kept."""

    def __init__(self, record: Any = None) -> None:
        """Keep the record as it stands now, where it is known."""
        self.record = record
        super().__init__(
            [
                Finding(
                    "Somebody else changed this since you opened it.",
                    way_out="Compare the two, then save yours again or keep theirs.",
                )
            ]
        )


class Work(Plugged):
    """Everything an action needs, and the one transaction it happens in.

    Use it as ``with Work(engine, actor, scope) as work:``; leaving it commits once, leaving by an exception undoes
    everything. ``work.db`` is the database session, limited to the scope; ``work.warnings`` are the findings that let
    the act through. How it asks and tells plugins stands in :mod:`cmcore.safekeeping.plugged`.
    """

    def __init__(
        self,
        engine: Engine,
        actor: Actor,
        scope: Scope | None,
        *,
        clock: Clock | None = None,
        overrides: tuple[Any, ...] = (),
        writing: bool = False,
    ) -> None:
        """Begin the work of an actor within a scope. ``overrides`` are changes of policy from the settings."""
        self.engine = engine
        self.actor = actor
        self.clock: Clock = clock or WallClock()
        self.db: Session = open_session(engine, scope)
        self.db.info.update(actor=actor, clock=self.clock)
        self.warnings: list[Finding] = []
        self._overrides = overrides
        self._policies: dict[int, Policy] = {}
        # The database session lets go of what nobody holds, and would read it again a moment later.
        self._held: deque[Record] = deque(maxlen=_HELD)
        self._writing = False
        self._plug_in()
        if writing:
            self.begin_writing()
        self.scope = self.db.info["scope"] = self._with_days(scope)

    def _with_days(self, scope: Scope | None) -> Scope | None:
        """The scope with R-ACC-1 as each authority keeps it; only a mentor's reach asks for it."""
        if scope is None or not scope.of_a_mentor:
            return scope
        told = [
            replace(each, after_end_days=self.policy_of(each.authority_id).threshold("R-ACC-1", "days"))
            if each.mentor_id is not None
            else each
            for each in scope.grants
        ]
        return replace(scope, grants=tuple(told))

    @property
    def today(self) -> Any:
        """The day it is in England."""
        return self.clock.today()

    # ---- what may be done
    def may(self, act: str, authority_id: int | None = None) -> bool:
        """Whether the actor's roles include an act such as "referral.accept" (in that authority, where named)."""
        return self.scope is not None and self.scope.may(act, authority_id)

    def require(self, act: str, authority_id: int | None = None) -> None:
        """Refuse an act that the actor's roles do not include."""
        if not self.may(act, authority_id):
            raise NotAllowed(
                [
                    Finding(
                        "Your role does not include this.",
                        way_out="Ask a coordinator or the administrator of your authority.",
                    )
                ]
            )

    def policy_of(self, of: Any) -> Policy:
        """The rules in force for a record's authority, or for the authority with this key."""
        authority_id: int = of if isinstance(of, int) else (of.id if of.kind() == "authority" else of.authority_id)
        if authority_id not in self._policies:
            own = self._authority_changes(authority_id)
            self._policies[authority_id] = Policy.load(*self._overrides, *own)
        return self._policies[authority_id]

    def _authority_changes(self, authority_id: int) -> tuple[Any, ...]:
        of_authorities = _class_named("Authority", len(Record.metadata.tables))
        authority = self.db.get(of_authorities, authority_id) if of_authorities is not None else None
        if authority is not None:
            self._held.append(authority)
        changes = getattr(authority, "policy", None)
        if not changes:
            return ()
        # What an authority keeps of a rule whose plugin is gone stays, and says nothing.
        rules = known_rules()
        kept = {rule_id: change for rule_id, change in changes.items() if of_a_known_kind(rule_id, rules)}
        return ((f"authority {authority_id}", kept),)

    # ---- records
    def add(self, record: RecordT) -> RecordT:
        """Put a new record into the work: its first state, its instants, in an authority within reach."""
        authority_id = getattr(record, "authority_id", None)
        doing = self.db.info.get("doing")
        if doing and authority_id is not None:
            self.require(doing, authority_id)
        made: Any = record
        if isinstance(made, Stateful):
            begin(made)
        now = self.clock.now()
        for name in ("created_at", "changed_at"):
            if hasattr(type(record), name) and getattr(record, name) is None:
                setattr(record, name, now)
        self.db.add(record)
        return record

    def get(self, record: type[RecordT], key: int | None, *loads: ORMOption) -> RecordT:
        """The record with this key, if it is within reach; otherwise :class:`NotFound`, whichever the reason.

        ``loads`` say what is read together with it.
        """
        found: RecordT | None = None
        if key is not None and loads and not self._at_hand(record, key):
            found = self.db.scalars(_by_key(record, loads), {"key": key}).unique().first()
        elif key is not None:
            found = self.db.get(record, key, options=loads, populate_existing=False)
        if found is None:
            raise NotFound(record.words[0])
        self._held.append(found)
        return found

    def _at_hand(self, record: type[Record], key: int) -> bool:
        return inspect(record).identity_key_from_primary_key((key,)) in self.db.identity_map

    def at_hand(self, record: type[RecordT]) -> list[RecordT]:
        """The records of a kind that were read already and have not changed since, in no order."""
        found = [one for one in self.db.identity_map.values() if isinstance(one, record)]
        return [one for one in found if not inspect(one).expired]

    def hold(self, records: Iterable[Any]) -> None:
        """Keep records at hand that were read before somebody asks for them by key."""
        self._held.extend(records)

    def change(self, record: Any, version: int | None = None, **values: Any) -> bool:
        """Set columns of a record; an older version than the kept one is a :class:`Conflict`. Says if it changed."""
        if version is not None and record.version != version:
            raise Conflict(record)
        changed = False
        for name, value in values.items():
            if getattr(record, name) != value:
                setattr(record, name, value)
                changed = True
        if changed:
            record.changed_at = self.clock.now()
        return changed

    def move(self, record: Any, name: str, *, reason: str = "", on: Any = None) -> Transition:
        """Take a record along one transition of its life cycle, keeping the step in its history."""
        way: Transition = record.lifecycle.way(name, record.state)
        if way.needs_reason and not reason.strip():
            raise refuse(f"“{way.label}” needs a reason.", place="reason", way_out="Write a sentence that says why.")
        if record.id is None:
            self.db.flush()
        before = record.state
        with moving(record):
            record.state = way.target
        record.changed_at = self.clock.now()
        self.db.add(
            StateChange(
                authority_id=record.authority_id,
                kind_of_record=record.kind(),
                record_id=record.id,
                transition=name,
                from_state=before,
                young_person_id=None if record.narrow else getattr(record, "young_person_id", None),
                to_state=way.target,
                moved_on=on or self.today,
                moved_at=self.clock.now(),
                moved_by=self.actor.name,
                reason=reason.strip(),
            )
        )
        return way

    def opened(self, record: Any, why: str = "") -> None:
        """Write down that the actor read a record; it is kept when the work commits."""
        self.begin_writing()
        audit.read(self.db, record, why)

    def heed(self, findings: Iterable[Finding]) -> None:
        """Refuse if a finding blocks; otherwise keep what warns or informs in ``warnings``."""
        self.warnings.extend(one for one in refuse_if(findings) if one.severity is not Severity.block)

    # ---- the transaction
    def begin_writing(self) -> None:
        """Take SQLite's write lock before anything is read, so that the work cannot fail half-way for want of it."""
        if self._writing or not is_sqlite(self.engine):
            return
        if self.db.in_transaction():
            self.db.commit()
        self.db.connection(execution_options={WRITING: True})
        self._writing = True

    def commit(self) -> None:
        """Keep everything done so far, audit included. Called once, by whoever opened the work."""
        try:
            self.db.commit()
        except StaleDataError as lost:
            self.db.rollback()
            raise Conflict() from lost
        except IntegrityError as refused:
            self.db.rollback()
            raise Refused([in_plain_words(refused)]) from None
        finally:
            self._writing = False
        self._tell()

    def undo(self) -> None:
        """Undo everything done so far."""
        self.db.rollback()
        self._writing = False
        self._forget_plugins()

    def close(self) -> None:
        """Give the database connection back."""
        self.db.close()
        self._forget_plugins()

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Commit, or undo if something was raised, and close."""
        try:
            if kind is None:
                self.commit()
            else:
                self.undo()
        finally:
            self.close()


@lru_cache(maxsize=500)
def _by_key(record: type[Any], loads: tuple[ORMOption, ...]) -> Select[Any]:
    """What asks for a record by its key with what is read together with it; pages ask for the same again and again."""
    return made_once(select(record).where(inspect(record).primary_key[0] == bindparam("key")).options(*loads))


@lru_cache(maxsize=16)
def _class_named(name: str, tables: int) -> type[Record] | None:
    """The class of a record that is not to be imported here; nothing where it is none of so many ``tables``."""
    return next((mapper.class_ for mapper in Record.registry.mappers if mapper.class_.__name__ == name), None)


def action(act: str) -> Callable[[Callable[Concatenate[Work, P], R]], Callable[Concatenate[Work, P], R]]:
    """Mark a function as an act of a person: its permission is checked first, and the audit names it.

    The authority asked about is that of the first argument that belongs to one. What the database refuses becomes a
    finding in plain words. The function's first argument is the :class:`Work`; it never commits.
    """

    def declare(function: Callable[Concatenate[Work, P], R]) -> Callable[Concatenate[Work, P], R]:
        @wraps(function)
        def act_of(work: Work, *args: P.args, **kwargs: P.kwargs) -> R:
            work.require(act, _authority_of((*args, *kwargs.values())))
            work.begin_writing()
            outer = work.db.info.get("doing", "")
            work.db.info["doing"] = act
            try:
                done = function(work, *args, **kwargs)
                if not work.db.info.get("gathering"):
                    work.db.flush()
                return done
            except (IntegrityError, StaleDataError) as refused:
                if not work.db.in_nested_transaction():  # whoever attempts it undoes that alone
                    work.undo()
                if isinstance(refused, StaleDataError):
                    raise Conflict() from None
                raise Refused([in_plain_words(refused)]) from None
            finally:
                with suppress(KeyError):
                    work.db.info["doing"] = outer

        act_of.act = act  # type: ignore[attr-defined]
        return cast("Callable[Concatenate[Work, P], R]", act_of)

    return declare


def _authority_of(values: Iterable[Any]) -> int | None:
    for value in values:
        if isinstance(value, Record):
            found = authority_of(value)
            if found is not None:
                return found
    return None
