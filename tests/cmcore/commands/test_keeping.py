"""The commands that set up and look after a database: init, authority, account, audit, check, db."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from cmcore.api import PluginSetting
from cmcore.base.engine import engine_for
from cmcore.commands import VERBS, cm, main
from cmcore.testing import a_plugin, plugged

WRENSHIRE = ["authority", "add", "--name", "Wrenshire", "--code", "990", "--prefix", "WR"]


class Shell:
    """Runs ``cm`` as a person does, on one database, and keeps what it said."""

    def __init__(self, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
        """Name the database the way the command finds it."""
        monkeypatch.setenv("CM_DATABASE_URL", url)
        monkeypatch.delenv("CM_CONFIG", raising=False)
        self.url, self.patch = url, monkeypatch

    def run(self, *words: str) -> tuple[int, str]:
        """The exit code and everything that was printed."""
        said = io.StringIO()
        self.patch.setattr(sys, "argv", ["cm", *words])
        with redirect_stdout(said), redirect_stderr(said), pytest.raises(SystemExit) as ended:
            main()
            raise SystemExit(0)
        return int(ended.value.code or 0), said.getvalue()


@pytest.fixture
def shell(empty_database_url: str, monkeypatch: pytest.MonkeyPatch) -> Shell:
    return Shell(empty_database_url, monkeypatch)


def test_from_nothing_to_an_authority_with_a_coordinator(shell: Shell, tmp_path: Path) -> None:
    assert shell.run("check")[1].startswith("The line core stands at nothing")
    assert "Taken to core" in shell.run("init")[1]
    assert "was up to date" in shell.run("init")[1]
    assert shell.run(*WRENSHIRE) == (0, "Wrenshire is set up. Its references begin with WR.\n")
    account = ["account", "add", "--login", "hester.quillmarsh", "--name", "Hester Quillmarsh", "--authority", "990"]
    code, said = shell.run(*account, "--role", "coordinator", "--password", "lantern harbour quilt")
    assert (code, said) == (0, "hester.quillmarsh may sign in as coordinator.\n")
    told = ["--login", "imogen.fennimore", "--authority", "990"]
    adds = ["add", *told, "--name", "Imogen Fennimore", "--role"]
    assert "Choose from head, coordinator" in shell.run("account", *adds, "king")[1]
    for words in ([*adds, "head"], ["code", *told]):
        assert re.search(r"Their code is ([A-Z2-9]{4}-?){4}\. It works once", shell.run("account", *words)[1]), words
    assert "Nobody of this authority" in shell.run("account", "code", "--login", "nobody", "--authority", "990")[1]
    assert shell.run("check") == (0, "The database is as it should be.\n")
    assert "The audit is whole." in shell.run("audit", "verify")[1]
    (tmp_path / "wrenshire.toml").write_text('[plugins.wrenshire]\non = ["99O", "990"]\n', "utf-8")
    shell.patch.setenv("CM_CONFIG", str(tmp_path / "wrenshire.toml"))
    with plugged(a_plugin()):
        assert "plugins.wrenshire names 99O, and no authority has that code." in shell.run("check")[1]


def test_what_a_person_can_put_right_is_one_sentence_without_a_traceback(shell: Shell) -> None:
    assert shell.run(*WRENSHIRE) == (1, "The database has no tables yet. Run “cm init” first.\n")
    shell.run("init")
    shell.run(*WRENSHIRE)
    for words, sentence in (
        (WRENSHIRE, "code already."),
        ([*WRENSHIRE[:5], "99", *WRENSHIRE[6:]], "The code has three digits"),
        (["evidence", "--authority", "991", "--programme", "x"], "There is no authority with the code 991."),
        (["db", "upgrade", "--owner", "marmalade"], "There is no line marmalade"),
    ):
        code, said = shell.run(*words)
        assert code == 1 and sentence in said and "Traceback" not in said, words


def test_a_tampered_audit_ends_with_one_and_names_the_line(shell: Shell) -> None:
    shell.run("init")
    shell.run(*WRENSHIRE)
    engine = engine_for(shell.url)
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT set_config('cm.authorities', '1', true)"))
            connection.execute(text("ALTER TABLE cm_audit DISABLE TRIGGER USER"))
        else:
            connection.execute(text("DROP TRIGGER cm_audit_no_update"))
        connection.execute(text("UPDATE cm_audit SET login = 'somebody.else'"))
    engine.dispose()
    code, said = shell.run("audit", "verify", "--json")
    told = json.loads(said)
    assert code == 1 and not told["whole"] and "line 1 was changed" in told["faults"][0]


def test_the_heads_of_whole_chains_are_written_where_the_settings_say(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell.run("init")
    shell.run(*WRENSHIRE)
    monkeypatch.setenv("CM_AUDIT_HEADS_FILE", str(tmp_path / "heads.json"))
    assert shell.run("audit", "verify")[0] == 0
    assert json.loads((tmp_path / "heads.json").read_text("utf-8"))["1"]["lines"] == 1


def test_the_settings_in_force_are_shown_with_their_origin_and_no_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CM_DATABASE_URL", "postgresql+psycopg://cm_app:quilt@localhost/cm")
    said = CliRunner().invoke(cm, ["check", "--settings"]).output
    assert "[CM_DATABASE_URL]" in said and "quilt" not in said
    assert "console.port = 8080   [default.toml]" in said and "rules.R-MEA-3 = warn, days = 42   [rules.toml]" in said


def test_the_settings_of_a_plugin_are_shown_and_a_misspelt_one_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "wrenshire.toml"
    file.write_text('[plugins.wrenshire]\non = ["990"]\nvisit_days = 9\n', "utf-8")
    monkeypatch.setenv("CM_CONFIG", str(file))
    offered = [PluginSetting("visit_days", "Days between visits.", 14), PluginSetting("by", "Who visits.", "mentor")]
    with plugged(a_plugin(cm_settings=lambda: offered)):
        said = CliRunner().invoke(cm, ["check", "--settings"]).output
        assert "plugins.wrenshire.on = ['990']   [wrenshire.toml]" in said
        assert "plugins.wrenshire.visit_days = 9   [wrenshire.toml]" in said
        assert "plugins.wrenshire.by = 'mentor'   [Wrenshire]" in said
        file.write_text("[plugins.wrenshire]\nvisit_day = 9\n", "utf-8")
        refused = CliRunner().invoke(cm, ["check", "--settings"]).exception
        assert "Did you mean visit_days?" in str(refused)


def test_an_unknown_setting_is_refused_with_a_suggestion(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "wrenshire.toml"
    file.write_text("[console]\nprot = 1\n", "utf-8")
    monkeypatch.setenv("CM_CONFIG", str(file))
    monkeypatch.setattr(sys, "argv", ["cm", "check", "--settings"])
    with pytest.raises(SystemExit):
        main()
    assert "Did you mean console.port?" in capsys.readouterr().err


def test_help_lists_every_verb_and_loads_no_database_for_it() -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-X",
            "importtime",
            "-c",
            "import sys; sys.argv = ['cm', '--help']; from cmcore.commands import main; main()",
        ],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert all(verb in done.stdout for verb in VERBS) and "sqlalchemy" not in done.stderr
