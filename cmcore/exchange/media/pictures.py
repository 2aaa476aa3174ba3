"""Pictures made anew from their points alone: nothing else that stood in the file is carried over."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageCms, ImageOps, JpegImagePlugin, MpoImagePlugin, PngImagePlugin, WebPImagePlugin

from cmcore.exchange.media.words import JPEG, PNG, WEBP, MediaType, broken, not_taken

#: The most points a picture may unpack to: a small file can promise more than a machine holds.
MOST_POINTS = 50_000_000
#: The longest side of the small picture that lists show.
SMALL = 480
#: Making readers known is what importing them is for.
_READERS = (JpegImagePlugin, PngImagePlugin, WebPImagePlugin, MpoImagePlugin)
#: A JPEG with several pictures in it opens as MPO; the first is kept.
_TYPES = {"JPEG": JPEG, "PNG": PNG, "WEBP": WEBP, "MPO": JPEG}
_SAVES: dict[str, dict[str, Any]] = {
    JPEG.media_type: {"format": "JPEG", "quality": 88, "optimize": True},
    PNG.media_type: {"format": "PNG", "optimize": True},
    WEBP.media_type: {"format": "WEBP", "quality": 86, "method": 4},
}


@dataclass(frozen=True)
class Drawn:
    """A picture made anew: its kind, its bytes, a small one beside it, and its sides in points."""

    type: MediaType
    content: bytes
    small: bytes
    width: int
    height: int


def redrawn(blob: bytes, longest_side: int) -> Drawn:
    """The picture drawn anew, upright, in the colours every screen knows, no side longer than told.

    Position, camera, day, names, comments, thumbnails and whatever follows the picture stay behind, since only the
    points are copied. Refuses what is no picture, is broken, or would unpack to too many points.
    """
    Image.MAX_IMAGE_PIXELS = MOST_POINTS
    try:
        with Image.open(io.BytesIO(blob), formats=("JPEG", "PNG", "WEBP")) as opened:
            if opened.width * opened.height > MOST_POINTS:
                raise not_taken("The picture has too many points.", "Take it again with a smaller size.")
            kind, profile = _TYPES[str(opened.format)], opened.info.get("icc_profile")
            opened.draft("RGB", (longest_side, longest_side))
            upright = ImageOps.exif_transpose(opened)
            upright.thumbnail((longest_side, longest_side))
            plain = _points(_in_usual_colours(upright, profile))
    except (OSError, ValueError, SyntaxError, EOFError, OverflowError, Image.DecompressionBombError):
        raise broken() from None
    small = plain.copy()
    small.thumbnail((SMALL, SMALL))
    return Drawn(kind, _saved(plain, kind), _saved(_on_white(small), JPEG), plain.width, plain.height)


def _in_usual_colours(picture: Image.Image, profile: bytes | None) -> Image.Image:
    clear = picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
    if profile and picture.mode in ("RGB", "CMYK", "L"):
        try:
            given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            turned = ImageCms.profileToProfile(picture, given, ImageCms.createProfile("sRGB"), outputMode="RGB")
            return turned if turned is not None else picture.convert("RGB")
        except (ImageCms.PyCMSError, OSError, ValueError):
            # The profile is not of these points: the picture is shown as it is without one.
            return picture.convert("RGB")
    return picture.convert("RGBA" if clear else "RGB")


def _points(picture: Image.Image) -> Image.Image:
    """A new picture of the same points, with nothing hanging on it."""
    return Image.frombytes(picture.mode, picture.size, picture.tobytes())


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode == "RGB":
        return picture
    ground = Image.new("RGB", picture.size, "white")
    ground.paste(picture, mask=picture.getchannel("A"))
    return ground


def _saved(picture: Image.Image, kind: MediaType) -> bytes:
    written = io.BytesIO()
    fitting = _on_white(picture) if kind is JPEG else picture
    fitting.save(written, **_SAVES[kind.media_type])
    return written.getvalue()
