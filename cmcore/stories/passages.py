"""What a story is made of: passages in order of day, and the marks that say which words in them are left out. Pure."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from cmcore.stories.words import Becomes


@dataclass(frozen=True, kw_only=True)
class Passage:
    """One thing that happened. ``ours`` is said in our words, ``told`` what others wrote, as (who, words).

    ``said`` are the young person's own words, ``scores`` pairs of a measure and its number. A passage with a reason
    in ``withheld`` is not told at all. ``key`` says of which record it is.
    """

    key: str
    on: date
    heading: str
    ours: tuple[str, ...] = ()
    told: tuple[tuple[str, str], ...] = ()
    said: str = ""
    scores: tuple[tuple[str, str], ...] = ()
    withheld: str = ""

    @property
    def texts(self) -> list[str]:
        """What people wrote in it, where a name may stand."""
        return [text for text in (*(words for _, words in self.told), self.said) if text]


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A name that stands in a story, or what may be one, and what becomes of it.

    ``word`` is the name as it was typed; ``known`` says who it is where that is known ("your foster carer"), and
    ``instead`` what stands in its place. An empty ``becomes`` is still to be decided on. ``times`` and ``beside`` say
    how often it stands there, and the words around the first one.
    """

    word: str
    known: str = ""
    instead: str = ""
    becomes: str = ""
    times: int = 1
    beside: str = ""

    @property
    def key(self) -> str:
        """What it is known by on a page, so that no name stands in an address or a field."""
        return "n" + hashlib.sha256(self.word.encode()).hexdigest()[:12]


#: What stands where the name of somebody nobody knows stood.
SOMEBODY = "somebody"


def undecided(marks: Iterable[Mark]) -> list[Mark]:
    """The marks nobody has decided on."""
    return [mark for mark in marks if not mark.becomes]


def without_names(passages: Iterable[Passage], marks: Iterable[Mark]) -> list[Passage]:
    """The passages that are told, with every name left out that is to be; two that follow one another become one."""
    gone = {mark.word: mark.instead or SOMEBODY for mark in marks if mark.becomes == Becomes.leave_out}
    if not gone:
        return [one for one in passages if not one.withheld]
    longest = sorted(gone, key=len, reverse=True)
    found = re.compile(rf"(?<![^\W\d_])({'|'.join(re.escape(word) for word in longest)})(?![^\W\d_])")

    def clean(text: str) -> str:
        left = found.sub(lambda hit: f"[{gone[hit[1]]}]", text)
        return re.sub(r"(\[[^\]]+\]) \1", r"\1", left)

    return [
        replace(one, told=tuple((who, clean(words)) for who, words in one.told), said=clean(one.said))
        for one in passages
        if not one.withheld
    ]


def digest(passages: Sequence[Passage]) -> str:
    """The SHA-256 of a story as it is told: what was approved is what is given, to the letter."""
    told = json.dumps([_plain(one) for one in passages], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()


def _plain(passage: Passage) -> dict[str, Any]:
    return {**asdict(passage), "on": passage.on.isoformat()}


def as_kept(passages: Iterable[Passage]) -> list[dict[str, Any]]:
    """Passages as a record keeps them."""
    return [_plain(one) for one in passages]


def from_kept(kept: Iterable[dict[str, Any]]) -> list[Passage]:
    """Passages from what a record keeps."""
    return [
        Passage(
            key=one["key"],
            on=date.fromisoformat(one["on"]),
            heading=one["heading"],
            ours=tuple(one["ours"]),
            told=tuple((who, words) for who, words in one["told"]),
            said=one["said"],
            scores=tuple((label, score) for label, score in one["scores"]),
            withheld=one["withheld"],
        )
        for one in kept
    ]


def marks_kept(marks: Iterable[Mark]) -> list[dict[str, Any]]:
    """Marks as a record keeps them."""
    return [asdict(mark) for mark in marks]


def marks_from(kept: Iterable[dict[str, Any]]) -> list[Mark]:
    """Marks from what a record keeps."""
    return [Mark(**one) for one in kept]
