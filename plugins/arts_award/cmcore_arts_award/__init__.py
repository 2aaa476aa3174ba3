"""Arts Award: enrolments, advisers, evidence of each part, moderation and certificates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cmcore.api import Manifest, hookimpl

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from cmcore.api import AwardScheme, AwardStanding, Work

MANIFEST = Manifest(
    name="arts_award",
    title="Arts Award",
    version="0.1.0",
    api=1,
    maker="The maintainers of Creative Mentoring",
    about="Enrolments for Arts Award, advisers and their training, evidence "
    "of each part, what is missing, moderation and certificates.",
    rules="AA",
    sensitive="What a young person made and did for an award, and where it is kept.",
)


# ---- what it brings
@hookimpl
def cm_award_schemes() -> list[AwardScheme]:
    """Arts Award."""
    from cmcore_arts_award.scheme import SCHEME

    return [SCHEME]


# ---- what it offers
@hookimpl
def cm_award_enrolments(work: Work, people: Collection[int]) -> Iterable[AwardStanding]:
    """For which levels these young people are enrolled."""
    return []
