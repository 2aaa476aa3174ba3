"""What is read of permissions: whether a use is permitted on a day, and which are about to lapse."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, timedelta

from sqlalchemy import ColumnElement, select

from cmcore.base.among import among
from cmcore.base.findings import Finding
from cmcore.base.periods import years_after
from cmcore.consents import rules
from cmcore.consents.records import Consent
from cmcore.consents.rules import Decided
from cmcore.consents.words import ConsentKind, Decider
from cmcore.safekeeping.work import Work
from cmcore.young_people.records import YoungPerson


def decided(consents: Iterable[Consent]) -> list[Decided]:
    """Records as the rules read them."""
    return [
        Decided(one.kind_of_use, one.decided_by, one.decision, one.starts_on, one.ends_on, one.withdrawn_on)
        for one in consents
    ]


def decisions_about(work: Work, person: YoungPerson) -> list[Decided]:
    """Everything that was decided about a young person."""
    return decided(work.db.scalars(select(Consent).where(Consent.young_person_id == person.id)))


def is_permitted(work: Work, person: YoungPerson, kind: ConsentKind, on: date) -> bool:
    """Whether a kind of use is permitted on a day."""
    return rules.in_force(decisions_about(work, person), kind, on, person.born_on)


def permitted_people(work: Work, people: Collection[YoungPerson], kind: ConsentKind, on: date) -> set[int]:
    """The keys of those young people for whom a kind of use is permitted on a day. One statement for all of them."""
    if not people:
        return set()
    told: dict[int, list[Consent]] = defaultdict(list)
    keys = {each.id for each in people}
    asked = select(Consent).where(among(Consent.young_person_id, keys), Consent.kind_of_use == kind)
    for one in work.db.scalars(asked):
        told[one.young_person_id].append(one)
    return {each.id for each in people if rules.in_force(decided(told[each.id]), kind, on, each.born_on)}


def what_permissions_say(work: Work, person: YoungPerson, kind: ConsentKind, on: date) -> list[Finding]:
    """What refuses a kind of use on a day; nothing where it is permitted."""
    return rules.may_use(decisions_about(work, person), kind, on, person.born_on, work.policy_of(person))


def phone_for(work: Work, person: YoungPerson) -> str:
    """The young person's own number, as far as whoever asks may see it: a mentor only with permission (R-CON-4)."""
    scope = work.scope
    if scope is None or not person.phone:
        return ""
    grants = [grant for grant in scope.grants if grant.authority_id == person.authority_id]
    if any(grant.mentor_id is None for grant in grants):
        return person.phone
    return person.phone if is_permitted(work, person, ConsentKind.phone_contact, work.today) else ""


#: How far ahead birthdays are looked for; an authority that wants to be told earlier is told a year before.
_AHEAD = timedelta(days=366)


def lapse_at_18(work: Work) -> ColumnElement[bool]:
    """The permissions that end at an 18th birthday soon (R-CON-2), as a condition; by each authority's days."""
    today = work.today
    asked = (
        select(Consent, YoungPerson.born_on)
        .join(YoungPerson, YoungPerson.id == Consent.young_person_id)
        .where(
            YoungPerson.born_on <= years_after(today + _AHEAD, -rules.OF_AGE),
            YoungPerson.born_on > years_after(today, -rules.OF_AGE),
        )
    )
    by_person: dict[int, list[Consent]] = defaultdict(list)
    born: dict[int, date] = {}
    for consent, born_on in work.db.execute(asked):
        by_person[consent.young_person_id].append(consent)
        born[consent.young_person_id] = born_on
    found = []
    for key, consents in by_person.items():
        kinds = rules.about_to_lapse(decided(consents), today, born[key], work.policy_of(consents[0]))
        found += [one.id for one in consents if one.kind_of_use in kinds and one.decided_by == Decider.social_worker]
    return Consent.id.in_(found)
