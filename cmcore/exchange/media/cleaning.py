"""The one way in for media: told by its content, cleaned in a process of its own, and sealed as clean.

A record takes only what :func:`clean` has made, so that no file as it came from a phone is ever kept.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from typing import Any

import filetype

from cmcore.exchange.media import boxes, pictures, sounds
from cmcore.exchange.media.words import MP3, OGG, TYPES, WAV, MediaKind, MediaType, not_taken
from cmcore.exchange.workbook.guarded import guarded

_SEAL = object()
#: What is refused although a phone may send it, with the way out.
_HEIC = "Set the phone's camera to its most compatible kind of picture, or save the picture as JPEG."
_UNREADABLE = "Send it from the phone again, or save it as another kind of file."


@dataclass(frozen=True)
class Cleaned:
    """A piece of media that says nothing but what is seen and heard; only :func:`clean` makes one."""

    type: MediaType
    content: bytes
    small: bytes
    width: int
    height: int
    seal: Any = field(repr=False, compare=False)

    def __post_init__(self) -> None:
        """Refuse bytes that did not come through the cleaning."""
        if self.seal is not _SEAL:
            raise TypeError("Media is kept only as clean() gives it.")


@dataclass(frozen=True)
class Limits:
    """The most bytes of each kind, and the longest side a picture is kept with, in points."""

    picture: int = 20_000_000
    film: int = 60_000_000
    sound: int = 30_000_000
    longest_side: int = 2_560

    def of(self, kind: MediaKind) -> int:
        """The most bytes of a kind."""
        return {MediaKind.photo: self.picture, MediaKind.film: self.film, MediaKind.audio: self.sound}[kind]


def clean(blob: bytes, limits: Limits | None = None) -> Cleaned:
    """The picture, film or recording in these bytes, freed of everything else; its name is never asked.

    Refuses what is not taken, what is damaged and what is too big, before a reader of pictures has seen it.
    """
    limits = limits or Limits()
    _refuse_size(len(blob), max(limits.picture, limits.film, limits.sound))
    kind = kind_of(blob)
    if kind is not None:
        _refuse_size(len(blob), limits.of(kind))
    told = guarded(
        "cmcore.exchange.media.cleaning:cleaned_here",
        blob,
        "",
        seconds=30,
        megabytes=1_200,
        way_out=_UNREADABLE,
        longest_side=limits.longest_side,
    )
    made = TYPES[told["media_type"]]
    content, small = base64.b64decode(told["content"]), base64.b64decode(told["small"])
    _refuse_size(len(content), limits.of(made.kind))
    return Cleaned(made, content, small, told["width"], told["height"], _SEAL)


def kind_of(blob: bytes) -> MediaKind | None:
    """What the first bytes promise; none where it cannot be told before it is read through."""
    if not blob:
        raise not_taken("The file is empty.", "Choose it again.")
    guessed = filetype.guess(blob[:8192])
    family = guessed.mime.partition("/")[0] if guessed is not None else ""
    if guessed is not None and guessed.mime in ("image/heic", "image/heif", "image/avif"):
        raise not_taken("This kind of picture (HEIC) is not taken.", _HEIC)
    if blob[4:8] == b"ftyp" or guessed is None:
        # A recording and a film begin alike; an MP3 without tags is told by its frames.
        return None
    if family not in ("image", "video", "audio"):
        raise not_taken("This is no picture, film or recording.")
    return {"image": MediaKind.photo, "video": MediaKind.film, "audio": MediaKind.audio}[family]


def cleaned_here(blob: bytes, _: str, *, longest_side: int) -> dict[str, Any]:
    """The same in this process, as plain values: what the guarded process does."""
    small, width, height = b"", 0, 0
    if boxes.is_boxed(blob):
        cleared = boxes.cleared(blob)
        kind, content = cleared.type, cleared.content
    elif blob[:4] == b"RIFF" and blob[8:12] == b"WAVE":
        kind, content = WAV, sounds.wav(blob)
    elif blob[:4] == b"OggS":
        kind, content = OGG, sounds.ogg(blob)
    elif blob[:3] == b"\xff\xd8\xff" or blob[:8] == b"\x89PNG\r\n\x1a\n" or blob[8:12] == b"WEBP":
        drawn = pictures.redrawn(blob, longest_side)
        kind, content, small = drawn.type, drawn.content, drawn.small
        width, height = drawn.width, drawn.height
    elif sounds.is_mp3(blob):
        kind, content = MP3, sounds.mp3(blob)
    else:
        raise not_taken("This is no picture, film or recording of a kind that is taken.")
    return {
        "media_type": kind.media_type,
        "content": base64.b64encode(content).decode(),
        "small": base64.b64encode(small).decode(),
        "width": width,
        "height": height,
    }


def _refuse_size(size: int, most: int) -> None:
    if size > most:
        raise not_taken("The file is too big.", f"Choose one under {most // 1_000_000} MB, or a shorter film.")
