"""What may be kept in a journal, and what of it may be shown to whom: R-CON-3, R-JOU-1, R-CAS-1, R-CAS-2. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from cmcore.base.clock import day
from cmcore.base.findings import Finding
from cmcore.base.policy import Policy
from cmcore.base.words import in_words
from cmcore.consents.rules import Decided, may_use
from cmcore.consents.words import ConsentKind
from cmcore.journals.words import EntryKind, VisibleTo

_MB = 1_000_000
_LIMITS = {EntryKind.photo: "picture_mb", EntryKind.film: "film_mb", EntryKind.audio: "recording_mb"}


def most_bytes(kind: EntryKind, policy: Policy) -> int:
    """The most bytes that may be kept of a kind of media (R-JOU-1)."""
    megabytes: int = policy.threshold("R-JOU-1", _LIMITS[kind])
    return megabytes * _MB


def is_small_enough(kind: EntryKind, size: int, policy: Policy) -> list[Finding]:
    """R-JOU-1: refuses media that is larger than the authority keeps."""
    most = most_bytes(kind, policy)
    if size <= most:
        return []
    said = f"It is larger than {most // _MB} MB."
    return [policy.finding("R-JOU-1", said, place="media", way_out="Choose a smaller or shorter one.")]


def may_keep(
    decided: Sequence[Decided], captured_on: date, today: date, born_on: date, policy: Policy
) -> list[Finding]:
    """R-CON-3, R-CON-2: media needs permission to take it on its own day, and on the day it is kept."""
    days = dict.fromkeys((captured_on, today))
    return next(
        (found for on in days if (found := may_use(decided, ConsentKind.media_capture, on, born_on, policy))), []
    )


def may_show(
    visible_to: str, has_media: bool, decided: Sequence[Decided], today: date, born_on: date, policy: Policy
) -> list[Finding]:
    """R-CON-3, R-CON-2: showing media to others needs permission in force today; anything in public, another one."""
    wanted = []
    if has_media and visible_to != VisibleTo.kept:
        wanted.append(ConsentKind.media_shared)
    if visible_to == VisibleTo.public:
        wanted.append(ConsentKind.media_public)
    return [one for kind in wanted for one in may_use(decided, kind, today, born_on, policy)]


def is_past(captured_on: date, today: date) -> list[Finding]:
    """Refuses a day that is still to come."""
    if captured_on <= today:
        return []
    said = f"{day(captured_on)} is still to come."
    return [Finding(said, place="captured_on", way_out="Give the day it was taken or said.")]


def has_own_hours(purpose: str, policy: Policy) -> list[Finding]:
    """R-CAS-1: a case study is written in hours that were commissioned for it. Source: [Role]."""
    if purpose == "case_study":
        return []
    said = "These hours were not commissioned for a case study."
    return [policy.finding("R-CAS-1", said, place="commission_id", way_out="Commission separate hours for it.")]


def holds_no_name(found: Iterable[str], policy: Policy) -> list[Finding]:
    """R-CAS-2: refuses a case study in which somebody's name stands; says which words, as they were typed."""
    words = list(dict.fromkeys(found))
    if not words:
        return []
    said = f"There are names in it: {in_words(words[:6])}."
    return [policy.finding("R-CAS-2", said, way_out="Write “they”, “the mentor” or “the school” instead.")]
