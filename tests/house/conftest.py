"""The house is looked at without plugins, whatever is installed beside it: each of them has a house of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cmcore.plugins.register import Register, standing


@pytest.fixture(autouse=True)
def no_plugins() -> Iterator[None]:
    """Have no plugin in use for as long as a test of the house lasts."""
    with standing(Register()):
        yield
