"""Reads a tutorial as its reader does: the files its blocks name are written in order, up to where one is to look."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from tests.house import sources
from tests.warm import Warm

#: A block that names its file, and a place where the reader is to look.
_BLOCK = re.compile(r"(?ms)^```(?:python|toml) (\S+)\n(.*?)^```|^<!-- see: (.+?) -->")

#: Commands that are run in forks of a process that has loaded what they need.
_FORKED = {
    "cm": "from cmcore.commands import main; main()",
    "pytest": "import sys, pytest; sys.exit(pytest.main(sys.argv[1:]))",
    "look": "from tests.docs.added import look; look()",
}


@dataclass
class Tutorial:
    """A page, and the folder its files are written into."""

    page: Path
    folder: Path

    def read_up_to(self, mark: str) -> None:
        """Write every block that stands before a mark; refuses a mark that the page does not have."""
        for found in _BLOCK.finditer(sources.read(self.page)):
            name, text, seen = found.groups()
            if seen == mark:
                return
            if name:
                file = self.folder / name
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text, encoding="utf-8")
        raise AssertionError(f"{self.page} has no place called {mark!r}.")

    def says(self, *sentences: str) -> bool:
        """Whether the page promises what a test has just seen: its text with line breaks and emphasis left out."""
        text = re.sub(r"\s+", " ", sources.read(self.page).replace("*", "").replace("\\", ""))
        return all(sentence in text for sentence in sentences)

    @contextmanager
    def imported(self, plugin: str) -> Iterator[ModuleType]:
        """The plugin's package as it is written now, out of the way again afterwards."""
        package, path = f"cmcore_{plugin}", str(self.folder / plugin)
        sys.path.insert(0, path)
        try:
            yield import_module(package)
        finally:
            sys.path.remove(path)
            for name in [each for each in sys.modules if each.partition(".")[0] == package]:
                del sys.modules[name]

    def runs(self, *command: str, plugin: str, warm: Warm | None = None) -> subprocess.CompletedProcess[str]:
        """Run a command of the page in the tutorial's folder, its plugin to be found; where it is warm, in a fork."""
        path = os.pathsep.join([str(self.folder / plugin), str(sources.ROOT)])
        told: dict[str, Any] = {"cwd": self.folder, "env": {**os.environ, "PYTHONPATH": path}}
        told["env"]["CM_DATABASE_URL"] = f"sqlite:///{self.folder}/cm.db"
        if warm:
            return warm.run(_FORKED[command[0]], *command[1:], **told)
        words = [sys.executable, "-m", *command]
        return subprocess.run(words, **told, capture_output=True, text=True, check=False)
