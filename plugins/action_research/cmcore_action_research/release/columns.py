"""The columns of a release: which there are, what stands in each, and which say who somebody is. Pure.

There is no column for free text, a name, a reference or a day as it was.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cmcore.api.asks import CareStatus, Outcome, ReviewKind, Scorer, SendLevel, SessionPlace, Sex
from cmcore_action_research.release.generalising import LADDERS, LEFT_OUT
from cmcore_action_research.themes import themes
from cmcore_action_research.words import Compares, Group, Standing, Statistic

#: The files of a release that hold rows, in their order.
PEOPLE, REVIEWS, SESSIONS, ANALYSES = "people.csv", "reviews.csv", "sessions.csv", "analyses.csv"


@dataclass(frozen=True)
class Column:
    """One column. ``holds`` is pseudonym, code, number or day; ``codes`` say what each code means where it is one.

    ``identifies`` marks a quasi-identifier: one by which somebody could be known again (R-STUDY-8).
    """

    file: str
    name: str
    label: str
    holds: str
    codes: tuple[tuple[str, str], ...] = ()
    identifies: bool = False

    def as_data(self) -> dict[str, Any]:
        """The column as the codebook has it."""
        return {
            "file": self.file,
            "column": self.name,
            "label": self.label,
            "holds": self.holds,
            "identifies": self.identifies,
            "codes": dict(self.codes),
        }


def _codes(choice: Any) -> tuple[tuple[str, str], ...]:
    return tuple((one.value, one.label) for one in choice)


#: What the codes of quasi-identifiers mean where they are an answer of a form; of others the code says itself.
_MEANINGS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "sex": _codes(Sex),
    "care_status": _codes(CareStatus),
    "group": _codes(Group),
    "theme": tuple((one.key, one.label) for one in themes().values()),
}


def _quasi(coarseness: Mapping[str, str], found: Mapping[str, set[str]]) -> list[Column]:
    made = []
    for ladder in LADDERS:
        rung = coarseness.get(ladder.key, LEFT_OUT)
        if rung == LEFT_OUT:
            continue
        meanings = dict(_MEANINGS.get(ladder.key, ()))
        if ladder.key == "send" and rung == "level":
            meanings = dict(_codes(SendLevel))
        codes = tuple((code, meanings.get(code, code)) for code in sorted(found.get(ladder.key, ())))
        made.append(Column(PEOPLE, ladder.key, f"{ladder.label}, {ladder.rung(rung).words}", "code", codes, True))
    return made


def columns(
    coarseness: Mapping[str, str], found: Mapping[str, set[str]], measures: Mapping[str, str], sets: Mapping[str, str]
) -> list[Column]:
    """Every column of a release with this coarseness; ``found`` are the values of each quasi-identifier in it.

    ``measures`` and ``sets`` are the keys of measures and measure sets with their words.
    """
    scores = tuple(measures.items())
    return [
        Column(PEOPLE, "person", "Pseudonym, in this release only", "pseudonym"),
        *_quasi(coarseness, found),
        Column(PEOPLE, "joined_on", "Joined the study, moved", "day"),
        Column(PEOPLE, "given_on", "Given a place, moved", "day"),
        Column(PEOPLE, "started_on", "Mentoring began, moved", "day"),
        Column(PEOPLE, "ended_on", "Mentoring ended, moved", "day"),
        Column(PEOPLE, "planned_minutes", "Minutes the protocol plans for each", "number"),
        Column(PEOPLE, "commissioned_minutes", "Minutes commissioned", "number"),
        Column(PEOPLE, "received_minutes", "Minutes received", "number"),
        Column(PEOPLE, "received_in_time", "Minutes received within the planned months", "number"),
        Column(PEOPLE, "sessions", "Sessions in which they met", "number"),
        Column(REVIEWS, "person", "Pseudonym", "pseudonym"),
        Column(REVIEWS, "review", "Which review of this person, from 1", "number"),
        Column(REVIEWS, "held_on", "Scored on, moved", "day"),
        Column(REVIEWS, "kind", "Kind of review", "code", _codes(ReviewKind)),
        Column(REVIEWS, "scored_by", "Who scored", "code", _codes(Scorer)),
        Column(REVIEWS, "while_waiting", "Whether it was scored before a place was given", "code", _YES_NO),
        Column(REVIEWS, "measure_set", "Set of measures", "code", tuple(sets.items())),
        Column(REVIEWS, "measure", "Measure", "code", scores),
        Column(REVIEWS, "score", "Score; empty where it was not scored", "number"),
        Column(SESSIONS, "person", "Pseudonym", "pseudonym"),
        Column(SESSIONS, "held_on", "Held on, moved", "day"),
        Column(SESSIONS, "minutes", "Minutes", "number"),
        Column(SESSIONS, "outcome", "What became of it", "code", _codes(Outcome)),
        Column(SESSIONS, "place", "Where", "code", _codes(SessionPlace)),
        Column(ANALYSES, "analysis", "Key of the analysis", "code", ()),
        Column(ANALYSES, "standing", "Planned or exploratory (R-STUDY-3)", "code", _STANDING),
        Column(ANALYSES, "measure", "Measure, or all", "code", (("all", "All that are compared"), *scores)),
        Column(ANALYSES, "statistic", "What is counted", "code", _codes(Statistic)),
        Column(ANALYSES, "compares", "What is set side by side", "code", _codes(Compares)),
    ]


_YES_NO = (("yes", "Yes"), ("no", "No"))
_STANDING = tuple((one.value, one.label) for one in (Standing.planned, Standing.exploratory))
