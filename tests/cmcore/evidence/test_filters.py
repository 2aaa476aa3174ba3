"""Each filter of a cohort lets its own through and leaves the others out, and ages in SQL are those of the rules."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Engine, literal, select

from cmcore.base.periods import age_on, key_stage
from cmcore.evidence.filters import age_at, key_stage_at
from cmcore.safekeeping.work import Work
from cmcore.testing import Stage
from cmcore.virtual_schools.records import Setting
from cmcore.young_people.records import EducationSpell, SendStatus
from tests.cmcore.evidence.made_cohorts import account, pair, review
from tests.cmcore.reviews.made_enrolments import Ground


def counted(work: Work, stage: Stage, **filters: Any) -> int:
    return int(account(work, stage, **filters).paired)


def test_the_period_is_that_of_the_start_both_days_included(work: Work, stage: Stage, at_work: Ground) -> None:
    for on in (date(2025, 8, 31), date(2025, 9, 1), date(2026, 8, 31), date(2026, 9, 1)):
        pair(work, at_work, started_on=on)
    assert counted(work, stage, started_from=date(2025, 9, 1), started_to=date(2026, 8, 31)) == 2
    assert counted(work, stage, started_from=date(2026, 9, 1)) == 1


def test_the_age_band_is_that_on_the_day_of_the_start(work: Work, stage: Stage, at_work: Ground) -> None:
    pair(work, at_work, born_on=date(2010, 5, 19))
    pair(work, at_work, born_on=date(2010, 5, 20))
    assert (counted(work, stage, least_age=16), counted(work, stage, most_age=15)) == (1, 1)
    assert counted(work, stage, least_age=15, most_age=16) == 2


def test_the_key_stage_is_that_on_the_day_of_the_start(work: Work, stage: Stage, at_work: Ground) -> None:
    pair(work, at_work, born_on=date(2011, 8, 31))
    pair(work, at_work, born_on=date(2011, 9, 1))
    assert (counted(work, stage, key_stage="KS4"), counted(work, stage, key_stage="KS3")) == (1, 1)


def test_care_status_mentor_theme_and_funding_narrow_the_cohort(work: Work, stage: Stage, at_work: Ground) -> None:
    leaver = pair(work, at_work, care_status="care_leaver")
    at_work.commission(work, leaver)
    pair(work, at_work)
    assert counted(work, stage, care_status="care_leaver") == 1
    assert counted(work, stage, mentor_id=at_work.mentor_id) == 1
    assert counted(work, stage, mentor_id=at_work.mentor_id + 1) == 0
    assert counted(work, stage, theme="crime") == counted(work, stage, funding_line_id=7) == 0


def test_setting_and_send_are_those_at_the_start(work: Work, stage: Stage, at_work: Ground) -> None:
    setting = Setting(name="Quillen Tarn School", kind_of_setting="school")
    work.add(setting)
    work.db.flush()
    here, moved, _ = (pair(work, at_work) for _ in range(3))
    for enrolment, ends_on in ((here, None), (moved, date(2026, 1, 31))):
        whose = {"authority_id": stage.authority_id, "young_person_id": enrolment.young_person_id}
        work.add(
            EducationSpell(
                **whose, setting_id=setting.id, status="enrolled", starts_on=date(2025, 9, 1), ends_on=ends_on
            )
        )
        work.add(SendStatus(**whose, level="ehcp", starts_on=date(2025, 9, 1), ends_on=ends_on))
    assert counted(work, stage, setting_id=setting.id) == 1
    assert (counted(work, stage, send="ehcp"), counted(work, stage, send="support")) == (1, 0)
    assert counted(work, stage, send="none") == 2


def test_a_measure_set_is_never_mixed_with_another(work: Work, stage: Stage, at_work: Ground) -> None:
    pair(work, at_work)
    six = at_work.enrolment(work)
    for kind, on in (("baseline", date(2026, 5, 20)), ("exit", date(2026, 9, 1))):
        review(work, six, kind, on, {"confidence": 3}, of="six@2017")
    assert (counted(work, stage), counted(work, stage, measure_set="six@2017")) == (1, 1)
    assert [row.measure.key for row in account(work, stage, measure_set="six@2017").measures][0] == "engagement"


# ---- referred


def test_ages_and_key_stages_in_sql_are_those_of_the_plain_functions(engine: Engine) -> None:
    births = [
        date(2008, 2, 29),
        date(2010, 8, 31),
        date(2010, 9, 1),
        date(2004, 1, 1),
        date(2022, 12, 31),
        date(2000, 6, 1),
    ]
    days = [
        date(2026, 2, 28),
        date(2026, 3, 1),
        date(2028, 2, 29),
        date(2026, 8, 31),
        date(2026, 9, 1),
        date(2026, 12, 31),
    ]
    with engine.connect() as connection:
        for born_on in births:
            for on in days:
                age, stage_of = connection.execute(
                    select(age_at(literal(born_on), literal(on)), key_stage_at(literal(born_on), literal(on)))
                ).one()
                assert (int(age), stage_of) == (age_on(born_on, on), key_stage(born_on, on)), (born_on, on)
