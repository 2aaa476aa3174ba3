"""What a mentor's telephone has to fetch: the first page with everything it loads, and a page of the list after it."""

from __future__ import annotations

import re

from flask import Flask

from tests.console.autumn import Autumn
from tests.console.visitor import Visitor

#: Bytes as they are sent, nothing packed.
MOST = 150_000
_LOADED = re.compile(r'<(?:link|script|img)\b[^>]*?(?:href|src)="([^"]+)"')


def weight(visitor: Visitor, path: str, kept: set[str]) -> int:
    """The bytes of a page and of what it loads that the browser does not keep yet."""
    whole = len(visitor.opens(path).answer.data)
    assert visitor.status == 200, path
    for address in set(_LOADED.findall(visitor.page)) - kept:
        assert address.startswith("/"), f"{path} loads {address} from another host"
        kept.add(address)
        whole += len(visitor.opens(address).answer.data)
        assert visitor.status == 200, address
    return whole


def test_what_a_mentor_loads_first_is_under_150_kb_whichever_page_it_is(shipped: Flask, autumn: Autumn) -> None:
    visitor = autumn.visitor(shipped, "mentor")
    pages = ("/", "/sessions/add", "/young-people/", f"/young-people/{autumn.main.person_id}")
    weights = {path: weight(visitor, path, set()) for path in pages}
    assert max(weights.values()) < MOST, weights


def test_what_was_loaded_once_is_kept_for_a_year(shipped: Flask, autumn: Autumn) -> None:
    visitor = autumn.visitor(shipped, "mentor")
    kept: set[str] = set()
    weight(visitor, "/", kept)
    for address in kept:
        assert "immutable" in visitor.opens(address).answer.headers["Cache-Control"], address
    assert weight(visitor, "/sessions/", kept) < MOST / 2
