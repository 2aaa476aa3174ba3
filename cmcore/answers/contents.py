"""What a file handed in really is, told from its bytes: the kinds that are taken, and why another is not."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass

from cmcore.base.findings import Refused, refuse


@dataclass(frozen=True)
class FileKind:
    """A kind of file that is taken: what people call it, its media type, and the endings it may carry."""

    words: str
    media_type: str
    endings: tuple[str, ...]


_PDF = FileKind("a PDF", "application/pdf", (".pdf",))
_PNG = FileKind("a picture (PNG)", "image/png", (".png",))
_JPEG = FileKind("a picture (JPEG)", "image/jpeg", (".jpg", ".jpeg"))
_GIF = FileKind("a picture (GIF)", "image/gif", (".gif",))
_WEBP = FileKind("a picture (WebP)", "image/webp", (".webp",))
_HEIC = FileKind("a picture (HEIC)", "image/heic", (".heic", ".heif"))
_MP3 = FileKind("a recording (MP3)", "audio/mpeg", (".mp3",))
_WAV = FileKind("a recording (WAV)", "audio/wav", (".wav",))
_OGG = FileKind("a recording (Ogg)", "audio/ogg", (".ogg", ".oga", ".opus"))
_MP4 = FileKind("a film or recording (MP4)", "video/mp4", (".mp4", ".m4a", ".m4v", ".mov"))
_TEXT = FileKind("a text", "text/plain", (".txt", ".csv", ".md"))
_OFFICE = "application/vnd.openxmlformats-officedocument."
_DOCX = FileKind("a Word document", f"{_OFFICE}wordprocessingml.document", (".docx",))
_XLSX = FileKind("an Excel workbook", f"{_OFFICE}spreadsheetml.sheet", (".xlsx",))
_PPTX = FileKind("a PowerPoint presentation", f"{_OFFICE}presentationml.presentation", (".pptx",))
_ODF = "application/vnd.oasis.opendocument."
_ODT = FileKind("an OpenDocument text", f"{_ODF}text", (".odt",))
_ODS = FileKind("an OpenDocument spreadsheet", f"{_ODF}spreadsheet", (".ods",))

_BEGINNINGS: tuple[tuple[bytes, FileKind], ...] = (
    (b"%PDF-", _PDF),
    (b"\x89PNG\r\n\x1a\n", _PNG),
    (b"\xff\xd8\xff", _JPEG),
    (b"GIF87a", _GIF),
    (b"GIF89a", _GIF),
    (b"ID3", _MP3),
    (b"\xff\xfb", _MP3),
    (b"\xff\xf3", _MP3),
    (b"OggS", _OGG),
)
_FOLDERS = (("word/", _DOCX), ("xl/", _XLSX), ("ppt/", _PPTX))
_OPEN = {kind.media_type.encode(): kind for kind in (_ODT, _ODS)}
_SAVE_AS = "Save it as PDF, or as a document without macros, and hand that in."

#: The most that is looked at inside a document, in entries.
_ENTRIES = 5_000


def kind_of(name: str, content: bytes) -> FileKind:
    """The kind of a file by its content; refuses what is not taken, and a name that says something else."""
    if not content:
        raise refuse(f"“{name}” is empty.", way_out="Choose the file again.")
    kind = _recognised(content)
    if kind is None:
        raise refuse(
            f"“{name}” is a kind of file that is not taken here.",
            way_out="Take a PDF, a picture, a recording, a film or a document.",
        )
    if not name.lower().endswith(kind.endings):
        raise refuse(
            f"“{name}” is {kind.words} by what is in it, and its name says something else.",
            way_out=f"Give it a name that ends in {kind.endings[0]}.",
        )
    return kind


def _recognised(content: bytes) -> FileKind | None:
    for beginning, kind in _BEGINNINGS:
        if content.startswith(beginning):
            return kind
    if content[:4] == b"RIFF":
        return {b"WEBP": _WEBP, b"WAVE": _WAV}.get(content[8:12])
    if content[4:8] == b"ftyp":
        return _HEIC if content[8:12] in (b"heic", b"heix", b"mif1", b"heif") else _MP4
    if content.startswith(b"PK\x03\x04"):
        return _document(content)
    return _TEXT if _is_text(content) else None


def _document(content: bytes) -> FileKind | None:
    """A document that is packed as a zip; one with macros or programs in it is refused."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            entries = packed.infolist()[: _ENTRIES + 1]
            names = [entry.filename for entry in entries]
            declared = packed.read("mimetype")[:100] if _small(packed, "mimetype") else b""
    except (zipfile.BadZipFile, OSError, RuntimeError, EOFError, ValueError):
        return None
    if len(names) > _ENTRIES:
        return None
    if any(name.lower().endswith(("vbaproject.bin", ".exe", ".dll", ".js", ".vbs")) for name in names):
        raise _with_macros()
    if any("/embeddings/" in f"/{name}".lower() and name.lower().endswith(".bin") for name in names):
        raise _with_macros()
    if (found := _OPEN.get(declared)) is not None:
        return found
    return next((kind for folder, kind in _FOLDERS if any(name.startswith(folder) for name in names)), None)


def _small(packed: zipfile.ZipFile, name: str) -> bool:
    return name in packed.NameToInfo and packed.NameToInfo[name].file_size <= 200


def _with_macros() -> Refused:
    return refuse("The document holds macros or a program, which are not taken.", way_out=_SAVE_AS)


def _is_text(content: bytes) -> bool:
    """Whether it is text that no browser would take for a page or a script."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    first = text.lstrip()[:200].lower()
    signs = sum(1 for sign in text if ord(sign) < 32 and sign not in "\t\n\r\f")
    return not signs and not first.startswith(("<", "#!", "{\\rtf", "%!"))
