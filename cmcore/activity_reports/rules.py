"""What must hold before an activity report is sent: R-REP-1 to R-REP-3. Pure, over plain values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cmcore.base.clock import day
from cmcore.base.findings import Finding
from cmcore.base.policy import Policy
from cmcore.base.words import count, in_words


@dataclass(frozen=True)
class Told:
    """What one session says of itself: its day, whether the two met, what was done, what came of it, any worry."""

    on: date
    met: bool
    done: str
    impact: Sequence[str]
    worrying: bool = False
    #: Whether a concern about the young person was raised since the session began.
    concern_raised: bool = False


def complete(sessions: Sequence[Told], policy: Policy) -> list[Finding]:
    """R-REP-1: for each session date and times, where, what and briefly why, and notable impact. Source: [Role].

    Date, times and place cannot be missing from a session; a session where the two did not meet has nothing to tell.
    """
    if not sessions:
        return [
            policy.finding(
                "R-REP-1",
                "No session in these days has been written up.",
                way_out="Say how each session went, then draw the report up again.",
            )
        ]
    said = []
    for each in sessions:
        missing = []
        if each.met and not each.done.strip():
            missing.append("what you did, and why")
        if each.met and not any(note.strip() for note in each.impact):
            missing.append("what came of it")
        if missing:
            said.append(
                policy.finding(
                    "R-REP-1",
                    f"{day(each.on)}: {in_words(missing)} is missing.",
                    way_out="Open the session and add it.",
                )
            )
    return said


def worries_are_raised(sessions: Sequence[Told], policy: Policy) -> list[Finding]:
    """R-REP-3: what was marked as worrying has become a concern before the report is sent."""
    return [
        policy.finding(
            "R-REP-3",
            f"{day(each.on)}: you marked something that worried you, and no concern has been raised since.",
            way_out="Raise it now, then send the report.",
        )
        for each in sessions
        if each.worrying and not each.concern_raised
    ]


#: Words that judge a person, and what to write instead: [Role] asks for reports that are sensitive and constructive.
BLAMING = {
    "attention seeking": "say what they did, and what they may have needed",
    "attitude": "say what they did",
    "aggressive": "say what they did",
    "badly behaved": "say what they did",
    "defiant": "say what they did, and what came before it",
    "difficult": "say what was difficult for them",
    "disruptive": "say what they did, and what came before it",
    "kicked off": "say what they did, and what came before it",
    "lazy": "say what they did not do, and what may have been in the way",
    "manipulative": "say what they did, and what they may have needed",
    "naughty": "say what they did",
    "non-compliant": "say what was asked, and what they chose",
    "refused": "say what was asked, and what they chose",
    "rude": "say what they said",
    "unwilling": "say what was asked, and what they chose",
}
_BLAMING = re.compile(r"\b(" + "|".join(map(re.escape, BLAMING)) + r")\b", re.IGNORECASE)


def tone(texts: Sequence[tuple[date, str]], policy: Policy) -> list[Finding]:
    """R-REP-2: words that blame are pointed out, once a session and word, with what to write instead."""
    said = []
    for on, text in texts:
        for word in dict.fromkeys(found.lower() for found in _BLAMING.findall(text)):
            said.append(
                policy.finding(
                    "R-REP-2",
                    f"{day(on)}: “{word}” can hurt whoever reads it.",
                    way_out=f"{BLAMING[word].capitalize()}.",
                )
            )
    return said


def names(found: Sequence[tuple[date, Sequence[str]]], policy: Policy) -> list[Finding]:
    """R-REP-2: surnames and other children's names are pointed out by day and number; the names are not repeated."""
    return [
        policy.finding(
            "R-REP-2",
            f"{day(on)}: {count(len(words), 'word')} may be a surname or another child's name.",
            way_out="Write initials, or leave them out: the young person may read this one day.",
        )
        for on, words in found
        if words
    ]
