"""How long, when, how much, in the many ways freelancers write it. Pure; what is unclear is not guessed."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Literal

Unit = Literal["hours", "minutes", ""]

_FRACTIONS = {"¼": "25", "½": "5", "¾": "75"}
_WORDS = {
    word: number
    for number, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), 1
    )
} | {"an": 1, "a": 1}
_HOUR, _MINUTE = r"(?:hours?|hrs?|h)\.?", r"(?:minutes?|mins?|min|m|\')\.?"
_AMOUNT = r"(\d{1,4}(?:[.,]\d{1,4})?)"
_CLOCKED = re.compile(r"(\d{1,3})\s*[:;]\s*([0-5]\d)(?::[0-5]\d)?")
_BOTH = re.compile(rf"(\d{{1,3}})\s*{_HOUR}\s*(?:and\s*|,\s*)?(\d{{1,2}})\s*(?:{_MINUTE})?")
_HOURS = re.compile(rf"{_AMOUNT}\s*{_HOUR}")
_MINUTES = re.compile(rf"{_AMOUNT}\s*{_MINUTE}")
_BARE = re.compile(_AMOUNT)
_TIMES = re.compile(r"(\d{1,2})\s*[x×*]\s*(.+)")
_TIME = re.compile(r"(\d{1,2})(?:\s*[:.h]\s*([0-5]\d))?\s*(am|pm|a\.m\.|p\.m\.)?", re.IGNORECASE)
_SPAN = re.compile(r"(.+?)\s*(?:-|–|—|to|until|till)\s*(.+)", re.IGNORECASE)
#: No session is longer than this, in minutes.
_LONGEST = 24 * 60


class Unclear(ValueError):
    """What was written can be read in two ways, or in none; the words say which."""


def minutes_of(told: str, unit: Unit = "") -> int:
    """Whole minutes of what was written: "1.5", "1h30", "90 min", "1:30", "an hour and a half", "10:00 to 11:30".

    ``unit`` is what the heading says where the cell says nothing. Raises :class:`Unclear`.
    """
    text = _plain(told)
    if (span := _SPAN.fullmatch(text)) and (between := _between(span[1], span[2])) is not None:
        return between
    if many := _TIMES.fullmatch(text):
        return _sound(int(many[1]) * minutes_of(many[2], unit), told)
    if found := _CLOCKED.fullmatch(text):
        return _sound(int(found[1]) * 60 + int(found[2]), told)
    text = _spelt(text)
    if found := _BOTH.fullmatch(text):
        if int(found[2]) > 59:
            raise Unclear(f"“{told}” has more than 59 minutes beside its hours")
        return _sound(int(found[1]) * 60 + int(found[2]), told)
    if found := _HOURS.fullmatch(text):
        return _of_hours(found[1], told)
    if found := _MINUTES.fullmatch(text):
        return _sound(_whole(_number(found[1]), told), told)
    if found := _BARE.fullmatch(text):
        return _bare(found[1], unit, told)
    raise Unclear(f"“{told}” is no length of time")


def _plain(told: str) -> str:
    text = " ".join(told.replace("\u00a0", " ").split()).casefold()
    return text.rstrip(".").removeprefix("approx").removeprefix("c.").strip(" .~")


def _spelt(text: str) -> str:
    """The same with numbers and fractions in figures: "an hour and a half" is "1.5 hour"."""
    for sign, decimal in _FRACTIONS.items():
        text = re.sub(rf"(\d)\s*{sign}", rf"\g<1>.{decimal}", text).replace(sign, f"0.{decimal}")
    text = re.sub(r"(\d+) 1/2", r"\1.5", text)
    text = re.sub(r"(\d+) (1/4|3/4)", lambda it: f"{it[1]}.{'25' if it[2] == '1/4' else '75'}", text)
    for part, decimal in (("1/2", "0.5"), ("1/4", "0.25"), ("3/4", "0.75")):
        text = text.replace(part, decimal) if not re.search(rf"\d{part}", text) else text
    if found := re.fullmatch(rf"(\w+) {_HOUR} and a (half|quarter)", text):
        whole = _WORDS.get(found[1], int(found[1]) if found[1].isdigit() else None)
        if whole is not None:
            return f"{whole}.{'5' if found[2] == 'half' else '25'} hour"
    if found := re.fullmatch(rf"(\w+) and a (half|quarter) {_HOUR}", text):
        whole = _WORDS.get(found[1], int(found[1]) if found[1].isdigit() else None)
        if whole is not None:
            return f"{whole}.{'5' if found[2] == 'half' else '25'} hour"
    text = re.sub(rf"half (?:an )?{_HOUR}", "0.5 hour", text)
    text = re.sub(rf"(?:a )?quarter of an {_HOUR}", "0.25 hour", text)
    return re.sub(r"^(\w+)(?= )", lambda it: str(_WORDS.get(it[1], it[1])), text)


def _number(told: str) -> Decimal:
    try:
        return Decimal(told.replace(",", "."))
    except InvalidOperation:
        raise Unclear(f"“{told}” is no number") from None


def _of_hours(told: str, said: str) -> int:
    """Hours as a decimal; "1.30" may be meant as half past, and is not guessed."""
    number = _number(told)
    minutes = number * 60
    whole, _, after = told.replace(",", ".").partition(".")
    clocked = int((after + "0")[:2]) if after and len(after) <= 2 else 0
    if minutes != minutes.to_integral_value() or (minutes % 5 and clocked <= 59 and clocked % 5 == 0):
        one = f"{int(minutes) // 60} h {int(minutes) % 60:02d}"
        raise Unclear(f"“{said}” may be {one} or {int(whole or 0)} h {clocked:02d}")
    if after == "30" or (after == "15") or (after == "45"):
        raise Unclear(f"“{said}” may be {after} hundredths of an hour or {after} minutes past it")
    return _sound(int(minutes), said)


def _bare(told: str, unit: Unit, said: str) -> int:
    number = _number(told)
    if unit == "minutes":
        return _sound(_whole(number, said), said)
    if unit == "hours" or number <= 12:
        return _of_hours(told, said)
    if number >= 25 and number == number.to_integral_value():
        return _sound(int(number), said)
    raise Unclear(f"“{said}” may be hours or minutes")


def _whole(number: Decimal, said: str) -> int:
    if number != number.to_integral_value():
        raise Unclear(f"“{said}” is no whole number of minutes")
    return int(number)


def _sound(minutes: int, said: str) -> int:
    if not 0 < minutes <= _LONGEST:
        raise Unclear(f"“{said}” is no length a session can have")
    return minutes


def _between(first: str, second: str) -> int | None:
    """Minutes from one time of day to another; nothing where these are no times."""
    begins, ends = _TIME.fullmatch(first.strip()), _TIME.fullmatch(second.strip())
    if begins is None or ends is None or not (begins[2] or begins[3] or ends[2] or ends[3]):
        return None
    start, end = time_of(first), time_of(second)
    if start is None or end is None:
        return None
    if not begins[3] and ends[3] and end <= start:
        start -= 12 * 60 if start >= 12 * 60 else 0
    if not begins[3] and not ends[3] and end <= start and end + 12 * 60 > start:
        end += 12 * 60
    if end <= start:
        raise Unclear(f"{first.strip()} to {second.strip()} ends before it begins")
    return end - start


def time_of(told: str) -> int | None:
    """A time of day as minutes from midnight: "14:30", "2.30pm", "10am"; nothing for what is none."""
    found = _TIME.fullmatch(" ".join(told.split()))
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    half = (found[3] or "").replace(".", "").casefold()
    if hour > 23 or (half and not 1 <= hour <= 12):
        return None
    if half == "pm" and hour < 12:
        hour += 12
    if half == "am" and hour == 12:
        hour = 0
    return hour * 60 + minute


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FIGURES = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})(?:\s*[/.\-]\s*(\d{4}|\d{2}))?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[t ].*)?")
_NAMED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?(?: of)?[ \-/]([a-z]{3,9})\.?(?:,?[ \-/](\d{4}|\d{2}))?")
_DAY_NAMES = re.compile(r"^(?:mon|tue|tues|wed|weds|thu|thur|thurs|fri|sat|sun)(?:day|nesday|sday|rsday|urday)?,?\.? ")


def day_of(told: str, around: date) -> date:
    """The day that was written, the day before the month; without a year the last one up to ``around``.

    "12/03/2026", "12.3.26", "Thu 12th March", "2026-03-12". Raises :class:`Unclear`.
    """
    text = _DAY_NAMES.sub("", " ".join(told.replace("\u00a0", " ").split()).casefold())
    if found := _ISO.fullmatch(text):
        return _day(int(found[1]), int(found[2]), int(found[3]), told)
    if found := _FIGURES.fullmatch(text):
        return _dated(int(found[1]), int(found[2]), found[3], told, around)
    if (found := _NAMED.fullmatch(text)) and found[2][:3] in _MONTHS:
        return _dated(int(found[1]), _MONTHS.index(found[2][:3]) + 1, found[3], told, around)
    raise Unclear(f"“{told}” is not a day")


def _dated(day: int, month: int, year: str | None, told: str, around: date) -> date:
    if year is not None:
        return _day(int(year) + (2000 if len(year) == 2 else 0), month, day, told)
    near = [_day(around.year + step, month, day, told) for step in (-1, 0, 1) if _there(around.year + step, month, day)]
    if not near:
        raise Unclear(f"“{told}” is not a day")
    # What is billed has been: the last such day that is over.
    return max((one for one in near if one <= around), default=near[0])


def _there(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _day(year: int, month: int, day: int, told: str) -> date:
    if not _there(year, month, day):
        raise Unclear(f"“{told}” is not a day")
    return date(year, month, day)


_MONEY = re.compile(
    r"(?:£|gbp)?\s*(\d{1,3}(?:,\d{3})+|\d{1,7})(?:\.(\d{1,2}))?\s*(?:gbp|ph|p/h|/h|/hr|per hour|an hour)?"
)


def pence_of(told: str) -> int:
    """Whole pence of pounds that were written: "£32", "32.50", "£1,200.00", "£32 per hour". Raises :class:`Unclear`."""
    found = _MONEY.fullmatch(" ".join(told.replace("\u00a0", " ").split()).casefold())
    if found is None:
        raise Unclear(f"“{told}” is no amount of money")
    return int(found[1].replace(",", "")) * 100 + int((found[2] or "0").ljust(2, "0"))
