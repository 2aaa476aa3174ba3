"""What the demonstration shows of studies."""

from __future__ import annotations

from cmcore.api import Authority, Work


def fill(work: Work, authority: Authority) -> None:
    """Show a study."""
