"""What may lie in this repository: text for any machine, no address of a registry, no secret, nothing built."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.house import sources

#: Pictures, and the letters pages are set in, are the only files that are not text; each is small enough to look at.
PICTURES = {".png", ".ico", ".woff2", ".otf", ".ttf"}
LARGEST = 600_000

#: What ties a file to one machine or one registry. Written so that this file does not match itself.
UNWELCOME = {
    "the address of a package registry": re.compile(
        r"pypi[.]org|python[h]osted[.]org|npm[j]s[.](?:org|com)|deb[.][d]ebian[.]org"
    ),
    "an index to install from": re.compile(r"--(?:extra-)?index-url|--find-links|extra-index-url\s*="),
    "a path of one machine": re.compile(r"(?<![\w.])/(?:work|root|opt|Users)/\w|/home/\w+/"),
    "a private key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE[ ]KEY"),
    "a conflict that was not settled": re.compile(r"^(?:<{7}|>{7}) ", re.MULTILINE),
}


def unwelcome(text: str) -> list[str]:
    """What a text holds that does not belong in the repository."""
    return [what for what, pattern in UNWELCOME.items() if pattern.search(text)]


def test_no_file_is_tied_to_one_machine_or_one_registry() -> None:
    found = {
        str(path): what
        for path in sources.kept()
        if path.suffix not in PICTURES and path != Path("tests/house/test_repository.py")
        if (what := unwelcome(sources.read(path)))
    }
    assert not found, found


def test_every_file_is_text_or_a_small_picture() -> None:
    odd = []
    for path in sources.kept():
        held = (sources.ROOT / path).read_bytes()
        if path.suffix in PICTURES:
            if len(held) > LARGEST:
                odd.append(f"{path}: a picture of {len(held)} bytes")
        elif b"\0" in held:
            odd.append(f"{path}: not text")
        elif len(held) > LARGEST:
            odd.append(f"{path}: {len(held)} bytes")
    assert not odd, odd


@pytest.mark.parametrize(
    "written",
    [
        "see https://" + "pypi" + ".org/x",
        "--index" + "-url x",
        "/" + "work/main/x",
        "/" + "home/ada/x",
        "<" * 7 + " HEAD",
    ],
)
def test_what_does_not_belong_is_noticed(written: str) -> None:
    assert unwelcome(written)


@pytest.mark.parametrize("written", ["/young-people/7/work/1", "https://example.test/home", "a home/school meeting"])
def test_what_belongs_is_let_be(written: str) -> None:
    assert not unwelcome(written)
