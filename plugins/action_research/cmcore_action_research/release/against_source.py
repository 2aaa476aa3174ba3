"""A release held against the records it came from: no name, no day as it was, and the time between days kept.

It makes the pseudonyms itself from the secret, in its own way, so that a fault in the maker is no fault here too.
"""

from __future__ import annotations

import csv
import hashlib
import hmac
import io
import re
from base64 import b32encode
from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import select

from cmcore.api import (
    Enrolment,
    Mentor,
    MentoringSession,
    Review,
    Setting,
    SupportingAdult,
    Work,
    YoungPerson,
    among,
    local,
)
from cmcore_action_research.people_records import StudyPlace
from cmcore_action_research.release.checker import Checked, check
from cmcore_action_research.release_records import ReleaseKey, StudyRelease

_WORD = re.compile(r"[^\W\d_]{2,}")


def check_against(work: Work, release: StudyRelease, files: Mapping[str, bytes]) -> Checked:
    """Everything :func:`check` looks at, and the records too. Whoever asks must reach the key of the release."""
    made = check(files)
    key = work.db.scalar(select(ReleaseKey).where(ReleaseKey.action_research_release_id == release.id))
    if key is None:
        made.wrong.append("The key of the release is not within reach.")
        return made
    if f'"{release.content_hash}"'.encode() not in files.get("manifest.json", b""):
        made.wrong.append("It is not the release that is kept here: the hash of its manifest is another.")
    people = {one.id: one for one in work.db.scalars(select(YoungPerson).where(among(YoungPerson.id, set(key.people))))}
    named = {_called(key.secret, each): each for each in key.people}
    tables = {name: _rows(content) for name, content in files.items() if name.endswith(".csv")}
    if {row["person"] for row in tables.get("people.csv", ())} != set(named):
        made.wrong.append("people.csv: the pseudonyms are not those of the young people of the release.")
    _days(made, work, key, named, tables)
    _names(made, _telling(work, people.values()), tables)
    made.told.append(f"{len(people)} young people against their records")
    return made


def _rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8", "replace"), newline="")))


def _called(secret: str, person_id: int) -> str:
    mac = hmac.digest(bytes.fromhex(secret), f"person {person_id}".encode(), hashlib.sha256)
    return "P-" + b32encode(mac)[:12].decode()


def _days(
    made: Checked, work: Work, key: ReleaseKey, named: Mapping[str, int], tables: Mapping[str, list[dict[str, str]]]
) -> None:
    """Every day is the true one moved by the same number of days for each person, and by none for nobody."""
    true = _true_days(work, key)
    looked = 0
    apart: dict[str, set[int]] = {}
    for file in ("people.csv", "reviews.csv", "sessions.csv"):
        at: dict[str, int] = {}
        for row in tables.get(file, ()):
            person = named.get(row["person"])
            for name, told in ((one, row[one]) for one in row if one.endswith("_on")):
                number = at.get(f"{file} {row['person']}", 0)
                known = _of(true, person, file, name, row, number)
                if (known is None) != (told == ""):
                    made.wrong.append(f"{file}, {name}: a day is there that the records do not have, or is missing.")
                elif known is not None:
                    looked += 1
                    apart.setdefault(row["person"], set()).add((date.fromisoformat(told) - known).days)
            at[f"{file} {row['person']}"] = at.get(f"{file} {row['person']}", 0) + 1
    if any(0 in days for days in apart.values()):
        made.wrong.append("A day of somebody stands in it as it was.")
    if any(len(days) > 1 for days in apart.values()):
        made.wrong.append("The time between two days of somebody is not what it was.")
    if len(apart) > 9 and len({min(days) for days in apart.values()}) == 1:
        made.wrong.append("Everybody's days are moved by the same number of days.")
    made.told.append(f"{looked} days, and the time between them")


def _true_days(work: Work, key: ReleaseKey) -> dict[tuple[int, str], list[date | None]]:
    """The days of each young person as they were, by file and column."""
    people = set(key.people)
    found: dict[tuple[int, str], list[date | None]] = {}
    release = work.get(StudyRelease, key.action_research_release_id)
    asked = (
        select(StudyPlace, Enrolment)
        .join(Enrolment, Enrolment.id == StudyPlace.enrolment_id)
        .where(StudyPlace.action_research_study_id == release.action_research_study_id)
    )
    enrolments = {}
    for place, enrolment in work.db.execute(asked):
        if place.young_person_id not in people:
            continue
        enrolments[enrolment.id] = place.young_person_id
        for name, on in (
            ("joined_on", place.joined_on),
            ("given_on", place.given_on),
            ("started_on", enrolment.started_on),
            ("ended_on", enrolment.ended_on),
        ):
            found[place.young_person_id, f"people.csv {name}"] = [on]
    reviews = select(Review).where(among(Review.enrolment_id, set(enrolments)), Review.state == "final")
    for review in work.db.scalars(reviews.order_by(Review.held_on, Review.id)):
        found.setdefault((review.young_person_id, "reviews.csv held_on"), []).append(review.held_on)
    sessions = select(MentoringSession.enrolment_id, MentoringSession.starts_at).where(
        among(MentoringSession.enrolment_id, set(enrolments)), MentoringSession.outcome.is_not(None)
    )
    for enrolment_id, starts_at in work.db.execute(sessions.order_by(MentoringSession.starts_at)):
        own = found.setdefault((enrolments[enrolment_id], "sessions.csv held_on"), [])
        own.append(local(starts_at).date())
    return found


def _of(
    true: Mapping[tuple[int, str], list[date | None]],
    person: int | None,
    file: str,
    name: str,
    row: Mapping[str, str],
    number: int,
) -> date | None:
    known = true.get((person or 0, f"{file} {name}"), [])
    at = int(row["review"]) - 1 if file == "reviews.csv" else number
    return known[at] if 0 <= at < len(known) else None


def _telling(work: Work, people: Iterable[YoungPerson]) -> set[str]:
    """Names and references of the young people, and of those around them, their mentors and schools."""
    given = list(people)
    keys = {one.id for one in given}
    found = {
        part
        for one in given
        for part in (one.given_name, one.family_name, one.preferred_name, one.ref, one.upn, one.child_id, one.phone)
        if part
    }
    found |= set(work.db.scalars(select(SupportingAdult.name).where(among(SupportingAdult.young_person_id, keys))))
    found |= set(
        work.db.scalars(
            select(Mentor.name)
            .join(MentoringSession, MentoringSession.mentor_id == Mentor.id)
            .where(among(MentoringSession.young_person_id, keys))
        )
    )
    found |= set(work.db.scalars(select(Setting.name).limit(20_000)))
    return {one.casefold().strip() for one in found if one and one.strip()}


def _names(made: Checked, telling: set[str], tables: Mapping[str, list[dict[str, str]]]) -> None:
    """No value is one of these, nor has one of their words in it where it is no word of the software's own."""
    values = {
        value for name, rows in tables.items() if name != "codebook.csv" for row in rows for value in row.values()
    }
    words = {part for one in telling for part in _WORD.findall(one) if len(part) > 2}
    ours = {part for row in tables.get("codebook.csv", ()) for part in _WORD.findall(row["meaning"].casefold())}
    for value in sorted(values):
        said = value.casefold().strip()
        inside = set(_WORD.findall(said.replace("_", " ").replace("-", " "))) & (words - ours)
        if said and (said in telling or (inside and not value.startswith("P-"))):
            made.wrong.append("A name or a reference of the records stands in it.")
            return
