"""What the demonstration shows."""

from __future__ import annotations

from cmcore.api import Authority, Work


def fill(work: Work, authority: Authority) -> None:
    """Nothing yet."""
