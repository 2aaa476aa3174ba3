"""Files handed in with answers: kept in the database under a reference, seen by whoever may see the answers."""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import select

from cmcore.answers.contents import kind_of
from cmcore.answers.records import AnswerFile, FormAnswers
from cmcore.base.findings import Finding, NotFound, refuse
from cmcore.forms import FileAnswer, Question, kinds
from cmcore.safekeeping.work import Work, action

#: The most one file may hold, in bytes, whatever its question allows.
MOST_BYTES = 50_000_000
#: The most files one set of answers may hold at a time, those waiting to be thrown away included.
MOST_FILES = 200


@action("form_answers.fill")
def keep_file(work: Work, answers: FormAnswers, name: str, content: bytes) -> FileAnswer:
    """Keep a file with answers that are filled in or corrected, and give what the form remembers of it.

    What it is, is told from its content: refuses what is not taken, a name that says something else, and too much.
    """
    if answers.state == "superseded":
        raise refuse("These answers are superseded.", way_out="Hand the file in with those that took their place.")
    called = safe_name(name)
    if len(content) > MOST_BYTES:
        raise refuse(f"“{called}” is too big.", way_out=f"Choose one under {MOST_BYTES // 1_000_000} MB.")
    kind = kind_of(called, content)
    if len(files_of(work, answers)) >= MOST_FILES:
        raise refuse("There are too many files with these answers.", way_out="Take some away first.")
    kept = _kept(work, answers, called, kind.media_type, content)
    return _as_answer(kept)


def find_file(work: Work, ref: str) -> AnswerFile:
    """The file behind a reference, for whoever may see the answers it was handed in with; otherwise not found."""
    found = work.db.scalars(select(AnswerFile).where(AnswerFile.ref == ref[:40]).limit(1)).first()
    if found is None:
        raise NotFound(AnswerFile.words[0])
    return found


def open_file(work: Work, ref: str) -> AnswerFile:
    """The same, with its content to be read; who opened it is written to the audit when the work commits."""
    found = find_file(work, ref)
    work.opened(found, "to read a file that was handed in")
    return found


def kept_file(work: Work, answers: FormAnswers, ref: str) -> FileAnswer | None:
    """What is remembered of a file of these answers, or nothing where it is another's or gone."""
    asked = select(AnswerFile).where(AnswerFile.ref == ref[:40], AnswerFile.answers_id == answers.id)
    found = work.db.scalars(asked.limit(1)).first()
    return None if found is None else _as_answer(found)


def files_of(work: Work, answers: FormAnswers) -> list[AnswerFile]:
    """The files kept with answers, the first one first."""
    asked = select(AnswerFile).where(AnswerFile.answers_id == answers.id)
    return list(work.db.scalars(asked.order_by(AnswerFile.id)))


def strangers(work: Work, answers: FormAnswers, questions: tuple[Question, ...], typed: Any) -> list[Finding]:
    """Files that are named in answers and were not handed in with them: a reference typed by hand, or gone since."""
    return [
        Finding(question.about("the file is not to be found."), place=place, way_out="Choose it again.")
        for question, place, value in _named(questions, typed, "")
        if kept_file(work, answers, value.ref) != value
    ]


def throw_away_unused(work: Work, answers: FormAnswers, *also: Mapping[str, Any]) -> None:
    """Let the files go that the answers do not name any more; ``also`` are values that name files to be kept too."""
    used = set(refs_in([answers.values, answers.left_behind, *also]))
    for file in files_of(work, answers):
        if file.ref not in used:
            work.db.delete(file)


def copied(work: Work, old: FormAnswers, new: FormAnswers, values: Any) -> Any:
    """The same values for other answers, with each file kept once more with those: each set stays whole by itself."""
    made: dict[str, str] = {}
    for ref in set(refs_in(values)):
        asked = select(AnswerFile).where(AnswerFile.ref == ref, AnswerFile.answers_id == old.id)
        if (file := work.db.scalars(asked).first()) is not None:
            made[ref] = _kept(work, new, file.name, file.media_type, file.content).ref
    return _with_refs(values, made)


def refs_in(value: Any) -> Iterator[str]:
    """Every reference of a file in values as they are kept."""
    if isinstance(value, Mapping):
        if {"ref", "name", "media_type", "size"} <= value.keys():
            yield str(value["ref"])
        for one in value.values():
            yield from refs_in(one)
    elif isinstance(value, list):
        for one in value:
            yield from refs_in(one)


def safe_name(name: str) -> str:
    """A file's name as it is kept: without folders, without signs no screen shows, at most 120 characters."""
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    shown = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C").strip(" .")
    stem, dot, ending = shown.rpartition(".")
    return f"{stem[:110]}.{ending[:9]}" if dot and stem else shown[:120] or "file"


def _kept(work: Work, answers: FormAnswers, name: str, media_type: str, content: bytes) -> AnswerFile:
    made = work.add(
        AnswerFile(
            **answers.whom(),
            answers_id=answers.id,
            ref=secrets.token_urlsafe(24),
            name=name,
            media_type=media_type,
            size=len(content),
            content=content,
            kept_at=work.clock.now(),
            kept_by=work.actor.name,
        )
    )
    work.db.flush()
    return made


def _as_answer(file: AnswerFile) -> FileAnswer:
    return FileAnswer(file.ref, file.name, file.media_type, file.size)


def _named(questions: tuple[Question, ...], answers: Any, before: str) -> Iterator[tuple[Question, str, FileAnswer]]:
    for question in questions:
        value = getattr(answers, question.key) if question.answers else None
        if isinstance(question.kind, kinds.File) and value is not None:
            yield question, before + question.key, value
        elif isinstance(question.kind, kinds.Repeated):
            for index, row in enumerate(value or ()):
                yield from _named(question.kind.questions, row, f"{before}{question.key}.{index}.")


def _with_refs(value: Any, made: Mapping[str, str]) -> Any:
    if isinstance(value, Mapping):
        changed = {key: _with_refs(one, made) for key, one in value.items()}
        return {**changed, "ref": made[value["ref"]]} if value.get("ref") in made else changed
    return [_with_refs(one, made) for one in value] if isinstance(value, list) else value
