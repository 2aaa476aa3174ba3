"""Days, times and instants as people type them, and as they are said back to them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from datetime import UTC
from typing import Any

from cmcore.base.clock import LONDON, day, local

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?", re.ASCII)
_PARTS = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?[ /.\-]+(\d{1,2}|[a-z]{3,9})[ /.,\-]+(\d{1,6})", re.ASCII | re.IGNORECASE
)
_TIME = re.compile(r"(\d{1,2})(?:[:.h ]?(\d{2}))?(?::00)?\s*(am|pm)?", re.ASCII | re.IGNORECASE)

DAY_WAY_OUT = "Use day, month, year, for example 10 11 2026."
TIME_WAY_OUT = "Use hours and minutes, for example 14:30."
MOMENT_WAY_OUT = "Use day, month, year and a time, for example 10 11 2026 14:30."


class Unreadable(ValueError):
    """What was typed cannot be read; the message is a sentence for the person who typed it."""

    def __init__(self, sentence: str, way_out: str = "") -> None:
        """Keep the sentence and the way out apart."""
        super().__init__(sentence)
        self.sentence = sentence
        self.way_out = way_out


def month_name(number: int) -> str:
    """The name of a month, or "month 13" for one there is not."""
    return _MONTHS[number - 1].capitalize() if 1 <= number <= 12 else f"month {number}"


def read_day(typed: Any) -> dt.date:
    """A day from a date, from three boxes, or from text: "10 11 2026", "10 November 2026", "2026-11-10"."""
    if isinstance(typed, dt.datetime):
        return local(typed).date() if typed.tzinfo else typed.date()
    if isinstance(typed, dt.date):
        return typed
    if isinstance(typed, Mapping):
        boxes = [str(typed.get(part) or "").strip() for part in ("day", "month", "year")]
        if empty := [name for name, box in zip(("day", "month", "year"), boxes, strict=True) if not box]:
            raise Unreadable(
                f"the {' and the '.join(empty)} {'is' if len(empty) == 1 else 'are'} missing.", DAY_WAY_OUT
            )
        typed = " ".join(boxes)
    text = " ".join(str(typed).split())
    if iso := _ISO.fullmatch(text):
        year, month, on = (int(part) for part in iso.groups())
    elif parts := _PARTS.fullmatch(text):
        year, on = int(parts[3]), int(parts[1])
        month = int(parts[2]) if parts[2].isdigit() else _month_called(parts[2], text)
        if len(parts[3]) != 4:
            raise Unreadable(f"“{text}” has no year in four figures.", DAY_WAY_OUT)
    else:
        raise Unreadable(f"“{text}” is not a day.", DAY_WAY_OUT)
    try:
        found = dt.date(year, month, on)
    except ValueError:
        raise Unreadable(f"{on} {month_name(month)} {year} is not a day.", DAY_WAY_OUT) from None
    if not 1900 <= year <= 2200:
        raise Unreadable(f"the year {year} is not between 1900 and 2200.", DAY_WAY_OUT)
    return found


def _month_called(word: str, text: str) -> int:
    found = [number for number, name in enumerate(_MONTHS, 1) if name.startswith(word.lower())]
    if word.lower() == "sept":
        found = [9]
    if len(found) != 1:
        raise Unreadable(f"“{text}” is not a day: there is no month “{word}”.", DAY_WAY_OUT)
    return found[0]


def read_time(typed: Any) -> dt.time:
    """A time of day, to the minute, from a time or from text: "14:30", "1430", "2.30 pm", "9am"."""
    if isinstance(typed, dt.time) and typed.tzinfo is None:
        return typed.replace(second=0, microsecond=0)
    text = " ".join(str(typed).split())
    found = _TIME.fullmatch(text)
    # An hour alone could be a number of anything, and three figures in a row can be read two ways.
    if not found or (found[2] is None and found[3] is None) or re.fullmatch(r"\d{3}", text):
        raise Unreadable(f"“{text}” is not a time.", TIME_WAY_OUT)
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            raise Unreadable(f"“{text}” is not a time.", TIME_WAY_OUT)
        hour = hour % 12 + (12 if half == "pm" else 0)
    if hour > 23 or minute > 59:
        raise Unreadable(f"“{text}” is not a time.", TIME_WAY_OUT)
    return dt.time(hour, minute)


def moment_at(on: dt.date, at: dt.time, which: str = "") -> dt.datetime:
    """The instant, in UTC, when England's clocks show this day and time.

    When the clocks go back an hour happens twice: ``which`` says "first" (summer time) or "second". When they go
    forward an hour does not happen at all, and a time in it is refused.
    """
    naive = dt.datetime.combine(on, at)
    first, second = naive.replace(tzinfo=LONDON, fold=0), naive.replace(tzinfo=LONDON, fold=1)
    if first.utcoffset() == second.utcoffset():
        return first.astimezone(UTC)
    if first.astimezone(UTC).astimezone(LONDON).replace(tzinfo=None) != naive:
        raise Unreadable(
            f"there was no {at:%H:%M} on {day(on)}: the clocks went forward an hour at 01:00.",
            "Write a time outside that hour.",
        )
    if which not in ("first", "second"):
        raise Unreadable(
            f"{at:%H:%M} came twice on {day(on)}, when the clocks went back.",
            "Say whether it was the first or the second.",
        )
    return (first if which == "first" else second).astimezone(UTC)


def happens_twice(on: dt.date, at: dt.time) -> bool:
    """Whether England's clocks show this time twice on that day."""
    instants = {dt.datetime.combine(on, at, LONDON).replace(fold=fold).astimezone(UTC) for fold in (0, 1)}
    return len(instants) == 2 and all(one.astimezone(LONDON).time() == at for one in instants)


def read_moment(typed: Any) -> dt.datetime:
    """An instant in UTC from a datetime, from a day with a time, or from text.

    Text is read as "10 11 2026 14:30" or "2026-11-10T14:30+00:00". One without a zone is read on England's wall clock.
    Seconds are dropped.
    """
    if isinstance(typed, Mapping):
        when, at = typed.get("day"), str(typed.get("time") or "").strip()
        boxes = typed if any(part in typed for part in ("month", "year")) else when
        if not at:
            raise Unreadable("the time is missing.", TIME_WAY_OUT)
        return moment_at(read_day(boxes if boxes else ""), read_time(at), str(typed.get("which") or ""))
    if not isinstance(typed, dt.datetime):
        typed = _moment_from_text(" ".join(str(typed).split()))
    typed = typed.replace(second=0, microsecond=0)
    if typed.tzinfo is None:
        return moment_at(typed.date(), typed.time(), "second" if typed.fold else "")
    if not 1900 <= typed.year <= 2200:
        raise Unreadable(f"the year {typed.year} is not between 1900 and 2200.", DAY_WAY_OUT)
    instant: dt.datetime = typed.astimezone(UTC)
    return instant


def _moment_from_text(text: str) -> dt.datetime:
    if re.match(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}", text):
        try:
            return dt.datetime.fromisoformat(text)
        except ValueError:
            raise Unreadable(f"“{text}” is not a day with a time.", MOMENT_WAY_OUT) from None
    for words in (1, 2):
        head, tail = " ".join(text.split()[:-words]), " ".join(text.split()[-words:])
        try:
            return dt.datetime.combine(read_day(head), read_time(tail))
        except Unreadable:
            continue
    raise Unreadable(f"“{text}” is not a day with a time.", MOMENT_WAY_OUT)


def say_moment(at: dt.datetime) -> str:
    """An instant on England's wall clock: "10 November 2026 at 14:30"; the zone is added where the hour comes twice."""
    shown = local(at)
    zone = f" ({shown:%Z})" if happens_twice(shown.date(), shown.time().replace(fold=0)) else ""
    return f"{day(shown.date())} at {shown:%H:%M}{zone}"
