"""``cm plugin check``: hold a plugin against the contract every plugin keeps."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

import click

from cmcore.base.findings import refuse

_TEST = '''"""The contract, for the plugin that is checked."""

from cmcore.testing import PluginContract
from cmcore.testing.fixtures import *


class TestContract(PluginContract):
    """The contract."""

    package = {package!r}
'''


@click.command("check")
@click.argument("path", type=click.Path(path_type=Path, exists=True, file_okay=False))
def command(path: Path) -> None:
    """Check the plugin in the folder PATH: what it brings, its doors, its forms, its tables, on and off."""
    package = package_in(path)
    if find_spec("pytest") is None:
        raise refuse("Checking a plugin needs pytest, which is not installed.", way_out="Run “pip install pytest”.")
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "test_contract.py").write_text(_TEST.format(package=package), encoding="utf-8")
        # In a process of its own: what it does to this one is its own affair, and another plugin's is not in its way.
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(path.resolve()), *_paths()])}
        options = ["-q", "--no-header", "--rootdir", folder, "-c", os.devnull, "-p", "no:cacheprovider"]
        done = subprocess.run([sys.executable, "-m", "pytest", *options, folder], env=environment, check=False)
    if done.returncode:
        raise refuse(f"{package} does not keep the contract yet.", way_out="Put right what is said above.")
    click.echo(f"{package} keeps the contract.")


def package_in(path: Path) -> str:
    """The name of the plugin's package in a folder; refuses a folder with none, and with several."""
    found = sorted(each.parent.name for each in path.glob("cmcore_*/__init__.py"))
    if len(found) != 1:
        what = "no package cmcore_…" if not found else f"{len(found)} packages cmcore_…"
        raise refuse(
            f"There is {what} in {path.name}.", way_out="Name the folder that has the plugin's pyproject.toml."
        )
    return found[0]


def _paths() -> list[str]:
    return [each for each in (os.environ.get("PYTHONPATH", "").split(os.pathsep)) if each]
