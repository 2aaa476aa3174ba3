"""Films and recordings in boxes (MP4, MOV, M4A): what is not needed to show them is overwritten with nothing, in place.

Nothing moves, so every place the film names in itself stays right. Kept are the boxes of a fixed list, the picture and
sound tracks, and of the media the very bytes those tracks point at: positions, names, days, thumbnails, tracks of
movement and whatever lies between them are zeros afterwards.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from cmcore.base.findings import Refused
from cmcore.exchange.media.samples import Tables, merged, ranges_of
from cmcore.exchange.media.words import M4A, MOV, MP4, MediaType, broken, not_taken

#: What may stand in what; everything else is overwritten.
_KEPT: dict[bytes, frozenset[bytes]] = {
    b"": frozenset((b"ftyp", b"moov", b"mdat")),
    b"moov": frozenset((b"mvhd", b"trak")),
    b"trak": frozenset((b"tkhd", b"edts", b"mdia")),
    b"edts": frozenset((b"elst",)),
    b"mdia": frozenset((b"mdhd", b"hdlr", b"minf")),
    b"minf": frozenset((b"vmhd", b"smhd", b"dinf", b"stbl")),
    b"dinf": frozenset((b"dref",)),
    b"stbl": frozenset(
        (b"stsd", b"stts", b"stss", b"stps", b"sdtp", b"ctts", b"cslg", b"stsc", b"stsz", b"stco", b"co64")
    ),
    b"wave": frozenset((b"frma", b"mp4a", b"esds", b"alac", b"enda", bytes(4))),
}
_PICTURES = frozenset((b"avc1", b"avc3", b"hvc1", b"hev1", b"dvh1", b"dvhe", b"av01", b"vp09", b"mp4v", b"s263"))
_SOUNDS = frozenset((b"mp4a", b"Opus", b"alac", b"ac-3", b"ec-3", b"samr", b"sawb"))
#: What a sample's description may hold.
_DESCRIBED = frozenset(
    (b"avcC", b"hvcC", b"av1C", b"vpcC", b"esds", b"pasp", b"clap", b"fiel", b"btrt", b"dvcC", b"dvvC", b"d263")
    + (b"ccst", b"clli", b"mdcv", b"colr", b"wave", b"dOps", b"alac", b"dac3", b"dec3", b"damr", b"chan")
)
_TRACKS = {b"vide": _PICTURES, b"soun": _SOUNDS}
#: Tables of rows: bytes before the rows, where their number stands, and bytes of a row.
_ROWS = {
    b"stts": (8, 4, 8),
    b"ctts": (8, 4, 8),
    b"stss": (8, 4, 4),
    b"stps": (8, 4, 4),
    b"stsc": (8, 4, 12),
    b"stco": (8, 4, 4),
    b"co64": (8, 4, 8),
}
_MOST_TRACKS = 16


@dataclass(frozen=True)
class Box:
    """One box: its kind, where it begins, where what is in it begins, and where it ends."""

    kind: bytes
    at: int
    body: int
    end: int


@dataclass(frozen=True)
class Cleared:
    """A film or recording with nothing left beside what is seen and heard: its kind and its bytes."""

    type: MediaType
    content: bytes


def is_boxed(blob: bytes) -> bool:
    """Whether it begins as these files do."""
    return blob[4:8] == b"ftyp"


def cleared(blob: bytes) -> Cleared:
    """The same file with everything overwritten that is not needed to show it.

    Refuses what is damaged, what keeps its sound elsewhere, and films in pieces or of kinds no list here knows.
    """
    try:
        return _Clearing(blob).done()
    except (struct.error, IndexError):
        raise broken() from None


def boxes(blob: bytes | bytearray, at: int, end: int) -> Iterator[Box]:
    """The boxes that stand one after another; refuses one that is longer than what it stands in."""
    while end - at >= 8:
        size, kind = struct.unpack_from(">I4s", blob, at)
        body = at + 8
        if size == 1:
            size, body = struct.unpack_from(">Q", blob, at + 8)[0], at + 16
        elif size == 0:
            # Some programs end a list with four zeros instead of a box.
            if kind != b"mdat":
                return
            size = end - at
        if size < body - at or at + size > end:
            raise broken()
        yield Box(kind, at, body, at + size)
        at += size


class _Clearing:
    """One file being cleared."""

    def __init__(self, blob: bytes) -> None:
        self.out = bytearray(blob)
        self.media: list[Box] = []
        self.used: list[tuple[int, int]] = []
        self.kinds: set[bytes] = set()
        self.tracks = 0

    def done(self) -> Cleared:
        out = self.out
        top = self._outermost()
        if not top or top[0].kind != b"ftyp" or top[0].end - top[0].at > 256:
            raise broken()
        if any(box.kind in (b"moof", b"sidx") for box in top):
            raise not_taken("A film in pieces is not taken.", "Save it as an ordinary MP4, or send it from the phone.")
        if [box.kind for box in top].count(b"moov") != 1:
            raise broken()
        self.media = [box for box in top if box.kind == b"mdat"]
        for box in top:
            if box.kind not in _KEPT[b""]:
                self._blank(box)
        moov = next(box for box in top if box.kind == b"moov")
        for box in boxes(out, moov.body, moov.end):
            if box.kind == b"trak":
                self._track(box)
            elif box.kind == b"mvhd":
                self._header(box)
            else:
                self._blank(box)
        # What follows the last box: fewer bytes than one has.
        self._zero(top[-1].end, len(out))
        if not self.kinds:
            raise not_taken("There is neither picture nor sound in this file.")
        self._clear_media()
        film = b"vide" in self.kinds
        apple = bytes(out[top[0].body : top[0].body + 4]) == b"qt  "
        return Cleared((MOV if apple else MP4) if film else M4A, bytes(out))

    def _outermost(self) -> list[Box]:
        """The outermost boxes; what some cameras hang behind the last one is none, and is overwritten with the rest."""
        found: list[Box] = []
        try:
            for box in boxes(self.out, 0, len(self.out)):
                found.append(box)
        except Refused:
            if not {b"moov", b"mdat"} <= {box.kind for box in found}:
                raise
        return found

    def _track(self, track: Box) -> None:
        self.tracks += 1
        if self.tracks > _MOST_TRACKS:
            raise broken()
        inside = self._found(track, (b"mdia", b"hdlr"))
        told = bytes(self.out[inside.body + 8 : inside.body + 12]) if inside else b""
        if told not in _TRACKS:
            # Positions second by second, subtitles, chapters, time codes.
            self._blank(track)
            return
        self.kinds.add(told)
        tables = Tables()
        self._within(track, tables, _TRACKS[told])
        self.used += ranges_of(self.out, tables)

    def _within(self, holder: Box, tables: Tables, described: frozenset[bytes]) -> None:
        last = holder.body
        for box in boxes(self.out, holder.body, holder.end):
            last = box.end
            if box.kind not in _KEPT[holder.kind]:
                self._blank(box)
            elif not box.kind.strip(b"\0"):
                # The end of a list, as older programs write it.
                self._zero(box.body, box.end)
            elif box.kind in _KEPT:
                self._within(box, tables, described)
            elif box.kind == b"stsd":
                self._descriptions(box, described)
            else:
                self._leaf(box)
                if box.kind in (b"stsc", b"stsz", b"stco", b"co64"):
                    tables.at[box.kind] = box.body
        self._zero(last, holder.end)

    def _leaf(self, box: Box) -> None:
        if box.kind in (b"tkhd", b"mdhd"):
            self._header(box)
        elif box.kind == b"hdlr":
            # Who made it, and what the maker calls the track.
            self._zero(box.body + 12, box.end)
        elif box.kind == b"dref":
            self._references(box)
        elif box.kind in _ROWS:
            before, at, row = _ROWS[box.kind]
            self._ends(box, before + row * self._number(box.body + at))
        elif box.kind == b"stsz":
            rows = 0 if self._number(box.body + 4) else self._number(box.body + 8)
            self._ends(box, 12 + 4 * rows)
        elif box.kind == b"elst":
            self._ends(box, 8 + (20 if self.out[box.body] else 12) * self._number(box.body + 4))

    def _header(self, box: Box) -> None:
        """The day it was taken, and the day it was changed."""
        self._zero(box.body + 4, box.body + (20 if self.out[box.body] == 1 else 12))

    def _references(self, box: Box) -> None:
        for each in boxes(self.out, box.body + 8, box.end):
            if each.end - each.body != 4 or not self.out[each.body + 3] & 1:
                raise not_taken("The film keeps a part of itself in another file.")

    def _descriptions(self, box: Box, described: frozenset[bytes]) -> None:
        last = box.body + 8
        for each in boxes(self.out, box.body + 8, box.end):
            last = each.end
            if each.kind not in described:
                raise not_taken("This kind of film or recording is not taken.")
            if described is _PICTURES:
                # The maker's letters, and the name of the program.
                self._zero(each.body + 12, each.body + 16)
                self._zero(each.body + 42, each.body + 74)
                inside = each.body + 78
            else:
                version = int.from_bytes(self.out[each.body + 8 : each.body + 10], "big")
                self._zero(each.body + 12, each.body + 16)
                inside = each.body + {0: 28, 1: 44, 2: 64}.get(version, 28)
            self._described(inside, each.end)
        self._zero(last, box.end)

    def _described(self, at: int, end: int) -> None:
        last = at
        for box in boxes(self.out, at, end):
            last = box.end
            profile = box.kind == b"colr" and bytes(self.out[box.body : box.body + 4]) not in (b"nclx", b"nclc")
            if box.kind not in _DESCRIBED or profile:
                self._blank(box)
            elif box.kind == b"wave":
                self._within(box, Tables(), frozenset())
        self._zero(last, end)

    def _clear_media(self) -> None:
        """Of the media keep the bytes that pictures and sound point at, and nothing between them."""
        kept = merged(self.used)
        whole = bytes(self.out)
        for box in self.media:
            self._zero(box.body, box.end)
        for start, end in kept:
            if not any(box.body <= start and end <= box.end for box in self.media):
                raise broken()
            self.out[start:end] = whole[start:end]

    def _found(self, holder: Box, path: tuple[bytes, ...]) -> Box | None:
        for kind in path:
            found = next((box for box in boxes(self.out, holder.body, holder.end) if box.kind == kind), None)
            if found is None:
                return None
            holder = found
        return holder

    def _number(self, at: int) -> int:
        return int.from_bytes(self.out[at : at + 4], "big")

    def _ends(self, box: Box, length: int) -> None:
        """Refuse a table longer than its box, and overwrite what follows its last row."""
        if box.body + length > box.end:
            raise broken()
        self._zero(box.body + length, box.end)

    def _blank(self, box: Box) -> None:
        self.out[box.at + 4 : box.at + 8] = b"free"
        self._zero(box.body, box.end)

    def _zero(self, start: int, end: int) -> None:
        if end > start:
            self.out[start:end] = bytes(end - start)
