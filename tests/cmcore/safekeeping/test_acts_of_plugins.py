"""What roles may do with a plugin's own records, and with nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import ColumnElement, false

from cmcore.plugins.declared import Acts
from cmcore.plugins.manifest import PluginFault
from cmcore.safekeeping.access import reach
from cmcore.safekeeping.roles import roles
from cmcore.safekeeping.scope import Grant, Scope
from cmcore.testing.plugged import a_plugin, plugged


def test_a_role_may_do_what_a_plugin_says_with_its_records_and_only_while_it_is_in_use() -> None:
    with plugged(a_plugin(cm_acts=lambda: [Acts("coordinator", ("wrenshire_visit.*",))])):
        assert roles()["coordinator"].allows("wrenshire_visit.add")
        assert not roles()["mentor"].allows("wrenshire_visit.add")
    assert not roles()["coordinator"].allows("wrenshire_visit.add")


@pytest.mark.parametrize("act", ["referral.decide", "*.add", "*", "wrenshire*.add", "wrenshire.add"])
def test_a_plugin_gives_no_role_an_act_on_what_is_not_its_own(act: str) -> None:
    with pytest.raises(PluginFault, match="its own records only"):
        with plugged(a_plugin(cm_acts=lambda: [Acts("mentor", (act,))])):
            raise AssertionError("It was taken in.")


def test_a_role_nobody_has_changes_nothing() -> None:
    with plugged(a_plugin(cm_acts=lambda: [Acts("stargazer", ("wrenshire_visit.*",))])):
        assert "stargazer" not in roles()


def test_a_plugin_says_how_far_a_role_sees_its_own_records_and_no_others() -> None:
    with plugged(a_plugin(cm_acts=lambda: [Acts("mentor", (), (("wrenshire_visit", "none"),))])):
        assert roles()["mentor"].reaches("wrenshire_visit", "child") == "none"
        assert roles()["mentor"].reaches("wrenshire_talk", "child") == "commissioned"
    assert roles()["mentor"].reaches("wrenshire_visit", "child") == "commissioned"
    with pytest.raises(PluginFault, match="says how far a role sees referral; it says so of its own records only"):
        with plugged(a_plugin(cm_acts=lambda: [Acts("mentor", (), (("referral", "authority"),))])):
            raise AssertionError("It was taken in.")


def test_a_reach_that_is_declared_already_is_refused() -> None:
    def mine(record: type[Any], scope: Scope, grants: Sequence[Grant]) -> ColumnElement[bool]:
        return false()

    with pytest.raises(ValueError, match="declared by cmcore.safekeeping.access already"):
        reach("authority")(mine)
    assert reach("wrenshire own visits")(mine) is reach("wrenshire own visits")(mine)
