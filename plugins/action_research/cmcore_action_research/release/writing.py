"""A release as files: rows under pseudonyms, the codebook twice, and the manifest with the hash of everything. Pure."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from cmcore_action_research.release.columns import ANALYSES, PEOPLE, REVIEWS, SESSIONS, Column
from cmcore_action_research.release.gathering import Participant
from cmcore_action_research.release.generalising import told
from cmcore_action_research.release.pseudonyms import moved, pseudonym, shift

Row = Mapping[str, str]


def rows(people: Sequence[Participant], coarseness: Mapping[str, str], secret: str) -> dict[str, list[Row]]:
    """The rows of each file but the analyses', in the order of the pseudonyms, which tells nothing."""
    made: dict[str, list[Row]] = {PEOPLE: [], REVIEWS: [], SESSIONS: []}
    named = sorted((pseudonym(secret, one.place.young_person_id), one) for one in _by_key(people))
    for name, one in named:
        days = shift(secret, one.place.young_person_id)
        made[PEOPLE].append(_person(name, one, coarseness, days))
        made[REVIEWS] += _scores(name, one, days)
        made[SESSIONS] += [
            {
                "person": name,
                "held_on": moved(held.held_on, days),
                "minutes": str(held.minutes),
                "outcome": held.outcome,
                "place": held.place,
            }
            for held in one.sessions
        ]
    return made


def _by_key(people: Sequence[Participant]) -> Iterable[Participant]:
    seen: dict[int, Participant] = {one.place.young_person_id: one for one in people}
    return seen.values()


def _person(name: str, one: Participant, coarseness: Mapping[str, str], days: int) -> Row:
    place, enrolment, dose = one.place, one.place.enrolment, one.dose
    return {
        "person": name,
        **dict(told(one.facts, coarseness)),
        "joined_on": moved(place.joined_on, days),
        "given_on": moved(place.given_on, days),
        "started_on": moved(enrolment.started_on, days),
        "ended_on": moved(enrolment.ended_on, days),
        "planned_minutes": str(dose.planned),
        "commissioned_minutes": str(dose.commissioned),
        "received_minutes": str(dose.received),
        "received_in_time": str(dose.in_time),
        "sessions": str(dose.sessions),
    }


def _scores(name: str, one: Participant, days: int) -> list[Row]:
    given_on = one.place.given_on
    return [
        {
            "person": name,
            "review": str(number),
            "held_on": moved(review.held_on, days),
            "kind": review.kind_of_review,
            "scored_by": review.scored_by,
            "while_waiting": "yes" if given_on is None or review.held_on < given_on else "no",
            "measure_set": review.measure_set,
            "measure": score.measure,
            "score": "" if score.score is None else str(score.score),
        }
        for number, review in enumerate(one.reviews, 1)
        for score in review.scores
    ]


def as_csv(columns: Sequence[Column], found: Sequence[Row]) -> str:
    """Rows as CSV: the columns in their order, lines ended as RFC 4180 says."""
    out = io.StringIO()
    writer = csv.DictWriter(out, [one.name for one in columns], extrasaction="raise", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(found)
    return out.getvalue()


def codebook_files(columns: Sequence[Column]) -> dict[str, str]:
    """The codebook as JSON, and as CSV with a line for each code."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(("file", "column", "label", "holds", "identifies", "code", "meaning"))
    for one in columns:
        for code, meaning in one.codes or (("", ""),):
            writer.writerow(
                (one.file, one.name, one.label, one.holds, "yes" if one.identifies else "no", code, meaning)
            )
    told_json = json.dumps([one.as_data() for one in columns], ensure_ascii=False, indent=1)
    return {"codebook.csv": out.getvalue(), "codebook.json": told_json + "\n"}


def files_of(columns: Sequence[Column], found: Mapping[str, Sequence[Row]]) -> dict[str, str]:
    """Every file but the manifest, by name."""
    made = {}
    for file in (PEOPLE, REVIEWS, SESSIONS, ANALYSES):
        made[file] = as_csv([one for one in columns if one.file == file], found[file])
    return {**made, **codebook_files(columns)}


def manifest_of(files: Mapping[str, str], about: Mapping[str, Any]) -> dict[str, Any]:
    """The manifest: what the release is, the SHA-256 of each file, and of the manifest itself without that line."""
    listed = [
        {"name": name, "sha256": sha256(content), "rows": _count(name, content)} for name, content in files.items()
    ]
    told_all = {"format": "action-research-release/1", **about, "files": listed}
    return {**told_all, "sha256": sha256(_canonical(told_all))}


def written(manifest: Mapping[str, Any]) -> str:
    """The manifest as a file."""
    return json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"


def sha256(text: str) -> str:
    """The SHA-256 of a file's text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _canonical(told_all: Mapping[str, Any]) -> str:
    return json.dumps(told_all, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _count(name: str, content: str) -> int:
    return max(0, sum(1 for _ in csv.reader(io.StringIO(content))) - 1) if name.endswith(".csv") else 0


#: The day every file of an archive bears, so that the same release is the same bytes.
_WHEN = (1980, 1, 1, 0, 0, 0)


def archive(files: Mapping[str, str]) -> bytes:
    """The files as one zip; the same files give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _WHEN)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            packed.writestr(entry, files[name].encode("utf-8"))
    return out.getvalue()
