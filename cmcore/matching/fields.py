"""What interests and art forms have to do with each other, and which days somebody means: words against words."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rapidfuzz import fuzz, utils

#: Words that belong to one kind of art: an interest in one is half of an interest in the others [Default].
FAMILIES = (
    ("film", "video", "camera", "animation", "editing", "documentary", "stop motion", "vlog"),
    ("music", "singing", "song", "songwriting", "rap", "guitar", "drums", "piano", "beats", "band", "recording", "dj"),
    ("drama", "acting", "theatre", "improvisation", "stage", "puppetry", "comedy"),
    ("drawing", "painting", "manga", "illustration", "sketching", "comics", "graffiti", "street art", "visual art"),
    ("printmaking", "printing", "lino", "screen print", "collage", "bookbinding"),
    ("writing", "poetry", "poems", "stories", "spoken word", "lyrics", "zines", "creative writing"),
    ("dance", "ballet", "breakdance", "movement", "circus"),
    ("photography", "photographs", "photos", "darkroom"),
    ("ceramics", "clay", "pottery", "sculpture", "wood carving", "carving", "modelling"),
    ("textiles", "sewing", "fashion", "knitting", "embroidery", "costume", "craft", "crafts"),
    ("digital art", "coding", "game design", "gaming", "games", "3d", "sound design"),
)
#: From which likeness, out of 100, a word counts as the same, and as near.
SAME, NEAR = 88, 74
_WORD = re.compile(r"[a-z0-9']+")
_ENDING = re.compile(r"(?<=[a-z]{3})(?:ings?|ers?|ies|ed|es|[esy])$")


def likeness(interests: str, art_forms: Iterable[str]) -> tuple[float, str]:
    """How well a mentor's art forms fit what a young person likes, 0 to 1, and which words say so.

    Spelling and endings are forgiven (rapidfuzz); a word of the same kind of art counts half.
    """
    said = _spoken(interests)
    best: tuple[float, str] = (0.0, "")
    for form in art_forms:
        name = form.strip()
        if not name or not said:
            continue
        stem = _stem(name)
        alike, words = max((fuzz.ratio(stem, each), words) for words, each in said.items())
        if alike >= SAME:
            found = (1.0, f"{name} is what they like")
        elif alike >= NEAR:
            found = (0.7, f"{name} is near to “{words}”")
        else:
            near = _related(stem, said)
            found = (0.5, f"{name} belongs with “{near}”") if near else best
        best = max(best, found, key=lambda one: one[0])
    return best


def _spoken(text: str) -> dict[str, str]:
    """The words of a text, and every two that follow each other, each with its stem."""
    words = _WORD.findall(utils.default_process(text))
    pairs = (f"{one} {other}" for one, other in zip(words, words[1:], strict=False))
    return {each: _stem(each) for each in (*words, *pairs)}


def _stem(words: str) -> str:
    """Words without their endings: filming and films are film, dancing is danc and so is dance."""
    return " ".join(_ENDING.sub("", one) if len(one) > 4 else one for one in utils.default_process(words).split())


#: The words of each kind of art without their endings.
_STEMS = tuple(tuple(_stem(one) for one in family) for family in FAMILIES)


def _related(name: str, said: dict[str, str]) -> str:
    """The word of the text that belongs to the same kind of art as a stem, if there is one."""
    for stems in _STEMS:
        if not any(fuzz.ratio(name, each) >= SAME for each in stems):
            continue
        for words, stem in said.items():
            if any(fuzz.ratio(stem, each) >= SAME for each in stems):
                return words
    return ""


_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_RANGE = re.compile(r"\b(mon|tue|wed|thu|fri|sat|sun)[a-z]*\s*(?:-|–|to|until|till)\s*(mon|tue|wed|thu|fri|sat|sun)")
_NOT = re.compile(r"\b(?:not|except|but)\b[^,.;]*")
_ANY = re.compile(r"\b(any ?time|any ?day|every ?day|all week|flexible|whenever)\b")


def days_meant(availability: str) -> frozenset[int] | None:
    """The weekdays a sentence about availability names, Monday 0; nothing where none is understood."""
    text = _NOT.sub("", availability.lower())
    if _ANY.search(text):
        return frozenset(range(7))
    found: set[int] = set()
    for first, last in _RANGE.findall(text):
        start, end = (next(n for n, day in enumerate(_DAYS) if day.startswith(one)) for one in (first, last))
        found |= set(range(start, end + 1)) if start <= end else {*range(start, 7), *range(end + 1)}
    for number, day in enumerate(_DAYS):
        if re.search(rf"\b{day[:3]}(s|{day[3:]}s?)?\b", text):
            found.add(number)
    if re.search(r"\bweek ?days?\b|\bschool days\b|\bschool hours\b|\bterm time\b", text):
        found |= set(range(5))
    if re.search(r"\bweek ?ends?\b", text):
        found |= {5, 6}
    return frozenset(found) or None
