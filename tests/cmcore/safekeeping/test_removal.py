"""A record is removed only while nothing hangs on it, whoever may see what does."""

from __future__ import annotations

import pytest

from cmcore.base.findings import Refused
from cmcore.safekeeping.records import Membership
from cmcore.safekeeping.removal import hanging_on, remove_if_free
from cmcore.testing import Stage
from cmcore.virtual_schools.records import Setting
from cmcore.young_people.actions import add_care_episode, add_send_status
from cmcore.young_people.queries import open_record
from cmcore.young_people.records import YoungPerson
from tests.cmcore.roster import KINDS, a_young_person


def test_what_hangs_on_a_record_is_named_and_what_hangs_on_another_is_not(stage: Stage) -> None:
    with stage.work() as work:
        alone, person = a_young_person(work), a_young_person(work)
        add_send_status(work, person, KINDS["send_status"].answers)
        add_care_episode(work, person, KINDS["care_episode"].answers)
        assert hanging_on(work, alone) == [] and hanging_on(work, person) == ["care episodes", "SEND statuses"]


def test_what_tells_of_the_past_keeps_nothing(stage: Stage) -> None:
    with stage.work() as work:
        key = a_young_person(work).id
    with stage.work() as work:
        person = open_record(work, key, "a review")
    with stage.work() as work:
        assert hanging_on(work, work.get(YoungPerson, person.id)) == []


def test_what_one_may_not_see_hangs_all_the_same(stage: Stage) -> None:
    with stage.work() as work:
        place = KINDS["setting"].made(work)
        key = place.id
    with stage.work("operator") as work:
        work.add(Membership(authority_id=stage.authority_id, login="bram", role="referrer", setting_id=key))
    with stage.work() as work:
        place = work.get(Setting, key)
        assert hanging_on(work, place) == ["memberships"] and hanging_on(work, place, own=(Membership,)) == []
        with pytest.raises(Refused, match="This setting cannot be removed: memberships hang on it."):
            remove_if_free(work, place)
