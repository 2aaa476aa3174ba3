"""Whatever a telephone writes into a picture, a film or a recording, nothing of it is kept beside what is shown."""

from __future__ import annotations

import io
from collections.abc import Callable

import mutagen
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from cmcore.base.findings import Refused
from cmcore.exchange.media.cleaning import Cleaned, Limits, clean, cleaned_here
from cmcore.exchange.media.words import JPEG, M4A, MOV, MP3, MP4, OGG, PNG, WAV, WEBP, MediaType
from cmcore.testing import refused
from tests.cmcore.exchange.media import made_media as made

EVERY = {
    JPEG: made.jpeg,
    PNG: made.png,
    WEBP: made.webp,
    MP3: made.mp3,
    WAV: made.wav,
    OGG: made.ogg,
    MP4: made.film,
    MOV: made.apple_film,
    M4A: made.recording,
}
every_kind = pytest.mark.parametrize(("kind", "maker"), EVERY.items(), ids=[one.media_type for one in EVERY])


def here(blob: bytes, longest_side: int = 2_560) -> tuple[str, bytes, bytes]:
    """The same as in the guarded process, without its second."""
    import base64

    told = cleaned_here(blob, "", longest_side=longest_side)
    return told["media_type"], base64.b64decode(told["content"]), base64.b64decode(told["small"])


@every_kind
def test_neither_the_name_nor_the_position_is_in_the_bytes_kept(kind: MediaType, maker: Callable[[], bytes]) -> None:
    blob = maker()
    assert made.traces(blob)
    media_type, content, small = here(blob)
    assert media_type == kind.media_type
    assert made.traces(content) == made.traces(small) == []


@every_kind
def test_cleaning_what_is_clean_takes_nothing_more_away(kind: MediaType, maker: Callable[[], bytes]) -> None:
    once = here(maker())[1]
    twice = here(once)[1]
    assert len(twice) == len(once) or kind in (JPEG, WEBP)
    assert kind in (JPEG, PNG, WEBP) or twice == once


def test_it_is_read_apart_and_sealed() -> None:
    cleaned = clean(made.jpeg())
    assert (cleaned.type, cleaned.width, cleaned.height) == (JPEG, 96, 48)
    assert made.traces(cleaned.content) == []
    with pytest.raises(TypeError, match="only as clean"):
        Cleaned(JPEG, made.jpeg(), b"", 1, 1, None)


@pytest.mark.parametrize(("orientation", "left"), [(1, "red"), (3, "green")])
def test_a_picture_is_kept_the_way_up_it_was_taken(orientation: int, left: str) -> None:
    with Image.open(io.BytesIO(here(made.jpeg(orientation))[1])) as kept:
        red, green, _ = kept.convert("RGB").getpixel((4, 24))  # type: ignore[misc]
        assert (red > green) is (left == "red")
        assert not kept.getexif() and "icc_profile" not in kept.info and "comment" not in kept.info


def test_a_picture_on_its_side_is_stood_up() -> None:
    with Image.open(io.BytesIO(here(made.jpeg(6))[1])) as kept:
        assert kept.size == (48, 96)


def test_a_large_picture_is_made_smaller_and_has_a_small_one_beside_it() -> None:
    _, content, small = here(made.jpeg(), 64)
    with Image.open(io.BytesIO(content)) as kept, Image.open(io.BytesIO(small)) as beside:
        assert max(kept.size) == 64
        assert (beside.format, max(beside.size) <= 480) == ("JPEG", True)


def test_sound_and_picture_stay_as_they_were() -> None:
    assert b"\1SEEN AND HEARD\1" in here(made.film())[1]
    assert len(here(made.film())[1]) == len(made.film())
    assert here(made.wav())[1].endswith(b"\1\0" * 800)
    assert here(made.mp3())[1].count(bytes.fromhex("fffb9000")) == 10
    kept = mutagen.File(io.BytesIO(here(made.ogg())[1]))
    assert kept.tags == [] and kept.info.length > 0


def test_a_track_of_positions_goes_with_all_it_points_at() -> None:
    kept = here(made.film())[1]
    assert kept.count(b"trak") == 1 and b"mebx" not in kept and b"udta" not in kept and b"uuid" not in kept


def test_a_small_file_that_unpacks_to_a_huge_picture_is_refused() -> None:
    blob = made.bomb()
    assert len(blob) < 200_000
    with pytest.raises(Refused, match="damaged|too many points"):
        clean(blob)


@pytest.mark.parametrize(
    ("blob", "words"),
    [
        (b"", "empty"),
        (b"\0\0\0\x18ftypheic" + bytes(40), "HEIC"),
        (b"%PDF-1.7 " + bytes(40), "no picture, film or recording"),
        (b"<svg onload=alert(1)>", "no picture, film or recording"),
        (b"GIF89a" + bytes(40), "no picture|damaged"),
        (b"PK\3\4" + bytes(40), "no picture, film or recording"),
        (made.jpeg()[:200], "damaged"),
        (made.boxed(elsewhere=True), "damaged"),
        (made.box(b"ftyp", bytes(8)) + made.box(b"moof", bytes(8)), "in pieces"),
        (made.box(b"ftyp", bytes(8)) + made.box(b"moov", bytes(8)), "neither picture nor sound|damaged"),
    ],
)
def test_what_is_none_or_is_damaged_is_refused_with_a_way_out(blob: bytes, words: str) -> None:
    with pytest.raises(Refused, match=words):
        clean(blob)


def test_what_is_too_big_is_refused_before_it_is_read() -> None:
    with refused(None, "too big"):
        clean(made.jpeg(), Limits(picture=100))


@given(st.sampled_from(sorted(EVERY, key=lambda one: one.media_type)), st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@pytest.mark.filterwarnings("ignore:.*:UserWarning")
def test_a_file_with_bytes_changed_is_refused_or_clean_and_breaks_nothing(kind: MediaType, data: st.DataObject) -> None:
    blob = bytearray(EVERY[kind]())
    for _ in range(data.draw(st.integers(1, 8))):
        blob[data.draw(st.integers(0, len(blob) - 1))] = data.draw(st.integers(0, 255))
    try:
        here(bytes(blob))
    except Refused:
        return
