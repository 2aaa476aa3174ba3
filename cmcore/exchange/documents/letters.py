"""Which letters the fonts beside this file can write, and what is printed in place of those they cannot.

PDF/UA refuses a letter without a shape, so a text is made printable first: nothing is lost without a word. A picture
sign is named ("[thumbs up sign]"), letters of a script no font here has are counted ("[4 letters in Thai script, not
printed]"), and what no page shows (control characters, marks that turn the direction round) is left out.
"""

from __future__ import annotations

import re
import struct
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path

from cmcore.base.words import count

FONTS = Path(__file__).parent / "fonts"
#: The letter of the system and the letter of a young person; what both have is written as it is.
_MAIN = ("SourceSansPro-Regular.otf", "SourceSansPro-Semibold.otf", "SourceSerifPro-Regular.otf")

_PLAIN = re.compile(r"[\n -~£‘’“”–·]*")
_LONG = re.compile(r"\S{25,}")
#: Raised and lowered signs, "⁺", "₂": where no font here has one, the plain sign stands in its place.
_RAISED = re.compile("[\u2070-\u209c]")
#: A place where a line may end, inside a word that is longer than a line.
_MAY_BREAK = "\u200b"
_FLAG = range(0x1F1E6, 0x1F200)
_SKIN = range(0x1F3FB, 0x1F400)


def _unpacked(pattern: str, blob: bytes, at: int) -> tuple[int, ...]:
    return struct.unpack_from(">" + pattern, blob, at)


def written_by(blob: bytes) -> frozenset[int]:
    """The code points a font (TrueType or OpenType) has a shape for, read from its character map."""
    tables = {
        blob[12 + 16 * number : 16 + 16 * number]: _unpacked("II", blob, 20 + 16 * number)
        for number in range(_unpacked("H", blob, 4)[0])
    }
    start = tables[b"cmap"][0]
    found: set[int] = set()
    for number in range(_unpacked("H", blob, start + 2)[0]):
        platform, _, offset = _unpacked("HHI", blob, start + 4 + 8 * number)
        at = start + offset
        shape = _unpacked("H", blob, at)[0]
        if platform in (0, 3) and shape == 4:
            found.update(_in_segments(blob, at))
        elif platform in (0, 3) and shape == 12:
            for group in range(_unpacked("I", blob, at + 12)[0]):
                first, last, _ = _unpacked("III", blob, at + 16 + 12 * group)
                found.update(range(first, last + 1))
    return frozenset(found)


def _in_segments(blob: bytes, at: int) -> Iterator[int]:
    segments = _unpacked("H", blob, at + 6)[0] // 2
    last = _unpacked(f"{segments}H", blob, at + 14)
    first = _unpacked(f"{segments}H", blob, at + 16 + 2 * segments)
    shift = _unpacked(f"{segments}H", blob, at + 16 + 4 * segments)
    where = at + 16 + 6 * segments
    offsets = _unpacked(f"{segments}H", blob, where)
    for number in range(segments):
        for code in range(first[number], last[number] + 1):
            glyph = code + shift[number]
            if offsets[number]:
                at_glyph = where + 2 * number + offsets[number] + 2 * (code - first[number])
                glyph = _unpacked("H", blob, at_glyph)[0]
            if glyph & 0xFFFF and code != 0xFFFF:
                yield code


@cache
def coverage() -> tuple[frozenset[int], ...]:
    """What each font writes: first what the main letters have in common, then each further script."""
    main = frozenset.intersection(*(written_by((FONTS / name).read_bytes()) for name in _MAIN))
    others = (path for path in sorted(FONTS.glob("*.[to]tf")) if path.name not in _MAIN)
    return main, *(written_by(path.read_bytes()) for path in others)


def printable(text: str, *, plain: bool = False) -> str:
    """The text with nothing in it that a page cannot show; ``plain`` keeps to the letters of the main font."""
    if _PLAIN.fullmatch(text):
        return _LONG.sub(_breakable, text)
    return _LONG.sub(_breakable, _told(text, plain))


@lru_cache(maxsize=2048)
def _told(text: str, plain: bool) -> str:
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    text = _RAISED.sub(_plain_sign, text)
    return "".join(_runs(_signs(text, coverage()[:1] if plain else coverage())))


def _plain_sign(raised: re.Match[str]) -> str:
    return raised[0] if ord(raised[0]) in coverage()[0] else unicodedata.normalize("NFKC", raised[0])


def begins_rightwards(text: str) -> bool:
    """Whether the first letter belongs to a script that is written from right to left."""
    for sign in text:
        if (way := unicodedata.bidirectional(sign)) in ("L", "R", "AL"):
            return way != "L"
    return False


def _signs(text: str, fonts: tuple[frozenset[int], ...]) -> Iterator[tuple[str, str]]:
    """Each sign with what is to be done about it: "" keeps it, anything else names the run it is told in."""
    font: frozenset[int] | None = None
    for sign in text:
        code, category = ord(sign), unicodedata.category(sign)
        if sign in "\n\u2028\u2029":
            font = None
            yield "\n", ""
        elif sign == "\t" or category == "Zs":
            yield "\u00a0" if sign == "\u00a0" else " ", ""
        elif sign in "\u200c\u200d":
            # Joiners shape Arabic and Indic letters; elsewhere they only glue picture signs together.
            if font is not None and font is not fonts[0] and code in font:
                yield sign, ""
        elif category in ("Cc", "Cf", "Cs") or code in _SKIN or 0xFE00 <= code <= 0xFE0F or code >= 0xE0000:
            continue
        elif category in ("Mn", "Me", "Mc"):
            # A mark is drawn by the font of its letter or not at all.
            if font is not None and code in font:
                yield sign, ""
        else:
            font = next((one for one in fonts if code in one), None)
            yield sign, "" if font is not None else _kind_of(sign, code, category)


def _kind_of(sign: str, code: int, category: str) -> str:
    if code in _FLAG:
        return "flag"
    if category in ("Lo", "Lu", "Ll", "Lt", "Lm", "Nl", "Nd"):
        return "script " + _script(sign)
    return "sign"


def _script(sign: str) -> str:
    name = unicodedata.name(sign, "unknown").split("-")[0].split()[0]
    return {"CJK": "Chinese", "HIRAGANA": "Japanese", "KATAKANA": "Japanese", "HANGUL": "Korean"}.get(
        name, name.capitalize()
    )


def _runs(signs: Iterable[tuple[str, str]]) -> Iterator[str]:
    for kind, run in groupby(signs, key=lambda one: one[1]):
        held = [sign for sign, _ in run]
        if not kind:
            yield "".join(held)
        elif kind == "flag":
            yield f"[flag {''.join(chr(ord(sign) - 0x1F1E6 + ord('A')) for sign in held)}]"
        elif kind == "sign":
            yield "".join(f"[{unicodedata.name(sign, 'unknown sign').lower()}]" for sign in held)
        else:
            yield f"[{count(len(held), 'letter')} in {kind.removeprefix('script ')} script, not printed]"


def _breakable(word: re.Match[str]) -> str:
    """A very long word with places where a line may end, so that it does not run off the page."""
    held = word[0]
    return _MAY_BREAK.join(held[at : at + 12] for at in range(0, len(held), 12))
