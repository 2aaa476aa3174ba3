"""Tiny pictures, films and recordings made by code, with a position and a name planted wherever one can stand."""

from __future__ import annotations

import io
import struct
import wave
import zlib

from mutagen.ogg import OggPage
from PIL import Image, ImageCms, PngImagePlugin
from PIL.TiffImagePlugin import IFDRational

#: What must not be found in what is kept: a name and a position, as texts and as the numbers of a camera.
NAME = "Quillmarsh"
PLACE = "+53.1234-001.5678/"
NUMBER = struct.pack(">II", 531_237, 10_000)
LITTLE = struct.pack("<II", 531_237, 10_000)
PLANTED = f"{NAME} {PLACE}"
_XMP = f"<x:xmpmeta><rdf:RDF><creator>{NAME}</creator><gps>{PLACE}</gps></rdf:RDF></x:xmpmeta>".encode()


def traces(content: bytes) -> list[str]:
    """What of the planted things stands in these bytes, in any of the ways a text is written."""
    found = []
    for words in (NAME, PLACE, "Quillmar"):
        for way in ("utf-8", "utf-16-le", "utf-16-be"):
            if words.encode(way).lower() in content.lower():
                found.append(f"{words} as {way}")
    return found + [name for name, each in (("number", NUMBER), ("little number", LITTLE)) if each in content]


def drawing(width: int = 96, height: int = 48) -> Image.Image:
    """Left half red, right half green: one can see which way up it is."""
    made = Image.new("RGB", (width, height), "green")
    made.paste("red", (0, 0, width // 2, height))
    return made


def exif(orientation: int = 1) -> Image.Exif:
    """What a telephone writes: who, where, and which way up."""
    made = Image.Exif()
    made[0x0112], made[0x013B], made[0x010E], made[0x8298] = orientation, NAME, PLANTED, NAME
    made.get_ifd(0x8825).update(
        {1: "N", 2: (IFDRational(531_237, 10_000), 0, 0), 3: "W", 4: (IFDRational(15_677, 10_000), 0, 0)}
    )
    made.get_ifd(0x8769).update({0x9286: PLANTED.encode("utf-16-le")})
    return made


def profile() -> bytes:
    """A colour profile with a name in it."""
    made = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    at = made.find(b"s\0R\0G\0B")
    words = NAME.encode("utf-16-be")
    if at > 0:
        made[at - 1 : at - 1 + len(words)] = words
    return bytes(made)


def jpeg(orientation: int = 1) -> bytes:
    """A JPEG that says it all: EXIF with a position, XMP, a comment, a profile, a thumbnail's place, and an end."""
    told = io.BytesIO()
    said = exif(orientation).tobytes()
    drawing().save(told, "JPEG", exif=said, comment=PLANTED.encode(), icc_profile=profile(), xmp=_XMP, quality=90)
    return told.getvalue() + PLANTED.encode()


def png() -> bytes:
    """A PNG with texts of all three sorts, EXIF, and something after its end."""
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Author", NAME)
    texts.add_text("Comment", PLANTED, zip=True)
    texts.add_itxt("XML:com.adobe.xmp", _XMP.decode())
    told = io.BytesIO()
    drawing().save(told, "PNG", pnginfo=texts, exif=exif().tobytes(), icc_profile=profile())
    return told.getvalue() + PLANTED.encode()


def webp() -> bytes:
    """A WebP with EXIF, XMP and a profile."""
    told = io.BytesIO()
    drawing().save(told, "WEBP", exif=exif().tobytes(), xmp=_XMP, icc_profile=profile(), lossless=True)
    return told.getvalue()


def bomb() -> bytes:
    """A PNG of a few bytes that promises four hundred million points."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    sides = struct.pack(">IIBBBBB", 20_000, 20_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", sides) + chunk(b"IDAT", zlib.compress(bytes(9))) + chunk(b"IEND", b"")


def mp3() -> bytes:
    """Ten silent frames with tags before, between and after, and the name of a program in the first."""
    frame = bytes.fromhex("fffb9000") + bytes(413)
    first = bytearray(frame)
    first[36:44] = b"Info" + bytes(4)
    first[44 : 44 + len(NAME)] = NAME.encode()
    words = b"TPE1" + struct.pack(">I", len(PLANTED) + 1) + b"\0\0\3" + PLANTED.encode()
    tag = b"ID3\x03\0\0" + bytes((0, 0, len(words) >> 7, len(words) & 0x7F)) + words
    ape = b"APETAGEX" + PLANTED.encode()
    old = b"TAG" + NAME.encode().ljust(125, b"\0")
    return tag + tag + bytes(first) + frame * 4 + b"LYRICSBEGIN" + PLANTED.encode() + frame * 5 + ape + old


def wav() -> bytes:
    """A tenth of a second with a list of information, a broadcast chunk and ID3, and something after the end."""
    told = io.BytesIO()
    with wave.open(told, "wb") as made:
        made.setparams((1, 2, 8_000, 0, "NONE", ""))
        made.writeframes(b"\1\0" * 800)
    words = PLANTED.encode() + b"\0" * (len(PLANTED) % 2)
    more = b"".join(name + struct.pack("<I", len(words)) + words for name in (b"LIST", b"bext", b"id3 ", b"iXML"))
    plain = told.getvalue()
    return b"RIFF" + struct.pack("<I", len(plain) + len(more) - 8) + plain[8:] + more + PLANTED.encode()


def ogg() -> bytes:
    """Three packets of Opus with a name in the tags, tags long enough for several pages, and a stranger's end."""
    words = f"ARTIST={PLANTED}".encode()
    long = b"METADATA_BLOCK_PICTURE=" + (NAME.encode() * 4_000)
    tags = b"OpusTags" + struct.pack("<I", len(NAME)) + NAME.encode() + struct.pack("<I", 2)
    tags += b"".join(struct.pack("<I", len(one)) + one for one in (words, long)) + b"\1" + PLANTED.encode()
    head = b"OpusHead" + bytes((1, 1)) + struct.pack("<HIhB", 0, 48_000, 0, 0)
    pages = [*OggPage.from_packets([head], 0), *OggPage.from_packets([tags], 1)]
    pages += OggPage.from_packets([b"\xf8\xff\xfe" * 5] * 3, len(pages))
    for page in pages:
        page.serial = 7
    pages[0].first = pages[-1].last = True
    pages[-1].position = 2_880
    return b"".join(page.write() for page in pages) + PLANTED.encode()


def box(kind: bytes, *inside: bytes) -> bytes:
    """A box of MP4 with what is in it."""
    body = b"".join(inside)
    return struct.pack(">I4s", 8 + len(body), kind) + body


def _numbers(*each: int) -> bytes:
    return struct.pack(f">{len(each)}I", *each)


def _track(handler: bytes, entry: bytes, at: int, size: int) -> bytes:
    word = PLANTED.encode()
    table = box(
        b"stbl",
        box(b"stsd", _numbers(0, 1), entry),
        box(b"stts", _numbers(0, 1, 1, 1), word),
        box(b"stsc", _numbers(0, 1, 1, 1, 1)),
        box(b"stsz", _numbers(0, 0, 1, size), word),
        box(b"stco", _numbers(0, 1, at)),
        box(b"sgpd", word),
    )
    minf = box(b"minf", box(b"dinf", box(b"dref", _numbers(0, 1), box(b"url ", _numbers(1)))), table)
    named = box(b"hdlr", _numbers(0, 0), handler, _numbers(0, 0, 0), word)
    mdia = box(b"mdia", box(b"mdhd", _numbers(0, 9, 9, 1, 1, 0)), named, minf, box(b"udta", word))
    return box(b"trak", box(b"tkhd", _numbers(0, 9, 9, *[0] * 18)), mdia, box(b"udta", word), box(b"meta", word))


def boxed(brand: bytes = b"isom", *, film: bool = True, elsewhere: bool = False) -> bytes:
    """A film or recording with its maker, its place and a track of positions, beside one sample of picture or sound."""
    word, seen, sensed = PLANTED.encode(), b"\1SEEN AND HEARD\1", PLANTED.encode() + NUMBER
    if film:
        name = bytes((len(NAME),)) + NAME.encode().ljust(31, b"\0")
        entry = box(b"avc1", bytes(42), name, bytes(4), box(b"avcC", b"\1\2\3\4"), box(b"uuid", word), bytes(4))
    else:
        entry = box(b"mp4a", bytes(28), box(b"esds", b"\0\0\0\0\3\2"), box(b"name", word))
    handler = b"vide" if film else b"soun"
    begins = box(b"ftyp", brand, bytes(4), b"isom")
    media = box(b"mdat", word, seen, sensed, word)
    at = len(begins) + 8 + len(word)
    moov = box(
        b"moov",
        box(b"mvhd", _numbers(0, 9, 9, 600, 600, *[0] * 20)),
        _track(handler, entry, 5 if elsewhere else at, len(seen)),
        _track(b"meta", box(b"mebx", word), at + len(seen), len(sensed)),
        box(b"udta", box(b"\xa9xyz", word), box(b"loci", word), box(b"meta", box(b"ilst", word))),
        box(b"meta", word),
        box(b"uuid", _XMP),
    )
    return begins + media + moov + box(b"uuid", _XMP) + box(b"free", word) + b"\0\0\xff\xffSEFT" + word


def film() -> bytes:
    """An MP4."""
    return boxed()


def apple_film() -> bytes:
    """A MOV."""
    return boxed(b"qt  ")


def recording() -> bytes:
    """An M4A."""
    return boxed(b"M4A ", film=False)
