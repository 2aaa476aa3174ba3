"""What docs/explanation/always-true.md says is tried is tried: each test it names is there."""

from __future__ import annotations

import re

from tests.house import sources

PAGE = "docs/explanation/always-true.md"


def test_what_is_always_true_is_tried_where_the_page_says() -> None:
    rows = re.findall(r"(?m)^\| (\d+) \| .+ \| (.+) \|$", (sources.ROOT / PAGE).read_text(encoding="utf-8"))
    assert [int(number) for number, _ in rows] == list(range(1, 12))
    named = {path for _, where in rows for path in re.findall(r"`([^`]+)`", where)}
    assert named and [path for path in sorted(named) if not (sources.ROOT / path).is_file()] == []
    quiet = [
        path
        for path in sorted(named)
        if not re.search(r"(?m)^def test_", (sources.ROOT / path).read_text(encoding="utf-8"))
    ]
    assert quiet == []
