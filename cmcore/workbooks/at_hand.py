"""What many sessions of one workbook need, read once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from cmcore.safekeeping.work import Work


@contextmanager
def sessions_at_hand(work: Work, answers: Sequence[Any]) -> Iterator[None]:
    """Nothing beforehand yet."""
    yield
