"""Tasks for the process that reads files: one that never ends, one that eats all memory, two that only look."""

from __future__ import annotations

import os


def endless(blob: bytes, file: str) -> None:
    """Never ends."""
    while True:
        pass


def hungry(blob: bytes, file: str) -> int:
    """Takes memory until there is none."""
    kept = [bytes(1_000_000) + blob for _ in range(10_000)]
    return len(kept)


def sees(blob: bytes, file: str, suffix: str) -> str:
    """What it was given."""
    return blob.decode() + suffix


def surroundings(blob: bytes, file: str) -> list[str]:
    """The names of the variables it can see."""
    return sorted(os.environ)
