"""The page as it leaves for the e-PEP system: by its published schema, as PDF and Word, and as harmless CSV."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from dataclasses import replace
from datetime import date

import jsonschema
import pytest
from sqlalchemy import select

from cmcore.api import Authority, NotAllowed, PepCycle, Termly, Work, YoungPerson, term_at
from cmcore.api.asks import CulturalPart
from cmcore.testing.story import Story
from cmcore_epep_culture import leaving
from cmcore_epep_culture.drafting import draft_page
from cmcore_epep_culture.editing import add_line, leave_out, lines_of
from cmcore_epep_culture.forms import LineAnswers
from cmcore_epep_culture.records import CulturePage
from cmcore_epep_culture.words import Barrier

CLUB = LineAnswers(part=CulturalPart.clubs, text="=HYPERLINK(1)", barrier=None, owner="", due_on=None)


def drafted(work: Work, story: Story) -> CulturePage:
    page = draft_page(work, work.db.scalars(select(PepCycle)).one())
    work.change(work.get(YoungPerson, story.person_id), child_id="QN4417")
    add_line(work, page, CLUB)
    add_line(work, page, replace(CLUB, part=CulturalPart.barriers, text="No bus.", barrier=Barrier.transport))
    add_line(work, page, replace(CLUB, part=CulturalPart.steps, text="Ask.", owner="R.A.", due_on=date(2027, 1, 5)))
    return page


def term(work: Work, story: Story) -> tuple[Authority, Termly]:
    authority = work.get(Authority, story.stage.authority_id)
    return authority, term_at(work, authority, work.today)


def test_the_json_keeps_to_its_published_schema_and_says_no_name(story: Story) -> None:
    with story.stage.work() as work:
        page = drafted(work, story)
        told = json.loads(leaving.page_json(work, page))
        whole = json.loads(leaving.term_json(work, *term(work, story)))
    jsonschema.Draft202012Validator.check_schema(leaving.schema())
    jsonschema.validate(told, leaving.schema(), format_checker=jsonschema.FormatChecker())
    assert whole == [told]
    assert told["young_person"] == {"reference": "WR-0001", "child_id": "QN4417"}
    assert [line["text"] for line in told["parts"]["now"]] == ["Printmaking with a creative mentor: 2 sessions."]
    assert told["parts"]["barriers"][0]["barrier"] == "transport"
    assert "Bramblewick" not in json.dumps(told)
    for broken in ({"version": 2}, {"name": "Mossy"}, {"parts": {}}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(told | broken, leaving.schema())


def test_the_csv_has_a_row_for_each_young_person_and_no_formula(story: Story) -> None:
    with story.stage.work() as work:
        page = drafted(work, story)
        leave_out(work, next(line for line in lines_of(work, page) if line.part == "interests"))
        rows = list(csv.DictReader(io.StringIO(leaving.term_csv(work, *term(work, story)).decode("utf-8-sig"))))
    assert [row["Reference"] for row in rows] == ["WR-0001"] and rows[0]["Child id"] == "QN4417"
    assert rows[0]["Clubs"] == "'=HYPERLINK(1)" and rows[0]["Interests"] == ""


def test_pdf_and_word_say_what_stands_on_the_page_and_whose_by_initials(story: Story) -> None:
    with story.stage.work() as work:
        page = drafted(work, story)
        assert leaving.page_pdf(work, page).startswith(b"%PDF")
        with zipfile.ZipFile(io.BytesIO(leaving.page_word(work, page))) as word:
            text = word.read("word/document.xml").decode()
    assert "Printmaking with a creative mentor: 2 sessions." in text and "M.B. WR-0001" in text
    assert "2 sessions with Juno Tansyhurst" in text and "Bramblewick" not in text


def test_a_page_that_is_taken_out_is_written_down_and_not_everybody_may(story: Story) -> None:
    with story.stage.work() as work:
        page_id = drafted(work, story).id
    with story.stage.work() as work:
        leaving.term_csv(work, *term(work, story))
        leaving.page_pdf(work, work.get(CulturePage, page_id))
        assert [line.why for line in work.db.info["audit"]] == ["taken out as CSV", "taken out as PDF"]
    for who in ({"role": "mentor", "mentor_id": story.mentor_id}, {"role": "referrer", "setting_id": story.setting_id}):
        with story.stage.work(**who) as work, pytest.raises(NotAllowed):  # type: ignore[arg-type]
            leaving.page_json(work, work.get(CulturePage, page_id))
