"""The other side of :mod:`cmcore.exchange.workbook.guarded`: sets its limits, does one task, writes JSON, ends."""

from __future__ import annotations

import json
import sys
from importlib import import_module

from cmcore.base.findings import Refused


def limit(megabytes: int, seconds: int) -> None:
    """Hold this process to so much memory and so much computing; where the system knows no such limits, to none."""
    try:
        import resource
    except ImportError:
        return
    for what, most in ((resource.RLIMIT_AS, megabytes * 1_000_000), (resource.RLIMIT_CPU, seconds)):
        try:
            resource.setrlimit(what, (most, most))
        except (ValueError, OSError):
            continue


def main() -> None:
    """Do the task that stands in the first line, with the bytes that follow it."""
    order = json.loads(sys.stdin.buffer.readline())
    limit(order["megabytes"], order["seconds"])
    blob = sys.stdin.buffer.read()
    module, _, name = order["task"].partition(":")
    try:
        made = {"made": getattr(import_module(module), name)(blob, order["file"], **order["options"])}
    except Refused as refused:
        made = {"findings": [one.as_data() for one in refused.findings]}
    except (MemoryError, RecursionError):
        made = {"broke": True}
    sys.stdout.buffer.write(json.dumps(made).encode())


if __name__ == "__main__":
    main()
