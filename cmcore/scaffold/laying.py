"""Laying down a new plugin: files with holes for its name, filled and written into an empty folder."""

from __future__ import annotations

from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from cmcore.base.findings import refuse
from cmcore.plugins.manifest import API, Manifest, PluginFault

#: The end of the files that are laid down: they are no modules of ours.
_LAID = ".laid"


def lay_down(name: str, folder: Path, *, title: str = "", maker: str = "") -> list[Path]:
    """Write a new plugin into a folder; says which files were written. Refuses a name that cannot be one, and a folder
    that holds something already.
    """
    try:
        Manifest(name=name, title=title or name, version="0", api=API, maker=maker)
    except PluginFault as wrong:
        raise refuse(str(wrong), way_out="Choose a name such as wrenshire.") from None
    if folder.exists() and any(folder.iterdir()):
        raise refuse(f"There is something in {folder.name} already.", way_out="Name an empty folder with --path.")
    words = title or name.replace("_", " ").capitalize()
    holes = {
        "@name@": name,
        "@dashed@": name.replace("_", "-"),
        "@Class@": "".join(part.capitalize() for part in name.split("_")),
        "@RULES@": name.upper().replace("_", ""),
        "@title@": words,
        "@maker@": maker or "Its makers",
        "@core@": version("creative-mentoring"),
        "@api@": str(API),
    }
    written = []
    for inner, source in _laid(files("cmcore.scaffold").joinpath("plugin"), ""):
        text, place = source.read_text("utf-8"), inner
        for hole, filling in holes.items():
            text, place = text.replace(hole, filling), place.replace(hole, filling)
        file = folder / place
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        written.append(file)
    return written


def _laid(folder: Traversable, inner: str) -> list[tuple[str, Traversable]]:
    found: list[tuple[str, Traversable]] = []
    for each in sorted(folder.iterdir(), key=lambda one: one.name):
        place = f"{inner}/{each.name}" if inner else each.name
        if each.is_dir():
            found += _laid(each, place)
        elif each.name.endswith(_LAID):
            found.append((place.removesuffix(_LAID), each))
    return found
