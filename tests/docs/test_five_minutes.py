"""The five minutes of the tutorial, walked: every link is there, and every page says what it is promised to say."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from cmcore.base.engine import engine_for
from console import demo_accounts
from console.app import create_app
from tests.cmcore.demo.test_demo import load_small, on
from tests.console.visitor import Visitor
from tests.databases import filled_sqlite
from tests.house import sources

PAGE = sources.ROOT / "docs" / "tutorial" / "five-minutes.md"
#: What the reader does, and what they are told to find: in the order of the text.
_DONE = re.compile(r"(?<!\*)\*\*([^*]+)\*\*|“([^”]+)”")


class Walker:
    """Somebody who reads the page and does what it says."""

    def __init__(self, visitor: Visitor) -> None:
        """On the start page."""
        self.visitor = visitor

    def chooses(self, words: str) -> None:
        """Follow the link of these words, or press the button; fails where neither is on the page."""
        page = self.visitor.page
        for address, inside in re.findall(r'<a\b[^>]*?href="([^"]+)"[^>]*>(.*?)</a>', page, re.DOTALL):
            if _text(inside) == words:
                self.visitor.opens(unescape(address).partition("#")[0])
                break
        else:
            forms = re.findall(r"<form\b([^>]*)>(.*?)</form>", page, re.DOTALL)
            pressed = [
                told
                for told, inside in forms
                if words in [_text(one) for one in re.findall(r"<button[^>]*>(.*?)</button>", inside, re.DOTALL)]
            ]
            assert pressed, f"{self.visitor.answer.request.path} has no link and no button {words!r}"
            action = re.search(r'action="([^"]+)"', pressed[0])
            self.visitor.sends(action[1] if action else self.visitor.answer.request.path)
        if self.visitor.status == 303:
            self.visitor.opens(self.visitor.answer.location)
        assert self.visitor.status == 200, f"{words!r} leads to {self.visitor.status}"

    def finds(self, words: str) -> None:
        """The page says it."""
        assert words in _text(self.visitor.page), f"{self.visitor.answer.request.path} does not say {words!r}"


def _text(page: str) -> str:
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))).strip()


@pytest.fixture
def walker(tmp_path: Path) -> Iterator[Walker]:
    """The coordinator of the small demonstration, signed in."""
    engine = engine_for(f"sqlite:///{shutil.copy(filled_sqlite('small', load_small), tmp_path / 'cm.sqlite')}")
    visitor = Visitor(create_app(engine, clock=on())).signs_in("hester.quillmarsh", demo_accounts.open_accounts(engine))
    yield Walker(visitor)
    engine.dispose()


def test_the_five_minutes_are_as_they_are_told(walker: Walker) -> None:
    told = re.sub(r"\s+", " ", sources.read(PAGE).partition("## 1.")[2].partition("Next:")[0])
    done = 0
    for link, words in _DONE.findall(told):
        walker.chooses(link) if link else walker.finds(words)
        done += 1
    assert done > 20
    assert "Sign in" in walker.visitor.page


def test_its_pictures_are_there() -> None:
    named = re.findall(r"\]\(\.\./pictures/([a-z-]+\.png)\)", sources.read(PAGE))
    assert named and all((sources.ROOT / "docs" / "pictures" / name).exists() for name in named)
