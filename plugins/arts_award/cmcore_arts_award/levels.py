"""Levels of awards as they are chosen and said: those of Arts Award, and those that other plugins bring."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cmcore.api import AwardScheme, Level, Work, award_schemes, award_schemes_in_use, refuse


def code_of(scheme: str, level: str) -> str:
    """A level as a form keeps it: "arts_award.bronze"."""
    return f"{scheme}.{level}"


def split(code: str) -> tuple[str, str]:
    """The scheme and the level of a code."""
    scheme, _, level = code.partition(".")
    return scheme, level


def level_of(scheme: str, level: str) -> Level | None:
    """The level, or nothing where the plugin that brings it is gone."""
    found = award_schemes().get(scheme)
    return found.level(level) if found else None


def said(scheme: str, level: str) -> str:
    """A level with its award in words: "Arts Award Bronze"."""
    found = award_schemes().get(scheme)
    known = found.level(level) if found else None
    if found is None or known is None:
        return f"{scheme} {level} (its plugin is not in use)".replace("_", " ")
    return f"{found.title} {known.title}"


def part_said(scheme: str, level: str, part: str) -> str:
    """A part in words: "B Be an audience"."""
    known = level_of(scheme, level)
    found = known.part(part) if known else None
    return found.words if found else part


def offered(work: Work, authority_id: int) -> Iterator[tuple[AwardScheme, Level]]:
    """Every level that can be chosen in an authority, the lowest of each award first."""
    for scheme in award_schemes_in_use(work, authority_id):
        for level in scheme.levels:
            yield scheme, level


def chosen(work: Work, authority_id: int, code: str) -> tuple[AwardScheme, Level]:
    """The level of a code; refuses one that is not offered in the authority."""
    for scheme, level in offered(work, authority_id):
        if code_of(scheme.key, level.key) == code:
            return scheme, level
    raise refuse("That level is not offered here.", place="level", way_out="Choose one of those that are listed.")


def said_together(codes: Iterable[str]) -> str:
    """Levels in words, those of one award together and in its order: "Arts Award Bronze, Silver"."""
    held = set(codes)
    told = []
    for scheme in award_schemes().values():
        titles = [level.title for level in scheme.levels if code_of(scheme.key, level.key) in held]
        held -= {code_of(scheme.key, level.key) for level in scheme.levels}
        if titles:
            told.append(f"{scheme.title} {', '.join(titles)}")
    return "; ".join([*told, *(said(*split(code)) for code in sorted(held))])


def every_code() -> dict[str, str]:
    """Every level there is, by its code, in words."""
    return {
        code_of(scheme.key, level.key): said(scheme.key, level.key)
        for scheme in award_schemes().values()
        for level in scheme.levels
    }
