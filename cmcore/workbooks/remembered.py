"""The columns that are remembered: of which files they are, forgetting some, and those nothing came in by any more."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from cmcore.base.clock import local
from cmcore.exchange.gias.read import ASKED
from cmcore.exchange.ssda903.layout import BY_KEY
from cmcore.safekeeping.retention import RETENTION, Facts
from cmcore.safekeeping.work import Work, action
from cmcore.workbooks.headings import IMPORTER as OWN_INVOICE
from cmcore.workbooks.headings import WORDS
from cmcore.workbooks.known import known_as
from cmcore.workbooks.lists import workbook_of
from cmcore.workbooks.records import ColumnMapping


def what_of(kept: ColumnMapping) -> str:
    """What is brought in by it, in words: "Return of looked-after children: header". A mentor by initials only."""
    owner, _, rest = kept.importer.partition(".")
    if owner == "ssda903":
        return f"Return of looked-after children: {BY_KEY[rest].title if rest in BY_KEY else rest}"
    if owner == "gias":
        return "Public register of schools"
    if kept.importer == OWN_INVOICE:
        return f"Own invoices of {known_as(kept.mentor)}" if kept.mentor is not None else "A mentor's own invoices"
    kind = rest.partition(".")[0]
    listed = workbook_of(kind)
    return f"{listed.title if listed is not None else kind.replace('_', ' ').capitalize()} as a workbook"


def columns_of(kept: ColumnMapping) -> list[tuple[str, str]]:
    """Our columns by what they are called on screen, each with its heading in the file; empty for one not there."""
    owner, _, part = kept.importer.partition(".")
    known = {}
    if owner == "ssda903" and part in BY_KEY:
        known = {one.key: f"{one.label} ({one.key})" for one in BY_KEY[part].asked}
    elif owner == "gias":
        known = {one.key: one.label for one in ASKED}
    elif kept.importer == OWN_INVOICE:
        known = dict(WORDS)
    return [(known.get(key, key), str(heading)) for key, heading in kept.headings.items()]


def last_used_on(kept: ColumnMapping) -> date:
    """The day something was last brought in by it; where that was not written down, the day it was last confirmed."""
    return kept.last_used_on or local(kept.changed_at).date()


def kept_until(kept: ColumnMapping) -> date | None:
    """The first day it may be forgotten by itself, if nothing is brought in by it before."""
    return RETENTION[ColumnMapping.retention].disposal_on(Facts(ended_on=last_used_on(kept)))


def remembered_columns(work: Work, authority_id: int) -> list[ColumnMapping]:
    """What is remembered in an authority and within reach, what was used last first."""
    asked = select(ColumnMapping).where(ColumnMapping.authority_id == authority_id)
    # Whatever comes in by it changes it, once a day.
    latest = ColumnMapping.changed_at.desc(), ColumnMapping.id.desc()
    return list(work.db.scalars(asked.options(joinedload(ColumnMapping.mentor)).order_by(*latest)))


@action("column_mapping.forget")
def forget_columns(work: Work, kept: ColumnMapping) -> None:
    """Forget which column of a file is which; the next such file is asked about again. Refuses who may not import."""
    work.require("column_mapping.forget", kept.authority_id)
    work.require(kept.act, kept.authority_id)
    work.db.delete(kept)


@action("column_mapping.clear")
def clear_old_columns(work: Work) -> int:
    """Forget everything within reach that nothing has been brought in by for two years; says how many."""
    old = [one for one in work.db.scalars(select(ColumnMapping)) if (due := kept_until(one)) and due <= work.today]
    for one in old:
        work.db.delete(one)
    return len(old)
