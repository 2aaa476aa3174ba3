"""What episodes of care say about a young person as a whole: whether looked after, since when, until when.

Pure: given episodes, it decides. Source: SSDA903 collection guide, reasons for an episode ceasing.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from operator import attrgetter
from typing import Any, NamedTuple

from cmcore.base.periods import age_on
from cmcore.young_people.words import CareStatus

#: The episode is the first of a period of being looked after.
STARTED = "S"
#: The next episode begins the same day, so that this end is no end of being looked after.
GOES_ON = "X1"
DIED = "E2"
#: Adopted, under special guardianship or a child arrangements order: "previously looked after" in the statutory sense.
NEW_FAMILY = frozenset({"E11", "E12", "E41", "E43", "E44", "E45", "E46", "E47", "E48"})
#: At this age and over, a young person who ceases to be looked after is a care leaver.
CARE_LEAVER_AGE = 16


class Spell(NamedTuple):
    """An episode of care as far as this needs it."""

    starts_on: date
    ends_on: date | None
    reason_new: str
    reason_ceased: str


_starts_on = attrgetter("starts_on")


def _ends_on(spell: Spell) -> date:
    return spell.ends_on or date.max


def care_of(spells: Iterable[Spell], born_on: date, known_since: date | None = None) -> dict[str, Any]:
    """The care status, the start of the latest period of care and its end, from all episodes; empty without any.

    ``known_since`` is the start held already: it stands where the first episode does not say that care started with it.
    """
    in_order = sorted(spells, key=_starts_on)
    if not in_order:
        return {}
    first = in_order[-1]
    for before in in_order[-2::-1]:
        if before.ends_on is not None and before.ends_on < first.starts_on:
            break
        first = before
    since = first.starts_on
    if known_since is not None and known_since < since and first.reason_new != STARTED:
        since = known_since
    last = max(in_order, key=_ends_on) if len(in_order) > 1 else first
    if last.ends_on is None or last.reason_ceased == GOES_ON:
        return _care(CareStatus.looked_after, since, None, None)
    leaver = last.reason_ceased not in NEW_FAMILY and age_on(born_on, last.ends_on) >= CARE_LEAVER_AGE
    status = CareStatus.care_leaver if leaver else CareStatus.previously_looked_after
    return _care(status, since, last.ends_on, last.ends_on if last.reason_ceased == DIED else None)


def _care(status: CareStatus, since: date, ceased_on: date | None, died_on: date | None) -> dict[str, Any]:
    return {"care_status": status.value, "looked_after_from": since, "ceased_on": ceased_on, "died_on": died_on}
