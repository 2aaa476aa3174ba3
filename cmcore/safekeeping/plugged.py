"""What a piece of work has to do with plugins: it asks them before an act is kept, and tells them after."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar, cast

import structlog
from sqlalchemy import Engine, Select, select
from sqlalchemy.orm import Session

from cmcore.base.among import among_told
from cmcore.base.clock import Clock
from cmcore.base.findings import Finding, Refused
from cmcore.base.records import Record, authority_of
from cmcore.plugins.calling import Failure, call, failure
from cmcore.plugins.configured import Switched, is_on, is_on_anywhere
from cmcore.plugins.records import PluginSwitch
from cmcore.plugins.register import Implementation, register
from cmcore.safekeeping.access import made_once
from cmcore.safekeeping.checks_asked import as_findings, could_not_check, not_looked_at
from cmcore.safekeeping.health import write_down

if TYPE_CHECKING:
    from cmcore.safekeeping.scope import Actor, Scope
    from cmcore.safekeeping.work import Work

#: What a plugin does when it is told may itself be told, so many times over; then it has come round in a circle.
_DEEPEST = 4
_log = structlog.get_logger("cmcore.plugins")

L = TypeVar("L")
G = TypeVar("G")


class _AnotherKind(TypeError):
    """A plugin gave something else than the hook returns; the message names both kinds and no value."""


@dataclass(frozen=True)
class _Happened:
    """What is told once it is kept: the hook, the argument's name, and the record by class and key."""

    hook: str
    name: str
    record: type[Record]
    key: int
    authority_id: int
    programme: str
    whom: tuple[Implementation, ...]


class Plugged:
    """The part of :class:`cmcore.safekeeping.work.Work` that knows plugins."""

    engine: Engine
    db: Session
    clock: Clock
    actor: Actor
    scope: Scope | None
    _overrides: tuple[Any, ...]
    _depth: int = 0
    _held: deque[Record]

    def _plug_in(self) -> None:
        self._switched: dict[int, tuple[str, Switched]] = {}
        self._happened: deque[_Happened] = deque()
        self._failures: list[Failure] = []

    @property
    def told_after(self) -> deque[_Happened]:
        """What plugins will be told once the work is kept, in its order."""
        return self._happened

    # ---- where a plugin is on
    def plugin_is_on(self, name: str, authority_id: int, programme: str = "") -> bool:
        """Whether a plugin is on for an authority, or for one of its programmes by key.

        Without a programme, a plugin that is on for one programme only counts as on.
        """
        known = register()
        plugin = known.plugins.get(name)
        if plugin is None or not all(self.plugin_is_on(each, authority_id) for each in plugin.manifest.requires):
            return False
        code, switched = self._switches(authority_id)
        if programme:
            return is_on(name, code, programme, known.configured, switched)
        return is_on_anywhere(name, code, known.configured, switched)

    def plugins_switched(self) -> None:
        """Read again where plugins are on: one was switched."""
        self._switched.clear()

    def _switches(self, authority_id: int) -> tuple[str, Switched]:
        if authority_id not in self._switched:
            # An act is about one authority. Whoever asks for a second one will ask for every one within reach.
            reached = self.scope.authorities if self.scope and self._switched else frozenset[int]()
            self._read_switches({authority_id} | reached)
        return self._switched[authority_id]

    def _read_switches(self, ids: set[int] | frozenset[int]) -> None:
        """Read them for these authorities at once, together with the codes by which settings call those."""
        codes = dict.fromkeys(ids, "")
        switched: dict[int, dict[tuple[str, str], bool]] = {each: {} for each in ids}
        asked = _switches_asked(len(Record.metadata.tables))
        for key, code, plugin, programme, on in self.db.execute(asked, {"keys": sorted(ids)}):
            codes[key] = code
            if plugin is not None:
                switched[key][plugin, programme] = on
        self._switched |= {each: (codes[each], switched[each]) for each in ids}

    def authority_codes(self) -> dict[int, str]:
        """The codes of the authorities within reach, by key."""
        if unread := {each for each in (self.scope.authorities if self.scope else ()) if each not in self._switched}:
            self._read_switches(unread)
        return {key: code for key, (code, _) in self._switched.items()}

    def plugin_switched_on(self, name: str, authority_id: int) -> bool:
        """Whether a plugin is on for an authority as a whole."""
        code, switched = self._switches(authority_id)
        return is_on(name, code, "", register().configured, switched)

    def plugin_wanted(self, name: str, authority_id: int) -> bool:
        """Whether a plugin is switched on for an authority, though it may not be in use."""
        code, switched = self._switches(authority_id)
        return is_on_anywhere(name, code, register().configured, switched)

    def setting(self, plugin: str, key: str) -> Any:
        """A setting of a plugin: the installation's value, or the safe one the plugin declares."""
        known = register()
        given = known.configured.values.get(plugin, {})
        if key in given:
            return given[key]
        declared = known.plugins[plugin].declared.get("cm_settings", ()) if plugin in known.plugins else ()
        for one in declared:
            if one.key == key:
                return one.default
        raise KeyError(f"The plugin {plugin} declares no setting {key}.")

    # ---- before anybody types
    def offered(self, hook: str, authority_id: int, programme: str = "", **arguments: Any) -> list[dict[str, Any]]:
        """What each plugin that is on there offers by name; one that fails offers nothing, and that is written down."""
        return self._offers(hook, authority_id, programme, arguments, lambda given: dict(given or {}))

    def lines_offered(self, hook: str, authority_id: int, of: type[L], **arguments: Any) -> list[L]:
        """All that the plugins that are on there offer of one kind; one that fails, or offers another, offers nothing.

        What is put together as it is read is read here: it fails here, and not in whoever shows it.
        """

        def read(given: Any) -> list[L]:
            lines = list(given or ())
            for one in lines:
                if not isinstance(one, of):
                    raise _AnotherKind(f"gave {type(one).__name__}, not {of.__name__}")
            return lines

        return [one for lines in self._offers(hook, authority_id, "", arguments, read) for one in lines]

    def _offers(
        self, hook: str, authority_id: int, programme: str, arguments: dict[str, Any], read: Callable[[Any], G]
    ) -> list[G]:
        found = []
        for each in register().implementing(hook):
            if self.plugin_is_on(each.plugin.name, authority_id, programme):
                try:
                    found.append(read(call(each, {"work": self, **arguments})))
                except _AnotherKind as strange:
                    told = each.plugin.manifest.title
                    self._failures.append(Failure(each.plugin.name, told, hook, str(strange)[:120], ""))
                except Exception as raised:  # noqa: BLE001  an offer that fails is no offer, and stops nobody
                    self._failures.append(failure(each, raised))
        return found

    # ---- before an act is kept
    def ask(self, hook: str, about: Record, **arguments: Any) -> list[Finding]:
        """What the plugins that are on for a record's authority and programme have to say of an act.

        ``about`` is the record the act is about; it is not an argument of the hook. A plugin that raises refuses the
        act: a check that could not be made is no check that was passed.
        """
        known = register()
        asked = known.implementing(hook)
        if not asked and not known.left_out:
            return []
        authority_id = authority_of(about)
        if authority_id is None:
            return []
        programme = programme_of(about)
        said = [not_looked_at(one) for one in known.left_out.values() if self.plugin_wanted(one.name, authority_id)]
        given = {"work": self, **arguments}
        for each in asked:
            if not self.plugin_is_on(each.plugin.name, authority_id, programme):
                continue
            try:
                with self.db.no_autoflush:
                    answered = call(each, given)
                said += as_findings(answered)
            except Refused as refused:
                said += refused.findings
            except Exception as raised:  # noqa: BLE001  whatever a foreign check raises refuses the act, in a sentence
                self._failures.append(failure(each, raised))
                said.append(could_not_check(each))
        return said

    # ---- after it was kept
    def happened(self, hook: str, **about: Record) -> None:
        """Have the plugins told, once this is kept, what happened to the record given by its argument's name."""
        asked = register().implementing(hook)
        if not asked:
            return
        ((name, record),) = about.items()
        authority_id = authority_of(record)
        if authority_id is None:
            return
        if getattr(record, "id", None) is None:
            self.db.flush()
        programme = programme_of(record)
        whom = tuple(each for each in asked if self.plugin_is_on(each.plugin.name, authority_id, programme))
        if whom:
            key: int = record.id  # type: ignore[attr-defined]
            self._happened.append(_Happened(hook, name, type(record), key, authority_id, programme, whom))

    def _tell(self) -> None:
        """Tell what has happened, one plugin at a time, each in a work of its own."""
        while self._happened:
            event = self._happened.popleft()
            for each in event.whom:
                self._tell_one(event, each)
        self._write_failures()

    def _tell_one(self, event: _Happened, each: Implementation) -> None:
        try:
            with self._another() as work:
                record = work.db.get(event.record, event.key)
                if record is None:
                    return
                if work._depth > _DEEPEST:
                    raise RecursionError
                call(each, {"work": work, event.name: record})
        except Exception as raised:  # noqa: BLE001  the act is kept: a plugin that fails now stops nobody
            self._failures.append(failure(each, raised))

    def _another(self) -> Work:
        """A work of a plugin's own: the same person, the same reach, a transaction of its own."""
        kind = cast("type[Work]", type(self))
        made = kind(self.engine, self.actor, self.scope, clock=self.clock, overrides=self._overrides, writing=True)
        made._depth = self._depth + 1
        return made

    def plugin_failed(self, failed: Failure) -> None:
        """Have a failure written to a plugin's health once this work has ended."""
        self._failures.append(failed)

    def _forget_plugins(self) -> None:
        """The act was undone: nothing of it is told; what failed in it is still written down."""
        self._happened.clear()
        self._write_failures()

    def _write_failures(self) -> None:
        if not self._failures:
            return
        failed, self._failures = self._failures, []
        for one in failed:
            _log.warning("plugin failed", plugin=one.plugin, hook=one.hook, error=one.what, place=one.place)
        write_down(self.engine, self.clock, failed)


@lru_cache(maxsize=2)
def _switches_asked(tables: int) -> Select[Any]:
    """Authorities with their codes and what was switched there; made once, of so many ``tables``."""
    authority: Any = next(one.class_ for one in Record.registry.mappers if one.class_.__name__ == "Authority")
    told = (PluginSwitch.plugin, PluginSwitch.programme, PluginSwitch.on)
    asked = select(authority.id, authority.code, *told).outerjoin(
        PluginSwitch, PluginSwitch.authority_id == authority.id
    )
    return made_once(asked.where(among_told(authority.id, "keys")))


def programme_of(record: Any) -> str:
    """The key of the programme a record is part of, straight or through its enrolment; empty where it is in none."""
    for _ in range(4):
        programme = getattr(record, "programme", None)
        if isinstance(programme, Record):
            return str(getattr(programme, "key", ""))
        if record.kind() == "programme":
            return str(record.key)
        record = next(
            (one for name in ("enrolment", "commission") if isinstance(one := getattr(record, name, None), Record)),
            None,
        )
        if record is None:
            return ""
    return ""
