"""Tests of the core and the console have no plugin but those they bring: what is installed here is not tried."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cmcore.plugins.register import Register, standing


@pytest.fixture(autouse=True)
def no_plugin_of_this_place() -> Iterator[None]:
    """The core alone; a test that wants plugins says which, with ``cmcore.testing.plugged``."""
    with standing(Register()):
        yield
