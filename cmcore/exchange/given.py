"""A file somebody gave us: its name, its size, and a way to read its bytes, from a folder or from an upload."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from cmcore.exchange.checks import refused_file


@dataclass(frozen=True, slots=True)
class GivenFile:
    """One file as it was given. ``size`` is in bytes; ``open`` may be called again, each time from the start."""

    name: str
    size: int
    open: Callable[[], BinaryIO]

    @classmethod
    def at(cls, path: Path) -> GivenFile:
        """The file at a path. Refuses what is not there, is a folder, or may not be read."""
        try:
            if not path.is_file():
                raise refused_file(
                    path.name,
                    "There is no such file." if not path.exists() else "This is not a file.",
                    "Check the name and try again.",
                )
            size = path.stat().st_size
            with path.open("rb"):
                pass
        except PermissionError:
            raise refused_file(
                path.name, "This file may not be read.", "Ask whoever owns it for permission to read it."
            ) from None
        return cls(path.name, size, lambda: path.open("rb"))

    @classmethod
    def holding(cls, name: str, content: bytes) -> GivenFile:
        """A file whose bytes are already here."""
        return cls(name, len(content), lambda: BytesIO(content))

    def digest(self) -> str:
        """The SHA-256 of its bytes, in hexadecimal."""
        taken = hashlib.sha256()
        with self.open() as stream:
            while chunk := stream.read(1 << 20):
                taken.update(chunk)
        return taken.hexdigest()


def in_size(size: int) -> str:
    """Bytes as people say them: 1,813 bytes, 363 kB, 2.0 GB."""
    for unit, step in (("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1_000)):
        if size >= step:
            amount = size / step
            return f"{amount:.1f} {unit}" if amount < 10 else f"{amount:.0f} {unit}"
    return f"{size} bytes"
