"""``cm study``: a release is made, written out, verified by itself and against its records; what is wrong is said."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cmcore.api import Refused
from cmcore.testing import Stage
from cmcore_action_research.command import command
from plugins.action_research.tests.conftest import Ground
from plugins.action_research.tests.test_releases import measured


@pytest.fixture
def beginning() -> Callable[[Stage], Ground]:
    """A study with enough people in it to release."""
    return measured


@pytest.fixture
def cm(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Calls ``cm study`` on the database of the test."""
    url = ground.stage.engine.url.render_as_string(hide_password=False)
    monkeypatch.setenv("CM_DATABASE_URL", url)
    monkeypatch.setattr("cmcore.virtual_schools.opening.configure", lambda settings, register: None)
    monkeypatch.delenv("CM_CONFIG", raising=False)
    return lambda *words: CliRunner().invoke(command, words)


def test_a_release_is_made_and_verified_and_a_changed_one_is_not(cm: Callable[..., Result], tmp_path: Path) -> None:
    listed = cm("list", "--authority", "990")
    assert "1: Waiting and mentoring 2026. Open." in listed.output and "Its hash is right." in listed.output
    folder, packed = tmp_path / "release", tmp_path / "release.zip"
    made = cm("release", "--authority", "990", "--study", "1", "--out", str(folder))
    assert made.exit_code == 0, made.output
    assert "Release 1 of 20 young people" in made.output and "The release is as it says." in made.output
    assert cm("release", "--authority", "990", "--study", "1", "--out", str(packed)).exit_code == 0
    for path in (folder, packed):
        held = cm("verify", str(path), "--authority", "990")
        assert held.exit_code == 0 and "20 young people against their records" in held.output, held.output
    with pytest.raises(Refused, match="is there already"):
        raise _raised(cm("release", "--authority", "990", "--study", "1", "--out", str(folder)))
    with pytest.raises(Refused, match="Age on joining"):
        told = ("--age", "to the day")
        raise _raised(cm("release", "--authority", "990", "--study", "1", "--out", str(tmp_path / "b"), *told))
    people = folder / "people.csv"
    people.write_bytes(people.read_bytes().replace(b",15-16,", b",17-18,", 1))
    changed = cm("verify", str(folder))
    assert changed.exit_code == 1 and "it is not what was frozen" in changed.output


def _raised(result: Result) -> BaseException:
    assert result.exception is not None, result.output
    return result.exception
