"""What the database holds of an authority that a return speaks about, loaded in four queries at most."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmcore.measures.shipped import SDQ
from cmcore.reviews.records import Review, ReviewScore
from cmcore.reviews.words import Scorer
from cmcore.virtual_schools.records import Setting
from cmcore.young_people.records import CareEpisode, YoungPerson

#: What a review that came from the return says of its source.
SOURCE = "ssda903"

PERSON = (
    "child_id",
    "born_on",
    "sex",
    "ethnicity",
    "upn",
    "upn_unknown",
    "unaccompanied_until",
    "care_status",
    "looked_after_from",
    "ceased_on",
    "died_on",
)
EPISODE = (
    "starts_on",
    "ends_on",
    "reason_new",
    "legal_status",
    "need",
    "placement",
    "provider",
    "reason_ceased",
    "placement_urn",
    "setting_id",
)


@dataclass(slots=True)
class HeldPerson:
    """A young person as held: key, reference, and the columns a return speaks about."""

    id: int
    ref: str
    values: dict[str, Any]


@dataclass(slots=True)
class HeldEpisode:
    """A care episode as held."""

    id: int
    values: dict[str, Any]


@dataclass(slots=True)
class HeldTotal:
    """An SDQ total as held: a final review of ``sdq@1`` that came from a return, with its one score."""

    id: int
    held_on: date
    kind_of_review: str
    finalised_at: datetime | None
    score: int | None
    not_scored_because: str


@dataclass
class Held:
    """Everything held that a return may change."""

    by_child_id: dict[str, HeldPerson] = field(default_factory=dict)
    by_upn: dict[str, HeldPerson] = field(default_factory=dict)
    episodes: dict[int, dict[date, HeldEpisode]] = field(default_factory=dict)
    totals: dict[int, list[HeldTotal]] = field(default_factory=dict)
    settings: dict[int, int] = field(default_factory=dict)

    @property
    def anybody(self) -> bool:
        """Whether a young person is held whom a return could name."""
        return bool(self.by_child_id or self.by_upn)


def load_held(db: Session, authority_id: int) -> Held:
    """Load what is held of an authority, within the reach of whoever asks."""
    held = Held()
    columns = [getattr(YoungPerson, name) for name in PERSON]
    asked = select(YoungPerson.id, YoungPerson.ref, *columns).where(YoungPerson.authority_id == authority_id)
    for key, ref, *values in db.execute(asked):
        person = HeldPerson(key, ref, dict(zip(PERSON, values, strict=True)))
        if person.values["child_id"]:
            held.by_child_id[person.values["child_id"]] = person
        if person.values["upn"]:
            held.by_upn[person.values["upn"]] = person
    if held.anybody:
        _load_episodes(db, authority_id, held)
        _load_totals(db, authority_id, held)
    for key, urn in db.execute(select(Setting.id, Setting.urn).where(Setting.urn.is_not(None))):
        if urn is not None:
            held.settings[urn] = key
    return held


def _load_episodes(db: Session, authority_id: int, held: Held) -> None:
    columns = [getattr(CareEpisode, name) for name in EPISODE]
    asked = select(CareEpisode.id, CareEpisode.young_person_id, *columns).where(
        CareEpisode.authority_id == authority_id
    )
    # Of two episodes from one day, which only a person can have typed, the one kept first is the one meant.
    for key, person_id, *values in db.execute(asked.order_by(CareEpisode.id)):
        episode = HeldEpisode(key, dict(zip(EPISODE, values, strict=True)))
        held.episodes.setdefault(person_id, {}).setdefault(episode.values["starts_on"], episode)


def _load_totals(db: Session, authority_id: int, held: Held) -> None:
    asked = (
        select(
            Review.id,
            Review.young_person_id,
            Review.held_on,
            Review.kind_of_review,
            Review.finalised_at,
            ReviewScore.score,
            ReviewScore.not_scored_because,
        )
        .join(ReviewScore, ReviewScore.review_id == Review.id)
        .where(
            Review.authority_id == authority_id,
            Review.measure_set == SDQ.ref,
            Review.source == SOURCE,
            Review.scored_by == Scorer.carer.value,
            Review.state == "final",
        )
        .order_by(Review.held_on, Review.id)
    )
    for key, person_id, held_on, kind, finalised_at, score, because in db.execute(asked):
        held.totals.setdefault(person_id, []).append(HeldTotal(key, held_on, kind, finalised_at, score, because))
