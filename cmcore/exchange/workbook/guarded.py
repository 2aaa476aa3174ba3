"""Reads a stranger's file in a process of its own, with limits of memory and time: what it breaks is only that process.

``guarded("cmcore.exchange.workbook.reading:book_data", blob, file)`` calls that function there with the bytes and the
name and gives back what it returned, which must be JSON. A refusal raised there is raised here, with its findings.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import fields
from pathlib import Path
from typing import Any

import cmcore
from cmcore.base.findings import Finding, Refused, Severity
from cmcore.exchange.checks import refused_file

#: Where the core stands, so that the other process imports the same one.
_ROOT = Path(cmcore.__file__).resolve().parent.parent
_FIELDS = {one.name for one in fields(Finding)}


_COPY = "Copy what was filled in into a new sheet and bring that in."


def guarded(
    task: str,
    blob: bytes,
    file: str,
    *,
    seconds: float = 20,
    megabytes: int = 512,
    way_out: str = _COPY,
    **options: Any,
) -> Any:
    """What a function, named as "module:function", makes of a file in another process.

    ``options`` are handed on by name and must be JSON. Raises what the function refused; a process that ran out of
    ``seconds`` of computing or ``megabytes`` of memory, or fell over, becomes one refusal that names the file, with
    this ``way_out``.
    """
    order = {"task": task, "file": file, "seconds": int(seconds) + 1, "megabytes": megabytes, "options": options}
    try:
        answer = answered(json.dumps(order).encode() + b"\n" + blob, seconds)
    except TimeoutError:
        raise refused_file(
            file,
            f"Reading the file took more than {seconds:g} seconds and was given up.",
            way_out,
        ) from None
    try:
        told = json.loads(answer)
    except ValueError:
        told = {}
    if "made" in told:
        return told["made"]
    if "findings" in told:
        raise Refused([_finding(one) for one in told["findings"]])
    raise refused_file(
        file,
        "Reading the file took more memory than is allowed, or the file is damaged in a way that stops its reader.",
        way_out,
    )


def answered(order: bytes, seconds: float) -> bytes:
    """What a process of its own says to an order, as far as it came; raises ``TimeoutError`` after so long."""
    # No variable of ours, no password, reaches a process that reads a stranger's file.
    surroundings = {"PYTHONPATH": str(_ROOT), "PYTHONIOENCODING": "utf-8", "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-s", "-m", "cmcore.exchange.workbook.child"],
            input=order,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=surroundings,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise TimeoutError from None
    return done.stdout


def _finding(told: dict[str, Any]) -> Finding:
    kept = {name: value for name, value in told.items() if name in _FIELDS}
    return Finding(**kept | {"severity": Severity(kept.get("severity", "block"))})
