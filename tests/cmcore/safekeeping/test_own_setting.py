"""The staff of a setting reach what is about their own setting, in its authority, and what is shown to all of them."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

from sqlalchemy import column

from cmcore.safekeeping.access import reached
from cmcore.safekeeping.roles import roles
from cmcore.safekeeping.scope import Grant, Scope


def told(*grants: Grant, **more: Any) -> str:
    record: Any = SimpleNamespace(
        authority_id=column("authority_id"), setting_id=column("setting_id"), of_settings=("setting_id",), **more
    )
    scope = Scope("somebody", grants, date(2026, 11, 10))
    return str(reached("own setting", record, scope, grants).compile(compile_kwargs={"literal_binds": True}))


def test_each_setting_is_reached_in_its_own_authority_and_in_no_other() -> None:
    said = told(Grant(1, "referrer", setting_id=7), Grant(2, "referrer", setting_id=8))
    assert said == "authority_id = 1 AND setting_id = 7 OR authority_id = 2 AND setting_id = 8"


def test_whoever_stands_for_no_setting_reaches_nothing_not_even_what_is_shown_to_settings() -> None:
    assert told(Grant(1, "referrer"), shown_to_settings=lambda: column("shared")) in ("false", "0 = 1")


def test_what_a_record_shows_to_settings_and_a_second_column_of_a_setting_are_reached_too() -> None:
    shown = told(Grant(1, "referrer", setting_id=7), shown_to_settings=lambda: column("shared"))
    assert "authority_id = 1 AND setting_id = 7" in shown and "shared" in shown
    both = told(Grant(1, "referrer", setting_id=7), other_id=column("other_id"))
    assert "other_id" not in both


def test_what_is_about_a_school_is_the_authoritys_staffs_and_of_the_schools_own() -> None:
    reaches = {key: role.reaches("wrenshire_visit", "school") for key, role in roles().items()}
    assert {key for key, one in reaches.items() if one == "authority"} == {"head", "coordinator", "operator"}
    assert {key for key, one in reaches.items() if one == "own setting"} == {"referrer"}
    assert all(one == "none" for key, one in reaches.items() if key in ("mentor", "finance", "evaluator"))
