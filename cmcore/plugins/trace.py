"""``CM_TRACE_PLUGINS=1``: each call of a hook on standard error, with what is sensitive masked."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from functools import lru_cache
from time import perf_counter
from typing import Any

from cmcore.base.records import Record

#: Shown in place of a value that may say something about somebody.
MASK = "•"
#: Arguments that only ever hold what the core itself put there.
_PLAIN = frozenset({"step", "on"})


@lru_cache(maxsize=1)
def tracing() -> bool:
    """Whether the environment asks for it."""
    return os.environ.get("CM_TRACE_PLUGINS", "") not in ("", "0")


def masked(name: str, value: Any) -> str:
    """An argument as the trace shows it: a record by kind and number, anything else by its class or not at all."""
    if isinstance(value, Record):
        return f"{value.kind()} {getattr(value, 'id', None) or 'new'}"
    if name in _PLAIN:
        return str(value)
    if value is None:
        return "nothing"
    return MASK if isinstance(value, (str, int, float, bytes)) else type(value).__name__


def call(plugin: str, hook: str, arguments: Mapping[str, Any], began: float, given: Any) -> None:
    """Write one line about a call that has returned, or raised what ``given`` holds."""
    said = ", ".join(f"{name}={masked(name, value)}" for name, value in arguments.items() if name != "work")
    if isinstance(given, BaseException):
        came = f"raised {type(given).__name__}"
    else:
        came = f"{len(given)} back" if isinstance(given, list | tuple) else "done"
    took = (perf_counter() - began) * 1000
    sys.stderr.write(f"plugins: {hook}({said}) → {plugin}: {came}, {took:.1f} ms\n")
