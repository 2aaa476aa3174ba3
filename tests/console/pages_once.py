"""What each console of a test would make again, made once in a process: compiled templates, builders of addresses.

A test has a console of its own, and half the time of making it and of opening its first page went into these.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from flask import Flask
from flask.templating import Environment
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from werkzeug.routing import Rule, rules

_code: dict[tuple[str, str], Any] = {}
_builders: dict[object, Any] = {}
_compile_builder = Rule._compile_builder
_make_environment = Environment.__init__


class Remembered(BytecodeCache):
    """Keeps what templates were compiled to, by their name and their text."""

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take what was compiled from the same text."""
        bucket.code = _code.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        _code[bucket.key, bucket.checksum] = bucket.code


_remembered = Remembered()


def _remembering(templates: Environment, app: Flask, **options: Any) -> None:
    _make_environment(templates, app, **{"bytecode_cache": _remembered, **options})


def _remembered_builder(rule: Rule, append_unknown: bool = True) -> Any:
    # What is built depends on the rule alone, as long as it has no defaults.
    if rule.defaults:
        return _compile_builder(rule, append_unknown)
    key = (rule.rule, tuple(rule._trace), append_unknown)
    if key not in _builders:
        _builders[key] = _compile_builder(rule, append_unknown)
    return _builders[key]


class _Parts:
    """The pattern that takes the addresses of pages apart: each is taken apart once."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self.match = lru_cache(maxsize=8_000)(pattern.match)


def pytest_configure() -> None:
    """Have every console of this process made with what it remembers."""
    # Made so whatever class an app has for its templates.
    Environment.__init__ = _remembering  # type: ignore[method-assign]
    Rule._compile_builder = _remembered_builder  # type: ignore[method-assign]
    rules._part_re = _Parts(rules._part_re)  # type: ignore[assignment]
