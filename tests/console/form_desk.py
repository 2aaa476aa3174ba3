"""A small console with one form page on it, for tests of forms: the console's own templates, and no database."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from flask import Flask, Response, render_template, request
from jinja2.bccache import Bucket, BytecodeCache
from markupsafe import Markup

import console
from cmcore.base.clock import StoppedClock
from cmcore.base.findings import Finding, Refused, Severity
from cmcore.base.words import Choice
from cmcore.forms import Answers, FileAnswer, Form, ask, check, form, form_of, group, note, when
from console.form_page import FormPage, Taken
from console.place import Place
from console.sheet import Found

CONSOLE = Path(console.__file__).parent
RULES = "/rules"


class Urgency(Choice):
    """How soon."""

    routine = "routine", "Routine"
    crisis = "crisis", "Crisis"


class Reason(Choice):
    """Why now."""

    engage = "engage", "Struggling to engage"
    exclusion = "exclusion", "Risk of exclusion"
    isolation = "isolation", "Social isolation"
    crisis = "crisis", "Crisis"
    not_in_school = "not_in_school", "Not in school"


@check("received_on")
def not_in_the_future(received_on: date) -> Iterator[Finding]:
    """Nothing is received tomorrow."""
    if received_on > date(2026, 11, 10):
        yield Finding("The day it was received is after today, 10 November 2026.", place="received_on")
    if received_on < date(2026, 1, 1):
        yield Finding("It was received long ago.", severity=Severity.warn, rule="R-REF-3")


@form("referral", version=1, title="Referral", checks=[not_in_the_future])
class Referral(Answers):
    """A request that a young person joins a programme."""

    young_person: int = ask("Young person", of="young_person", section="Who")
    social_worker: int | None = ask("Social worker", of="adult", rule="R-REF-2", hint="Type part of a name or a team.")
    received_on: date = ask("Received on")
    urgency: Urgency = ask("How soon", section="Why now", hints={Urgency.crisis: "Listed first"})
    crisis: str | None = ask("What happened", long=True, show_when=when("urgency").is_("crisis"), required=True)
    reasons: list[Reason] = ask("Reasons", missing="Choose at least one reason.", rule="R-REF-1")
    likes: str | None = ask("What they like", long=True, sensitive=True, section="Hopes")
    thanks: None = note("Thank you.")


@group
class Trip:
    """A journey."""

    to: str = ask("Where to")
    companion: int | None = ask("Who came along", of="adult")


@form("diary", version=1, title="Diary")
class Diary(Answers):
    """Journeys made."""

    trips: list[Trip] = ask("Journeys", one="journey", most=3)


class Compiled(BytecodeCache):
    """Templates compiled once in a run, not once for each small console."""

    def __init__(self) -> None:
        """Nothing is compiled yet."""
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give back what was compiled."""
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        self.kept[bucket.key] = bucket.bytecode_to_string()


COMPILED = Compiled()

PEOPLE = {
    "young_person": [Found(7, "M.B.", "WR-0417, 14, Year 10")],
    "adult": [
        Found(1, "Callum Wetherspindle", "Tarnside children’s team"),
        Found(2, "Ada Weatherlow", "Leaving-care team"),
        *(Found(number, f"Ottoline Quince {number}") for number in range(10, 30)),
    ],
}


def find(of: str, text: str) -> Sequence[Found]:
    """Those whose words hold the text."""
    return [one for one in PEOPLE.get(of, ()) if text.lower() in f"{one.title} {one.detail}".lower()]


def show(of: str, number: int) -> Found | None:
    """The one with this number."""
    return next((one for one in PEOPLE.get(of, ()) if one.id == number), None)


@dataclass
class Cupboard:
    """Keeps files in memory."""

    kept_files: dict[str, FileAnswer] = field(default_factory=dict)

    def keep(self, upload: Any) -> FileAnswer:
        """Put an upload away."""
        made = FileAnswer(f"ref-{len(self.kept_files) + 1}", upload.filename, upload.mimetype, len(upload.read()))
        self.kept_files[made.ref] = made
        return made

    def kept(self, ref: str) -> FileAnswer | None:
        """What was put away."""
        return self.kept_files.get(ref)


@dataclass
class Desk:
    """The small console: what its page is, what the action behind it does, what came of it."""

    declared: Form | type[Any]
    act: Callable[[Taken], None] = lambda taken: None
    given: Any = None
    version: int | None = None
    said: dict[str, Any] = field(default_factory=dict)
    done: list[Any] = field(default_factory=list)
    stored: Any = None
    cupboard: Cupboard = field(default_factory=Cupboard)

    def page(self) -> FormPage:
        """The page."""
        usual = {"title": "New referral", "action_url": "/ask", "lookup": find, "shown": show, "keeper": self.cupboard}
        return FormPage(form=form_of(self.declared), **usual | self.said)

    def view(self) -> Response | str:
        """What a page class of the console does."""
        page = self.page()
        if request.method == "GET":
            return page.blank(self.given, version=self.version)
        taken = page.take(request.form, request.files)
        if taken.answers is None:
            return page.again(taken)
        if taken.version is not None and taken.version != self.version:
            return page.conflict(taken, self.stored, version=self.version or 0, by="Piers Wending, 11:19")
        try:
            self.act(taken)
        except Refused as refused:
            return page.again(taken, refused.findings)
        self.done.append(taken)
        return "Done."

    def app(self) -> Flask:
        """The small console as a Flask app."""
        app = Flask("console", template_folder=str(CONSOLE / "templates"), static_folder=str(CONSOLE / "static"))
        app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True, "autoescape": True, "bytecode_cache": COMPILED}
        app.config.update(SECRET_KEY="only a test", TESTING=True)
        clock = StoppedClock.on(date(2026, 11, 10), 11)
        app.jinja_env.globals.update(
            nonce=lambda: "",
            static_url=lambda name: f"/static/{name}",
            rule_url=lambda rule: f"{RULES}#{rule}",
            printed=lambda: f"{clock.now():%H:%M}",
            place=Place(authority="Wrenshire Virtual School"),
            menu=list,
            words_to_show=list,
            masthead=lambda *_: Markup(render_template("cm/_masthead.html")),
            foot=lambda *_: Markup(render_template("cm/_foot.html")),
            reach=lambda *_: "",
            page_purpose=str,
            csrf_token=lambda: "a-token",
            home_url="/",
            accessibility_url="/accessibility",
        )
        app.add_url_rule("/ask", view_func=self.view, methods=["GET", "POST"], endpoint="ask")
        return app


class Seen(HTMLParser):
    """A page as a browser would send it back: the fields of its form and their values, and every id."""

    def __init__(self, html: str) -> None:
        """Read the page."""
        super().__init__()
        self.fields: dict[str, list[str]] = {}
        self.ids: list[str] = []
        self.links: list[str] = []
        self.described: list[str] = []
        self.labelled: list[str] = []
        self.words = ""
        self._area: str | None = None
        self._select: str | None = None
        self._form = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what a browser would note."""
        said = {name: value or "" for name, value in attrs}
        if "id" in said:
            self.ids.append(said["id"])
        self.described += said.get("aria-describedby", "").split()
        self.labelled += [said["for"]] if "for" in said else []
        if tag == "a":
            self.links.append(said.get("href", ""))
        if tag == "form":
            self._form = said.get("action") == "/ask"
        name = said.get("name")
        if not self._form or not name:
            return
        if tag == "input" and (said.get("type") not in ("radio", "checkbox", "file") or "checked" in said):
            self.fields.setdefault(name, []).append(said.get("value", "on"))
        elif tag == "textarea":
            self._area = name
            self.fields.setdefault(name, []).append("")
        elif tag == "select":
            self._select = name
        elif tag == "button":
            self.fields.setdefault("buttons", []).append(f"{name}={said.get('value', '')}")
        if tag == "option" and self._select and "selected" in said:
            self.fields.setdefault(self._select, []).append(said.get("value", ""))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """The same."""
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """The end of a textarea or a select."""
        self._area = None if tag == "textarea" else self._area
        self._select = None if tag == "select" else self._select
        self._form = False if tag == "form" else self._form

    def handle_data(self, data: str) -> None:
        """The words of the page, and what stands in a textarea."""
        if self._area:
            # A browser drops the first line break of a textarea.
            before = self.fields[self._area][-1]
            self.fields[self._area][-1] = before + (data[1:] if not before and data.startswith("\n") else data)
        self.words += data

    def sent(self, **changes: Any) -> dict[str, Any]:
        """What the form sends with some fields filled in; a name's dots are written as two underscores."""
        fields = {name: values for name, values in self.fields.items() if name != "buttons"}
        return {**fields, **{name.replace("__", "."): value for name, value in changes.items()}}
