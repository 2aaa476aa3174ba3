"""The one gate of every way out, R-MSG-1: what passes holds initials, references and fixed words, and no name.

It refuses in two ways. What stands in a place of a sentence must have the shape of that place, so that there is
nowhere to write a text; and what is words all the same, a queue's title or a file's name, is looked through for the
names of the authority's young people and their adults, folded, short, and one letter wrong. Nobody passes it by.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from string import Formatter

from cmcore.base.findings import Finding, refuse_if
from cmcore.base.policy import Policy
from cmcore.messages.wording import Message, Place, Said, Wording
from cmcore.safekeeping.names import Roster
from cmcore.sessions.words import SessionPlace

_RULE = "R-MSG-1"
_REF = re.compile(r"([A-Z]{1,6})-(?:[A-Z]-)?\d{1,9}", re.ASCII)
_INITIALS = re.compile(r"(?:[^\W\d_]\.){1,2}")
_NUMBER = re.compile(r"\d{1,7}\+?", re.ASCII)
_WORDS = re.compile(r"[A-Za-z0-9 ,.:'’()/-]{1,120}", re.ASCII)
_FILE = re.compile(r"[A-Za-z0-9_-]{1,80}\.[a-z0-9]{1,5}", re.ASCII)
#: The kinds of place that may be told: "At school", never which.
_PLACES = frozenset(place.label for place in SessionPlace)
#: A name may hide among others run together from so many letters on.
_PART = 3


def names_kept_in(names: Iterable[str]) -> Roster:
    """A roster of names that must not leave: "Anna-Mae" is looked for in its parts, and as one word."""
    return Roster(each for name in names for each in (name, name.replace("-", "")))


class Gate:
    """What lets messages out, knowing the names that must not leave and the letters references begin with."""

    def __init__(self, roster: Roster, prefixes: Collection[str], policy: Policy) -> None:
        """Keep the names of an authority, or several, and the letters of their references."""
        self._roster = roster
        self._prefixes = frozenset(prefixes)
        self._policy = policy

    def let_out(self, message: Message) -> tuple[str, list[str]]:
        """The subject and the lines as they may be read by anybody. Refuses what R-MSG-1 forbids."""
        found = [one for said in message.said for one in self._faults(said)]
        if any(not isinstance(one.place, Place) or type(one.number) is not int for one in message.links):
            found.append(self._finding("The address a message leads to is not one of the fixed ones."))
        refuse_if(found)
        return str(message.subject), [str(each) for each in message.lines]

    def file_name(self, name: str) -> str:
        """A file's name as it may leave: letters, numbers and hyphens, no name. Refuses any other (R-MSG-1)."""
        if not _FILE.fullmatch(name):
            refuse_if([self._finding("The name of a file that leaves holds plain letters, numbers and hyphens only.")])
        refuse_if(self._names_in(name.rpartition(".")[0]))
        return name

    def title(self, words: str) -> str:
        """Words of a list's title as they may leave. Refuses a name in them, and signs a name could hide behind."""
        refuse_if(self._title_faults(words))
        return words

    def _faults(self, said: Said) -> Iterator[Finding]:
        wording: object = said.wording
        if not isinstance(wording, Wording):
            yield self._finding("A message says fixed sentences only.")
            return
        places = {name for _, name, _, _ in Formatter().parse(wording.value) if name}
        if places != set(said.values):
            yield self._finding("What stands in a message has no place in its sentence.")
        for place, value in said.values.items():
            yield from self._place_faults(place, value)

    def _place_faults(self, place: str, value: object) -> Iterator[Finding]:
        if place == "queue":
            yield from self._title_faults(value)
        elif not self._fits(place, value):
            yield self._finding("What stands in a message is no initials, reference, number or day.")

    def _fits(self, place: str, value: object) -> bool:
        if place == "day":
            return type(value) is date
        if place == "where":
            return value in _PLACES
        if place == "number" and type(value) is int:
            return value >= 0
        if not isinstance(value, str):
            return False
        if place == "ref":
            shaped = _REF.fullmatch(value)
            return shaped is not None and shaped.group(1) in self._prefixes
        shape = {"number": _NUMBER, "initials": _INITIALS}.get(place)
        return shape is not None and shape.fullmatch(value) is not None

    def _title_faults(self, words: object) -> list[Finding]:
        if not isinstance(words, str) or not _WORDS.fullmatch(words):
            return [self._finding("The title of a list in a message holds plain letters only.")]
        return self._names_in(words)

    def _names_in(self, text: str) -> list[Finding]:
        """A finding that does not repeat what it found; capitals or none make no difference."""
        plain = re.sub(_REF, lambda ref: "" if ref.group(1) in self._prefixes else ref.group(), text)
        joined = re.sub(r"[-_.'’]", "", plain)
        words = re.findall(r"[^\W\d_]+", f"{plain} {joined}")
        if self._roster.find(f"{plain} {joined}", capitals=False) or any(map(self._run_together, words)):
            return [self._finding("A name stands in what was to leave.")]
        return []

    def _run_together(self, word: str) -> bool:
        return any(
            self._roster.holds(word[:at]) and self._roster.holds(word[at:])
            for at in range(_PART, len(word) - _PART + 1)
        )

    def _finding(self, message: str) -> Finding:
        return self._policy.finding(
            _RULE, message, way_out="Write initials and the reference; the rest is read where people sign in."
        )
