"""What the page on printing shows works as it stands there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cmcore.exchange.documents.pdf_read import Read
from tests.house import sources


def test_the_blocks_of_the_page_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = sources.read(Path("docs/how-to/print-a-form.md"))
    monkeypatch.chdir(tmp_path)
    made: dict[str, bytes] = {}
    for block in re.findall(r"(?ms)^```python\n(.*?)^```", page):
        exec(compile(block, "print-a-form.md", "exec"), made)
    assert Read((tmp_path / "blank.pdf").read_bytes()).title == "Referral"
    assert "Lino printing" in Read((tmp_path / "filled.pdf").read_bytes()).text
    assert Read(made["pdf"]).title == "Activity report, autumn term: M.B. WR-0417"
