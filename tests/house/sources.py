"""Finds the files this repository keeps, for the tests that read them."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

#: What a checkout may hold beside its own files, where there is no git to tell.
_LEFT_ALONE = {".git", ".venv", "var", "build", "dist", "node_modules", "__pycache__"}


@lru_cache(maxsize=1)
def kept() -> tuple[Path, ...]:
    """Every file that is, or would be, committed; relative to the root."""
    if shutil.which("git") and (ROOT / ".git").exists():
        listed = subprocess.run(
            ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout.split("\0")
        return tuple(sorted(Path(name) for name in listed if name and (ROOT / name).is_file()))
    return tuple(sorted(_walked()))


def python(*folders: str) -> list[Path]:
    """The Python files under the folders named, or all of them."""
    return [path for path in kept() if path.suffix == ".py" and (not folders or path.parts[0] in folders)]


def read(path: Path) -> str:
    """The text of a kept file."""
    return (ROOT / path).read_text(encoding="utf-8")


@cache
def tree(path: Path) -> ast.Module:
    """The parsed text of a kept Python file."""
    return ast.parse(read(path), filename=str(path))


@cache
def nodes(parsed: ast.Module) -> tuple[ast.AST, ...]:
    """Everything in a parsed file, walked through once for all who look for something in it."""
    return tuple(ast.walk(parsed))


def _walked() -> Iterator[Path]:
    for folder, folders, files in os.walk(ROOT):
        folders[:] = [
            name for name in folders if name not in _LEFT_ALONE and not name.endswith((".egg-info", "_cache"))
        ]
        yield from (Path(folder, name).relative_to(ROOT) for name in files)
