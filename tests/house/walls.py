"""Builds the walls between the folders: those of pyproject.toml and those every plugin gets."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]

#: The doors by which a plugin enters, and the names it may not enter by, which are all the others.
CORE_DOORS = frozenset({"api", "testing"})
CONSOLE_DOORS = frozenset({"api"})

LINT = "from importlinter.cli import import_linter; import_linter()"

Contract = Mapping[str, Any]


def house_contracts() -> list[Contract]:
    """The walls pyproject.toml names."""
    contracts: list[Contract] = _settings()["contracts"]
    return contracts


def plugin_contracts(root: Path) -> Iterator[Contract]:
    """The walls around every plugin under a root's plugins/ folder; none while there is no plugin."""
    core_insides = [f"cmcore.{name}" for name in _children(root / "cmcore") if name not in CORE_DOORS]
    console_insides = [f"console.{name}" for name in _children(root / "console") if name not in CONSOLE_DOORS]
    for package in _plugins(root):
        plugin = package.name
        yield {
            "id": f"front-doors-{plugin}",
            "name": f"{plugin} enters by the front doors",
            "type": "forbidden",
            "source_modules": [plugin],
            "forbidden_modules": core_insides + console_insides,
            "allow_indirect_imports": True,
        }
        yield {
            "id": f"web-door-{plugin}",
            "name": f"{plugin} meets the web in its console.py alone",
            "type": "forbidden",
            "source_modules": [name for name in _modules(package) if not name.startswith(f"{plugin}.console")],
            "forbidden_modules": ["console", "console.api", "flask", "flask_appbuilder", "werkzeug", "wtforms"],
            "as_packages": False,
        }
        yield {
            "id": f"insides-{plugin}",
            "name": f"No other plugin reaches inside {plugin}",
            "type": "protected",
            "protected_modules": [f"{plugin}.**"],
            "allowed_importers": [plugin],
        }


def check(root: Path, *asked: str) -> subprocess.CompletedProcess[str]:
    """Hold the tree under a root against every wall, or against those asked for by id."""
    plugins = _plugins(root)
    contracts = [*house_contracts(), *plugin_contracts(root)]
    settings = {key: value for key, value in _settings().items() if key != "contracts"}
    settings["root_packages"] = [*settings["root_packages"], *(package.name for package in plugins)]
    path = os.pathsep.join([str(root), *(str(package.parent) for package in plugins)])
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "walls.toml"
        file.write_text(_toml(settings, contracts), encoding="utf-8")
        command = [sys.executable, "-c", LINT, "lint", "--no-logo", "--no-cache", "--config", str(file)]
        for one in asked:
            command += ["--contract", one]
        return subprocess.run(
            command,
            cwd=root,
            env={**os.environ, "PYTHONPATH": path, "NO_COLOR": "1", "COLUMNS": "200"},
            capture_output=True,
            text=True,
            check=False,
        )


def _settings() -> dict[str, Any]:
    with (ROOT / "pyproject.toml").open("rb") as file:
        settings: dict[str, Any] = tomllib.load(file)["tool"]["importlinter"]
    return settings


def _plugins(root: Path) -> list[Path]:
    return sorted(found.parent for found in (root / "plugins").glob("*/cmcore_*/__init__.py"))


def _children(package: Path) -> list[str]:
    files = [file.stem for file in package.glob("*.py") if file.stem != "__init__"]
    return sorted(files + [file.parent.name for file in package.glob("*/__init__.py")])


def _modules(package: Path) -> list[str]:
    names = (file.relative_to(package.parent).with_suffix("").parts for file in package.rglob("*.py"))
    return sorted(".".join(parts[:-1] if parts[-1] == "__init__" else parts) for parts in names)


def _toml(settings: Mapping[str, Any], contracts: list[Contract]) -> str:
    # Strings, truth values and lists of strings are written alike in JSON and in TOML; nothing else occurs here.
    lines = ["[tool.importlinter]", *(f"{key} = {json.dumps(value)}" for key, value in settings.items())]
    for contract in contracts:
        lines += [
            "[[tool.importlinter.contracts]]",
            *(f"{key} = {json.dumps(value)}" for key, value in contract.items()),
        ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    checked = check(ROOT, *sys.argv[1:])
    sys.stdout.write(checked.stdout + checked.stderr)
    sys.exit(checked.returncode)
