"""Logs without personal data: which page, how long, which account by number; never an address, a search or a value."""

from __future__ import annotations

import logging
import re
import secrets
import sys
import time
import traceback
from collections.abc import Mapping, MutableMapping
from typing import Any

import structlog
from flask import Flask, Response, g, request

#: Keys that never reach a log, whoever wrote the line.
HIDDEN = re.compile(
    r"name|login|mail|password|token|cookie|secret|address|phone|birth|upn|search|query|args|form|value|message|param",
    re.I,
)
_LONG_DIGITS = re.compile(r"\d{6,}")
_MAIL = re.compile(r"[^\s@]+@[^\s@]+")


def redact(_: Any, __: str, line: MutableMapping[str, Any]) -> Mapping[str, Any]:
    """Take out what could name a person: hidden keys, e-mail addresses, long numbers."""
    for key, value in list(line.items()):
        if key in ("event", "level", "timestamp"):
            continue
        if HIDDEN.search(key):
            line[key] = "[hidden]"
        elif isinstance(value, str):
            line[key] = _LONG_DIGITS.sub("[number]", _MAIL.sub("[mail]", value))
    return line


def configure(stream: Any = None, level: int = logging.INFO) -> None:
    """Write one line of JSON for each event to standard error, redacted."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            redact,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=lambda *_: structlog.PrintLogger(stream or sys.stderr),
        cache_logger_on_first_use=False,
    )
    # The framework's own loggers put names and statements with their parameters in text: only what is broken gets out.
    for noisy in ("flask_appbuilder", "sqlalchemy", "flask_wtf", "werkzeug"):
        logging.getLogger(noisy).setLevel(logging.CRITICAL)


def log() -> Any:
    """The console's log."""
    return structlog.get_logger("console")


def where(raised: BaseException) -> list[str]:
    """Where something was raised, as file and line; never the message, which may repeat what somebody typed."""
    frames = traceback.extract_tb(raised.__traceback__)
    return [f"{frame.filename.rpartition('site-packages/')[2]}:{frame.lineno} {frame.name}" for frame in frames[-12:]]


def broken(raised: BaseException) -> str:
    """Write down what broke and give the short reference that the page shows."""
    # Letters only: eight figures in a row would be taken for a telephone number and left out of the log.
    reference = "".join(secrets.choice("bcdfghjkmnpqrstvwxz") for _ in range(8))
    log().error(
        "broken", reference=reference, kind=type(raised).__name__, endpoint=request.endpoint, frames=where(raised)
    )
    return reference


def watch(app: Flask) -> None:
    """Write one line for each request: which page it is, never its address."""

    @app.before_request
    def begin() -> None:
        g.cm_began = time.perf_counter()

    @app.after_request
    def end(response: Response) -> Response:
        if request.endpoint != "static":
            took = round((time.perf_counter() - g.get("cm_began", time.perf_counter())) * 1000, 1)
            log().info(
                "request",
                method=request.method,
                page=request.endpoint,
                status=response.status_code,
                ms=took,
                account=g.get("cm_account_id"),
            )
        return response
