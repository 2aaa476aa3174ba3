"""What a plugin can add, typed as its page has it onto the plugin that is laid down: counted, in the calendar, told."""

from __future__ import annotations

import re
from pathlib import Path

from cmcore.scaffold.laying import lay_down
from tests.docs.tutorials import Tutorial
from tests.house import sources
from tests.warm import Warm

PAGE = Path("docs/how-to/add-more-to-a-plugin.md")


def test_what_the_page_adds_is_counted_put_into_the_calendar_listed_and_told(
    tmp_path: Path, database_url: str, warm: Warm
) -> None:
    lay_down("wrenshire", tmp_path / "wrenshire")
    for name, more, text in re.findall(r"(?ms)^```python (\S+)( \+)?\n(.*?)^```", sources.read(PAGE)):
        file = tmp_path / name
        file.write_text(file.read_text("utf-8") + text if more else text, encoding="utf-8")
    page = Tutorial(PAGE, tmp_path)
    done = page.runs("look", database_url, plugin="wrenshire", warm=warm)
    assert done.returncode == 0, done.stdout + done.stderr
