"""A release without names: made, refused with the way out, checked by its own checker, held against the records."""

from __future__ import annotations

import ast
import csv
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

import cmcore_action_research
from cmcore.api import Consent, NotAllowed, NotFound, Refused
from cmcore.testing import Stage, plugged, refused
from cmcore_action_research.forms import LeaveAnswers
from cmcore_action_research.people_records import StudyPlace
from cmcore_action_research.places import leave
from cmcore_action_research.release import checker, making, writing
from cmcore_action_research.release.against_source import check_against
from cmcore_action_research.release.forms import GivenAnswers, ReleaseAnswers, ThemeReleaseAnswers
from cmcore_action_research.release.generalising import USUAL
from cmcore_action_research.release_records import ReleaseFile, ReleaseKey, StudyRelease
from plugins.action_research.tests import conftest
from plugins.action_research.tests.conftest import GIVEN, Ground

USUAL_ONLY = {key: value for key, value in USUAL.items() if key != "theme"}
USUALLY = ReleaseAnswers(**USUAL_ONLY)
TO = GivenAnswers(given_to="The Institute of Quillen Tarn")
_MANY = 20


def measured(stage: Stage) -> Ground:
    """Twenty in the study, ten of whom were mentored first; all scored twice, some mentored."""
    ground = conftest.settled(stage)
    with plugged(cmcore_action_research):
        ground.frozen()
        with stage.work("operator") as work:
            made = [ground.joined(work, number, sex="12"[number % 2]) for number in range(_MANY)]
            work.db.flush()
            places = [one.id for one in made]
            for number, one in enumerate(made):
                ground.of(one).scored(work, date(2026, 11, 10), "baseline", 2 + number % 2)
        ground.round(10)
        with stage.work() as work:
            ground.begun(work, work.get(StudyPlace, places[0]))
        stage.on(GIVEN + timedelta(weeks=8))
        with stage.work("operator") as work:
            ground.story.logged(work, GIVEN + timedelta(days=7), GIVEN + timedelta(days=14))
            for number, key in enumerate(places):
                story = ground.of(work.get(StudyPlace, key))
                story.scored(work, GIVEN + timedelta(weeks=7), "interim", 4 if number < 10 else 3)
    return ground


@pytest.fixture
def beginning() -> Callable[[Stage], Ground]:
    """A study with enough people in it to release."""
    return measured


@dataclass
class Made:
    """A release, by key, and its files as they leave."""

    key: int
    files: dict[str, bytes]

    def rows(self, name: str) -> list[dict[str, str]]:
        """The rows of a file."""
        return list(csv.DictReader(io.StringIO(self.files[name].decode())))

    def changed(self, name: str, before: str, after: str, *, rehash: bool = True) -> dict[str, bytes]:
        """The files with one place in one of them changed; with the hashes made to fit, as a forger would."""
        files = {each: content.decode() for each, content in self.files.items()}
        assert before in files[name]
        files[name] = files[name].replace(before, after, 1)
        if rehash and name != "manifest.json":
            told = json.loads(files.pop("manifest.json"))
            order = [one["name"] for one in told["files"]]
            about = {key: value for key, value in told.items() if key not in ("files", "sha256", "format")}
            fitting = writing.manifest_of({each: files[each] for each in order}, about)
            files["manifest.json"] = writing.written(fitting)
        return {each: content.encode() for each, content in files.items()}


def release(ground: Ground, answers: ReleaseAnswers = USUALLY, role: str = "coordinator") -> Made:
    """Make a release, and take its files."""
    with ground.stage.work(role) as work:
        themes = isinstance(answers, ThemeReleaseAnswers)
        made = (
            making.make_release_with_themes(work, ground.study(work), answers)
            if isinstance(answers, ThemeReleaseAnswers)
            else making.make_release(work, ground.study(work), answers)
        )
        assert bool(made.theme_by) is themes
        files = {name: content.encode() for name, content in making.files_in(work, made).items()}
        return Made(made.id, files)


def against(ground: Ground, made: Made, files: dict[str, bytes] | None = None) -> checker.Checked:
    """Held against the records."""
    with ground.stage.work("operator") as work:
        return check_against(work, work.get(StudyRelease, made.key), files or made.files)


def test_a_release_is_verified_by_its_checker_and_against_its_source(ground: Ground) -> None:
    made = release(ground)
    found = checker.check(made.files)
    assert found.wrong == [] and "no theme" in found.told
    assert against(ground, made).wrong == []
    manifest = json.loads(made.files["manifest.json"])
    assert manifest["people"] == _MANY
    assert manifest["k"] == {"least": 5, "smallest": 5, "columns": ["age", "sex", "group"]}
    assert len(made.rows("reviews.csv")) == _MANY * 2 * 8 and len(made.rows("sessions.csv")) == 2
    assert made.rows("analyses.csv") == [
        {
            "analysis": "A1",
            "standing": "planned",
            "measure": "all",
            "statistic": "median_change",
            "compares": "mentored_waiting",
        }
    ]
    with ground.stage.work() as work:
        assert work.get(StudyRelease, made.key).content_hash == manifest["sha256"]


def test_no_name_no_reference_no_free_text_and_no_true_day_leaves(ground: Ground) -> None:
    made = release(ground)
    everything = b"\n".join(made.files.values()).decode()
    for name in ("Tansy", "Quillmarsh", "WR-9", "Two-colour lino", "mental_health", "gaming", "2026-11-1", "2010-"):
        assert name not in everything.replace(json.loads(made.files["manifest.json"])["made_on"], ""), name
    days = {row["joined_on"] for row in made.rows("people.csv")}
    assert len(days) > 10, "everybody's are moved by days of their own"
    with ground.stage.work("operator") as work:
        key = work.db.scalars(select(ReleaseKey)).one()
        assert key.secret not in everything and len(key.secret) == 64


def test_a_pseudonym_is_another_in_the_next_release_and_the_zip_the_same_bytes(ground: Ground) -> None:
    first, second = release(ground), release(ground)
    assert not {row["person"] for row in first.rows("people.csv")} & {
        row["person"] for row in second.rows("people.csv")
    }
    files = {name: content.decode() for name, content in first.files.items()}
    assert writing.archive(files) == writing.archive(dict(reversed(files.items())))
    packed = zipfile.ZipFile(io.BytesIO(writing.archive(files)))
    assert packed.read("manifest.json") == first.files["manifest.json"]


def test_a_release_in_which_fewer_than_five_share_is_refused_with_what_to_coarsen(ground: Ground) -> None:
    with ground.stage.work("operator") as work:
        work.get(StudyPlace, 1).young_person.sex = "0"
    with ground.stage.work() as work:
        with refused("R-STUDY-8", "5 young people would be one of fewer than 5"):
            making.make_release(work, ground.study(work), USUALLY)
        with pytest.raises(Refused) as raised:
            making.make_release(work, ground.study(work), USUALLY)
        [finding] = raised.value.findings
        assert "Sex: leave it out" in finding.way_out
        assert making.make_release(work, ground.study(work), replace(USUALLY, sex="left_out")).smallest == 10


def test_whoever_took_the_permission_back_or_left_is_in_no_release(ground: Ground) -> None:
    first = release(ground)
    with ground.stage.work("operator") as work:
        person = work.get(StudyPlace, 20).young_person_id
        consent = work.db.scalars(select(Consent).where(Consent.young_person_id == person)).one()
        consent.withdrawn_on = ground.stage.clock.today()
    with ground.stage.work() as work:
        made = work.get(StudyRelease, first.key)
        assert [one.rule for one in making.taken_back_since(work, made)] == ["R-STUDY-13"]
        with refused(None, "taken back since"):
            making.give_out(work, made, TO)
        making.tell_to_delete(work, made)
        assert len(made.to_delete) == 1 and made.to_delete[0] in {row["person"] for row in first.rows("people.csv")}
        assert making.taken_back_since(work, made) == []
        with refused("R-STUDY-10", "by 1 young person only"):
            making.make_release(work, ground.study(work), replace(USUALLY, sex="left_out"))
        for key in range(16, 20):
            leave(work, work.get(StudyPlace, key), LeaveAnswers(left_on=GIVEN, reason="They wanted to stop."))
        work.db.flush()
        with refused("R-STUDY-10", "Beside earlier releases, 5 young people would be one of fewer than 5"):
            making.make_release(work, ground.study(work), replace(USUALLY, sex="left_out"))
        making.call_back(work, made, reason="The Institute has deleted it.")
        work.db.flush()
        again = making.make_release(work, ground.study(work), replace(USUALLY, sex="left_out"))
        assert again.people == 15


def test_themes_leave_only_where_the_head_decides_with_a_reason(ground: Ground) -> None:
    told = ThemeReleaseAnswers(**{**USUAL_ONLY, "sex": "left_out"}, theme_why="The question is about them.")
    with ground.stage.work("coordinator") as work, pytest.raises(NotAllowed):
        making.make_release_with_themes(work, ground.study(work), told)
    with ground.stage.work("head") as work, refused("R-STUDY-9", "with a reason"):
        making.make_release_with_themes(work, ground.study(work), replace(told, theme_why="Because."))
    made = release(ground, told, "head")
    found = checker.check(made.files)
    assert found.wrong == [] and "a theme, by decision" in found.told
    forged = made.changed("manifest.json", '"theme_decided": true', '"theme_decided": false')
    assert any("nobody decided so" in one for one in checker.check(forged).wrong)


def test_nothing_is_released_under_a_protocol_that_was_tampered_with(ground: Ground) -> None:
    with ground.stage.work("operator") as work:
        ground.protocol(work).places = 99
    with ground.stage.work() as work, refused("R-STUDY-2", "tampered with"):
        making.make_release(work, ground.study(work), USUALLY)


# ---- the checker
STRANGER = "P-AAAAAAAAAAAA,1,2026-01-01,baseline,joint,yes,eight@1,confidence,3"


@pytest.mark.parametrize("content", [b"Dear evaluator,", b"", b"PK\x03\x04 cut off"])
def test_a_file_that_is_no_archive_is_refused_in_words(content: bytes, tmp_path: Path) -> None:
    letter = tmp_path / "letter.zip"
    letter.write_bytes(content)
    with pytest.raises(checker.NoRelease, match=r"letter\.zip is no zip that can be opened"):
        checker.files_at(letter)


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "manifest.json, codebook.json, codebook.csv are missing"),
        (dict.fromkeys(("manifest.json", "codebook.json", "codebook.csv"), b"[" * 100_000), "cannot be read"),
    ],
)
def test_a_folder_of_something_else_is_said_to_be_none(files: dict[str, bytes], said: str) -> None:
    (wrong,) = checker.check(files).wrong
    assert said in wrong


def test_the_checker_knows_nothing_of_the_maker() -> None:
    source = ast.parse(Path(str(checker.__file__)).read_text("utf-8"))
    named = {
        name.partition(".")[0]
        for node in ast.walk(source)
        for name in (
            [one.name for one in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert not {one for one in named if one.startswith("cmcore") or one in ("sqlalchemy", "click")}


#: Which file, what stands in it, what a forger puts there, and what the checker says.
FORGED = (
    ("people.csv", ",1,mentored,", ",9,mentored,", "the codebook has no such value"),
    ("people.csv", ",15-16,1,", ",15-16,2,", "one of fewer than 5"),
    ("people.csv", "person,age", "person,given_name", "columns are not the codebook's"),
    ("reviews.csv", "\r\nP-", f"\r\n{STRANGER}\r\nP-", "rows of somebody who is not in people.csv"),
    ("sessions.csv", ",held,school", ",held,Tansy Quillmarsh", "the codebook has no such value"),
    ("analyses.csv", ",planned,", ",likely,", "neither planned nor exploratory"),
    ("codebook.json", '"identifies": true', '"identifies": false', "could tell who somebody is"),
    ("codebook.csv", "people.csv,person", "people.csv,persons", "differ"),
)


def test_what_a_forger_changes_is_found_though_the_hashes_fit(ground: Ground) -> None:
    made = release(ground)
    for name, before, after, said in FORGED:
        wrong = checker.check(made.changed(name, before, after)).wrong
        assert any(said in one for one in wrong), (name, said, wrong)
        assert not any("hash" in one for one in wrong) and "Tansy" not in " ".join(wrong)


def test_what_is_changed_missing_or_more_than_the_manifest_says_is_found(ground: Ground, tmp_path: Path) -> None:
    made = release(ground)
    changed = checker.check(made.changed("people.csv", ",15-16,1,", ",15-16,2,", rehash=False)).wrong
    assert any("it is not what was frozen" in one for one in changed)
    without = {name: content for name, content in made.files.items() if name != "sessions.csv"}
    assert checker.check(without).wrong
    more = checker.check({**made.files, "names.csv": b"person\r\n"}).wrong
    assert any("names.csv: the manifest does not name it" in one for one in more)
    assert checker.check({}).wrong and checker.check({"manifest.json": b"[]", "codebook.json": b"7"}).wrong
    for name, content in made.files.items():
        (tmp_path / name).write_bytes(content)
    assert checker.check(checker.files_at(tmp_path)).well
    packed = tmp_path.parent / "release.zip"
    packed.write_bytes(writing.archive({name: content.decode() for name, content in made.files.items()}))
    assert checker.check(checker.files_at(packed)).well


def test_a_day_as_it_was_or_another_interval_is_found_against_the_source(ground: Ground) -> None:
    made = release(ground)
    one = made.rows("sessions.csv")[0]
    true = (GIVEN + timedelta(days=7)).isoformat()
    wrong = against(ground, made, made.changed("sessions.csv", one["held_on"], true)).wrong
    assert "A day of somebody stands in it as it was." in wrong
    assert "The time between two days of somebody is not what it was." in wrong


# ---- who sees what
def test_an_evaluator_sees_what_was_given_and_neither_names_nor_keys(ground: Ground) -> None:
    made = release(ground)
    evaluator = ground.stage.work("evaluator")
    with evaluator as work, pytest.raises(NotFound):
        work.get(StudyRelease, made.key)
    with ground.stage.work() as work:
        making.give_out(work, work.get(StudyRelease, made.key), TO)
    with ground.stage.work("evaluator") as work:
        given = work.get(StudyRelease, made.key)
        assert zipfile.ZipFile(io.BytesIO(making.take_out(work, given))).namelist()[0] == "analyses.csv"
        assert work.db.scalars(select(ReleaseKey)).all() == [] and making.taken_back_since(work, given) == []
        assert work.db.scalars(select(StudyPlace)).all() == []
        assert given.summary["groups"] == {"mentored": "10", "waiting": "10"}
        with pytest.raises(NotAllowed):
            making.make_release(work, ground.study(work), USUALLY)
    with ground.stage.work() as work:
        making.call_back(work, work.get(StudyRelease, made.key), reason="A fault was found.")
    with ground.stage.work("evaluator") as work:
        assert work.db.scalars(select(StudyRelease)).all() == [] == work.db.scalars(select(ReleaseFile)).all()
    elsewhere = ground.stage.authority("991", "Quillshire", "QU")
    with ground.stage.work(authority_id=elsewhere) as work:
        for record in (StudyRelease, ReleaseFile, ReleaseKey):
            assert work.db.scalars(select(record)).all() == []


def test_the_secret_and_whom_a_release_holds_are_masked_in_the_audit(ground: Ground) -> None:
    from cmcore.safekeeping.records import AuditEntry

    release(ground)
    with ground.stage.work("operator") as work:
        secret = work.db.scalars(select(ReleaseKey.secret)).one()
        kept = work.db.scalars(select(AuditEntry).where(AuditEntry.kind_of_record == "action_research_key")).all()
        assert kept and not any(secret in str(one.detail) for one in kept)
