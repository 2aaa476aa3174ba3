"""Forms in the console: found, begun, saved, kept while typed, finished, corrected, brought back, taken out."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import select

from cmcore.answers.editions import publish
from cmcore.answers.filling import finish
from cmcore.answers.records import FormAnswers
from cmcore.exchange.workbook.form_sheet import read_sheet, write_sheet
from cmcore.young_people.records import YoungPerson
from console import accounts, server_sessions
from console.server_sessions import TYPED as TYPED_AT
from tests.cmcore.answers.wrenshire import GOOD, KEY, PNG, VISIT, begun, newer
from tests.console.autumn import Autumn
from tests.console.visitor import Visitor

PRESSED = {"cm-press.draft": "1"}

#: What the page of the form sends.
TYPED = {"place": "Pennywick Mill", "held_on.day": "3", "held_on.month": "11", "held_on.year": "2026", "people": "7"}


@pytest.fixture
def visits(autumn: Autumn) -> Autumn:
    """The form is in force."""
    with autumn.stage.work("operator") as work:
        publish(work, VISIT, authority_id=autumn.stage.authority_id, source="workbook")
    return autumn


def address(autumn: Autumn, *more: str) -> str:
    return "/".join(("/forms", str(autumn.stage.authority_id), KEY, *more))


def at(visitor: Visitor) -> str:
    """Where one was sent."""
    assert visitor.status == 303, re.sub(r"<[^>]+>", " ", visitor.page)[-1500:]
    return str(visitor.answer.location)


def began(visitor: Visitor, autumn: Autumn, person: int | None = None) -> str:
    """Begin the form; gives where it is filled in."""
    there = address(autumn, "begin")
    visitor.opens(there).sends(there, young_person_id=str(person or ""))
    return at(visitor)


def version_on(page: str) -> str:
    found = re.search(r'name="cm-version" value="(\d+)"', page)
    assert found is not None
    return found.group(1)


def saved(visitor: Visitor, there: str, **typed: Any) -> Visitor:
    """Press "Save and come back"."""
    visitor.opens(there)
    return visitor.sends(there, **{"cm-version": version_on(visitor.page)}, **PRESSED, **typed)


def kept(autumn: Autumn, number: int | None = None) -> FormAnswers:
    with autumn.stage.work("operator") as work:
        asked = select(FormAnswers).order_by(FormAnswers.id.desc())
        found = work.db.scalars(asked).first() if number is None else work.get(FormAnswers, number)
        assert found is not None and found.edition.number
        return found


def test_the_forms_are_listed_by_who_brought_them(visits: Autumn, shipped: Flask) -> None:
    page = visits.visitor(shipped).opens("/forms/").page
    assert page.index("Come with the software") < page.index("My page")
    assert page.index("Drawn up here") < page.index(">Visit<")
    assert "none yet" in page


def test_a_form_says_what_it_asks_and_what_can_be_done_with_it(visits: Autumn, shipped: Flask) -> None:
    page = visits.visitor(shipped).opens(address(visits)).page
    for words in ("Fill it in", "Save an empty sheet", "Save as an empty PDF", "Export the answers", "Where was it?"):
        assert words in page


def test_a_form_is_filled_in_over_two_sittings_and_finished(visits: Autumn, shipped: Flask) -> None:
    hester = visits.visitor(shipped)
    there = began(hester, visits, visits.main.person_id)
    assert at(saved(hester, there, place="Pennywick Mill", people="about seven")) == there.removesuffix("/fill")
    assert "Go on filling in" in hester.opens(there.removesuffix("/fill")).page
    assert 'value="about seven"' in hester.opens(there).page
    hester.sends(there, **{"cm-version": version_on(hester.page)}, **TYPED)
    assert "Finished. Thank you." in hester.opens(at(hester)).page
    assert "3 November 2026" in hester.page
    assert kept(visits).young_person_id == visits.main.person_id


def test_what_is_missing_is_said_beside_its_question_and_the_draft_is_kept_all_the_same(
    visits: Autumn, shipped: Flask
) -> None:
    hester = visits.visitor(shipped)
    there = began(hester, visits)
    hester.opens(there).sends(there, **{"cm-version": version_on(hester.page)}, place="Pennywick Mill")
    assert hester.status == 422 and "When was it?" in hester.page
    assert kept(visits).values == {"place": "Pennywick Mill"} and kept(visits).state == "draft"
    hester.sends(there, **{"cm-version": version_on(hester.page)}, **TYPED)
    assert "Finished" in hester.opens(at(hester)).page


def test_a_script_keeps_the_draft_while_somebody_types(visits: Autumn, shipped: Flask) -> None:
    hester = visits.visitor(shipped)
    there = began(hester, visits)
    hester.opens(there)
    form = {"cm-version": version_on(hester.page), "cm-autosave": "1", "place": "Pennywick"}
    told = hester.sends(there, **form).answer.json
    assert told is not None and told["at"] == "12:00" and kept(visits).values == {"place": "Pennywick"}
    again = hester.opens(there).sends(there, **form | {"place": "Elsewhere"}).answer
    assert again.status_code == 409 and kept(visits).values == {"place": "Pennywick"}


def test_two_people_on_one_draft_lose_nothing(visits: Autumn, shipped: Flask) -> None:
    hester, imogen = visits.visitor(shipped), visits.visitor(shipped, "head")
    there = began(hester, visits)
    opened = version_on(hester.opens(there).page)
    saved(imogen, there, place="Mossgrave", people="4")
    hester.opens(there)
    old = {"cm-version": opened, "cm-was": "{}", "cm-press.draft": "1"}
    hester.sends(there, **old, place="Pennywick", people="many")
    assert hester.status == 409
    assert "Mossgrave" in hester.page and "Pennywick" in hester.page and "many" in hester.page
    hidden = dict(re.findall(r'name="(cm-[a-z]+|cm-press\.draft)" value="([^"]*)"', hester.page))
    hidden = {name: value.replace("&#34;", '"') for name, value in hidden.items()}
    assert at(hester.sends(there, **hidden, **{"cm-keep.place": "theirs", "cm-keep.people": "yours"}))
    assert kept(visits).values == {"place": "Mossgrave", "people": "many"}


def test_what_was_sent_after_the_sign_in_had_ended_is_there_again(visits: Autumn, shipped: Flask) -> None:
    hester = visits.visitor(shipped)
    there = began(hester, visits)
    saved(hester, there, place="Pennywick")
    hester.opens(there)
    opened = version_on(hester.page)
    visits.stage.clock.at += timedelta(hours=2)
    hester.sends(there, **{"cm-version": opened, "cm-autosave": "1"}, place="Pennywick Mill, on foot")
    assert "/sign-in" in at(hester)
    assert kept(visits).values == {"place": "Pennywick"}
    fresh = signed_in_again(visits, shipped)
    page = fresh.opens(there).page
    assert "This is what you had typed when you were signed out" in page and "Pennywick Mill, on foot" in page
    assert at(fresh.sends(there, **{"cm-version": version_on(fresh.page)}, **PRESSED, place="Pennywick Mill, on foot"))
    assert kept(visits).values == {"place": "Pennywick Mill, on foot"}


def test_what_waits_for_somebody_keeps_every_answer_and_no_password(visits: Autumn) -> None:
    engine, now, account = visits.stage.engine, visits.stage.clock.now(), visits.accounts["coordinator"]
    sent = [("again", "yes"), ("new", "A lino cut"), ("old", "14"), ("password", "lantern"), ("csrf_token", "t")]
    assert server_sessions.keep_typed(engine, account, "/answers/1/fill", sent, now)
    assert server_sessions.take_typed(engine, account).to_dict() == {"again": "yes", "new": "A lino cut", "old": "14"}


def signed_in_again(autumn: Autumn, app: Flask) -> Visitor:
    """The coordinator in a session of its own, as signing in makes one: it knows which page waits."""
    engine, now, account = autumn.stage.engine, autumn.stage.clock.now(), autumn.accounts["coordinator"]
    waits = {TYPED_AT: server_sessions.waiting(engine, account, now)}
    visitor = Visitor(app)
    return visitor.holds(accounts.begin_session(engine, account, now, timedelta(hours=12), waits))


def test_a_file_is_told_by_its_content_and_found_by_who_may_see_the_answers(visits: Autumn, shipped: Flask) -> None:
    hester = visits.visitor(shipped)
    there = began(hester, visits, visits.main.person_id)
    hester.opens(there)
    wrong = (io.BytesIO(b"MZ\x90\x00 not a picture"), "day.png")
    hester.sends(there, **{"cm-version": version_on(hester.page)}, **PRESSED, place="Pennywick", picture=wrong)
    assert hester.status == 422 and "not taken here" in hester.page
    right = (io.BytesIO(PNG), "day.png")
    hester.sends(there, **{"cm-version": version_on(hester.page)}, **PRESSED, place="Pennywick", picture=right)
    page = hester.opens(at(hester)).page
    link = re.search(r'href="(/answers/file/[^"]+)">day.png', page)
    assert link is not None
    got = hester.opens(link.group(1)).answer
    assert got.data == PNG and "attachment" in got.headers["Content-Disposition"] and got.mimetype == "image/png"
    assert visits.visitor(shipped, "mentor").opens(link.group(1)).status == 200
    for who in ("finance", "evaluator", "administrator", "elsewhere"):
        assert visits.visitor(shipped, who).opens(link.group(1)).status in (403, 404), who


def test_another_authority_and_another_role_find_nothing(visits: Autumn, shipped: Flask) -> None:
    hester = visits.visitor(shipped)
    there = began(hester, visits, visits.main.person_id)
    neighbour = visits.visitor(shipped, "elsewhere")
    for one in (there, there.removesuffix("/fill"), there.replace("/fill", "/pdf"), address(visits)):
        assert neighbour.opens(one).status == 404, one
    assert visits.visitor(shipped, "finance").opens(there).status == 403
    assert visits.visitor(shipped, "mentor").opens(there).status == 403


def test_a_draft_is_taken_over_to_the_edition_in_force(visits: Autumn, shipped: Flask) -> None:
    hester = visits.visitor(shipped)
    there = began(hester, visits)
    saved(hester, there, place="Pennywick", people="7")
    with visits.stage.work("operator") as work:
        publish(work, newer(), authority_id=visits.stage.authority_id, source="workbook")
    page = hester.opens(there).page
    assert "Edition 2 of this form is in force since you began." in page
    page = hester.opens(at(hester.sends(there.replace("/fill", "/carry-over")))).page
    assert "What this edition no longer asks" in page and "How many came?" in page and 'value="Pennywick"' in page


def test_finished_answers_are_corrected_with_a_reason_and_answered_again(visits: Autumn, shipped: Flask) -> None:
    with visits.stage.work("coordinator") as work:
        key = finish(work, begun(work, visits.stage), GOOD).id
    hester, here = visits.visitor(shipped), f"/answers/{key}"
    there = f"{here}/correct"
    assert "Correct it" in hester.opens(here).page
    hester.opens(there)
    opened = {"cm-version": version_on(hester.page)}
    hester.sends(there, **opened, **TYPED | {"people": "8"})
    assert hester.status == 422 and "What was wrong" in hester.page
    hester.sends(there, **opened, **TYPED | {"people": "8"}, why_corrected="Counted again.")
    page = hester.opens(at(hester)).page
    assert "Corrected. What stood before is kept." in page and "Counted again." in page
    stood = re.search(r'href="(/answers/\d+/stood/1)"', page)
    assert stood is not None and re.search(r"How many came\?</dt><dd>\s*7", hester.opens(stood.group(1)).page)
    again = at(hester.opens(f"{here}/again").sends(f"{here}/again"))
    assert 'value="Pennywick Mill"' in hester.opens(again).page


def test_answers_and_blank_forms_are_printed(visits: Autumn, shipped: Flask) -> None:
    with visits.stage.work("coordinator") as work:
        key = finish(work, begun(work, visits.stage), GOOD).id
    hester = visits.visitor(shipped)
    for there in (address(visits, "pdf"), f"/answers/{key}/pdf"):
        assert hester.opens(there).answer.data.startswith(b"%PDF"), there


def test_a_sheet_is_taken_away_filled_in_and_brought_back_as_a_draft(visits: Autumn, shipped: Flask) -> None:
    hester = visits.visitor(shipped)
    assert load_workbook(io.BytesIO(hester.opens(address(visits, "sheet")).answer.data)).sheetnames
    there = address(visits, "sheet-in")
    hester.opens(there).sends(there, sheet=(io.BytesIO(b"no workbook"), "visit.xlsx"))
    assert hester.status == 422
    filled = write_sheet(VISIT, {"place": "Pennywick Mill", "people": 7})
    page = hester.sends(there, sheet=(io.BytesIO(filled), "visit.xlsx"))
    page = hester.opens(at(hester)).page
    assert 'value="Pennywick Mill"' in page and "2 answers came from the sheet." in page


def test_answers_leave_as_a_sheet_and_begin_a_draft_when_they_come_back(visits: Autumn, shipped: Flask) -> None:
    with visits.stage.work("coordinator") as work:
        key = finish(work, begun(work, visits.stage), GOOD).id
    hester, there = visits.visitor(shipped), address(visits, "sheet-in")
    assert f'href="/answers/{key}/sheet"' in hester.opens(f"/answers/{key}").page
    blob = hester.opens(f"/answers/{key}/sheet").answer.data
    assert read_sheet(VISIT, blob).raw["place"] == GOOD["place"]
    hester.opens(there).sends(there, sheet=(io.BytesIO(blob), "visit.xlsx"))
    assert "came from the sheet. Look it over." in hester.opens(at(hester)).page


def test_a_cell_of_a_sheet_that_could_not_be_read_is_named(visits: Autumn, shipped: Flask) -> None:
    book = load_workbook(io.BytesIO(write_sheet(VISIT, {"place": "Pennywick Mill"})))
    sheet = book["Form"]
    row = next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 2).value == VISIT.question("people").label)
    sheet.cell(row, 4).value = "=3+4"
    saved = io.BytesIO()
    book.save(saved)
    hester, there = visits.visitor(shipped), address(visits, "sheet-in")
    hester.opens(there).sends(there, sheet=(io.BytesIO(saved.getvalue()), "visit.xlsx"))
    page = hester.opens(at(hester)).page
    assert "visit.xlsx, row" in page and f"D{row} holds a formula. Write the answer itself in its place." in page


def test_the_answers_are_taken_out_over_all_editions(visits: Autumn, shipped: Flask) -> None:
    with visits.stage.work("coordinator") as work:
        finish(work, begun(work, visits.stage), GOOD | {"place": "=1+1", "worry": "A quiet one."})
        publish(work, newer(), authority_id=visits.stage.authority_id, source="workbook")
        finish(work, begun(work, visits.stage), {"place": "Mossgrave", "held_on": "2026-11-04"})
    hester, there = visits.visitor(shipped), f"/form-exports/{visits.stage.authority_id}/{KEY}"
    chosen = {"file": "csv", "drafts": "no", "sensitive": "no", "names": "no"}
    text = hester.opens(there).sends(there, **chosen).answer.data.decode("utf-8-sig")
    assert "Where did you go? [edition 1: Where was it?]" in text
    assert "How many came? [not asked since edition 2]" in text
    assert "'=1+1" in text and "not shown" in text and "A quiet one." not in text
    book = load_workbook(io.BytesIO(hester.opens(there).sends(there, **chosen | {"file": "workbook"}).answer.data))
    cells = [cell for row in book["Answers"].iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells) and "=1+1" in [cell.value for cell in cells]
    for who in ("mentor", "referrer", "finance"):
        assert visits.visitor(shipped, who).opens(there).status == 403


def test_a_form_is_withdrawn_with_a_reason_and_used_again(visits: Autumn, shipped: Flask) -> None:
    hester, there = visits.visitor(shipped), address(visits, "withdraw")
    assert hester.opens(there).sends(there, reason="").status == 422
    assert "Withdrawn. Drafts may be finished" in hester.opens(at(hester.sends(there, reason="Not used."))).page
    assert "Withdrawn because" in hester.opens(address(visits)).page and "Not used." in hester.page
    back = address(visits, "bring-back")
    assert "It can be filled in again." in hester.opens(at(hester.opens(back).sends(back))).page


def test_a_draft_is_thrown_away(visits: Autumn, shipped: Flask) -> None:
    hester = visits.visitor(shipped)
    there = began(hester, visits).replace("/fill", "/remove")
    assert "The draft is gone." in hester.opens(at(hester.opens(there).sends(there))).page


def test_a_mentor_fills_in_for_their_own_young_person_and_sees_what_is_sensitive_to_others_not_shown(
    visits: Autumn, shipped: Flask
) -> None:
    with visits.stage.work("coordinator") as work:
        person = work.get(YoungPerson, visits.main.person_id)
        key = finish(work, begun(work, visits.stage, person), GOOD | {"worry": "A quiet one."}).id
    mentor = visits.visitor(shipped, "mentor")
    page = mentor.opens(f"/answers/{key}").page
    assert "Not shown: it is sensitive" in page and "A quiet one." not in page
    assert b"A quiet one." not in mentor.opens(f"/answers/{key}/pdf").answer.data
    # A sheet holds everything, so it is only for whoever may see everything.
    assert "Save as an Excel sheet" not in page and mentor.opens(f"/answers/{key}/sheet").status == 404
    there = began(mentor, visits, visits.main.person_id)
    saved(mentor, there, worry="Mine to read.")
    assert "Mine to read." in mentor.opens(there.removesuffix("/fill")).page


def test_a_young_persons_page_says_which_forms_were_filled_in_and_leads_to_the_next(
    visits: Autumn, shipped: Flask
) -> None:
    hester = visits.visitor(shipped)
    there = f"/young-people/{visits.others['late'].person_id}"
    page = hester.opens(there).page
    assert "No form has been filled in yet." in page
    link = re.search(r'href="(/forms/\?about=young_person-\d+)"', page)
    assert link is not None
    form = re.search(rf'href="({address(visits)}\?about=young_person-\d+)"', hester.opens(link.group(1)).page)
    assert form is not None
    begin = re.search(r'href="([^"]+/begin\?about=young_person-\d+)"', hester.opens(form.group(1)).page)
    assert begin is not None
    hester.opens(begin.group(1)).sends(begin.group(1))
    assert kept(visits).about_kind == "young_person" and at(hester)
    assert re.search(r'href="/answers/\d+">Visit', hester.opens(there).page)
    assert visits.visitor(shipped, "elsewhere").opens(begin.group(1)).status == 404
