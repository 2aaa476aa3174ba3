"""The one rule of The Mighty Creatives refuses what it is about, and lets the rest through."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import cmcore_mighty_creatives
from cmcore.api import Policy
from cmcore.testing import plugged
from cmcore_mighty_creatives import rules
from cmcore_mighty_creatives.words import Paper


@pytest.fixture
def policy() -> Iterator[Policy]:
    """The rules with The Mighty Creatives' among them."""
    with plugged(cmcore_mighty_creatives):
        yield Policy.load()


def test_the_pack_is_read_before_the_first_session(policy: Policy) -> None:
    (said,) = rules.has_read([], policy, "Juno Tansyhurst")
    assert said.blocks and said.message == "Juno Tansyhurst has not read the induction pack yet."
    assert rules.has_read({each.value for each in Paper}, policy, "Juno Tansyhurst") == []


def test_what_the_core_keeps_is_used_as_it_is(policy: Policy) -> None:
    assert policy.threshold("R-DBS-2", "years") == 3
    assert policy.threshold("R-INS-2", "cover_pence") == 500_000_000
    assert sorted(each for each in policy if each.startswith("R-TMC")) == ["R-TMC-4"]
