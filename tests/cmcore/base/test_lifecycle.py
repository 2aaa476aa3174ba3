"""States and the only ways between them, for every kind of record that has them."""

from __future__ import annotations

import pytest

from cmcore.base.findings import Refused
from cmcore.base.lifecycle import Lifecycle, State, Stateful, Transition, begin, moving
from cmcore.base.records import Record
from cmcore.programmes.registry import programme_types
from cmcore.testing import refused

LIVES = {
    mapper.class_.life.key: mapper.class_.life
    for mapper in Record.registry.mappers
    if issubclass(mapper.class_, Stateful)
}
LIVES |= {each.lifecycle.key: each.lifecycle for each in programme_types().values()}
STATEFUL = [mapper.class_ for mapper in Record.registry.mappers if issubclass(mapper.class_, Stateful)]


def test_a_life_cycle_that_names_a_state_nobody_declared_is_refused() -> None:
    with pytest.raises(ValueError, match="names the state gone"):
        Lifecycle("x", (State("here", "Here"),), (Transition("leave", ("here",), "gone", "Leave"),))


def test_a_state_that_cannot_be_reached_is_refused() -> None:
    with pytest.raises(ValueError, match="there cannot be reached"):
        Lifecycle("x", (State("here", "Here"), State("there", "There")), ())


def test_a_state_declared_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="declared twice"):
        Lifecycle("x", (State("here", "Here"), State("here", "Here")), ())


@pytest.mark.parametrize("life", LIVES.values(), ids=LIVES)
def test_every_life_ends_or_goes_on_by_words_people_understand(life: Lifecycle) -> None:
    assert any(state.ended for state in life.states)
    for way in life.transitions:
        assert way.label[:1].isupper() and set(way.sources) <= {state.key for state in life.states}
    assert set(life.live()) | {state.key for state in life.states if state.ended} == {
        state.key for state in life.states
    }


@pytest.mark.parametrize("record", STATEFUL, ids=lambda one: one.__name__)
def test_no_record_is_put_into_a_state_by_hand(record: type[Stateful]) -> None:
    made = record()
    begin(made)
    first = made.state
    with refused(words="changes only by its transitions"):
        made.state = "active"
    with pytest.raises(Refused):
        record(state=first)
    with moving(made):
        made.state = "elsewhere"
    other = record()
    with moving(made), pytest.raises(Refused):
        other.state = "elsewhere"


@pytest.mark.parametrize("life", LIVES.values(), ids=LIVES)
def test_nothing_becomes_active_without_its_checks(life: Lifecycle) -> None:
    for way in life.transitions:
        if way.target == "active":
            assert way.guards, f"{life.key}: {way.name} leads to active with nothing looked at"
