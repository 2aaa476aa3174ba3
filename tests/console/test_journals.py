"""The journal in the console: sent from a phone, cleaned, shown while permitted, never under a name."""

from __future__ import annotations

import io
import re

import pytest
from flask import Flask
from sqlalchemy import select

from cmcore.consents.actions import withdraw_consent
from cmcore.consents.forms import WithdrawAnswers
from cmcore.consents.records import Consent
from cmcore.journals.records import JournalEntry
from cmcore.safekeeping.records import AuditEntry
from tests.cmcore.exchange.media import made_media
from tests.console.autumn import Autumn
from tests.console.visitor import Visitor


def sends(
    visitor: Visitor, autumn: Autumn, content: bytes, name: str = "Hester Quillmarsh.jpg", **more: str
) -> Visitor:
    """Send an entry with a file, as a phone would."""
    asked = {
        "young_person_id": str(autumn.main.person_id),
        "captured_on": "2026-11-10",
        "visible_to": "kept",
        "caption": "The press.",
    }
    return visitor.opens("/journal/add").sends("/journal/add", **(asked | more), media=(io.BytesIO(content), name))


def test_a_picture_from_a_phone_is_kept_clean_and_leaves_under_its_reference(shipped: Flask, autumn: Autumn) -> None:
    visitor = autumn.visitor(shipped, "mentor")
    assert re.search(r'type="file" accept="[^"]*image/jpeg[^"]*"', visitor.opens("/journal/add").page)
    assert 'value="2026-11-10"' in visitor.page
    sends(visitor, autumn, made_media.jpeg())
    assert visitor.status == 303, visitor.page
    at = visitor.answer.location
    page = visitor.opens(at).page
    address = re.search(r'<img src="([^"]+)" width="96" height="48" alt="The press.">', page)
    assert address, page
    answer = visitor.opens(address[1]).answer
    assert made_media.traces(answer.data) == [] and answer.data[:3] == b"\xff\xd8\xff"
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert re.fullmatch(r"attachment; filename=WR-J-\d{4}\.jpg", answer.headers["Content-Disposition"])
    assert answer.headers["Cache-Control"] == "no-store"
    part = visitor.opens(address[1], Range="bytes=0-2")
    assert (part.status, part.answer.data) == (206, b"\xff\xd8\xff")


def test_a_file_that_is_not_taken_is_told_beside_its_question_and_the_words_stay(
    shipped: Flask, autumn: Autumn
) -> None:
    visitor = autumn.visitor(shipped, "mentor")
    sends(visitor, autumn, b"<svg onload=alert(1)>", "photo.jpg")
    assert visitor.status == 422
    assert "no picture, film or recording" in visitor.page and "The press." in visitor.page
    assert "photo.jpg" not in visitor.page


def test_a_picture_waits_while_the_rest_is_put_right(shipped: Flask, autumn: Autumn) -> None:
    visitor = autumn.visitor(shipped, "mentor")
    sends(visitor, autumn, made_media.png(), captured_on="2026-12-24")
    assert visitor.status == 422 and "still to come" in visitor.page
    ref = re.search(r'name="media.kept" value="([^"]+)"', visitor.page)
    assert ref, visitor.page
    told = {"young_person_id": str(autumn.main.person_id), "captured_on": "2026-11-10", "visible_to": "kept"}
    visitor.sends("/journal/add", **told, **{"media.kept": ref[1]})
    assert visitor.status == 303, visitor.page
    with autumn.stage.work("operator") as work:
        newest = work.db.scalars(select(JournalEntry).order_by(JournalEntry.id.desc())).first()
        assert newest is not None and newest.kind_of_entry == "photo"
    other = autumn.visitor(shipped, "coordinator").opens("/journal/add")
    other.sends("/journal/add", **told, **{"media.kept": ref[1]})
    assert other.status == 422


@pytest.mark.parametrize("who", ["coordinator", "head", "referrer", "mentor"])
def test_it_is_shown_to_those_around_while_permitted_and_to_nobody_from_the_day_that_ends(
    shipped: Flask, autumn: Autumn, who: str
) -> None:
    at = f"/journal/{autumn.keys['journal_entry']}"
    visitor = autumn.visitor(shipped, who)
    assert "<img" in visitor.opens(at).page
    assert visitor.opens(f"{at}/media").status == 200
    with autumn.stage.work() as work:
        for consent in work.db.scalars(select(Consent).where(Consent.young_person_id == autumn.main.person_id)):
            withdraw_consent(work, consent, WithdrawAnswers(withdrawn_on=work.today))
    page = visitor.opens(at).page
    assert "<img" not in page and "It is not shown to you today" in page and "R-CON-3" in page
    assert visitor.opens(f"{at}/media").status == 404


@pytest.mark.parametrize("who", ["finance", "evaluator", "administrator", "elsewhere"])
def test_whoever_has_nothing_to_do_with_it_finds_nothing(shipped: Flask, autumn: Autumn, who: str) -> None:
    visitor = autumn.visitor(shipped, who)
    for path in ("", "/media", "/public"):
        assert visitor.opens(f"/journal/{autumn.keys['journal_entry']}{path}").status in (403, 404)


def test_each_picture_looked_at_is_written_down(shipped: Flask, autumn: Autumn) -> None:
    autumn.visitor(shipped, "head").opens(f"/journal/{autumn.keys['journal_entry']}/media")
    with autumn.stage.work("operator") as work:
        asked = select(AuditEntry.login).where(AuditEntry.kind_of_record == "journal_media", AuditEntry.what == "read")
        assert "head@example.invalid" in work.db.scalars(asked).all()


def test_a_case_study_is_shared_through_the_gate(shipped: Flask, autumn: Autumn) -> None:
    at = f"/case-studies/{autumn.keys['case_study']}"
    visitor = autumn.visitor(shipped).opens(at)
    assert "Two colours" in visitor.page and "Printed a second colour." in visitor.page
    assert visitor.opens(f"{at}/paper").status == 422
    for step in ("finish", "share"):
        assert visitor.opens(f"{at}/{step}").sends(f"{at}/{step}").status == 303, visitor.page
    assert visitor.opens(f"{at}/paper").answer.headers["Content-Type"] == "application/pdf"
    assert "WR-K-0001.pdf" in visitor.answer.headers["Content-Disposition"]
    assert "no permission in force" in visitor.opens(f"{at}/publish").page
    assert autumn.visitor(shipped, "referrer").opens(at).status == 200
