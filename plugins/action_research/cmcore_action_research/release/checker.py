"""The checker of a release: reads the files it is given and nothing else, and knows nothing of what made them.

Whoever receives a release can run it: it needs Python and no other part of this software. It looks whether every hash
is right, whether every column and every value is one the codebook names, whether at least five share whatever is told
of anybody, whether a theme is in it though the manifest says it is not, and whether rows belong together.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

#: Nobody may be one of fewer, whatever the manifest says.
LEAST = 5
#: Columns by which somebody can be known again, whatever the codebook says of them.
IDENTIFYING = frozenset({"age", "sex", "care_status", "ethnicity", "send", "joined", "group", "theme"})
_PSEUDONYM = re.compile(r"P-[A-Z2-7]{12}")
_NUMBER = re.compile(r"\d{1,7}")
_ANALYSIS = re.compile(r"A\d{1,4}")
#: So large a file is no release.
_MOST_BYTES = 200_000_000


class NoRelease(ValueError):
    """What was given cannot be a release at all; the message says why."""


@dataclass
class Checked:
    """What was found. ``wrong`` is empty where the release is as it says; ``told`` says what was looked at."""

    wrong: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    @property
    def well(self) -> bool:
        """Whether nothing is wrong."""
        return not self.wrong


def files_at(path: Path) -> dict[str, bytes]:
    """The files of a release by name: of a folder, or of a zip. Refuses what is neither with a NoRelease."""
    if path.is_dir():
        found = [one for one in sorted(path.iterdir()) if one.is_file()]
        if sum(one.stat().st_size for one in found) > _MOST_BYTES:
            raise NoRelease(f"The files of {path.name} are too large to be a release.")
        return {one.name: one.read_bytes() for one in found}
    try:
        with zipfile.ZipFile(path) as packed:
            if sum(one.file_size for one in packed.infolist()) > _MOST_BYTES:
                raise NoRelease(f"{path.name} is too large to be a release.")
            return {one.filename: packed.read(one) for one in packed.infolist()}
    # What zipfile raises of a broken, a locked and an oddly packed archive.
    except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError) as broken:
        raise NoRelease(f"{path.name} is no zip that can be opened, and no folder.") from broken


def check(files: Mapping[str, bytes]) -> Checked:
    """Look a release over. It never raises for what stands in the files: what cannot be read is wrong."""
    made = Checked()
    missing = [name for name in ("manifest.json", "codebook.json", "codebook.csv") if name not in files]
    if missing:
        made.wrong.append(f"It is no release: {', '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing.")
        return made
    try:
        manifest = json.loads(files["manifest.json"])
        codebook = json.loads(files["codebook.json"])
        listed = {one["name"]: one for one in manifest["files"]}
        tables = {name: _table(files[name]) for name in files if name.endswith(".csv") and name != "codebook.csv"}
        _hashes(made, files, manifest, listed)
        _codebooks(made, files, codebook)
        _cells(made, tables, codebook)
        _together(made, tables)
        _enough_share(made, tables, manifest, codebook)
        _theme(made, tables, manifest)
    except (KeyError, ValueError, TypeError, AttributeError, RecursionError, csv.Error) as broken:
        made.wrong.append(f"It cannot be read as a release: {type(broken).__name__} {broken}.")
    return made


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _table(content: bytes) -> tuple[Sequence[str], list[dict[str, str]]]:
    reader = csv.DictReader(io.StringIO(content.decode("utf-8"), newline=""))
    return list(reader.fieldnames or ()), list(reader)


def _hashes(
    made: Checked, files: Mapping[str, bytes], manifest: Mapping[str, Any], listed: Mapping[str, Mapping[str, Any]]
) -> None:
    without = {key: value for key, value in manifest.items() if key != "sha256"}
    canonical = json.dumps(without, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    if _sha256(canonical.encode("utf-8")) != manifest["sha256"]:
        made.wrong.append("manifest.json: its own hash is not right.")
    for name in sorted({*files, *listed} - {"manifest.json"}):
        if name not in listed:
            made.wrong.append(f"{name}: the manifest does not name it.")
        elif name not in files:
            made.wrong.append(f"{name}: the manifest names it, and it is missing.")
        elif _sha256(files[name]) != listed[name]["sha256"]:
            made.wrong.append(f"{name}: it is not what was frozen; its hash is another.")
        elif name.endswith(".csv") and listed[name]["rows"] != len(_table(files[name])[1]):
            made.wrong.append(f"{name}: it has not as many rows as the manifest says.")
    made.told.append(f"{len(listed)} files with their hashes")


def _codebooks(made: Checked, files: Mapping[str, bytes], codebook: Sequence[Mapping[str, Any]]) -> None:
    """The codebook is there twice, and both say the same."""
    said = {(row["file"], row["column"], row["code"]) for row in _table(files["codebook.csv"])[1]}
    meant = {(one["file"], one["column"], code) for one in codebook for code in (one["codes"] or {"": ""})}
    if said != meant:
        made.wrong.append("codebook.csv and codebook.json differ.")


def _cells(
    made: Checked,
    tables: Mapping[str, tuple[Sequence[str], list[dict[str, str]]]],
    codebook: Sequence[Mapping[str, Any]],
) -> None:
    named = {(one["file"], one["column"]): one for one in codebook}
    for file in sorted({one["file"] for one in codebook} - set(tables)):
        made.wrong.append(f"{file}: the codebook names it, and it is missing.")
    looked = 0
    for file, (names, rows) in tables.items():
        wanted = [one["column"] for one in codebook if one["file"] == file]
        if list(names) != wanted:
            strange = sorted(set(names) - set(wanted)) or sorted(set(wanted) - set(names))
            made.wrong.append(f"{file}: its columns are not the codebook's ({', '.join(strange) or 'their order'}).")
        for at, row in enumerate(rows, 2):
            if None in row or None in row.values():
                made.wrong.append(f"{file}, line {at}: it has not as many values as columns.")
                continue
            for name, value in row.items():
                looked += 1
                if (file, name) in named and not _allowed(named[file, name], value):
                    # What stands there is not repeated: it could be somebody's name.
                    made.wrong.append(f"{file}, line {at}, {name}: the codebook has no such value.")
    made.told.append(f"{looked} values against the codebook")


def _allowed(column: Mapping[str, Any], value: str) -> bool:
    holds = column["holds"]
    if holds == "pseudonym":
        return bool(_PSEUDONYM.fullmatch(value))
    if holds == "number":
        return value == "" or bool(_NUMBER.fullmatch(value))
    if holds == "day":
        return value == "" or _is_a_day(value)
    if holds == "code":
        return value in column["codes"] if column["codes"] else bool(_ANALYSIS.fullmatch(value))
    return False


def _is_a_day(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _together(made: Checked, tables: Mapping[str, tuple[Sequence[str], list[dict[str, str]]]]) -> None:
    people = [row["person"] for row in tables["people.csv"][1]]
    if len(set(people)) != len(people):
        made.wrong.append("people.csv: somebody stands in it twice.")
    if people != sorted(people):
        made.wrong.append("people.csv: it is not in the order of the pseudonyms, and an order can tell.")
    for file in ("reviews.csv", "sessions.csv"):
        if {row["person"] for row in tables[file][1]} - set(people):
            made.wrong.append(f"{file}: it has rows of somebody who is not in people.csv.")
    if {row["standing"] for row in tables["analyses.csv"][1]} - {"planned", "exploratory"}:
        made.wrong.append("analyses.csv: an analysis is neither planned nor exploratory.")


def _enough_share(
    made: Checked,
    tables: Mapping[str, tuple[Sequence[str], list[dict[str, str]]]],
    manifest: Mapping[str, Any],
    codebook: Sequence[Mapping[str, Any]],
) -> None:
    names, rows = tables["people.csv"]
    said = {one["column"] for one in codebook if one["file"] == "people.csv" and one["identifies"]}
    telling = [name for name in names if name in said | IDENTIFYING]
    if unsaid := sorted((IDENTIFYING & set(names)) - said):
        made.wrong.append(f"The codebook does not say that {', '.join(unsaid)} could tell who somebody is.")
    if sorted(telling) != sorted(manifest["k"]["columns"]):
        made.wrong.append("The manifest does not name every column that could tell who somebody is.")
    shared = Counter(tuple(row[name] for name in telling) for row in rows)
    least = max(LEAST, int(manifest["k"]["least"]))
    smallest = min(shared.values(), default=0)
    if smallest < least:
        few = sum(many for many in shared.values() if many < least)
        made.wrong.append(f"{few} of {len(rows)} are one of fewer than {least} who share what is told of them.")
    if smallest != manifest["k"]["smallest"] or len(rows) != manifest["people"]:
        made.wrong.append("The manifest's numbers of people are not those of people.csv.")
    made.told.append(f"{len(rows)} people; at least {smallest} share {', '.join(telling) or 'nothing'}")


def _theme(
    made: Checked, tables: Mapping[str, tuple[Sequence[str], list[dict[str, str]]]], manifest: Mapping[str, Any]
) -> None:
    there = any("theme" in names for names, _ in tables.values())
    if there and not manifest["theme_decided"]:
        made.wrong.append("There is a theme in it, and nobody decided so.")
    made.told.append("a theme, by decision" if there else "no theme")
