"""Pseudonyms and shifted days of one release, from a secret that is never given out. Pure."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from datetime import date, timedelta

#: Days are moved by so many at least and at most, back or on.
NEAREST, FARTHEST = 60, 364


def new_secret() -> str:
    """A secret of 256 bits, in hexadecimal."""
    return secrets.token_hex(32)


def _keyed(secret: str, what: str) -> bytes:
    return hmac.new(bytes.fromhex(secret), what.encode("ascii"), hashlib.sha256).digest()


def pseudonym(secret: str, person_id: int) -> str:
    """What a young person is called in this release, and in no other: P- and twelve letters and digits (60 bits)."""
    return f"P-{base64.b32encode(_keyed(secret, f'person {person_id}')).decode('ascii')[:12]}"


def shift(secret: str, person_id: int) -> int:
    """By how many days everything of a young person is moved in this release; never by fewer than 60."""
    told = int.from_bytes(_keyed(secret, f"days {person_id}")[:8], "big")
    apart = NEAREST + (told >> 1) % (FARTHEST - NEAREST + 1)
    return apart if told & 1 else -apart


def moved(on: date | None, days: int) -> str:
    """A day moved, as 2026-11-10; nothing stays nothing."""
    return (on + timedelta(days=days)).isoformat() if on is not None else ""
