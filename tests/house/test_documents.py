"""Pages say what is so: what they point to is there, and what they tell the reader to type can be typed."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import click
import pytest

from cmcore.commands import cm
from tests.house import sources

PAGES = [path for path in sources.kept() if path.suffix == ".md"]
LINK = re.compile(r"(?<!!)!?\[[^\]]*\]\(([^)\s]+)\)")
FENCED = re.compile(r"```.*?```", re.DOTALL)


def anchors(text: str) -> set[str]:
    """The names a page's headings can be reached by."""
    headings = re.findall(r"(?m)^#+ (.+)$", FENCED.sub("", text))
    return {re.sub(r"\s", "-", re.sub(r"[^\w\s-]", "", heading.lower())) for heading in headings}


def dead_links(page: Path, text: str) -> list[str]:
    """The links of a page that lead nowhere; addresses of other hosts are not asked."""
    dead = []
    for target in LINK.findall(FENCED.sub("", text)):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        file = (sources.ROOT / page.parent / name) if name else sources.ROOT / page
        if not file.exists() or (anchor and file.suffix == ".md" and anchor not in anchors(file.read_text("utf-8"))):
            dead.append(target)
    return dead


def test_no_page_points_to_what_is_not_there() -> None:
    assert not {str(page): dead for page in PAGES if (dead := dead_links(page, sources.read(page)))}


def test_every_page_opens_with_its_name() -> None:
    assert not [str(page) for page in PAGES if not sources.read(page).startswith("# ")]


def test_every_page_of_the_documentation_can_be_found_from_its_front_page() -> None:
    reached, waiting = set[Path](), [Path("docs/README.md")]
    while waiting:
        page = waiting.pop()
        if page in reached:
            continue
        reached.add(page)
        for target in LINK.findall(sources.read(page)):
            found = (sources.ROOT / page.parent / target.split("#")[0]).resolve()
            if found.is_relative_to(sources.ROOT / "docs") and found.suffix == ".md" and found.exists():
                waiting.append(found.relative_to(sources.ROOT))
    lost = [str(page) for page in PAGES if page.parts[0] == "docs" and page not in reached]
    assert not lost, f"no page leads to {lost}"


def test_what_a_page_asks_of_make_can_be_asked() -> None:
    known = set(re.findall(r"(?m)^(\w+):", sources.read(Path("Makefile"))))
    asked = {name for page in PAGES for name in re.findall(r"(?:`|^)(?:\w+=\S+ )?make (\w+)", sources.read(page), re.M)}
    assert asked
    assert asked <= known, asked - known


def test_every_file_a_page_names_is_there() -> None:
    folders = "|".join(
        sorted({path.parts[0] for path in sources.kept() if len(path.parts) > 1 and path.parts[0][0] != "."})
    )
    named = re.compile(rf"`((?:{folders})/[\w./-]+?)/?`")
    tests = {path.name for path in sources.python("tests")}
    gone = {
        (str(page), name)
        for page in PAGES
        for name in named.findall(sources.read(page))
        if not (sources.ROOT / name).exists() and not name.startswith("docs/pictures")
    } | {
        (str(page), name)
        for page in PAGES
        for name in re.findall(r"`(test_\w+\.py)`", sources.read(page))
        if name not in tests
    }
    assert not gone


def test_what_a_page_imports_can_be_imported() -> None:
    for page in PAGES:
        for block in re.findall(r"(?ms)^```python\n(.*?)^```", sources.read(page)):
            for node in ast.walk(ast.parse(block)):
                if isinstance(node, ast.ImportFrom) and node.module:
                    module = import_module(node.module)
                    missing = [name.name for name in node.names if not hasattr(module, name.name)]
                    assert not missing, f"{page}: {node.module} has no {missing}"


def commands(text: str) -> Iterator[tuple[str, list[str]]]:
    """Each ``cm …`` a page tells one to type: the words that follow, and the options among them."""
    for told in re.findall(r"(?m)(?:^|[`/ ])cm ((?:[a-z][\w-]*|--[\w-]+)[^`\n;&|]*)", "\n".join(_typed(text))):
        words = told.split()
        yield told, words


def _typed(text: str) -> Iterator[str]:
    yield from (block for said, block in re.findall(r"(?ms)^```(\w*)\n(.*?)^```", text) if said in {"", "sh", "ini"})
    yield from re.findall(r"`([^`\n]+)`", FENCED.sub("", text))


def fault_of(words: list[str]) -> str:
    """What is wrong with a command a page tells one to type; nothing where it could be typed."""
    at: click.Command = cm
    for word in words:
        if isinstance(at, click.Group):
            if word.startswith("-"):
                return "" if word == "--help" else f"{word} is no verb"
            found = at.get_command(click.Context(at), word)
            if found is None:
                return f"{word} is no verb"
            at = found
        elif word.startswith("--"):
            known = {name for each in at.params for name in [*each.opts, *each.secondary_opts]} | {"--help"}
            if word.split("=")[0] not in known:
                return f"{word} is no option of {at.name}"
    return ""


def test_what_a_page_tells_one_to_type_can_be_typed() -> None:
    told = [(page, said, words) for page in PAGES for said, words in commands(sources.read(page))]
    assert len(told) > 20
    wrong = [f"{page}: cm {said}: {fault}" for page, said, words in told if (fault := fault_of(words))]
    assert not wrong, "\n".join(wrong)


def test_what_the_front_page_tells_one_to_type_first_is_what_ci_runs() -> None:
    assert "\nmake test\n" in sources.read(Path("README.md"))
    assert "make --no-print-directory test" in sources.read(Path(".ci/run"))


@pytest.mark.parametrize(
    ("text", "dead"),
    [
        ("[a](README.md)", []),
        ("[a](nowhere.md)", ["nowhere.md"]),
        ("[a](#not-there)", ["#not-there"]),
        ("[a](https://example.test)", []),
        ("```\n[a](nowhere.md)\n```", []),
    ],
)
def test_a_link_that_leads_nowhere_is_noticed(text: str, dead: list[str]) -> None:
    assert dead_links(Path("README.md"), text) == dead
