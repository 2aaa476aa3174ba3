"""From a sign-in name to a scope, and giving and taking roles."""

from __future__ import annotations

from datetime import timedelta

from cmcore.safekeeping.memberships import give_role, scope_for, take_role
from cmcore.testing import Stage, refused


def test_a_role_reaches_from_the_day_it_is_given_until_it_ends(stage: Stage) -> None:
    today = stage.clock.today()
    with stage.work("operator") as work:
        give_role(work, stage.authority_id, "hester.quillmarsh", "coordinator", until=today)
    assert scope_for(stage.engine, "hester.quillmarsh", today).may("referral.accept")
    assert scope_for(stage.engine, "hester.quillmarsh", today + timedelta(days=1)).authorities == frozenset()
    assert scope_for(stage.engine, "nobody", today).grants == ()


def test_a_role_that_was_taken_reaches_nothing(stage: Stage) -> None:
    with stage.work("operator") as work:
        given = give_role(work, stage.authority_id, "hester.quillmarsh", "coordinator")
        take_role(work, given)
    assert scope_for(stage.engine, "hester.quillmarsh", stage.clock.today()).grants == ()


def test_nobody_is_given_a_role_that_is_not_there_or_a_mentors_without_a_mentor(stage: Stage) -> None:
    with stage.work("operator") as work:
        for role in ("sorcerer", "operator"):
            with refused(words="There is no such role"):
                give_role(work, stage.authority_id, "hester.quillmarsh", role)
        with refused(words="Name the mentor"):
            give_role(work, stage.authority_id, "hester.quillmarsh", "mentor")


def test_a_coordinator_gives_no_roles(stage: Stage) -> None:
    with stage.work() as work, refused(words="Your role does not include this"):
        give_role(work, stage.authority_id, "hester.quillmarsh", "coordinator")
