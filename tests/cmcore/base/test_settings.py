"""Settings in layers, each value with where it came from."""

from __future__ import annotations

from pathlib import Path

import pytest

from cmcore.base.settings import Settings, SettingsError


def written(folder: Path, text: str) -> Path:
    file = folder / "wrenshire.toml"
    file.write_text(text, "utf-8")
    return file


def test_the_authoritys_file_goes_over_the_shipped_one_and_the_environment_over_both(tmp_path: Path) -> None:
    file = written(
        tmp_path, '[console]\nport = 9000\nschool = "Wrenshire Virtual School"\n[rules."R-MEA-3"]\ndays = 56\n'
    )
    settings = Settings.load(file, {"PORT": "9100"})
    assert (settings["console", "port"], settings.origin("console", "port")) == (9100, "PORT")
    assert (settings["console", "school"], settings.origin("console", "school")) == (
        "Wrenshire Virtual School",
        "wrenshire.toml",
    )
    assert (settings["console", "host"], settings.origin("console", "host")) == ("127.0.0.1", "default.toml")
    assert settings.policy().threshold("R-MEA-3", "days") == 56


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[console]\nprot = 1\n", "Did you mean console.port?"),
        ("[consol]\nport = 1\n", "Did you mean console?"),
        ('[console]\nport = "high"\n', "takes a value like 8080"),
        ("[console]\ntls = 1\n", "takes a value like False"),
        ("[console\n", "cannot be read"),
        ('[rules."R-MEA-3"]\nday = 1\n', "Did you mean days?"),
    ],
)
def test_a_setting_that_cannot_be_used_is_refused_with_the_way_out(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(SettingsError, match="wrenshire.toml") as said:
        Settings.load(written(tmp_path, text), {})
    assert words in str(said.value)


@pytest.mark.parametrize("port", ["high", "80a", "--8", "²"])
def test_a_number_in_the_environment_that_is_none_is_refused(port: str) -> None:
    with pytest.raises(SettingsError, match="PORT is a whole number"):
        Settings.load(None, {"PORT": port})


def test_a_settings_file_that_is_not_there_is_named_without_its_folder(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as said:
        Settings.load(None, {"CM_CONFIG": str(tmp_path / "gone.toml")})
    assert "gone.toml" in str(said.value) and str(tmp_path) not in str(said.value)


def test_the_shipped_example_for_a_server_can_be_read() -> None:
    example = Path(__file__).parents[3] / "config" / "production.toml.example"
    assert Settings.load(example, {})["console", "tls"] is True
