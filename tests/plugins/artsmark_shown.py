"""The pages of Artsmark that are looked at in a browser, and what they show: the journey of the demonstration."""

from __future__ import annotations

from cmcore.virtual_schools.records import Authority
from cmcore_artsmark.demonstration import fill
from cmcore_artsmark.queries import commitments_of, evidence_of, items_of, journeys_of, judgements_of, passages_of
from cmcore_artsmark.words import Statement
from tests.console.autumn import Autumn

#: Lists and boards.
ARTSMARK_PATHS = (
    "/artsmark/",
    "/artsmark-journeys/",
    "/artsmark-journeys/add",
    "/artsmark-judgements/",
    "/artsmark-commitments/",
    "/artsmark-items/",
    "/artsmark-evidence/",
    "/artsmark-passages/",
)


def furnish_artsmark(autumn: Autumn) -> None:
    """A journey under way, and the records it is made of, by key."""
    with autumn.stage.work() as work:
        authority = work.get(Authority, autumn.stage.authority_id)
        fill(work, authority)
        work.db.flush()
        journey = journeys_of(work, authority.id)[0]
        promises = [one.id for one in commitments_of(work, journey)]
        autumn.keys |= {
            "artsmark_journey": journey.id,
            "artsmark_judgement": judgements_of(work, journey)[0].id,
            "artsmark_achieved": promises[0],
            "artsmark_promised": promises[1],
            "artsmark_item": items_of(work, promises)[-1].id,
            "artsmark_evidence": evidence_of(work, promises)[0].id,
            "artsmark_passage": passages_of(work, journey, Statement.impact)[1].id,
        }


def artsmark_pages(autumn: Autumn) -> list[str]:
    """One of each page of a record, with the forms that are asked there."""
    key = {name.removeprefix("artsmark_"): value for name, value in autumn.keys.items()}
    journey, promised = key["journey"], key["promised"]
    return [
        f"/artsmark-journeys/{journey}",
        f"/artsmark-journeys/{journey}/claim",
        f"/artsmark-journeys/{journey}/withdraw",
        f"/artsmark-judgements/{key['judgement']}",
        f"/artsmark-judgements/add?artsmark_journey_id={journey}",
        f"/artsmark-commitments/{key['achieved']}",
        f"/artsmark-commitments/{promised}/edit",
        *(f"/artsmark-commitments/{promised}/{step}" for step in ("achieve", "number", "quote", "case-study", "media")),
        f"/artsmark-items/{key['item']}",
        f"/artsmark-items/add?artsmark_commitment_id={promised}",
        f"/artsmark-evidence/{key['evidence']}",
        f"/artsmark-passages/{key['passage']}",
        f"/artsmark-passages/{key['passage']}/edit",
        *(f"/artsmark-statements/{journey}/{one.value}" for one in Statement),
        f"/artsmark-statements/{journey}/impact/draft",
    ]
