"""The pages of Attachment Aware Schools that are looked at in a browser, and what they show: three years of cohorts."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from cmcore.virtual_schools.records import Authority, Setting
from cmcore_attachment_aware.demonstration import fill
from cmcore_attachment_aware.records import AwareCohort, AwareDay, AwarePlace, AwareStaff
from cmcore_attachment_aware.schoolwork import AwareMentoring, AwarePiece, AwareProject, AwareReading
from tests.console.autumn import Autumn

#: Lists and boards.
AWARE_PATHS = (
    "/attachment-aware/",
    "/attachment-aware-cohorts/",
    "/attachment-aware-cohorts/add",
    "/attachment-aware-places/",
    "/attachment-aware-staff/",
    "/attachment-aware-days/",
    "/attachment-aware-projects/",
    "/attachment-aware-readings/",
    "/attachment-aware-pieces/",
    "/attachment-aware-mentoring/",
    "/attachment-aware-account/",
    "/attachment-aware-account/?for=others",
)
#: Settings that are made beside those there are.
SCHOOLS = 12


def furnish_aware(autumn: Autumn) -> None:
    """Three cohorts of schools, and one record of each kind, by key."""
    with autumn.stage.work("operator") as work:
        for number in range(SCHOOLS):
            work.add(
                Setting(
                    name=f"Bramblewick {number + 1} School",
                    kind_of_setting="school",
                    la_code="990",
                    easting=400_000 + 7_000 * (number % 4),
                    northing=300_000 + 6_000 * (number // 4),
                )
            )
    with autumn.stage.work("operator") as work:
        fill(work, work.get(Authority, autumn.stage.authority_id))
    with autumn.stage.work() as work:

        def first(record: Any, *where: Any) -> int:
            found = work.db.scalars(select(record).where(*where).order_by(record.id.desc())).first()
            assert found is not None, record
            return int(found.id)

        now = first(AwareCohort)
        autumn.keys |= {
            "aware_cohort": now,
            "aware_working": first(AwarePlace, AwarePlace.state == "in_cohort"),
            "aware_waiting": first(AwarePlace, AwarePlace.state == "waiting"),
            "aware_applied": first(AwarePlace, AwarePlace.state == "applied"),
            "aware_graduated": first(AwarePlace, AwarePlace.state == "graduated"),
            "aware_staff": first(AwareStaff),
            "aware_held": first(AwareDay, AwareDay.held_on <= work.today),
            "aware_ahead": first(AwareDay, AwareDay.held_on > work.today),
            "aware_project": first(AwareProject),
            "aware_reading": first(AwareReading),
            "aware_piece": first(AwarePiece),
            "aware_mentoring": first(AwareMentoring),
        }


def aware_pages(autumn: Autumn) -> list[str]:
    """One of each page of a record, with the forms that are asked there."""
    key = {name.removeprefix("aware_"): value for name, value in autumn.keys.items()}
    at = "/attachment-aware-"
    return [
        f"{at}cohorts/{key['cohort']}",
        *(f"{at}places/{key[name]}" for name in ("working", "waiting", "graduated", "applied")),
        f"{at}places/{key['applied']}/decline",
        f"{at}places/add?attachment_aware_cohort_id={key['cohort']}",
        f"{at}staff/{key['staff']}",
        f"{at}staff/add?attachment_aware_place_id={key['working']}",
        f"{at}days/{key['ahead']}",
        f"{at}days/add?attachment_aware_cohort_id={key['cohort']}",
        f"{at}roll/{key['held']}",
        f"{at}roll/{key['ahead']}",
        f"{at}projects/{key['project']}",
        f"{at}projects/{key['project']}/count",
        f"{at}readings/{key['reading']}",
        f"{at}pieces/{key['piece']}",
        f"{at}pieces/add?attachment_aware_place_id={key['working']}",
        f"{at}pictures/{key['piece']}/choose",
        f"{at}mentoring/{key['mentoring']}",
        f"{at}mentoring/add?attachment_aware_place_id={key['graduated']}",
    ]
