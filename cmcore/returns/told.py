"""What a return says of a child and of an episode, in the columns of what is held. Pure."""

from __future__ import annotations

from typing import Any

from cmcore.base.periods import birthday
from cmcore.exchange.ssda903.rows import Child, Episode
from cmcore.young_people.words import CareStatus, Sex

_SEXES = frozenset(sex.value for sex in Sex)

_SEX_UNKNOWN, _LOOKED_AFTER = Sex.unknown.value, CareStatus.looked_after.value


def columns_of_new(told: dict[str, Any], care: dict[str, Any]) -> tuple[Any, ...]:
    """A new young person in the order of :data:`~cmcore.returns.held.PERSON`; what is not told is what a form gives."""
    say, cared = told.get, care.get
    return (
        told["child_id"],
        told["born_on"],
        say("sex", _SEX_UNKNOWN),
        say("ethnicity", ""),
        say("upn"),
        say("upn_unknown", ""),
        say("unaccompanied_until"),
        cared("care_status", _LOOKED_AFTER),
        cared("looked_after_from"),
        cared("ceased_on"),
        cared("died_on"),
    )


def told_of_child(child: Child) -> dict[str, Any]:
    """What the return says of a child; what it does not say is left out, so that it takes nothing away."""
    told: dict[str, Any] = {"child_id": child.child_id, "born_on": child.born_on}
    if child.sex in _SEXES:
        told["sex"] = child.sex
    if child.ethnic is not None:
        told["ethnicity"] = child.ethnic
    if child.upn is not None:
        told["upn"], told["upn_unknown"] = child.upn, ""
    elif child.upn_unknown is not None:
        told["upn_unknown"] = child.upn_unknown
    if child.uasc:
        told["unaccompanied_until"] = child.uasc_until or birthday(child.born_on, 18)
    return told


def columns_of_episode(episode: Episode, settings: dict[int, int]) -> tuple[Any, ...]:
    """What the return says of an episode, in the order of :data:`~cmcore.returns.held.EPISODE`."""
    urn = episode.urn or ""
    return (
        episode.started_on,
        episode.ended_on,
        episode.reason_new or "",
        episode.legal_status or "",
        episode.category_of_need or "",
        episode.placement or "",
        episode.provider or "",
        episode.reason_ceased or "",
        urn,
        settings.get(int(urn)) if settings and urn.isascii() and urn.isdigit() else None,
    )
