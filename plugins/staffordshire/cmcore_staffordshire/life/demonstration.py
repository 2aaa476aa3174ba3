"""What the demonstration shows of lessons, clubs, work experience and the council."""

from __future__ import annotations

from cmcore.api import Authority, Work


def fill(work: Work, authority: Authority) -> None:
    """Add what is kept here to the made-up stories of an authority."""
