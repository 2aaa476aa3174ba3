"""Where the bytes of a track lie in a film: worked out from its tables of chunks and samples."""

from __future__ import annotations

import struct
from collections.abc import Iterable
from dataclasses import dataclass, field

from cmcore.exchange.media.words import broken

#: The most samples a track may have: an hour of film has some 200,000.
_MOST = 4_000_000


@dataclass
class Tables:
    """Where the tables of one track stand, by their kind."""

    at: dict[bytes, int] = field(default_factory=dict)


def ranges_of(blob: bytes | bytearray, tables: Tables) -> list[tuple[int, int]]:
    """The stretches of the file that the samples of a track lie in, each as its beginning and its end."""
    at = tables.at
    if b"stsc" not in at or b"stsz" not in at or not at.keys() & {b"stco", b"co64"}:
        raise broken()
    sizes, each, many = _sizes(blob, at[b"stsz"])
    chunks = _chunks(blob, tables)
    runs = [
        struct.unpack_from(">III", blob, at[b"stsc"] + 8 + 12 * row) for row in range(_number(blob, at[b"stsc"] + 4))
    ]
    if any(first < 1 for first, _, _ in runs) or sorted(runs) != runs:
        raise broken()
    found, sample, run = [], 0, 0
    for number, start in enumerate(chunks, 1):
        while run + 1 < len(runs) and runs[run + 1][0] <= number:
            run += 1
        if not runs:
            break
        after = min(many, sample + runs[run][1])
        length = each * (after - sample) if each else sum(sizes[sample:after])
        found.append((start, start + length))
        sample = after
    return found


def merged(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Stretches in order, those that touch as one."""
    made: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if made and start <= made[-1][1]:
            made[-1] = (made[-1][0], max(made[-1][1], end))
        elif end > start:
            made.append((start, end))
    return made


def _sizes(blob: bytes | bytearray, at: int) -> tuple[tuple[int, ...], int, int]:
    """The size of each sample; or none, the size all have, and how many there are."""
    each, many = struct.unpack_from(">II", blob, at + 4)
    if many > _MOST:
        raise broken()
    return ((), each, many) if each else (struct.unpack_from(f">{many}I", blob, at + 12), 0, many)


def _chunks(blob: bytes | bytearray, tables: Tables) -> tuple[int, ...]:
    long = b"co64" in tables.at
    at = tables.at[b"co64" if long else b"stco"]
    many = _number(blob, at + 4)
    if many > _MOST:
        raise broken()
    return struct.unpack_from(f">{many}{'Q' if long else 'I'}", blob, at + 8)


def _number(blob: bytes | bytearray, at: int) -> int:
    return int.from_bytes(blob[at : at + 4], "big")
