"""The Plugins page: what has been added to the console, by whom, whether it is well, and where it is on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask_appbuilder.baseviews import expose
from sqlalchemy import select

from cmcore.base.clock import local
from cmcore.base.findings import Finding, Refused, Severity
from cmcore.base.words import count, in_words, spelt
from cmcore.plugins.register import register
from cmcore.programmes.records import Programme
from cmcore.safekeeping.plugin_accounts import Failing, PluginAccount, accounts_of
from cmcore.safekeeping.plugin_actions import switch_plugin
from cmcore.safekeeping.work import Work
from console import desk
from console.asking import capital
from console.framework import Page
from console.plugins import brought
from console.security import needs
from console.shown import State


@dataclass(frozen=True)
class Place:
    """One switch: an authority or a programme of it, whether the plugin is on there, and whether one may say so."""

    words: str
    authority_id: int
    programme: str
    on: bool
    may: bool


class Plugins(Page):
    """What has been added to this console, by whom, and whether it is well."""

    route_base = "/plugins"
    about = "What has been added to this console, by whom, and whether it is well."

    @expose("/")
    @needs("plugin_switch.see")
    def index(self) -> Any:
        """Every plugin, those with something wrong first."""
        work = desk.work()
        told = accounts_of(work)
        names = dict(desk.names_of(sorted(work.scope.authorities if work.scope else ())))
        rows = [
            {
                "account": one,
                "url": url_for("Plugins.show", name=one.name),
                "state": state_of_plugin(one, len(names)),
                "ill": [said(each) for each in one.health[:1]],
                "only": self._places(work, one, names, programmes=False)[0] if len(names) == 1 else None,
                "places": f"On in {len(one.on_for)} of {len(names)} authorities." if len(names) > 1 else "",
            }
            for one in told
        ]
        return self.show_page(
            "cm/plugins.html",
            title="Plugins",
            counted=_counted(told),
            rows=rows,
            findings=[*left_out(told), *self._unshown()],
            crumbs=(),
        )

    @expose("/<name>")
    @needs("plugin_switch.see")
    def show(self, name: str) -> Any:
        """One plugin: everything it brings, its tables and rows, its failures, and its switches."""
        work = desk.work()
        one = next((each for each in accounts_of(work) if each.name == name), None)
        if one is None:
            abort(404)
        names = dict(desk.names_of(sorted(work.scope.authorities if work.scope else ())))
        shown = brought().shown.get(name)
        return self.show_page(
            "cm/plugin.html",
            title=one.title,
            one=one,
            state=state_of_plugin(one, len(names)),
            findings=[*left_out([one]), *(each for each in self._unshown(name))],
            facts=_facts(one),
            brings=[
                (_HEADINGS[hook], in_words(list(keys)))
                for hook, keys in one.declared.items()
                if keys and hook in _HEADINGS
            ],
            shows=_shows(shown),
            ill=[said(each) for each in one.health],
            places=self._places(work, one, names),
            crumbs=[("Plugins", url_for("Plugins.index")), (one.title, "")],
        )

    @expose("/<name>/switch", methods=("POST",))
    @needs("plugin_switch.change")
    def switch(self, name: str) -> Any:
        """Switch a plugin on or off, for an authority or one of its programmes."""
        work = desk.work()
        authority_id, programme = request.form.get("authority_id", type=int), request.form.get("programme", "")
        if authority_id is None or not work.scope or authority_id not in work.scope.authorities:
            abort(404)
        on = request.form.get("on") == "1"
        try:
            switch_plugin(work, authority_id, name, on, programme)
            work.commit()
        except Refused as refused:
            work.undo()
            for each in refused.findings:
                flash(f"{each.message} {each.way_out}".strip(), "warning")
        else:
            titles = {key: plugin.manifest.title for key, plugin in register().plugins.items()}
            title = titles.get(name, name)
            flash(f"{title} is on." if on else f"{title} is off. What was recorded with it stays.")
        back = "Plugins.show" if request.form.get("back") == "show" else "Plugins.index"
        return redirect(url_for(back, **({"name": name} if back == "Plugins.show" else {})), 303)

    def _places(self, work: Work, one: PluginAccount, names: dict[int, str], *, programmes: bool = True) -> list[Place]:
        found = []
        for key, words in names.items():
            may = work.may("plugin_switch.change", key) and one.state == "in use"
            found.append(Place(words, key, "", work.plugin_switched_on(one.name, key), may))
            if not programmes:
                continue
            of_it = work.db.scalars(select(Programme).where(Programme.authority_id == key).order_by(Programme.title))
            found += [
                Place(f"{words}: {each.title}", key, each.key, work.plugin_is_on(one.name, key, each.key), may)
                for each in of_it
            ]
        return found

    def _unshown(self, name: str = "") -> list[Finding]:
        """What plugins could not show in this console."""
        return [
            Finding(f"The pages and panels of {each.title} are left out", severity=Severity.warn, way_out=each.why)
            for each in brought().left_out.values()
            if not name or each.name == name
        ]


_HEADINGS = {
    "cm_forms": "Forms",
    "cm_programme_types": "Programme types",
    "cm_measure_sets": "Measure sets",
    "cm_award_schemes": "Awards",
    "cm_figures": "Figures",
    "cm_glossary": "Words explained",
    "cm_rules": "Rules",
    "cm_settings": "Settings",
}


def left_out(told: list[PluginAccount]) -> list[Finding]:
    """A finding for each plugin that is not in use: what happened, that nothing is lost, and the way out."""
    return [
        Finding(
            f"{capital(one.title)} could not start, so it is left out"
            if one.state == "left out"
            else f"{capital(one.title)} is not installed any more",
            way_out=f"{one.why} Everything else works{_safe(one)}.",
        )
        for one in told
        if one.state != "in use"
    ]


def _safe(one: PluginAccount) -> str:
    rows = sum(one.tables.values())
    return f", and its {count(rows, 'row')} are safe" if rows > 1 else ""


def state_of_plugin(one: PluginAccount, authorities: int) -> State:
    """How a plugin stands, as a shape with its word."""
    if one.state != "in use":
        return State("Could not start" if one.state == "left out" else "Not installed", "stop", "stop")
    if not one.on_for:
        return State("Off", "none", "bars")
    return State("Working, failed before", "warn", "warn") if one.health else State("Working", "ok", "tick")


def said(ill: Failing) -> str:
    """A failure in a sentence: when, in which hook, which kind of error, where."""
    when = local(ill.last_at)
    times = "once" if ill.failures == 1 else f"{ill.failures} times"
    where = f" ({ill.place})" if ill.place else ""
    return f"Its {ill.hook} failed {times}, last on {when.day} {when:%B at %H:%M}: {ill.what}{where}."


def _counted(told: list[PluginAccount]) -> str:
    if not told:
        return ""
    on = sum(1 for one in told if one.state == "in use" and one.on_for)
    off = sum(1 for one in told if one.state == "in use" and not one.on_for)
    out = len(told) - on - off
    parts = [f"{spelt(number)} {words}" for number, words in ((on, "on"), (off, "off"), (out, "left out")) if number]
    return f"{capital(spelt(len(told)))} in all: {in_words(parts)}."


def _facts(one: PluginAccount) -> list[tuple[str, Any]]:
    told = [
        ("Name", one.name),
        ("Version", one.version),
        ("Made by", one.maker),
        ("What it is for", one.about),
        ("Sensitive things", one.sensitive),
        ("Hooks it implements", in_words(list(one.hooks))),
    ]
    return [(label, value) for label, value in told if value]


def _shows(shown: Any) -> list[str]:
    """What it shows in the console, in words."""
    if shown is None:
        return []
    pages = [page.words for page in shown.pages if page.words]
    said = [f"Pages: {in_words(pages)}."] if pages else []
    said += [f"On the page of a {panel.on.replace('_', ' ')}: {panel.heading}." for panel in shown.panels]
    said += [f"On Today: {one.queue.words}." for one in shown.queues]
    return said + [f"With the evidence: {chart.heading}." for chart in shown.charts]
