"""Passwords: kept as argon2id, checked in the same time whether or not the account exists."""

from __future__ import annotations

import threading
from functools import lru_cache

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

from cmcore.base.findings import Finding

#: Least length of a password; long words are welcome, there are no rules about signs (NCSC, NIST 800-63B).
LEAST = 12
#: Longer ones are refused before hashing, so that nobody can keep the machine busy with one.
MOST = 200

#: 46 MiB and one pass is what OWASP advises for argon2id on a shared machine.
_hasher = PasswordHasher(time_cost=2, memory_cost=47_104, parallelism=1, type=Type.ID)
#: Hashing takes memory on purpose: no more than four at once, whatever the number of threads.
_turns = threading.BoundedSemaphore(4)


def hashed(password: str) -> str:
    """The argon2id hash of a password, with its parameters and salt."""
    with _turns:
        return _hasher.hash(password)


@lru_cache(maxsize=1)
def _nobody() -> str:
    """A hash nobody's password has, so that an unknown account costs the same time."""
    return _hasher.hash("nobody has this password")


def matches(password: str, kept: str | None) -> bool:
    """Whether a password is the kept one. Without a kept hash it takes as long, and says no."""
    if len(password) > MOST:
        return False
    with _turns:
        try:
            return _hasher.verify(kept or _nobody(), password) and kept is not None
        except (VerificationError, InvalidHashError):
            return False


def outdated(kept: str) -> bool:
    """Whether a hash was made with other parameters than today's, and should be made again."""
    return _hasher.check_needs_rehash(kept)


def faults(password: str, login: str = "") -> list[Finding]:
    """What is wrong with a new password, in words; nothing is said of signs and capitals."""
    found = []
    if len(password) < LEAST:
        found.append(
            Finding(
                f"The new password has {len(password)} characters. It needs {LEAST} or more: three words will do.",
                place="new",
            )
        )
    if len(password) > MOST:
        found.append(Finding(f"The new password is longer than {MOST} characters. Choose a shorter one.", place="new"))
    if login and password.casefold() in (login.casefold(), login.partition("@")[0].casefold()):
        found.append(
            Finding("The new password is your e-mail address. Choose words that nobody knows of you.", place="new")
        )
    if password and len(set(password)) < 4:
        found.append(Finding("The new password repeats the same few characters. Choose three words.", place="new"))
    return found
