"""Recordings (MP3, WAV, Ogg) put together anew from their sound alone: tags before, between and after stay behind."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from typing import Any

from mutagen.ogg import OggPage
from mutagen.ogg import error as OggError

from cmcore.exchange.media.words import broken, not_taken

#: It comes without types.
_Page: Any = OggPage

_RATES = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}
_BITS_1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_BITS_2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
#: So many frames one after another make a file an MP3; a chance likeness has fewer.
_IN_A_ROW = 3


def is_mp3(blob: bytes) -> bool:
    """Whether frames of MPEG sound follow one another near the beginning, tags left out."""
    return _next_frame(blob, _after_id3(blob)) is not None


def mp3(blob: bytes) -> bytes:
    """The frames of an MP3 and nothing else: no ID3 in any version, no APE, no lyrics, nothing between them."""
    frames, at = bytearray(), _after_id3(blob)
    while (found := _next_frame(blob, at)) is not None:
        at = found
        while size := _frame_size(blob, at):
            if at + size > len(blob):
                break
            frame = blob[at : at + size]
            frames += frame if frames else _without_encoder(frame)
            at += size
        at += 1
    if not frames:
        raise broken()
    return bytes(frames)


def _after_id3(blob: bytes) -> int:
    at = 0
    while blob[at : at + 3] == b"ID3" and len(blob) >= at + 10:
        size = 0
        for each in blob[at + 6 : at + 10]:
            size = size << 7 | each & 0x7F
        at += 10 + size + (10 if blob[at + 5] & 0x10 else 0)
    return at


def _next_frame(blob: bytes, start: int) -> int | None:
    """Where the next frame begins that others follow, or that the file ends with."""
    at = blob.find(b"\xff", start)
    while 0 <= at < len(blob) - 4:
        here = at
        for _ in range(_IN_A_ROW):
            size = _frame_size(blob, here)
            if not size or here + size > len(blob):
                break
            here += size
        else:
            return at
        at = blob.find(b"\xff", at + 1)
    return None


def _frame_size(blob: bytes, at: int) -> int:
    """Bytes of the frame of layer III that begins here; none where none does, or where its size is not told."""
    if at + 4 > len(blob) or blob[at] != 0xFF or blob[at + 1] & 0xE0 != 0xE0:
        return 0
    version, layer = blob[at + 1] >> 3 & 3, blob[at + 1] >> 1 & 3
    bits, rate = blob[at + 2] >> 4, blob[at + 2] >> 2 & 3
    if version == 1 or layer != 1 or bits in (0, 15) or rate == 3:
        return 0
    kilobits = (_BITS_1 if version == 3 else _BITS_2)[bits]
    return (144_000 if version == 3 else 72_000) * kilobits // _RATES[version][rate] + (blob[at + 2] >> 1 & 1)


def _without_encoder(frame: bytes) -> bytes:
    """The first frame may say how long the sound is, and by whose program it was made: the latter goes."""
    for mark in (b"Xing", b"Info"):
        at = frame.find(mark, 4, 48)
        if at >= 0:
            told = int.from_bytes(frame[at + 4 : at + 8], "big")
            keep = at + 8 + 4 * (told & 1) + 4 * (told >> 1 & 1) + 100 * (told >> 2 & 1) + 4 * (told >> 3 & 1)
            return frame[:keep] + bytes(max(0, len(frame) - keep))
    return frame


def wav(blob: bytes) -> bytes:
    """A WAV of its format and its samples: no INFO list, no broadcast chunk, no ID3, nothing after the end."""
    kept = b"".join(
        struct.pack("<4sI", name, len(body)) + body + b"\0" * (len(body) % 2)
        for name, body in _chunks(blob)
        if name in (b"fmt ", b"fact", b"data") and not (name == b"fmt " and len(body) > 64)
    )
    if b"fmt " not in kept[:4] or b"data" not in kept:
        raise broken()
    return struct.pack("<4sI4s", b"RIFF", 4 + len(kept), b"WAVE") + kept


def _chunks(blob: bytes) -> Iterator[tuple[bytes, bytes]]:
    at, seen = 12, set()
    while at + 8 <= len(blob):
        name, size = struct.unpack_from("<4sI", blob, at)
        if name not in seen:
            # A recorder that was cut off leaves the size open: what there is counts.
            yield name, blob[at + 8 : at + 8 + size]
        seen.add(name)
        at += 8 + size + size % 2


#: The two kinds of sound in Ogg that are taken: how their first packet begins, and an empty set of tags of each.
_NO_TAGS = {b"OpusHead": b"OpusTags" + bytes(8), b"\x01vorbis": b"\x03vorbis" + bytes(8) + b"\x01"}


def ogg(blob: bytes) -> bytes:
    """An Ogg of its sound with an empty set of tags; pictures in tags, and what follows the last page, stay behind."""
    pages = _pages(blob)
    first = pages[0].packets[0] if pages and pages[0].packets else b""
    empty = next((tags for begins, tags in _NO_TAGS.items() if first.startswith(begins)), None)
    if empty is None or any(page.serial != pages[0].serial for page in pages):
        raise not_taken("This kind of Ogg is not taken.", "Save the recording as MP3, M4A or WAV.")
    tagged = _tagged(pages)
    try:
        packets = _Page.to_packets(tagged, False)
    except ValueError:
        raise broken() from None
    packets[0] = empty
    renewed = _Page.from_packets(packets, tagged[0].sequence)
    # The last of them ends where the one it takes the place of ended.
    renewed[0].first = tagged[0].first
    renewed[-1].complete, renewed[-1].last = tagged[-1].complete, tagged[-1].last
    whole = [pages[0], *renewed, *pages[1 + len(tagged) :]]
    for number, page in enumerate(whole):
        page.serial, page.sequence = pages[0].serial, number
    return b"".join(page.write() for page in whole)


def _pages(blob: bytes) -> list[Any]:
    found, stream = [], io.BytesIO(blob)
    while stream.read(4) == b"OggS":
        stream.seek(-4, io.SEEK_CUR)
        try:
            found.append(_Page(stream))
        except (OggError, EOFError, ValueError, struct.error):
            break
    return found


def _tagged(pages: list[Any]) -> list[Any]:
    """The pages that hold the tags: up to the one in which they end, with what else stands on it."""
    held = []
    for page in pages[1:]:
        held.append(page)
        if page.complete or len(page.packets) > 1:
            return held
    raise broken()
