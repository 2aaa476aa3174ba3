"""What the demonstration shows: this term's pages drafted, some of them changed by hand, with what is in the way."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from cmcore.api import Authority, PepCycle, Work, term_at
from cmcore.api.asks import CulturalPart
from cmcore_epep_culture.drafting import draft_pages
from cmcore_epep_culture.editing import add_line
from cmcore_epep_culture.forms import LineAnswers
from cmcore_epep_culture.words import Barrier

#: Pages that are drafted, at most; others are left to be listed by R-PEP-4.
MOST = 900

_WRITTEN: tuple[tuple[CulturalPart, str, Barrier | None], ...] = (
    (CulturalPart.clubs, "Drama club on Wednesdays, since September.", None),
    (CulturalPart.barriers, "No bus back after five.", Barrier.transport),
    (CulturalPart.lessons, "Ukulele, a group lesson each week at school.", None),
    (CulturalPart.carer, "Takes them to the library every other Saturday.", None),
    (CulturalPart.barriers, "Does not go in alone the first time.", Barrier.confidence),
    (CulturalPart.visits, "The museum in town, with the foster family.", None),
    (CulturalPart.barriers, "The workshop costs more than pocket money.", Barrier.cost),
    (CulturalPart.words, "I would go if somebody came with me.", None),
)


def fill(work: Work, authority: Authority) -> None:
    """Draft pages of this term, and write on every third."""
    at = term_at(work, authority, work.today)
    asked = select(PepCycle).where(
        PepCycle.authority_id == authority.id,
        PepCycle.year == at.year,
        PepCycle.term == at.term.name,
        PepCycle.state != "complete",
    )
    peps = list(work.db.scalars(asked.order_by(PepCycle.id).limit(MOST)))
    pages = draft_pages(work, authority, [pep for number, pep in enumerate(peps) if number % 4 != 3])
    for number, page in enumerate(pages):
        if number % 3:
            continue
        part, text, barrier = _WRITTEN[number // 3 % len(_WRITTEN)]
        add_line(work, page, LineAnswers(part=part, text=text, barrier=barrier, owner="", due_on=None))
        step = LineAnswers(
            part=CulturalPart.steps,
            text="Ask the youth theatre for a place.",
            barrier=None,
            owner="Designated teacher",
            due_on=work.today + timedelta(days=42),
        )
        add_line(work, page, step)
