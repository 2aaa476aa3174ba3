"""Everything that leaves the system passes one gate (R-MSG-1): files, mail and calendars have one file each."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.house import sources

#: Where a file is given out, where mail is sent, and where a calendar is written: nowhere else.
FILES, MAIL, CALENDARS = "console/printing.py", "cmcore/messages/mail.py", "cmcore/exchange/calendar.py"
_MAIL = {"smtplib", "email", "imaplib"}
_SENDS_FILES = {"send_file", "send_from_directory"}
#: What a caller of Flask says when it makes something else than a page.
_NO_PAGE = {"mimetype", "content_type", "direct_passthrough"}


def ways_out(tree: ast.Module) -> Iterator[tuple[int, str, str]]:
    """Each way out in a file: its line, what it says, and the one file it belongs in."""
    for node in sources.nodes(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = {one.name for one in node.names}
            module = getattr(node, "module", None) or ""
            tops = {one.split(".")[0] for one in ({module} if module else names)}
            if tops & _MAIL:
                yield node.lineno, "imports what sends mail", MAIL
            if "icalendar" in tops:
                yield node.lineno, "imports what writes calendars", CALENDARS
            if names & _SENDS_FILES:
                yield node.lineno, "imports what sends files", FILES
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            if node.value.lower() == "content-disposition":
                yield node.lineno, "names a file in a header", FILES
        elif isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            said = {one.arg for one in node.keywords}
            if called in _SENDS_FILES or (called in ("Response", "make_response") and said & _NO_PAGE):
                yield node.lineno, "gives out a file", FILES


def test_nothing_leaves_but_by_the_one_gate() -> None:
    found = [
        f"{path}:{line} {what}: that is for {there}"
        for path in sources.python("cmcore", "console", "plugins")
        for line, what, there in ways_out(sources.tree(path))
        if path.as_posix() != there and "tests" not in path.parts
    ]
    assert not found, "give files out with console.printing.download:\n" + "\n".join(found)


def test_the_one_function_asks_the_gate_for_the_name() -> None:
    tree = sources.tree(next(path for path in sources.python("console") if path.as_posix() == FILES))
    download = next(one for one in tree.body if isinstance(one, ast.FunctionDef) and one.name == "download")
    called = {one.func.id for one in ast.walk(download) if isinstance(one, ast.Call) and isinstance(one.func, ast.Name)}
    assert "leaving_as" in called
    asked = next(one for one in tree.body if isinstance(one, ast.FunctionDef) and one.name == "leaving_as")
    assert any(isinstance(one, ast.Attribute) and one.attr == "file_name" for one in ast.walk(asked))


@pytest.mark.parametrize(
    "written",
    [
        "from flask import send_file",
        "import smtplib",
        "from email.message import EmailMessage",
        "from icalendar import Calendar",
        "Response(made, mimetype='application/pdf')",
        "flask.Response(made, content_type='text/csv')",
        "Response(made, headers={'Content-Disposition': 'attachment; filename=Mossy.pdf'})",
        "answer.headers['content-disposition'] = name",
    ],
)
def test_a_way_round_the_gate_is_noticed(written: str) -> None:
    assert list(ways_out(ast.parse(written)))


@pytest.mark.parametrize("written", ["Response('', 429)", "make_response(page, 422)", "download(made, kind, name)"])
def test_a_page_is_let_be(written: str) -> None:
    assert not list(ways_out(ast.parse(written)))
