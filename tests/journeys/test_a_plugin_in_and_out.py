"""A plugin written in a temporary folder and installed with pip is in the console, and is taken out without a trace."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

from sqlalchemy import Engine, inspect

from cmcore.testing import Stage
from cmcore.testing.story import Story
from tests.house import sources
from tests.warm import Warm

#: A person looks at the console of a place where the plugin is installed, in a process of its own.
LOOKS = """
import json, sys
from datetime import timedelta
import cmcore.records
from cmcore.base.clock import StoppedClock
from cmcore.base.engine import engine_for
from cmcore.base.findings import Refused
from cmcore.base.settings import Settings
from cmcore.answers.editions import forms_for
from cmcore.plugins.configured import configure
from cmcore.plugins.register import register
from cmcore.plugins.tables import leave_out_behind
from cmcore.safekeeping.memberships import give_role
from cmcore.testing import Stage
from cmcore.testing.stage import TODAY
from cmcore.testing.story import Story
from console import accounts
from console.app import create_app

engine = engine_for(sys.argv[1])
story = json.loads(sys.argv[2])
configure(Settings.load(), register())
leave_out_behind(engine)
stage = Stage(engine, authority_id=story["authority"])
now = stage.clock.now()
with stage.work("operator") as work:
    login = f"looks-{sys.argv[3]}@example.invalid"
    give_role(work, stage.authority_id, login, "coordinator")
account = accounts.open_account(engine, login=login, name="Hester Quillmarsh")
client = create_app(engine, clock=stage.clock).test_client()
client.set_cookie("cm", accounts.begin_session(engine, account, now, timedelta(hours=12)))
person = f"/young-people/{story['person']}"
with stage.work("coordinator") as work:
    forms = [one.form.key for one in forms_for(work, stage.authority_id)]
refused = ""
try:
    with stage.work("coordinator") as work:
        made = Story(stage, **story["keys"])
        made.refer(work)
except Refused as said:
    refused = said.findings[0].rule or ""
answer = client.get("/thornley-visits/")
print(json.dumps({
    "page": answer.status_code,
    "panel": 'id="plugin-thornley-1"' in client.get(person).get_data(as_text=True),
    "form": "thornley-visit-report" in forms,
    "refused": refused,
    "plugins": client.get("/plugins/").get_data(as_text=True).count("thornley"),
    "today": client.get("/").status_code,
}))
"""


class Place:
    """A place with a folder of installed packages of its own, and what is run there."""

    def __init__(self, folder: Path, url: str, warm: Warm) -> None:
        self.folder, self.warm = folder, warm
        self.installed = folder / "installed"
        self.installed.mkdir()
        self.url = url
        self.times = 0

    @property
    def environment(self) -> dict[str, str]:
        paths = os.pathsep.join([str(self.installed), str(sources.ROOT)])
        return {**os.environ, "PYTHONPATH": paths, "CM_DATABASE_URL": self.url, "CM_CONFIG": ""}

    def run(self, code: str, *arguments: str) -> str:
        done = self.warm.run(code, *arguments, env=self.environment, cwd=self.folder)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def cm(self, *command: str) -> str:
        return self.run("from cmcore.commands import main; main()", *command)

    def pip(self, package: Path) -> None:
        offline = ("--no-index", "--no-build-isolation", "--no-deps", "--no-input", "--quiet")
        pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "install", *offline)
        told = [*pip, "--target", str(self.installed), str(package)]
        done = subprocess.run(told, env=self.environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr

    def looks(self, story: Story, authority: int) -> dict[str, object]:
        self.times += 1
        keys = {
            name: getattr(story, name)
            for name in ("person_id", "setting_id", "social_worker_id", "teacher_id", "programme_id", "mentor_id")
        }
        told = json.dumps({"authority": authority, "person": story.person_id, "keys": keys})
        seen: dict[str, object] = json.loads(self.run(LOOKS, self.url, told, str(self.times)).splitlines()[-1])
        return seen


def test_a_plugin_is_written_installed_switched_on_and_taken_out_with_the_core_untouched(
    engine: Engine, stage: Stage, tmp_path: Path, warm: Warm
) -> None:
    story = Story.begin(stage)
    place = Place(tmp_path, engine.url.render_as_string(hide_password=False), warm)
    package = tmp_path / "thornley"
    place.cm("plugin", "new", "thornley", "--path", str(package), "--title", "Thornley")
    place.pip(package)

    # Installed, it is off, and its tables are not there yet: it is left out and named, and nothing else changes.
    seen = place.looks(story, stage.authority_id)
    assert seen["today"] == 200 and seen["page"] == 404 and not seen["panel"] and not seen["form"]
    assert seen["refused"] == "" and seen["plugins"]

    assert "thornley 0001" in place.cm("db", "upgrade")
    assert "thornley is on for authority 990." in place.cm("plugin", "on", "thornley", "--authority", "990")
    seen = place.looks(story, stage.authority_id)
    assert seen == {
        "page": 200,
        "panel": True,
        "form": True,
        "refused": "R-THORNLEY-1",
        "plugins": seen["plugins"],
        "today": 200,
    }
    told = {one["name"]: one for one in json.loads(place.cm("plugin", "list", "--json"))}
    assert told["thornley"]["state"] == "in use" and told["thornley"]["on_for"] == ["990"]
    assert told["thornley"]["tables"] == {"cmp_thornley_visit": 0}

    out = tmp_path / "thornley.zip"
    assert "1 table with 0 rows" in place.cm("plugin", "remove", "thornley", "--export", str(out), "--yes")
    with zipfile.ZipFile(out) as archive:
        assert "tables/cmp_thornley_visit.json" in archive.namelist()
    assert not [name for name in inspect(engine).get_table_names() if "thornley" in name]
    for each in sorted(place.installed.rglob("*"), reverse=True):
        each.rmdir() if each.is_dir() else each.unlink()

    seen = place.looks(story, stage.authority_id)
    assert seen == {"page": 404, "panel": False, "form": False, "refused": "", "plugins": 0, "today": 200}
