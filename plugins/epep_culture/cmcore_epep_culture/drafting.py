"""Drafting pages from what is recorded: one, or all of a term in batches, with how far it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from sqlalchemy import or_, select

from cmcore.api import (
    Authority,
    CulturalLine,
    PepCycle,
    Period,
    Termly,
    Work,
    action,
    cultural_lines,
    refuse,
)
from cmcore.api.asks import CulturalPart
from cmcore_epep_culture.merging import merged
from cmcore_epep_culture.records import CultureLine, CulturePage
from cmcore_epep_culture.rules import reaches
from cmcore_epep_culture.words import Barrier, Origin

PLUGIN = "epep_culture"
#: So many pages are drafted at a time: what is held in memory, and how often somebody hears how far it is.
AT_A_TIME = 100


@action("epep_culture_page.draft")
def draft_page(work: Work, pep: PepCycle) -> CulturePage:
    """Draft the page of a PEP, or draft it again. Refuses once the PEP is complete: what was agreed stays."""
    refuse_complete(pep)
    return _drafted(work, work.get(Authority, pep.authority_id), [pep])[0]


@action("epep_culture_page.draft")
def draft_pages(work: Work, authority: Authority, peps: Sequence[PepCycle]) -> list[CulturePage]:
    """Draft the pages of these PEPs of one term; those that are complete are left as they are."""
    return _drafted(
        work, authority, [pep for pep in peps if pep.state != "complete" and pep.authority_id == authority.id]
    )


def to_draft(work: Work, authority: Authority, at: Termly) -> list[int]:
    """The keys of a term's PEPs whose pages may be drafted, in order."""
    asked = select(PepCycle.id).where(
        PepCycle.authority_id == authority.id,
        PepCycle.year == at.year,
        PepCycle.term == at.term.name,
        PepCycle.state != "complete",
    )
    return list(work.db.scalars(asked.order_by(PepCycle.id)))


def draft_these(work: Work, authority: Authority, keys: Sequence[int]) -> Iterator[int]:
    """Draft the pages of these PEPs in batches; gives after each batch how many are done. Nothing is committed."""
    for begin in range(0, len(keys), AT_A_TIME):
        batch = keys[begin : begin + AT_A_TIME]
        peps = list(work.db.scalars(select(PepCycle).where(PepCycle.id.in_(batch))))
        draft_pages(work, authority, peps)
        yield min(begin + AT_A_TIME, len(keys))


def draft_term(work: Work, authority: Authority, at: Termly) -> Iterator[tuple[int, int]]:
    """Draft every page of a term; gives (done, of all) after each batch."""
    keys = to_draft(work, authority, at)
    for done in draft_these(work, authority, keys):
        yield done, len(keys)


def refuse_complete(pep: PepCycle) -> None:
    """Refuse to touch the page of a PEP that is complete."""
    if pep.state == "complete":
        raise refuse("This PEP is complete, and its page stays.", way_out="The next term's page carries on from it.")


def _drafted(work: Work, authority: Authority, peps: Sequence[PepCycle]) -> list[CulturePage]:
    if not peps:
        return []
    last = max(pep.term_ends_on for pep in peps)
    period = Period(last - timedelta(weeks=int(work.setting(PLUGIN, "weeks_back"))), last)
    people = {pep.young_person_id for pep in peps}
    fresh = cultural_lines(work, authority, people, period)
    pages = _pages(work, peps)
    kept = _lines(work, [page.id for page in pages.values()])
    earlier = _as_people_left_them(work, people, min(pep.term_starts_on for pep in peps))
    made = []
    for pep in peps:
        page = pages[pep.id]
        lines = kept[page.id]
        found = merged(lines, fresh.get(pep.young_person_id, ()))
        for line, to in found.changed:
            work.change(line, **to)
        for gone in found.gone:
            work.db.delete(gone)
        new = [_line(page, each, earlier.get((pep.young_person_id, each.key))) for each in found.new]
        for each in new:
            work.add(each)
        left = {id(one) for one in found.gone}
        settle(work, page, [*(one for one in lines if id(one) not in left), *new])
        if found.changed or found.gone or new:
            work.change(page, drafted_at=work.clock.now(), drafted_by=work.actor.name)
        made.append(page)
    return made


def _pages(work: Work, peps: Sequence[PepCycle]) -> dict[int, CulturePage]:
    """The pages of these PEPs, made where there is none."""
    keys = [pep.id for pep in peps]
    found = {
        page.pep_cycle_id: page
        for page in work.db.scalars(select(CulturePage).where(CulturePage.pep_cycle_id.in_(keys)))
    }
    for pep in peps:
        if pep.id not in found:
            page = CulturePage(
                authority_id=pep.authority_id,
                young_person_id=pep.young_person_id,
                pep_cycle_id=pep.id,
                drafted_at=work.clock.now(),
                drafted_by=work.actor.name,
                standing=0,
                reached=False,
            )
            found[pep.id] = work.add(page)
    work.db.flush()
    return found


def _lines(work: Work, pages: Iterable[int]) -> dict[int, list[CultureLine]]:
    found: dict[int, list[CultureLine]] = defaultdict(list)
    asked = select(CultureLine).where(CultureLine.epep_culture_page_id.in_(list(pages))).order_by(CultureLine.id)
    for line in work.db.scalars(asked):
        found[line.epep_culture_page_id].append(line)
    return found


def _as_people_left_them(work: Work, people: Iterable[int], before: object) -> dict[tuple[int, str], CultureLine]:
    """What people made of drafted lines in earlier terms, the latest, by young person and key."""
    asked = (
        select(CultureLine)
        .join(CulturePage, CulturePage.id == CultureLine.epep_culture_page_id)
        .join(PepCycle, PepCycle.id == CulturePage.pep_cycle_id)
        .where(
            CultureLine.young_person_id.in_(list(people)),
            PepCycle.term_starts_on < before,
            or_(CultureLine.origin == Origin.edited, CultureLine.left_out),
        )
        .order_by(PepCycle.term_starts_on)
    )
    return {(line.young_person_id, line.key): line for line in work.db.scalars(asked)}


def _line(page: CulturePage, draft: CulturalLine, earlier: CultureLine | None) -> CultureLine:
    """A drafted line as a row. Where its record says what it said when somebody last changed it, their words stand."""
    same = earlier is not None and earlier.drafted == draft.text and earlier.done_on is None
    edited = earlier if same and earlier is not None and earlier.origin == Origin.edited else None
    return CultureLine(
        authority_id=page.authority_id,
        young_person_id=page.young_person_id,
        epep_culture_page_id=page.id,
        key=draft.key[:160],
        part=draft.part.value,
        text=edited.text if edited else draft.text,
        drafted=draft.text,
        source=draft.source[:300],
        origin=Origin.edited if edited else Origin.drafted,
        barrier=_barrier(draft),
        owner=(edited.owner if edited else draft.owner)[:120],
        due_on=edited.due_on if edited else draft.due_on,
        left_out=bool(same and earlier is not None and earlier.left_out),
    )


def _barrier(draft: CulturalLine) -> str | None:
    if draft.part is not CulturalPart.barriers:
        return None
    return draft.also if draft.also in {each.value for each in Barrier} else Barrier.other.value


def settle(work: Work, page: CulturePage, lines: Iterable[CultureLine]) -> None:
    """Write down on a page what boards count of its lines."""
    standing = [line.part for line in lines if not line.left_out]
    work.change(page, standing=len(standing), reached=reaches(standing))
