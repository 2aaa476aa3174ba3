"""The library needs no web: the same story, in a process where the web framework cannot be imported."""

from __future__ import annotations

import json
import os
from pathlib import Path

from tests.cmcore.exchange.made_returns import real_folder
from tests.warm import Warm

SCRIPT = Path(__file__).parent / "alone.py"


def test_the_story_from_a_return_to_the_evidence_needs_no_web_framework(
    empty_database_url: str, tmp_path: Path, warm_library: Warm
) -> None:
    code, told = SCRIPT.read_text(encoding="utf-8"), (empty_database_url, str(real_folder()))
    done = warm_library.run(code, *told, env=dict(os.environ), cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout.splitlines()[-1])
    assert seen == {"records": 10_400, "paired": 1, "improved": 1, "people": 2_676, "web": []}
