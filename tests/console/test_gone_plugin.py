"""When a plugin is gone whose programme type or measures are in use, its records are read and nothing moves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from cmcore.enrolments.actions import move_enrolment
from cmcore.enrolments.records import Enrolment
from cmcore.measures.shipped import EIGHT
from cmcore.programmes.creative_mentoring import CREATIVE_MENTORING
from cmcore.programmes.records import Programme
from cmcore.testing import a_plugin, plugged, refused
from console.app import create_app
from tests.console.autumn import Autumn

WREN_EIGHT = replace(EIGHT, key="wrenshire_eight")
STUDIO = replace(
    CREATIVE_MENTORING, key="wrenshire-studio", title="Studio time", owner="wrenshire", measure_sets=(WREN_EIGHT.ref,)
)


@pytest.fixture
def gone(autumn: Autumn) -> Autumn:
    """An autumn in which the programme became the plugin's, and the plugin was taken away."""
    plugin = a_plugin(cm_programme_types=lambda: [STUDIO], cm_measure_sets=lambda: [WREN_EIGHT])
    with plugged(plugin), autumn.stage.work() as work:
        for programme in work.db.scalars(select(Programme)):
            programme.type_key, programme.measure_set = STUDIO.key, WREN_EIGHT.ref
    with plugged(plugin), autumn.stage.work("operator") as work:
        from cmcore.reviews.records import Review

        for review in work.db.scalars(select(Review)):
            review.measure_set = WREN_EIGHT.ref
    return autumn


def test_every_page_about_it_opens(gone: Autumn) -> None:
    with plugged():
        visitor = gone.visitor(create_app(gone.stage.engine, clock=gone.stage.clock))
        key = gone.main
        for address in (
            "/",
            "/enrolments/",
            f"/enrolments/{key.enrolment_id}",
            f"/young-people/{key.person_id}",
            f"/commissions/{key.commission_id}",
            "/reviews/",
            "/reviews/1",
            "/sessions/",
            "/programmes/",
        ):
            page = visitor.opens(address)
            assert page.status == 200, address


def test_nothing_moves_in_it(gone: Autumn) -> None:
    with plugged(), gone.stage.work() as work:
        enrolment = work.get(Enrolment, gone.main.enrolment_id)
        with refused(words="Nothing more can be done with it."):
            move_enrolment(work, enrolment, "pause", on=date(2026, 11, 9), reason="Holidays.")
