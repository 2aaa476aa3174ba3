"""What becomes of a page when it is drafted again: what a person did stays, the rest follows the records. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from cmcore.api import CulturalLine
from cmcore_epep_culture.words import Origin


class KeptLine(Protocol):
    """A line that stands on a page already, as far as it matters here."""

    key: str
    origin: str
    text: str
    drafted: str
    source: str
    owner: str
    due_on: date | None
    left_out: bool


@dataclass(frozen=True)
class Merged:
    """What is to be done with a page's lines: which are new, what changes in which, which go."""

    new: tuple[CulturalLine, ...]
    changed: tuple[tuple[KeptLine, Mapping[str, Any]], ...]
    gone: tuple[KeptLine, ...]


def merged(kept: Sequence[KeptLine], fresh: Iterable[CulturalLine]) -> Merged:
    """Lay a fresh draft over the lines there are.

    A line somebody changed keeps their words, their owner and their day; only what the draft says beside it, and its
    source, follow. What somebody left out stays out, and what somebody wrote stays. A drafted line nobody touched
    follows its record, and goes when its record says nothing more.
    """
    drafts = {line.key: line for line in fresh}
    known = {line.key: line for line in kept}
    changed = []
    for key, line in known.items():
        draft = drafts.get(key)
        if draft is None or line.origin == Origin.written:
            continue
        to: dict[str, Any] = {"drafted": draft.text, "source": draft.source}
        if line.origin == Origin.drafted:
            to |= {"text": draft.text, "owner": draft.owner, "due_on": draft.due_on}
        differs = {name: value for name, value in to.items() if getattr(line, name) != value}
        if differs:
            changed.append((line, differs))
    gone = [line for line in kept if line.origin == Origin.drafted and not line.left_out and line.key not in drafts]
    new = [line for key, line in drafts.items() if key not in known]
    return Merged(tuple(new), tuple(changed), tuple(gone))
