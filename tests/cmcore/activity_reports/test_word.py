"""Activity reports as Word documents: filled as text, in a template that is looked through and can run nothing."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from docx import Document

from cmcore.activity_reports.actions import draw_up_report
from cmcore.activity_reports.forms import ActivityReportAnswers
from cmcore.activity_reports.records import ActivityReport
from cmcore.activity_reports.shipped_word import shipped_template
from cmcore.activity_reports.word import (
    _EXAMPLE,
    FIELDS,
    own_template,
    replace_template,
    report_word,
    take_template_away,
)
from cmcore.base.findings import NotAllowed, Refused
from cmcore.exchange.documents.word_template import MOST_BYTES, check_template, fill_template
from cmcore.sessions.forms import ImpactAnswers
from cmcore.testing import Stage, refused
from cmcore.testing.story import Story


def template(*lines: str) -> bytes:
    """A Word document with these paragraphs."""
    made, out = Document(), BytesIO()
    for line in lines:
        made.add_paragraph(line)
    made.save(out)
    return out.getvalue()


def lines_of(content: bytes) -> list[str]:
    """The paragraphs of a Word document."""
    return [one.text for one in Document(BytesIO(content)).paragraphs]


def with_part(name: str, content: bytes, base: bytes | None = None) -> bytes:
    """A template with one part more."""
    out = BytesIO(base or template("{{ mentor }}"))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(name, content, zipfile.ZIP_DEFLATED, compresslevel=1)
    return out.getvalue()


def findings(content: bytes) -> list[str]:
    with pytest.raises(Refused) as told:
        check_template(content, FIELDS, _EXAMPLE)
    return [f"{one.message} {one.way_out}" for one in told.value.findings]


def test_the_template_that_comes_along_passes_its_own_checks() -> None:
    check_template(shipped_template(), FIELDS, _EXAMPLE)


def test_every_field_that_nobody_fills_is_named_with_the_one_that_may_be_meant() -> None:
    told = findings(
        template("{{ metnor }}", "{{ session.done }}", "{%p for one in sessions %}", "{{ one.dun }}", "{%p endfor %}")
    )
    assert [one.split("”")[0].split("“")[1] for one in told] == ["metnor", "session", "one.dun"]
    assert "Is “mentor” meant?" in told[0] and "Is “sessions” meant?" in told[1] and "Is “done” meant?" in told[2]


@pytest.mark.parametrize(
    "line",
    [
        "{{ mentor.__class__ }}",
        "{{ mentor.upper() }}",
        "{{ ''.__class__.__mro__ }}",
        "{{ sessions[0] }}",
        "{{ range(9) }}",
        "{{ 'a' * 999999999 }}",
        "{{ mentor ~ mentor }}",
        "{% set x = 1 %}",
        "{% for a in sessions %}{% for b in sessions %}{% for c in sessions %}{% for d in sessions %}x"
        "{% endfor %}{% endfor %}{% endfor %}{% endfor %}",
        "{% for a in 'abc' %}x{% endfor %}",
        "{% macro m() %}{% endmacro %}",
        "{% include 'x' %}",
        "{% import 'x' as y %}",
        "{{ mentor|attr('x') }}",
        "{{ self }}",
        "{{ lipsum }}",
        "{{ cycler }}",
    ],
)
def test_a_template_shows_fields_and_does_nothing_else(line: str) -> None:
    assert findings(template("{{ mentor }}", line))


def test_what_cannot_be_read_is_refused_in_a_sentence() -> None:
    for line in ("{{ mentor", "{% if mentor %}", "{% for %}", "{{ mentor }"):
        check_or_refuse(template(line))


def check_or_refuse(content: bytes) -> None:
    try:
        check_template(content, FIELDS, _EXAMPLE)
    except Refused as told:
        assert all(one.message.endswith(".") and one.way_out for one in told.findings)


_OUTSIDE = (
    b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b'<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" '
    b'Target="https://elsewhere.invalid/x" TargetMode="External"/></Relationships>'
)


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (bytes, "no Word document"),
        (lambda: b"PK\x03\x04", "no Word document"),
        (lambda: b"x" * (MOST_BYTES + 1), "over 5 MB"),
        (lambda: with_part("word/vbaProject.bin", b"x"), "macros"),
        (lambda: with_part("word/embeddings/object.bin", b"x"), "another program's objects"),
        (
            lambda: with_part("word/_rels/settings.xml.rels", _OUTSIDE % b"attachedTemplate"),
            "links to a file elsewhere",
        ),
        (lambda: with_part("word/_rels/header9.xml.rels", _OUTSIDE % b"image"), "links to a file elsewhere"),
        (lambda: with_part("word/media/big.png", bytes(51_000_000)), "far too much"),
    ],
    ids=["empty", "cut off", "big", "macros", "object", "template elsewhere", "picture elsewhere", "bomb"],
)
def test_a_file_that_is_no_plain_word_document_is_refused(made: Callable[[], bytes], words: str) -> None:
    assert words in findings(made())[0]


def test_what_people_wrote_stays_text() -> None:
    nasty = 'She said <w:p/> & "{{ mentor }}" {% if %}\nand a second line\x0b\x00 ]]>'
    made = fill_template(template("Told: {{ summary }}"), FIELDS, {**_EXAMPLE, "summary": nasty})
    assert lines_of(made) == ['Told: She said <w:p/> & "{{ mentor }}" {% if %}\nand a second line ]]>']


@pytest.fixture
def report(stage: Stage) -> tuple[Story, int]:
    """A report of one session."""
    made = Story.begin(stage)
    stage.on(date(2026, 10, 1))
    with stage.work("operator") as work:
        made.started(work)
    stage.on(date(2026, 11, 10))
    seen = [ImpactAnswers(measure="confidence", note="Showed it to the class.", expected=True)]
    with stage.work("operator") as work:
        made.logged(work, date(2026, 10, 8), done="Printed <b>two</b> colours & more.", impact=seen)
        days = ActivityReportAnswers(commission_id=1, starts_on=date(2026, 10, 1), ends_on=date(2026, 10, 31))
        return made, draw_up_report(work, days).id


def test_a_report_is_filled_in_with_initials_and_never_a_name(report: tuple[Story, int], stage: Stage) -> None:
    with stage.work() as work:
        found = work.get(ActivityReport, report[1])
        told = lines_of(report_word(work, found))
        person = found.young_person
        assert person is not None
        assert f"Activity report: {person.initials} {person.ref}" in told
        assert "Printed <b>two</b> colours & more." in told and "Confidence: Showed it to the class." in told
        assert person.family_name not in "\n".join(told)


def test_an_authority_uses_its_own_template_until_it_is_taken_away(report: tuple[Story, int], stage: Stage) -> None:
    with stage.work() as work:
        replace_template(work, stage.authority_id, template("Ours: {{ report }}"))
    with stage.work() as work:
        found = work.get(ActivityReport, report[1])
        assert lines_of(report_word(work, found)) == [f"Ours: {found.ref}"]
        replace_template(work, stage.authority_id, template("Newer: {{ report }}"))
        assert lines_of(report_word(work, found)) == [f"Newer: {found.ref}"]
    with stage.work() as work, refused(None, "there is no such field"):
        replace_template(work, stage.authority_id, template("{{ surname }}"))
    with stage.work("mentor", mentor_id=1) as work, pytest.raises(NotAllowed):
        replace_template(work, stage.authority_id, template("{{ report }}"))
    other = stage.authority("991", "Quillshire", "QU")
    with stage.work(authority_id=other) as work:
        assert own_template(work, stage.authority_id) is None and own_template(work, other) is None
    with stage.work() as work:
        take_template_away(work, stage.authority_id)
    with stage.work() as work, refused(None, "There is no template of your own"):
        take_template_away(work, stage.authority_id)
