"""Seeing that an act is refused, by which rule and with which words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from cmcore.base.findings import Refused


@contextmanager
def refused(rule: str | None = None, words: str = "") -> Iterator[None]:
    """Expect a refusal by this rule whose message holds these words; anything else fails the test."""
    try:
        yield
    except Refused as said:
        blocking = [one for one in said.findings if one.blocks]
        if not any((rule is None or one.rule == rule) and words in str(one) for one in blocking):
            raise AssertionError(f"Refused, but not by {rule} with “{words}”: {said}") from said
        return
    raise AssertionError(f"Nothing was refused; {rule or 'a refusal'} was expected.")
