"""The console's pages, in the order of its menu: one file for each kind of record, registered here."""

from __future__ import annotations

from console.framework import Console


def register(console: Console) -> None:
    """Register every page that comes with the console."""
