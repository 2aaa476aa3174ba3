"""What the demonstration shows: advisers, enrolments at every step, evidence of sessions, an entry with its sample."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from cmcore.api import (
    Authority,
    EducationSpell,
    MentorAuthority,
    MentoringSession,
    Setting,
    Work,
    YoungPerson,
    day,
    local,
)
from cmcore.api.asks import Outcome, SettingKind
from cmcore_arts_award.enrolling import part_of
from cmcore_arts_award.levels import code_of
from cmcore_arts_award.records import AdviserTraining, AwardAdviser, AwardBatch, AwardEnrolment, AwardPart, PartEvidence
from cmcore_arts_award.scheme import SCHEME
from cmcore_arts_award.words import Mark

#: Of so many young people each, this many are enrolled.
_ENROLLED, _OF = 3, 5
#: How far enrolments are, in turn: parts passed, and what became of it then.
_FAR = (
    (0, ""),
    (1, ""),
    (2, ""),
    (9, "assess"),
    (3, ""),
    (9, "enter"),
    (0, "begin"),
    (9, ""),
    (9, "sample"),
    (2, "withdraw"),
    (1, ""),
    (9, "enter"),
)
_PIECES = ("Sketchbook, with notes beside each page.", "A short film of the work.", "Photos of what was made.")


@dataclass
class _Made:
    """Where an enrolment is to go, and what it has so far."""

    enrolment: AwardEnrolment
    passes: int
    then: str
    parts: list[AwardPart]


def fill(work: Work, authority: Authority) -> None:
    """Enrol three of five young people, each at the level of their age, and take them as far as their turn says."""
    today: date = work.today
    advisers = _advisers(work, authority)
    places = _places(work, authority)
    learns = _where_they_learn(work, authority)
    made: list[_Made] = []
    for number, person in enumerate(_people(work, authority)):
        if number % _OF >= _ENROLLED:
            continue
        turn = len(made)
        level = SCHEME.levels[_level_for(person.age(today))]
        passes, then = _FAR[turn % len(_FAR)]
        enrolment = AwardEnrolment(
            authority_id=authority.id,
            young_person_id=person.id,
            scheme=SCHEME.key,
            level=level.key,
            arts_award_adviser_id=advisers[turn % len(advisers)].id if turn % 17 else None,
            setting_id=places[turn % len(places)].id if turn % 29 == 3 else learns.get(person.id),
            enrolled_on=today - timedelta(days=60 + 14 * (turn % 20)),
            aims_on=today + timedelta(days=30 + turn % 120) if turn % 3 else None,
            parts=len(level.parts),
            passed=0,
        )
        made.append(_Made(work.add(enrolment), min(passes, len(level.parts)), then, []))
    work.db.flush()
    for one in made:
        level = next(each for each in SCHEME.levels if each.key == one.enrolment.level)
        one.parts = [work.add(part_of(one.enrolment, part.key)) for part in level.parts]
    work.db.flush()
    held = _sessions(work, authority)
    for turn, one in enumerate(made):
        _gather(work, one, held.get(one.enrolment.young_person_id, []), advisers[turn % len(advisers)], turn)
    work.db.flush()
    _take_on(work, authority, made, {each.id: each.name for each in advisers})


def _level_for(age: int) -> int:
    """The place of the level that somebody of an age would usually begin with."""
    return 0 if age < 8 else 1 if age < 12 else 2 if age < 15 else 3 if age < 17 else 4


def _people(work: Work, authority: Authority) -> Sequence[YoungPerson]:
    asked = select(YoungPerson).where(YoungPerson.authority_id == authority.id).order_by(YoungPerson.id)
    return [one for one in work.db.scalars(asked) if 5 <= one.age(work.today) <= 24]


def _advisers(work: Work, authority: Authority) -> list[AwardAdviser]:
    mentor = work.db.scalars(
        select(MentorAuthority.mentor_id)
        .where(MentorAuthority.authority_id == authority.id)
        .order_by(MentorAuthority.mentor_id)
    ).first()
    told = (
        ("Odile Farthingdale", None, "The virtual school", "discover explore bronze silver gold", 500, None),
        ("Corin Mallowdale", None, "The virtual school", "discover explore bronze", 300, None),
        ("Senna Brackenhurst", None, "Fellgate Secure Unit", "explore bronze silver gold discover", 690, 40),
        ("Perrin Oakshott", mentor, "", "discover explore bronze silver gold", 400, None),
    )
    made = []
    for name, mentor_id, works_at, levels, days, left in told:
        adviser = work.add(
            AwardAdviser(authority_id=authority.id, name=name, mentor_id=mentor_id, works_at=works_at, left_on=None)
        )
        work.db.flush()
        codes = [code_of(SCHEME.key, level.key) for level in SCHEME.levels if level.key in levels.split()]
        work.add(
            AdviserTraining(
                authority_id=authority.id,
                arts_award_adviser_id=adviser.id,
                levels=codes,
                trained_on=work.today - timedelta(days=days),
                valid_to=work.today + timedelta(days=left) if left else None,
            )
        )
        made.append(adviser)
    # The second is trained for three levels only: the others advise on the rest.
    return [made[0], made[2], made[3], made[0]]


def _places(work: Work, authority: Authority) -> list[Setting]:
    """A secure unit and a hospital of the authority's own: advisers work with both."""
    told = (("Fellgate Secure Unit", SettingKind.secure_unit), ("Hollin Bank Hospital School", SettingKind.hospital))
    made = [
        work.add(Setting(name=name, kind_of_setting=kind.value, la_code=authority.code, added_by_id=authority.id))
        for name, kind in told
    ]
    work.db.flush()
    return made


def _where_they_learn(work: Work, authority: Authority) -> dict[int, int]:
    asked = select(EducationSpell.young_person_id, EducationSpell.setting_id).where(
        EducationSpell.authority_id == authority.id, EducationSpell.setting_id.is_not(None)
    )
    rows = work.db.execute(asked.order_by(EducationSpell.starts_on, EducationSpell.id))
    return {person: setting for person, setting in rows if setting is not None}


def _sessions(work: Work, authority: Authority) -> dict[int, list[tuple[int, date, str]]]:
    """The sessions held in the last months, by young person, the latest first."""
    table = MentoringSession
    asked = select(table.young_person_id, table.id, table.starts_at, table.art_form).where(
        table.authority_id == authority.id, table.outcome == Outcome.held, table.starts_at <= work.clock.now()
    )
    found: dict[int, list[tuple[int, date, str]]] = {}
    for person, key, starts_at, art_form in work.db.execute(asked.order_by(table.starts_at.desc())):
        if person is not None:
            found.setdefault(person, []).append((key, local(starts_at).date(), art_form))
    return found


def _gather(work: Work, one: _Made, sessions: list[tuple[int, date, str]], adviser: AwardAdviser, turn: int) -> None:
    """Evidence of the parts that are passed and of the next one, and their marks."""
    after = one.enrolment.enrolled_on
    own = [each for each in sessions if each[1] > after]
    for place, part in enumerate(one.parts):
        begun = place < one.passes or (place == one.passes and turn % 2 == 0 and one.then != "begin")
        if not begun:
            continue
        for piece in _pieces(part, own[place : place + 1], after + timedelta(days=10 + 5 * place), turn + place):
            work.add(piece)
            part.pieces += 1
        if place < one.passes:
            part.mark, part.marked_by_id = Mark.passed.value, adviser.id
            part.marked_on = min(work.today, after + timedelta(days=20 + 5 * place))
            part.found_at = f"Pages {4 * place + 1} to {4 * place + 4}"
    one.enrolment.passed = one.passes
    if one.passes and one.enrolment.arts_award_adviser_id is None:
        one.enrolment.arts_award_adviser_id = adviser.id


def _pieces(part: AwardPart, sessions: list[tuple[int, date, str]], on: date, turn: int) -> Iterator[PartEvidence]:
    own = {
        "authority_id": part.authority_id,
        "young_person_id": part.young_person_id,
        "arts_award_part_id": part.id,
        # Explore B asks for both; the other parts ask for nothing of the kind, and are not asked.
        "shows": ["artist", "organisation"]
        if part.part == "B" and turn % 7
        else ["artist"]
        if part.part == "B"
        else [],
        "kept_at": "Shared drive, portfolios",
    }
    for key, held_on, art_form in sessions:
        yield PartEvidence(
            **own,
            text=f"{art_form.capitalize() or 'Work'} with a creative mentor.",
            source_kind="session",
            source_id=key,
            source=f"Session on {day(held_on)}",
            happened_on=held_on,
        )
        return
    text = _PIECES[turn % len(_PIECES)]
    yield PartEvidence(**own, text=text, source_kind="", source_id=None, source="Written down", happened_on=on)


def _take_on(work: Work, authority: Authority, made: Sequence[_Made], names: dict[int, str]) -> None:
    """Take enrolments along their life cycle: assessed, entered, in the sample, certificated, withdrawn."""
    today: date = work.today
    entered = _batch(work, authority, _term(today - timedelta(days=120)), today - timedelta(days=120))
    now = _batch(work, authority, _term(today - timedelta(days=20)), today - timedelta(days=20))
    for number, one in enumerate(made):
        enrolment = one.enrolment
        if one.passes or any(part.pieces for part in one.parts):
            work.move(enrolment, "start", on=enrolment.enrolled_on)
        if one.then == "withdraw":
            work.move(enrolment, "withdraw", reason="Moved to another part of the country.")
            work.change(enrolment, ended_on=today)
        if one.then not in ("assess", "enter", "sample") or one.passes < len(one.parts):
            continue
        late = number % 24 < 12
        assessed_on = max(enrolment.enrolled_on + timedelta(days=45), today - timedelta(days=130 if late else 25))
        work.move(enrolment, "assess", on=min(assessed_on, today))
        by = names.get(enrolment.arts_award_adviser_id or 0, "")
        work.change(enrolment, assessed_on=min(assessed_on, today), assessed_by=by)
        level = next(each for each in SCHEME.levels if each.key == enrolment.level)
        if one.then == "assess":
            continue
        if not level.moderated:
            work.move(enrolment, "certificate")
            work.change(enrolment, ended_on=today - timedelta(days=number % 60))
            continue
        batch = now if one.then == "sample" or assessed_on > today - timedelta(days=120) else entered
        work.change(enrolment, arts_award_batch_id=batch.id)
        work.move(enrolment, "enter", on=batch.entered_on)
        if batch is entered:
            work.move(enrolment, "certificate", on=batch.results_on)
            work.change(enrolment, ended_on=batch.results_on)
        elif one.then == "sample":
            work.move(enrolment, "sample", on=now.sampled_on)


def _term(on: date) -> str:
    """What an entry is called: the term of its day."""
    return f"{'Spring' if on.month < 5 else 'Summer' if on.month < 9 else 'Autumn'} {on.year}"


def _batch(work: Work, authority: Authority, title: str, entered_on: date) -> AwardBatch:
    """An entry, its sample asked for a few days after; results of an old one are in."""
    old = (work.today - entered_on).days > 60
    batch = work.add(
        AwardBatch(
            authority_id=authority.id,
            scheme=SCHEME.key,
            title=title,
            reference=f"TCL-{entered_on:%y%m}",
            kept_at="Shared drive, portfolios",
            entered_on=entered_on,
            expected_on=entered_on + timedelta(weeks=SCHEME.certificate_weeks),
            sampled_on=entered_on + timedelta(days=9),
            upload_due_on=entered_on + timedelta(days=9 + SCHEME.sample_days),
            uploaded_on=entered_on + timedelta(days=20) if old else None,
            results_on=entered_on + timedelta(days=50) if old else None,
        )
    )
    work.db.flush()
    for step in ("enter", "sample", *(("upload", "close") if old else ())):
        work.move(batch, step, on=entered_on)
    return batch
