"""Who can be compared, mentor by mentor, as a page shows it: each count with the list of whom it counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import current_app, url_for

from cmcore.base.words import count
from cmcore.evidence.pairs import PairTally
from console.framework import console


@dataclass(frozen=True)
class PairRow:
    """One mentor's row, or that of all: who, their page, the share in words, and each count as (number, address)."""

    who: str
    url: str
    started: tuple[int, str]
    paired: tuple[int, str]
    share: str
    baseline_only: tuple[int, str]
    no_baseline: tuple[int, str]
    exit_due: tuple[int, str]
    lost: tuple[int, str]


def pair_row(tally: PairTally, least_pairs: int, *, last: bool = False) -> PairRow:
    """The row of one tally; ``last`` is that of all together, whose counts lead to everybody's."""
    enrolments: Any = console().page_about("enrolment")
    mentors: Any = console().page_about("mentor")
    whose = {"mentor": str(tally.mentor_id)} if tally.mentor_id is not None else {}
    linked = enrolments is not None and enrolments.may("list") and (last or tally.mentor_id is not None)

    def led(number: int, **more: str | list[str]) -> tuple[int, str]:
        there = f"{enrolments.address()}?{urlencode({**whose, **more}, doseq=True)}" if linked and number else ""
        return number, there

    percent = tally.percent(least_pairs)
    of = f"{tally.paired} of {tally.started}"
    return PairRow(
        who=tally.mentor,
        url=f"{mentors.address()}{tally.mentor_id}" if whose and mentors is not None and mentors.may("show") else "",
        started=led(tally.started, scores=["both", "first", "none", "lost"]),
        paired=led(tally.paired, scores="both"),
        share=f"{of}, {percent} %" if percent is not None else of,
        baseline_only=led(tally.baseline_only, scores="first"),
        no_baseline=led(tally.no_baseline, scores="none"),
        exit_due=led(tally.exit_due, due=["exit", "ending"]),
        lost=led(tally.lost, scores="lost"),
    )


def pairs_address() -> str:
    """Where every mentor's tally stands; nothing where that page is not there."""
    return url_for("Pairs.index") if "Pairs.index" in current_app.view_functions else ""


def missing_words(tally: PairTally) -> str:
    """Who is missing, in words: "1 has no first score, 2 wait for an exit review"."""
    said = []
    if tally.no_baseline:
        said.append(f"{tally.no_baseline} {'has' if tally.no_baseline == 1 else 'have'} no first score yet")
    if tally.exit_due:
        said.append(f"{count(tally.exit_due, 'exit review')} {'is' if tally.exit_due == 1 else 'are'} due")
    if tally.lost:
        said.append(f"{tally.lost} ended without both")
    return ", ".join(said) or "nobody is missing"
