"""Nothing in the console waits for a script: what can be pressed sends a form, follows a link or opens by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from tests.house import sources

#: Opened by the browser itself; the list of keys, which are a script's own, hidden where none runs; and what tells a
#: browser that keeps passwords whose it is: nobody fills that in.
_WELL = ("popovertarget=", 'id="keys-open" type="button" hidden', 'autocomplete="username" hidden')
_TAG = re.compile(r"<(?:a|button|input|form|select|textarea|div|li|tr|details|dialog)\b[^>]*>")


def written() -> Iterator[tuple[Path, str]]:
    """Every element that is written in a template, or in Python beside it."""
    for folder in ("console", "plugins"):
        for path in (sources.ROOT / folder).rglob("*"):
            if path.suffix in (".html", ".py") and "tests" not in path.parts:
                plain = re.sub(r"{[{%#].*?[}%#]}", "x", path.read_text(encoding="utf-8"))
                yield from ((path, tag) for tag in _TAG.findall(plain))


def test_whatever_can_be_pressed_does_something_without_a_script() -> None:
    idle = re.compile(r'type="button"|href="#"|javascript:|\son[a-z]+=|\shidden(?=[\s>])')
    found = [(path, tag) for path, tag in written() if idle.search(tag) and not any(one in tag for one in _WELL)]
    assert not found, found


def test_what_scripts_make_is_words_and_a_link_and_nothing_to_be_filled_in() -> None:
    scripts = "".join(path.read_text(encoding="utf-8") for path in (sources.ROOT / "console/static").glob("*.js"))
    assert set(re.findall(r'createElement\("(\w+)"\)', scripts)) <= {"a"}
    assert not re.search(r"innerHTML|insertAdjacentHTML|outerHTML|document\.write|cloneNode", scripts)
