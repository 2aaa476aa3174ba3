"""The parts this house is built of: pinned exactly in pyproject.toml, and locked with hashes that agree with it."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.house import sources

LOCKS = ["requirements.lock", "requirements-run.lock"]


def _project() -> dict[str, object]:
    return tomllib.loads(sources.read(Path("pyproject.toml")))


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _asked() -> dict[str, set[str]]:
    project = _project()["project"]
    assert isinstance(project, dict)
    return {"": set(project["dependencies"])} | {
        key: set(names) for key, names in project["optional-dependencies"].items()
    }


def _locked(lock: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for name, version in re.findall(r"(?m)^([A-Za-z0-9._-]+)==([^ ;\\]+)", sources.read(Path(lock))):
        found.setdefault(_plain(name), set()).add(version)
    return found


def test_every_part_asked_for_is_pinned_exactly() -> None:
    loose = [
        part for parts in _asked().values() for part in parts if not re.fullmatch(r"[\w.-]+(?:\[\w+\])?==[\d.]+", part)
    ]
    assert not loose


@pytest.mark.parametrize(
    ("lock", "left_out"), [("requirements.lock", set()), ("requirements-run.lock", {"dev", "redis"})]
)
def test_a_lock_holds_every_part_asked_for_at_its_pin(lock: str, left_out: set[str]) -> None:
    locked = _locked(lock)
    parts = [part for extra, names in _asked().items() if extra not in left_out for part in names]
    missing = [
        part for part in parts if part.split("==")[1] not in locked.get(_plain(re.split(r"[\[=]", part)[0]), set())
    ]
    assert not missing, f"run make lock: {missing}"


@pytest.mark.parametrize("lock", LOCKS)
def test_every_part_in_a_lock_has_a_hash(lock: str) -> None:
    entries = re.split(r"\n(?=\S)", sources.read(Path(lock)).strip())
    assert len(entries) > 40
    assert not [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry]


def test_what_runs_the_console_is_locked_as_it_is_tested() -> None:
    tested = _locked("requirements.lock")
    assert not {
        name: versions for name, versions in _locked("requirements-run.lock").items() if tested.get(name) != versions
    }


def test_the_library_asks_for_nothing_of_the_web() -> None:
    # Jinja fills Word templates here, fenced in: docs/decisions/word-templates.md. It is no part of a server.
    assert not [part for part in _asked()[""] if re.match(r"(?i)flask|werkzeug|wtforms|gunicorn", part)]


#: What each folder may import beyond the library's own needs.
MAY_ALSO_USE = {
    "cmcore": {"", "postgres", "evidence"},
    "console": {"", "postgres", "evidence", "console"},
    "tests": {"", "postgres", "evidence", "console", "dev"},
}
OURS = {"cmcore", "console", "tests", *(path.name for path in (sources.ROOT / "plugins").glob("*/cmcore_*"))}
#: What only those who write tests have, in the files that are for them alone.
FOR_TESTS = {"cmcore/testing/fixtures.py": {"pytest"}}


@pytest.mark.parametrize("folder", sorted(MAY_ALSO_USE))
def test_what_a_folder_imports_is_asked_for_by_name(folder: str) -> None:
    providers = packages_distributions()
    asked = {_plain(re.split(r"[\[=]", part)[0]) for extra in MAY_ALSO_USE[folder] for part in _asked()[extra]}
    unasked: dict[str, str] = {}
    for path in sources.python(folder):
        if "broken" in path.parts:
            continue
        named = {name.split(".")[0] for name in _imported(sources.tree(path))} - FOR_TESTS.get(path.as_posix(), set())
        for top in named - sys.stdlib_module_names - OURS:
            if not asked & {_plain(provider) for provider in providers.get(top, [top])}:
                unasked[top] = str(path)
    assert not unasked, f"pin these in pyproject.toml and run make lock: {unasked}"


def _imported(tree: ast.Module) -> Iterator[str]:
    for node in sources.nodes(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module or ""
