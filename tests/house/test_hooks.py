"""A hook is there only if the core calls it, it says when and what it returns, and a shipped plugin uses it."""

from __future__ import annotations

import inspect
import re
from typing import Any

import pytest

from cmcore.plugins.hookspecs import FAMILIES, Declares
from console.hookspecs import Shows
from tests.house import sources
from tests.house.reference.hooks import hooks_of

EVERY = [(family, name, each) for family in (*FAMILIES, Shows) for name, each in hooks_of(family).items()]
every_hook = pytest.mark.parametrize(("family", "name", "each"), EVERY, ids=[name for _, name, _ in EVERY])


def _text(*folders: str) -> dict[str, str]:
    return {path.as_posix(): path.read_text("utf-8") for path in sources.python(*folders)}


@every_hook
def test_a_hook_says_when_it_is_called_what_it_returns_and_since_when(family: Any, name: str, each: Any) -> None:
    said = inspect.getdoc(each) or ""
    assert all(word in said for word in ("**When:**", "**Return:**", "**Since:**")), name


@every_hook
def test_a_hook_is_called_by_the_core(family: Any, name: str, each: Any) -> None:
    specified = ("cmcore/plugins/hookspecs.py", "console/hookspecs.py")
    called = [path for path, text in _text("cmcore", "console").items() if f'"{name}"' in text]
    assert [path for path in called if not path.endswith(specified)], f"Nobody calls {name}."


@every_hook
def test_a_hook_is_used_by_a_plugin_that_comes_with_the_core(family: Any, name: str, each: Any) -> None:
    using = [path for path, text in _text("plugins").items() if re.search(rf"^def {name}\(", text, re.MULTILINE)]
    assert using, f"No shipped plugin uses {name}."


@every_hook
def test_a_hook_is_reached_by_a_test(family: Any, name: str, each: Any) -> None:
    tests = {
        path: text for path, text in _text("tests", "plugins").items() if "tests/" in path and "/house/" not in path
    }
    assert any(name in text for text in tests.values()), f"No test tries {name}."


def test_what_is_declared_is_returned_as_a_list() -> None:
    for name, each in hooks_of(Declares).items():
        assert str(inspect.signature(each).return_annotation).startswith("list["), name
