"""What was confirmed of a file's columns is remembered, for the authority and these headings, or for one mentor."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select

from cmcore.exchange.columns import Heads, Matched, Matching, fingerprint, match_columns
from cmcore.safekeeping.work import Work
from cmcore.workbooks.records import ColumnMapping


def of_mentor(mentor_id: int) -> str:
    """What the layout of one mentor's own workbooks is known by, whatever headings stand in them."""
    return f"mentor {mentor_id}"


def recalled(work: Work, authority_id: int, importer: str, known_by: str) -> ColumnMapping | None:
    """What was confirmed last; nothing the first time."""
    asked = select(ColumnMapping).where(
        ColumnMapping.authority_id == authority_id,
        ColumnMapping.importer == importer,
        ColumnMapping.known_by == known_by,
    )
    return work.db.scalars(asked).first()


def remember(
    work: Work,
    authority_id: int,
    importer: str,
    known_by: str,
    headings: Mapping[str, str],
    *,
    act: str,
    mentor_id: int | None = None,
) -> None:
    """Keep what was confirmed, in place of what was confirmed before. Refuses whoever may not bring such files in."""
    work.require(act, authority_id)
    found, who = recalled(work, authority_id, importer, known_by), work.actor.name
    if found is None:
        work.add(
            ColumnMapping(
                authority_id=authority_id,
                importer=importer,
                act=act,
                known_by=known_by,
                mentor_id=mentor_id,
                headings=dict(headings),
                confirmed_by=who,
                last_used_on=work.today,
            )
        )
    elif found.headings != headings:
        work.change(found, headings=dict(headings), confirmed_by=who, last_used_on=work.today)
    else:
        _used_today(work, found)


def matched_as_before(
    work: Work, authority_id: int, heads: Iterable[Heads | None], told: Sequence[Mapping[str, int] | None] = ()
) -> list[Matching | None]:
    """The columns of some files matched, with what this authority confirmed before for each set of headings.

    ``told`` are the places a person chose, file by file.
    """
    made: list[Matching | None] = []
    for number, one in enumerate(heads):
        if one is None:
            made.append(None)
            continue
        chosen = told[number] if number < len(told) else None
        plainly = match_columns(one, None, chosen)
        if plainly.exact or chosen:
            made.append(plainly)
            continue
        known = recalled(work, authority_id, one.importer, fingerprint(one.headings))
        made.append(match_columns(one, known.headings) if known is not None else plainly)
    return made


def remember_all(work: Work, authority_id: int, made: Iterable[Matching | None], *, act: str) -> None:
    """Keep what was confirmed of some files. Where all stands under its own words there is nothing to remember.

    A heading that stands twice, or is empty, tells no column again: such a file is asked about each time.
    """
    for one in made:
        if one is None or one.exact:
            continue
        plainly = match_columns(one.heads)
        if plainly.exact and plainly.places == one.places:
            continue
        heads, headings = one.heads, one.headings
        chosen = [heads.headings[match.place] for match in one.matches.values()]
        if all(each.strip() and heads.headings.count(each) == 1 for each in chosen):
            remember(work, authority_id, heads.importer, fingerprint(heads.headings), headings, act=act)


def used_again(work: Work, authority_id: int, heads: Iterable[Heads | None]) -> None:
    """Write down that files came in today by what was confirmed before: it is kept from this day on."""
    for one in heads:
        if one is not None and not match_columns(one).exact:
            known = recalled(work, authority_id, one.importer, fingerprint(one.headings))
            if known is not None:
                _used_today(work, known)


def _used_today(work: Work, known: ColumnMapping) -> None:
    """Write down the day, once; not where somebody else is about to, or just forgot them: an import never waits for it.

    The row is read again as it is now and held, so that whoever came a moment sooner makes this one no conflict.
    """
    if known.last_used_on == work.today:
        return
    asked = select(ColumnMapping).where(ColumnMapping.id == known.id).with_for_update(skip_locked=True)
    free = work.db.scalars(asked, execution_options={"populate_existing": True}).first()
    if free is not None:
        work.change(free, last_used_on=work.today)


def as_matched(made: Matching | None) -> Matched | None:
    """What a file's reader is told; nothing where each column stands under its own words and is found by itself."""
    if made is None or (made.exact and made.heads.row == 1):
        return None
    return Matched(made.heads.part, made.places, made.heads.row)
