"""Every wall of the house stands, and each is seen to fall to the least thing that trips it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.house import walls

BROKEN = Path(__file__).parent / "broken"
CASES = sorted(folder.name for folder in BROKEN.iterdir() if folder.is_dir() and folder.name != "__pycache__")
#: What import-linter's report ends with.
KEPT, FELL = "0 broken.", "1 broken."


def _bare_house(root: Path) -> None:
    """A core and a console with every folder in its place and nothing in any."""
    layers = next(wall for wall in walls.house_contracts() if wall["id"] == "journey")["layers"]
    for name in (name.strip("()") for line in layers for name in line.replace("|", ":").split(":")):
        _file(root / "cmcore" / name.strip("() ") / "__init__.py")
    for name in ("cmcore/__init__.py", "console/__init__.py", "console/api.py", "console/desk.py"):
        _file(root / name)


def _file(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()


def test_every_wall_of_this_house_stands() -> None:
    checked = walls.check(walls.ROOT)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_a_house_with_nothing_in_it_breaks_no_wall(tmp_path: Path) -> None:
    _bare_house(tmp_path)
    _file(tmp_path / "plugins/alpha/cmcore_alpha/__init__.py")
    (tmp_path / "plugins/alpha/cmcore_alpha/console.py").write_text(
        "from console import api\nfrom cmcore import api as core\n"
    )
    checked = walls.check(tmp_path)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert KEPT in checked.stdout


@pytest.mark.parametrize("case", CASES)
def test_a_wall_falls_to_the_least_thing_that_trips_it_and_the_others_stand(case: str, tmp_path: Path) -> None:
    _bare_house(tmp_path)
    shutil.copytree(BROKEN / case, tmp_path, dirs_exist_ok=True)
    contracts = [*walls.house_contracts(), *walls.plugin_contracts(tmp_path)]
    name = next(wall["name"] for wall in contracts if wall["id"] == case.split("--")[0])
    checked = walls.check(tmp_path)
    assert checked.returncode == 1, checked.stdout + checked.stderr
    assert f"{name} BROKEN" in checked.stdout, checked.stdout + checked.stderr
    assert FELL in checked.stdout, "another wall fell with it: the fixture is not the least thing"


def test_each_wall_has_a_fixture_that_breaks_it(tmp_path: Path) -> None:
    _bare_house(tmp_path)
    _file(tmp_path / "plugins/alpha/cmcore_alpha/__init__.py")
    named = {wall["id"] for wall in [*walls.house_contracts(), *walls.plugin_contracts(tmp_path)]}
    assert named == {case.split("--")[0] for case in CASES}
