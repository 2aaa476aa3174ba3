"""The desk of one request: who asks, and one piece of the library's work for them, opened when it is first needed.

Everything the console does with records goes through :func:`work`. What is not committed when the request ends is
undone.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, cast

from flask import Flask, current_app, g, request, session
from sqlalchemy import Engine, select
from werkzeug.datastructures import MultiDict

from cmcore.base.clock import Clock, WallClock
from cmcore.base.policy import Policy
from cmcore.lists.queries import Kept
from cmcore.safekeeping.scope import Scope
from cmcore.safekeeping.work import Work
from cmcore.virtual_schools.records import Authority
from console.accounts import Account
from console.long_work import Attendant
from console.place import Place
from console.server_sessions import TYPED, ServerSession, take_typed
from console.throttle import Throttle

_KEY = "cm_premises"
_MOST_REMEMBERED = 2_000


@dataclass(frozen=True)
class Premises:
    """What every request of one app shares; nothing in it changes after the app is made."""

    engine: Engine
    place: Place
    throttle: Throttle
    #: Has long work done that a page asks for.
    attendant: Attendant
    clock: Clock = field(default_factory=WallClock)
    #: Changes of policy from the settings, as the library's ``Work`` takes them.
    overrides: tuple[Any, ...] = ()
    #: What the frame of a page says of an authority, kept for a minute: no statement for each page.
    frames: dict[int, tuple[datetime, tuple[str, str, str]]] = field(default_factory=dict)
    #: The place as whoever reaches some authorities sees it, put together from those, and until when.
    places: dict[str, tuple[datetime, Place]] = field(default_factory=dict)
    #: Until when a scope counts as reaching more records of a kind than a form offers: nobody reads them to count them.
    many: dict[tuple[Scope | None, str], datetime] = field(default_factory=dict)
    #: Until when, and after how many concerns were written, a scope counts as one with no concern left unanswered.
    calm: dict[Scope, tuple[float, int]] = field(default_factory=dict)
    #: The same for what an authority's programmes, or all within reach, are measured with.
    measured: dict[tuple[Scope | None, int | None], tuple[float, int, tuple[str, ...]]] = field(default_factory=dict)
    #: Evidence of an authority's programme as it was counted on a day: when, after how many writes, and what was seen.
    counted: dict[tuple[int, str, date], tuple[datetime, int, Any]] = field(default_factory=dict)
    #: The lists that somebody keeps or is shown, and when they were read.
    kept_lists: dict[Scope, tuple[float, tuple[Kept, ...]]] = field(default_factory=dict)


def furnish(app: Flask, premises: Premises) -> None:
    """Give the app its premises."""
    app.extensions[_KEY] = premises


def premises() -> Premises:
    """What the app shares."""
    return cast(Premises, current_app.extensions[_KEY])


def account() -> Account | None:
    """Who is signed in, or nobody."""
    return cast(ServerSession, session._get_current_object()).account  # type: ignore[attr-defined]


def work() -> Work:
    """The library's work of this request, for whoever is signed in; the same one each time it is asked for.

    Without a sign-in it has no scope, and reads nothing.
    """
    if "cm_work" not in g:
        shared = premises()
        who = account()
        scope: Scope | None = who.scope(shared.clock.today()) if who else None
        actor = who.actor() if who else Account(0, "", "nobody").actor()
        g.cm_work = Work(shared.engine, actor, scope, clock=shared.clock, overrides=shared.overrides)
    return cast(Work, g.cm_work)


def typed_before() -> MultiDict[str, str] | None:
    """What was sent to this page when the sign-in had ended, once: the form opens again with it."""
    here = cast(ServerSession, session._get_current_object())  # type: ignore[attr-defined]
    who = here.account
    if who is None or here.get(TYPED) != request.full_path.rstrip("?"):
        return None
    here.pop(TYPED)
    return take_typed(premises().engine, who.id)


def policy() -> Policy:
    """The rules in force before any authority's own changes."""
    return Policy.load(*premises().overrides)


def place() -> Place:
    """The place as whoever is signed in sees it: their virtual school's name, and its duty worker to ring."""
    shared, who = premises(), account()
    if who is None or not who.grants:
        return shared.place
    reached, now = who.scope(shared.clock.today()).named, shared.clock.now()
    until, known = shared.places.get(reached, (now, shared.place))
    if until <= now:
        if len(shared.places) >= _MOST_REMEMBERED:
            shared.places.clear()
        until, known = _place(shared, sorted({grant.authority_id for grant in who.grants}), now)
        shared.places[reached] = (until, known)
    return known


def _place(shared: Premises, reached: list[int], now: datetime) -> tuple[datetime, Place]:
    """The place for whoever reaches these authorities, and until when it counts as that."""
    told = _frames(shared, reached, now)
    if not told:
        return now, shared.place
    name = told[0][1][0] if len(told) == 1 else f"{len(told)} virtual schools"
    duty = tuple((words, number) for _, (_, words, number) in told[:3] if number)
    emergency = duty + tuple(one for one in shared.place.emergency if one not in duty)
    return min(until for until, _ in told), replace(shared.place, authority=name, emergency=emergency)


def _frames(shared: Premises, ids: list[int], now: datetime) -> list[tuple[datetime, tuple[str, str, str]]]:
    known = [found for each in ids if (found := shared.frames.get(each)) and found[0] > now]
    if len(known) < len(ids):
        # One may be at hand already, as its rules were asked for.
        one_of_them = work().db.get(Authority, ids[0]) if len(ids) == 1 else None
        for one in [one_of_them] if one_of_them else work().db.scalars(select(Authority).where(Authority.id.in_(ids))):
            shared.frames[one.id] = (now + timedelta(minutes=1), (one.school_name, one.duty_name, one.duty_phone))
        known = [shared.frames[each] for each in ids if each in shared.frames]
    return known


def are_many(kind: str, *, remember: bool = False) -> bool:
    """Whether more records of a kind are within reach than a form offers, as was seen within the last ten minutes."""
    shared = premises()
    asked, now = (work().scope, kind), shared.clock.now()
    if remember:
        if len(shared.many) >= _MOST_REMEMBERED:
            shared.many.clear()
        # Longer than a name is kept: where there are fewer by now they are searched for, and still found.
        shared.many[asked] = now + timedelta(minutes=10)
    until = shared.many.get(asked)
    return until is not None and until > now


def names_of(authorities: list[int]) -> list[tuple[int, str]]:
    """The names of authorities within reach, by key."""
    found = work().db.scalars(select(Authority).where(Authority.id.in_(authorities)).order_by(Authority.name))
    return [(one.id, one.name) for one in found]


def clear() -> None:
    """Undo what was not committed and give the connection back; a later :func:`work` begins anew."""
    done: Work | None = g.pop("cm_work", None)
    if done is not None:
        # Closing undoes. To undo first would go through every record that was read, and nobody looks at one again.
        done.close()


def tidy(_: BaseException | None) -> None:
    """Clear the desk, however the request went; an app does so after every one."""
    clear()
