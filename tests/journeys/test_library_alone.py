"""The library needs no web: the same story, in a process where the web framework cannot be imported."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.cmcore.exchange.made_returns import real_folder

ROOT = Path(__file__).parents[2]


def test_the_story_from_a_return_to_the_evidence_needs_no_web_framework(empty_database_url: str) -> None:
    script = Path(__file__).parent / "alone.py"
    done = subprocess.run(
        [sys.executable, str(script), empty_database_url, str(real_folder())],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert told == {"records": 10_400, "paired": 1, "improved": 1, "people": 2_676, "web": []}
