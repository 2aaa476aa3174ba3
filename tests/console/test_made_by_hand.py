"""Addresses and forms that nobody comes to by a link: they are answered in our words, and lead to no other host."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.console.autumn import Autumn

#: More than any key there is; a sign that is a figure and no number; one that no text of PostgreSQL holds.
HUGE, SUPERSCRIPT, NUL = "9" * 20, "%C2%B2", "%00"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (f"/enrolments/?mentor={SUPERSCRIPT}", 200),
        ("/enrolments/?mentor=7", 200),
        ("/enrolments/?mentor=x", 200),
        (f"/referrals/add?young_person_id={HUGE}", 400),
        (f"/answers/file/{NUL}", (400, 404)),
    ],
)
def test_what_cannot_be_meant_is_no_fault_of_ours(
    shipped: Flask, autumn: Autumn, path: str, status: int | tuple[int, int]
) -> None:
    shipped.config["PROPAGATE_EXCEPTIONS"] = False
    assert autumn.visitor(shipped).opens(path).status in (status if isinstance(status, tuple) else (status,))


def test_what_an_address_adds_leads_to_no_other_host(shipped: Flask, autumn: Autumn) -> None:
    hester = autumn.visitor(shipped)
    hester.opens("/evidence/reports/?key_stage=KS3&kind=x&_external=1&_scheme=javascript&_anchor=a")
    assert hester.answer.location == "/evidence/reports/summary?key_stage=KS3"


def test_a_sign_no_text_holds_is_looked_for_as_a_blank(shipped: Flask, autumn: Autumn) -> None:
    hester = autumn.visitor(shipped).opens("/adults/add?young_person_id=1")
    hester.sends("/adults/add?young_person_id=1", setting_id="\0Tarn", role="teacher", name="Denise Mossgarth")
    assert hester.status in (200, 303, 422), hester.status
