"""The one way files are brought in, step by step: choose, match columns, see what would change, bring in, receipt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from flask import Response, redirect, request

from cmcore.base.findings import Finding, Refused
from cmcore.exchange.columns import ABSENT, ONE_EACH, Column, Heads, Match, Matched, Matching, match_columns
from cmcore.safekeeping.work import Work
from cmcore.workbooks.remembering import as_matched, matched_as_before, remember_all, used_again
from console import desk, uploads
from console.framework import Page
from console.uploads import Waiting

#: What stands in a select for a column that is not in the file.
_NOWHERE = "-"

#: How the columns were matched, in words, by what is kept of it beside the files.
SAID = {
    "exact": "Each column stands under its own heading, so there was nothing to match.",
    "remembered": "The columns were matched as they were confirmed before.",
    "told": "The columns were matched as you said. That is remembered once they are brought in.",
}


def begin(work: Work, authority_id: int, heads: Sequence[Heads | None]) -> tuple[dict[str, Any], bool]:
    """What is kept of the columns beside the files, and whether nobody needs to be asked about them."""
    return told_of(matched_as_before(work, authority_id, heads))


def told_of(made: Sequence[Matching | None]) -> tuple[dict[str, Any], bool]:
    """The same of columns that are matched already."""
    there = [one for one in made if one is not None]
    by, settled = "exact" if all(one.exact for one in there) else "remembered", all(one.settled for one in there)
    return _kept(made, by, settled), settled


def unmatched(waiting: Waiting) -> bool:
    """Whether somebody has to say first which column is which: what is guessed brings nothing in."""
    return not waiting.told.get("settled", True)


def _kept(made: Sequence[Matching | None], by: str, settled: bool) -> dict[str, Any]:
    matched = [as_matched(one) for one in made]
    return {
        "matched": [one.as_data() if one is not None else None for one in matched],
        "places": [one.places if one is not None else None for one in made],
        "by": by,
        "settled": settled,
    }


def matched_of(waiting: Waiting) -> list[Matched | None]:
    """What the reader of the files is told of their columns."""
    return [Matched.of(one) for one in waiting.told.get("matched", ())]


def confirmed(work: Work, waiting: Waiting, heads: Sequence[Heads | None], act: str) -> None:
    """Remember how the columns were matched, now that somebody brings the files in by it."""
    if waiting.told.get("by") == "remembered":
        used_again(work, waiting.authority_id, heads)
    if waiting.told.get("by") != "told":
        return
    places = waiting.told["places"]
    both = zip(heads, places, strict=True)
    made = [match_columns(one, None, told) if one is not None else None for one, told in both]
    remember_all(work, waiting.authority_id, made, act=act)


@dataclass(frozen=True)
class MatchStep:
    """The matching step of one importer: the files' headings, how they are matched so far, and what comes next.

    ``try_out`` reads the files by what was chosen; what it refuses is said on the page. ``kept`` is called with what
    is to be kept beside the files.
    """

    title: str
    made: Sequence[Matching | None]
    crumbs: list[tuple[str, str]]
    here: str
    next_url: str
    away_url: str
    try_out: Callable[[list[Matched | None]], None]
    kept: Callable[[dict[str, Any]], None]
    steps: dict[int, str] = field(default_factory=dict)
    beside: str = ""


def tell(token: str, waiting: Waiting, told: dict[str, Any]) -> None:
    """Keep what was said of the columns beside the files that wait."""
    who = desk.account()
    uploads.tell(desk.premises().engine, token, account_id=who.id if who else 0, told=waiting.told | told)


def match_step(page: Page, step: MatchStep) -> Any:
    """The page on which columns are matched, and what comes of sending it."""
    made, findings = list(step.made), []
    if request.method == "POST":
        made, findings = _chosen(step.made)
        if not findings and "look" not in request.form:
            kept = _kept(made, "told", settled=True)
            try:
                step.try_out([Matched.of(one) for one in kept["matched"]])
                step.kept(kept)
                return redirect(step.next_url, 303)
            except Refused as refused:
                findings = list(refused.findings)
        elif "look" in request.form:
            findings = []
    shown = page.show_page(
        "cm/match.html",
        title=f"{step.title}: match columns",
        heading="Match columns",
        lead=step.title,
        parts=[_part(number, one) for number, one in enumerate(made) if one is not None],
        findings=findings,
        action_url=step.here,
        away_url=step.away_url,
        steps=step.steps,
        beside=step.beside,
        crumbs=step.crumbs,
    )
    return Response(shown, 422 if findings else 200)


def _chosen(before: Sequence[Matching | None]) -> tuple[list[Matching | None], list[Finding]]:
    made: list[Matching | None] = []
    findings: list[Finding] = []
    for number, one in enumerate(before):
        if one is None:
            made.append(None)
            continue
        heads, told = one.heads, {}
        for at, column in enumerate(heads.columns):
            place = _place(request.form.get(f"c-{number}-{at}", ""), len(heads.headings))
            if place != ABSENT and place in told.values():
                said = f"{heads.called(place)} is chosen twice."
                way_out = f"Choose another column for “{column.label}”, or say that it is not in this file."
                found = ONE_EACH.found(said, file=heads.file, row=heads.row, column=column.label, way_out=way_out)
                findings.append(replace(found, place=f"c-{number}-{at}"))
                place = ABSENT
            told[column.key] = place
        matching = match_columns(heads, None, told)
        names = {column.label: f"c-{number}-{at}" for at, column in enumerate(heads.columns)}
        findings += [replace(each, place=names.get(each.column or "")) for each in matching.refusals()]
        made.append(matching)
    return made, findings


def _place(told: str, wide: int) -> int:
    return int(told) if told.isdecimal() and len(told) < 6 and int(told) < wide else ABSENT


@dataclass(frozen=True)
class _Row:
    """One of our columns on the page: what it is, where it was found, and what stands there."""

    name: str
    column: Column
    match: Match | None
    values: tuple[str, ...]
    why: str
    guessed: bool
    wrong: bool


def _part(number: int, made: Matching) -> dict[str, Any]:
    heads = made.heads
    rows = []
    for at, column in enumerate(heads.columns):
        match = made.matches.get(column.key)
        wrong = match is None and (column.required or column.key in made.doubled)
        why = match.why if match is not None else "Not found" if wrong else "Not in this file"
        if column.key in made.doubled:
            why = "Its heading stands over several columns"
        values = _values(heads, match.place) if match is not None else ()
        rows.append(_Row(f"c-{number}-{at}", column, match, values, why, match is not None and match.guessed, wrong))
    used = {one.place for one in made.matches.values()}
    holds = [at for at, told in enumerate(heads.headings) if told.strip() or _values(heads, at)]
    spare = [at for at in holds if at not in used]
    return {
        "file": heads.file,
        "title": heads.title,
        "row": heads.row,
        "rows": rows,
        "open": not made.settled,
        "exact": made.exact,
        "options": [(at, heads.called(at)) for at in holds],
        "spare": [(heads.called(at), _values(heads, at)) for at in spare],
        "guessed": len(made.guessed),
        "lacking": sum(one.wrong for one in rows),
        "nowhere": _NOWHERE,
    }


def _values(heads: Heads, place: int) -> tuple[str, ...]:
    return heads.values[place] if place < len(heads.values) else ()
