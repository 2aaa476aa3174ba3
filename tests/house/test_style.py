"""How files are written here: they open by saying what they are, stay short, and are named after what they hold."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.house import sources

LONGEST = 350
#: Names that say nothing about what is inside.
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "manager", "data", "info", "misc"}


def opening_fault(tree: ast.Module) -> str | None:
    """What is wrong with how a file opens; nothing if it opens with a sentence."""
    said = ast.get_docstring(tree)
    if not said:
        return "does not say what it is"
    first = said.split("\n\n")[0].strip()
    return None if first[-1] in ".?!" else f"does not open with a whole sentence: {first[:60]!r}"


def test_every_file_opens_with_a_sentence_that_says_what_it_is() -> None:
    faults = [f"{path} {fault}" for path in sources.python() if (fault := opening_fault(sources.tree(path)))]
    assert not faults, "\n".join(faults)


def test_no_file_is_longer_than_one_can_read_at_a_sitting() -> None:
    long = {str(path): lines for path in sources.python() if (lines := len(sources.read(path).splitlines())) > LONGEST}
    assert not long, long


def test_nothing_has_a_name_that_says_nothing() -> None:
    paths = [str(path) for path in sources.python() if EMPTY_NAMES & {Path(part).stem.lower() for part in path.parts}]
    classes = [
        f"{path}: class {node.name}"
        for path in sources.python()
        for node in sources.nodes(sources.tree(path))
        if isinstance(node, ast.ClassDef) and node.name.lower() in EMPTY_NAMES
    ]
    assert not paths + classes


def test_nothing_is_left_for_later() -> None:
    later = [
        f"{path}:{node.lineno}"
        for path in sources.python()
        for node in sources.nodes(sources.tree(path))
        if isinstance(node, ast.Name) and node.id == "NotImplementedError" and isinstance(node.ctx, ast.Load)
    ]
    assert not later, later


@pytest.mark.parametrize("written", ["", "x = 1", '"""utilities"""', '"""Things: """'])
def test_a_file_that_does_not_say_what_it_is_is_noticed(written: str) -> None:
    assert opening_fault(ast.parse(written))


def test_a_file_that_says_what_it_is_is_let_be() -> None:
    assert opening_fault(ast.parse('"""Says what\nit is.\n\nAnd more\n"""')) is None
