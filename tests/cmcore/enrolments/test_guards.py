"""What is looked at before an enrolment moves: brought by later stages, and refused where nobody brought it."""

from __future__ import annotations

import pytest

from cmcore.base.lifecycle import Lifecycle, State, Transition
from cmcore.enrolments import guards
from cmcore.enrolments.actions import move_enrolment
from cmcore.enrolments.records import Enrolment
from cmcore.programmes.registry import programme_types
from cmcore.programmes.types import Subject
from cmcore.testing import Stage, plugged, refused
from cmcore.testing.story import Story

#: A life cycle whose only step looks at something nobody brought.
UNGUARDED = Lifecycle(
    "unguarded",
    (State("planned", "Planned"), State("active", "Active", ended=True)),
    (Transition("start", ("planned",), "active", "Start", guards=("a_thing_nobody_brought",)),),
)


def test_every_guard_a_programme_type_names_is_brought() -> None:
    # Those of the plugins that are installed too: gathered while the test runs, since before it none is in use. A
    # programme for schools moves its plugin's own records, past guards that the plugin brings itself.
    with plugged(installed=True):
        moving = [one for one in programme_types().values() if one.subject is Subject.young_person]
        named = {guard for one in moving for way in one.lifecycle.transitions for guard in way.guards}
    assert named and named <= guards.names()


def test_a_guard_nobody_brought_refuses(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    story = Story.begin(stage)
    with stage.work() as work:
        enrolment = story.accepted(work)
        monkeypatch.setattr(Enrolment, "lifecycle", UNGUARDED)
        with refused(words="“a_thing_nobody_brought” is not installed"):
            move_enrolment(work, enrolment, "start")
        assert enrolment.state == "planned"
