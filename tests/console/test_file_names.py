"""The name a file leaves under holds no name of a person, whoever takes it away (R-MSG-1)."""

from __future__ import annotations

import pytest
from flask import Flask, session
from sqlalchemy import select

from cmcore.young_people.records import YoungPerson
from console import accounts
from console.printing import leaving_as
from tests.console.autumn import Autumn


@pytest.mark.parametrize("who", ["coordinator", "mentor", "finance"])
def test_a_file_leaves_under_a_reference_and_never_under_a_name(shipped: Flask, autumn: Autumn, who: str) -> None:
    with autumn.stage.work("operator") as work:
        person = work.db.scalars(select(YoungPerson).order_by(YoungPerson.id)).all()[-1]
    signed_in = accounts.find_session(autumn.stage.engine, autumn.token(who), autumn.stage.clock.today())
    with shipped.test_request_context("/"):
        session.signed_in = signed_in  # type: ignore[attr-defined]
        for kept in (f"{person.ref}.pdf", "home-visit-2026-11-10.csv", "risk_assessment.xlsx"):
            assert leaving_as(kept) == kept
        for named in (person.family_name, person.family_name.lower(), f"form-{person.family_name}"):
            assert leaving_as(f"{named}.xlsx") == "file.xlsx"
        assert leaving_as("../x") == "file"
