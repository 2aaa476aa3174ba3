"""Who reaches a journal: the entries somebody may see, and media only while permissions in force that day cover it.

It is part of every query of these records, whoever asks and on whatever way, so that no page, export, plugin or
script is given a picture that may not be shown today (R-CON-2, R-CON-3).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select

from cmcore.base.among import among
from cmcore.base.records import Record
from cmcore.consents.records import Consent
from cmcore.consents.rules import OF_AGE
from cmcore.consents.words import ConsentKind, Decider, Decision
from cmcore.safekeeping.access import reach, reached
from cmcore.safekeeping.scope import Grant, Scope
from cmcore.young_people.records import YoungPerson


def covered(kind: ConsentKind, on: date, authorities: Sequence[int]) -> Any:
    """The keys of the young people of whom a kind of use is permitted on a day, as one query.

    It says in SQL what :func:`cmcore.consents.rules.in_force` says of one: the latest decision that has begun holds,
    of several of one day all of them, and a social worker's until the 18th birthday.
    """
    told, later, person = Consent.__table__.alias(), Consent.__table__.alias(), YoungPerson.__table__.alias()
    grown = _born_by(on)

    def holds(one: Any) -> ColumnElement[bool]:
        return and_(
            one.c.decision == Decision.given.value,
            or_(one.c.ends_on.is_(None), one.c.ends_on >= on),
            or_(one.c.withdrawn_on.is_(None), one.c.withdrawn_on > on),
            or_(one.c.decided_by != Decider.social_worker.value, person.c.born_on > grown),
        )

    takes_its_place = or_(
        later.c.starts_on > told.c.starts_on, and_(later.c.starts_on == told.c.starts_on, ~holds(later))
    )
    overtaken = exists().where(
        later.c.young_person_id == told.c.young_person_id,
        later.c.kind_of_use == kind.value,
        later.c.starts_on <= on,
        takes_its_place,
    )
    return (
        select(told.c.young_person_id)
        .select_from(told)
        .join(person, person.c.id == told.c.young_person_id)
        .where(
            among(told.c.authority_id, sorted(authorities)),
            told.c.kind_of_use == kind.value,
            told.c.starts_on <= on,
            holds(told),
            ~overtaken,
        )
    )


def _born_by(on: date) -> date:
    """The latest birth of somebody who is of age on a day; of 29 February the birthday is 1 March."""
    try:
        return on.replace(year=on.year - OF_AGE)
    except ValueError:
        return date(on.year - OF_AGE, 2, 28)


def _nearby(record: type[Any], scope: Scope, grants: Sequence[Grant]) -> ColumnElement[bool]:
    """What is about the young people a mentor is commissioned for, and those a referrer knows."""
    mentors = [grant for grant in grants if grant.mentor_id is not None]
    others = [grant for grant in grants if grant.mentor_id is None]
    parts = [reached("commissioned", record, scope, mentors)] if mentors else []
    parts += [reached("own pupils", record, scope, others)] if others else []
    return or_(*parts)


def _may_see(entry: Any, scope: Scope) -> ColumnElement[bool]:
    return or_(entry.kept_by_login == scope.login, entry.visible_to != "kept")


def _authorities(grants: Sequence[Grant]) -> list[int]:
    return sorted({grant.authority_id for grant in grants})


@reach("shown entries")
def _entries(record: type[Any], scope: Scope, grants: Sequence[Grant]) -> ColumnElement[bool]:
    """Of the young people nearby, the entries somebody kept themselves and those others are to see."""
    return and_(_nearby(record, scope, grants), _may_see(record, scope))


@reach("permitted media")
def _media(record: type[Any], scope: Scope, grants: Sequence[Grant]) -> ColumnElement[bool]:
    """An authority's media of which taking is permitted today, and, unless one's own, sharing too."""
    whole = among(record.authority_id, _authorities(grants))
    return and_(whole, _permitted(record, scope, grants))


@reach("shown media")
def _shown_media(record: type[Any], scope: Scope, grants: Sequence[Grant]) -> ColumnElement[bool]:
    """The same, of the entries somebody may see."""
    entry: Any = Record.metadata.tables["cm_journal_entry"]
    seen = select(entry.c.id).where(among(entry.c.authority_id, _authorities(grants)), _may_see(entry.c, scope))
    return and_(_nearby(record, scope, grants), record.entry_id.in_(seen), _permitted(record, scope, grants))


def _permitted(record: type[Any], scope: Scope, grants: Sequence[Grant]) -> ColumnElement[bool]:
    """Media whose taking is permitted today; whoever did not keep it themselves needs the sharing permitted too."""
    held = _authorities(grants)
    shared = record.young_person_id.in_(covered(ConsentKind.media_shared, scope.today, held))
    return and_(
        record.young_person_id.in_(covered(ConsentKind.media_capture, scope.today, held)),
        or_(record.kept_by_login == scope.login, shared),
    )


@reach("shared case studies")
def _shared(record: type[Any], scope: Scope, grants: Sequence[Grant]) -> ColumnElement[bool]:
    """Of the young people nearby, the case studies that were shared."""
    return and_(_nearby(record, scope, grants), record.state.in_(("shared", "public")))
