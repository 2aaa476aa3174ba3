"""What a message can say: fixed sentences with places for references, initials, numbers and days, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from cmcore.base.clock import day

#: What may stand in a place of a sentence.
Value = str | int | date


class Wording(StrEnum):
    """Every sentence that may leave the system. A place is named for what may stand there: see the gate."""

    digest_subject = "What waits for you"
    digest_opens = "This waits for you today:"
    digest_line = "{number}: {queue}"
    digest_other = "{number}: other work"
    peps_late = "{number}: PEPs late, of young people you may see"
    peps_due = "{number}: PEPs due within ten working days"
    expiry_subject = "A check of {ref} runs out"
    expiry_line = "A check of mentor {ref} counts until {day}."
    expiry_way_out = "Enter a newer one once it was seen; a mentor without it may not work."
    concern_subject = "Concern {ref} waits for an answer"
    concern_line = "Concern {ref} was raised and nobody has answered it."
    concern_way_out = "Open it now. In danger, ring 999: this message stands in for nobody."
    open_it = "Open it here, signed in:"
    why_sent = "Messages hold no names. What it is about is read where you sign in."
    # What a calendar says: of somebody without a known name the reference alone.
    feed_session = "{initials} {ref}"
    feed_session_of = "{ref}"
    feed_place = "{where}"
    feed_review = "Review due: {initials} {ref}"
    feed_review_of = "Review due: {ref}"
    feed_hours = "Hours end: {initials} {ref}"
    feed_hours_of = "Hours end: {ref}"


class Place(StrEnum):
    """Every page of the console that a message may lead to; a number stands for a record's key."""

    today = "/"
    concern = "/concerns/{number}"
    mentor = "/mentors/{number}"
    session = "/sessions/{number}"
    enrolment = "/enrolments/{number}"
    commission = "/commissions/{number}"
    peps_late = "/peps/?waits=late"
    peps_due = "/peps/?waits=soon"


@dataclass(frozen=True)
class Said:
    """One fixed sentence with what stands in its places."""

    wording: Wording
    values: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))

    def __str__(self) -> str:
        """The sentence as it is read."""
        return self.wording.value.format_map({key: _in_words(value) for key, value in self.values.items()})


def say(wording: Wording, **values: Value) -> Said:
    """A fixed sentence with what stands in its places."""
    return Said(wording, MappingProxyType(values))


@dataclass(frozen=True)
class Link:
    """Where a message leads: a page of the console, and the key of the record it shows."""

    place: Place
    number: int = 0

    def under(self, address: str) -> str:
        """The whole address, under the console's own."""
        return address.rstrip("/") + self.place.value.format(number=self.number)


@dataclass(frozen=True)
class Message:
    """A message before it has passed the gate: its subject, its lines, and the page it leads to.

    ``more`` are further sentences, each with a page of its own.
    """

    subject: Said
    lines: tuple[Said, ...]
    link: Link
    more: tuple[tuple[Said, Link], ...] = ()

    @property
    def said(self) -> tuple[Said, ...]:
        """Every sentence of it."""
        return (self.subject, *self.lines, *(said for said, _ in self.more))

    @property
    def links(self) -> tuple[Link, ...]:
        """Every page it leads to."""
        return (self.link, *(link for _, link in self.more))


def _in_words(value: Value) -> str:
    return day(value) if isinstance(value, date) else str(value)
