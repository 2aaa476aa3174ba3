"""The kinds of media that are taken, and what people and machines call each."""

from __future__ import annotations

from dataclasses import dataclass

from cmcore.base.findings import Refused, refuse
from cmcore.base.words import Choice


class MediaKind(Choice):
    """What a piece of media is: DOMAIN §6."""

    photo = "photo", "Picture"
    film = "film", "Film"
    audio = "audio", "Recording"


@dataclass(frozen=True)
class MediaType:
    """One kind of file that is taken: what it is, its media type, and the ending it leaves under."""

    kind: MediaKind
    media_type: str
    ending: str


JPEG = MediaType(MediaKind.photo, "image/jpeg", ".jpg")
PNG = MediaType(MediaKind.photo, "image/png", ".png")
WEBP = MediaType(MediaKind.photo, "image/webp", ".webp")
MP4 = MediaType(MediaKind.film, "video/mp4", ".mp4")
MOV = MediaType(MediaKind.film, "video/quicktime", ".mov")
M4A = MediaType(MediaKind.audio, "audio/mp4", ".m4a")
MP3 = MediaType(MediaKind.audio, "audio/mpeg", ".mp3")
WAV = MediaType(MediaKind.audio, "audio/wav", ".wav")
OGG = MediaType(MediaKind.audio, "audio/ogg", ".ogg")

#: Every kind that is taken, by its media type.
TYPES = {one.media_type: one for one in (JPEG, PNG, WEBP, MP4, MOV, M4A, MP3, WAV, OGG)}
#: What a file picker offers, by ending.
ENDINGS = (".jpg", ".jpeg", ".png", ".webp", ".mp4", ".m4v", ".mov", ".m4a", ".mp3", ".wav", ".ogg", ".oga", ".opus")

TAKEN = "Take a picture (JPEG, PNG, WebP), a film (MP4, MOV) or a recording (MP3, M4A, WAV, Ogg)."


def not_taken(why: str, way_out: str = TAKEN) -> Refused:
    """The refusal of a file, with its reason; it never repeats the file's name, which may hold a person's."""
    return refuse(why, place="media", way_out=way_out)


def broken() -> Refused:
    """The refusal of a file that is damaged, or made up to look like one."""
    return not_taken("The file is damaged, so it cannot be freed of what it says beside the picture or the sound.")
