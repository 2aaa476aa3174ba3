"""What the pages of the programme share: the way back, which authorities it is on in, and who waits for what."""

from __future__ import annotations

from typing import Any

from flask import url_for
from sqlalchemy import Select

from cmcore.api import NotFound, Work
from cmcore_attachment_aware.queries import on_in
from cmcore_attachment_aware.records import AwarePlace
from console.api import page_of

#: What the programme is called in the menu and on the way to each page.
HOME = "Attachment Aware"


class InTheProgramme:
    """A page class that is reached from the programme's own page."""

    def crumbs_before(self, record: Any) -> list[tuple[str, str]]:
        """The programme stands before the list; behind it the school, where the record is one school's."""
        before = [(HOME, url_for("AttachmentAwareHome.index"))]
        place = getattr(record, "place", None)
        if isinstance(place, AwarePlace):
            before.append((place.setting.name, page_of(place)))
        return before

    def narrowed(self, statement: Select[Any], work: Work) -> Select[Any]:
        """What belongs to the authorities in which the plugin is on."""
        record: Any = vars(type(self))["record"]
        return statement.where(record.authority_id.in_(on_in(work)))


def authority_on(work: Work, wanted: str = "") -> int:
    """The authority that is shown: that which the address names, else the first in which the plugin is on."""
    known = on_in(work)
    if not known:
        raise NotFound(AwarePlace.words[0])
    return int(wanted) if wanted.isdigit() and len(wanted) < 10 and int(wanted) in known else known[0]
