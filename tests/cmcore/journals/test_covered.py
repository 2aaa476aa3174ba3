"""What the database says of permissions is what the rule says, for every order of decisions and every birthday."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from cmcore.consents.queries import decided
from cmcore.consents.records import Consent
from cmcore.consents.rules import in_force
from cmcore.consents.words import ConsentKind
from cmcore.journals.reach import covered
from cmcore.safekeeping.access import beyond
from cmcore.testing import Stage
from cmcore.testing.story import Story
from cmcore.young_people.records import YoungPerson

TODAY = date(2028, 2, 29)
near = st.integers(-2, 2).map(lambda days: TODAY + timedelta(days=days))
decision = st.fixed_dictionaries(
    {
        "kind_of_use": st.sampled_from(["media_capture", "media_shared"]),
        "decision": st.sampled_from(["given", "given", "refused"]),
        "decided_by": st.sampled_from(["social_worker", "young_person"]),
        "starts_on": st.sampled_from([TODAY - timedelta(days=9), *(TODAY + timedelta(days=n) for n in (-2, -1, 0, 1))]),
        "ends": st.none() | st.integers(0, 3),
        "back": st.none() | st.integers(0, 3),
    }
)
born = st.sampled_from([date(2010, 2, 28), date(2010, 3, 1), date(2008, 2, 29), date(2015, 5, 5)])


@pytest.fixture
def people(stage: Stage) -> list[int]:
    """Six young people."""
    story = Story.begin(stage)
    return [story.person_id, *(story.beside(f"Rue{n}", "Wickenby").person_id for n in range(5))]


@given(st.lists(st.lists(decision, max_size=4), min_size=6, max_size=6), st.lists(born, min_size=6, max_size=6), near)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_query_and_the_rule_agree(
    stage: Stage, people: list[int], told: list[list[dict[str, Any]]], births: list[date], on: date
) -> None:
    with stage.work("operator") as work:
        for key, decisions, born_on in zip(people, told, births, strict=True):
            work.change(work.get(YoungPerson, key), born_on=born_on)
            for one in decisions:
                columns = {name: one[name] for name in ("kind_of_use", "decision", "decided_by", "starts_on")}
                begins = one["starts_on"]
                columns["ends_on"] = None if one["ends"] is None else begins + timedelta(days=one["ends"])
                columns["withdrawn_on"] = None if one["back"] is None else begins + timedelta(days=one["back"])
                work.add(Consent(authority_id=stage.authority_id, young_person_id=key, **columns))
        work.db.flush()
        held = list(work.db.scalars(select(Consent)))
        for kind in (ConsentKind.media_capture, ConsentKind.media_shared):
            asked = covered(kind, on, [stage.authority_id])
            found = set(work.db.scalars(asked, execution_options=beyond("a test of the reach itself")))
            right = {
                key
                for key, born_on in zip(people, births, strict=True)
                if in_force(decided(one for one in held if one.young_person_id == key), kind, on, born_on)
            }
            assert found == right
        work.undo()
