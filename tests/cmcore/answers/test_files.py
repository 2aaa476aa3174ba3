"""Files handed in: told by their content, kept with their answers, seen by who may see those."""

from __future__ import annotations

import io
import zipfile

import pytest
from sqlalchemy import func, select

from cmcore.answers.contents import kind_of
from cmcore.answers.files import find_file, keep_file, open_file, safe_name
from cmcore.answers.filling import begin_again, correct, discard, finish, save_draft
from cmcore.answers.records import AnswerFile, FormAnswers
from cmcore.base.findings import NotAllowed, NotFound
from cmcore.testing import Stage, refused
from tests.cmcore.answers.wrenshire import GOOD, PNG, begun, person, published, told


def packed(*names: str, mimetype: str = "") -> bytes:
    """A document that is packed as a zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        if mimetype:
            made.writestr("mimetype", mimetype)
        for name in names:
            made.writestr(name, "x")
    return out.getvalue()


@pytest.fixture
def visits(stage: Stage) -> Stage:
    """The form is in force."""
    with stage.work() as work:
        published(work, stage)
    return stage


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("day.png", PNG, "image/png"),
        ("day.JPG", b"\xff\xd8\xff\xe0" + b"x" * 20, "image/jpeg"),
        ("page.pdf", b"%PDF-1.7\n", "application/pdf"),
        ("notes.txt", "Café, then the mill.".encode(), "text/plain"),
        ("song.mp3", b"ID3\x04", "audio/mpeg"),
        ("film.mp4", b"\x00\x00\x00\x18ftypisom", "video/mp4"),
        ("picture.heic", b"\x00\x00\x00\x18ftypheic", "image/heic"),
        ("letter.odt", packed(mimetype="application/vnd.oasis.opendocument.text"), "application/vnd.oasis"),
        ("letter.docx", packed("word/document.xml"), "application/vnd.openxmlformats"),
    ],
)
def test_what_is_taken_is_told_by_its_content(name: str, content: bytes, media_type: str) -> None:
    assert kind_of(name, content).media_type.startswith(media_type)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("day.png", b"%PDF-1.7\n", "is a PDF by what is in it"),
        ("day.png", b"", "is empty"),
        ("run.pdf", b"MZ\x90\x00", "not taken here"),
        ("page.txt", b"<html><script>", "not taken here"),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "not taken here"),
        ("sums.xlsx", packed("xl/workbook.xml", "xl/vbaProject.bin"), "macros"),
        ("bundle.zip", packed("anything"), "not taken here"),
        ("broken.docx", b"PK\x03\x04 and then nothing", "not taken here"),
        ("drawing.svg", b'<svg xmlns="http://www.w3.org/2000/svg"/>', "not taken here"),
    ],
)
def test_what_is_not_taken_is_refused_in_a_sentence(name: str, content: bytes, words: str) -> None:
    with refused(None, words):
        kind_of(name, content)


def test_a_name_is_kept_without_folders_and_signs_nobody_sees() -> None:
    assert safe_name("C:\\Users\\me\\day\u202e.png") == "day.png"
    assert safe_name("../../etc/passwd") == "passwd"
    assert len(safe_name("x" * 300 + ".png")) <= 120 and safe_name("x" * 300 + ".png").endswith(".png")


def test_a_file_is_kept_with_its_answers_and_the_unused_ones_go_when_they_are_finished(visits: Stage) -> None:
    with visits.work() as work:
        answers = begun(work, visits)
        first, second = keep_file(work, answers, "one.png", PNG), keep_file(work, answers, "two.png", PNG)
        save_draft(work, answers, GOOD | {"picture": second})
        assert work.db.scalar(select(func.count()).select_from(AnswerFile)) == 2
        finish(work, answers)
    with visits.work() as work:
        assert find_file(work, second.ref).name == "two.png" and open_file(work, second.ref).content == PNG
        with pytest.raises(NotFound):
            find_file(work, first.ref)


def test_a_reference_typed_by_hand_is_no_file(visits: Stage) -> None:
    with visits.work() as work:
        other = keep_file(work, begun(work, visits), "one.png", PNG)
        answers = begun(work, visits)
        with refused(None, "A picture of the day: the file is not to be found."):
            finish(work, answers, GOOD | {"picture": other})


def test_an_ending_the_question_does_not_take_is_refused(visits: Stage) -> None:
    with visits.work() as work:
        answers = begun(work, visits)
        pdf = keep_file(work, answers, "day.pdf", b"%PDF-1.7\n")
        with refused(None, "another kind of file"):
            finish(work, answers, GOOD | {"picture": pdf})


def test_a_file_is_found_by_who_may_see_the_answers_and_nobody_else(stage: Stage) -> None:
    story = told(stage)
    other = stage.authority("991", "Quillshire", "QU")
    with stage.work() as work:
        ref = keep_file(work, begun(work, stage, person(work, story)), "day.png", PNG).ref
    with stage.work("mentor", mentor_id=story.mentor_id) as work:
        assert find_file(work, ref).size == len(PNG)
    for who in ({"role": "mentor", "mentor_id": 999}, {"role": "evaluator"}, {"authority_id": other}):
        with stage.work(**who) as work, pytest.raises(NotFound):  # type: ignore[arg-type]
            find_file(work, ref)
    with stage.work("finance") as work, pytest.raises(NotAllowed):
        keep_file(work, FormAnswers(authority_id=stage.authority_id), "day.png", PNG)


def test_a_file_stays_with_what_stood_before_a_correction_and_is_copied_to_answers_begun_again(visits: Stage) -> None:
    with visits.work() as work:
        answers = begun(work, visits)
        old = keep_file(work, answers, "old.png", PNG)
        finish(work, answers, GOOD | {"picture": old})
        new = keep_file(work, answers, "new.png", PNG)
        correct(work, answers, GOOD | {"picture": new}, reason="The wrong picture.")
        again = begin_again(work, answers)
        assert again.values["picture"]["ref"] not in (old.ref, new.ref)
        finish(work, again)
    with visits.work() as work:
        assert {find_file(work, ref).name for ref in (old.ref, new.ref)} == {"old.png", "new.png"}


def test_a_draft_takes_its_files_with_it(visits: Stage) -> None:
    with visits.work() as work:
        answers = begun(work, visits)
        keep_file(work, answers, "one.png", PNG)
        discard(work, answers)
        work.db.flush()
        assert work.db.scalar(select(func.count()).select_from(AnswerFile)) == 0
