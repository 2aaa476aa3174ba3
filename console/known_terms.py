"""A page that says which terms a plugin knows of an authority and how sure they are, and enters them when asked."""

from __future__ import annotations

from typing import Any, ClassVar

from flask import flash, redirect, request, url_for
from flask_appbuilder.baseviews import expose

from cmcore.base.clock import day
from cmcore.base.findings import NotFound
from cmcore.base.words import count, in_words
from cmcore.safekeeping.work import Work
from cmcore.virtual_schools.known_terms import KnownYear, enter_known_terms, known_years, years_entered
from cmcore.virtual_schools.records import Authority
from console import desk
from console.framework import Page
from console.security import needs


class KnownTerms(Page):
    """The terms a plugin knows, to be entered into an authority's own. A plugin's page class names its plugin."""

    #: The plugin, and whose terms they are, as a heading says it: "Derbyshire’s terms".
    plugin: ClassVar[str] = ""
    whose: ClassVar[str] = ""

    @expose("/", methods=("GET", "POST"))
    @needs("term_dates.add")
    def index(self) -> Any:
        """Say which terms would be entered and how sure they are; enter them where that is asked for."""
        here, package = desk.work(), f"cmcore_{self.plugin}"
        authority = self._authority(here)
        there = years_entered(here, authority.id)
        waiting = [each for each in known_years(package) if each.begins not in there]
        if request.method == "POST":
            made = enter_known_terms(here, authority.id, package)
            here.commit()
            flash(f"{count(len(made), 'term')} entered. They are changed like any other.")
            return redirect(url_for("Terms.list"), 303)
        said = [f"{_span(each)} {each.standing}" for each in waiting]
        return self.show_page(
            "cm/confirm.html",
            title=self.whose,
            heading=f"{self.whose} for {authority.name}",
            why=" ".join(said) or "Terms of your own stand for every year that is known here.",
            button="Enter these terms" if waiting else "",
            back_url=url_for("Terms.list"),
            findings=(),
            crumbs=(("Terms", url_for("Terms.list")), (self.whose, "")),
        )

    def _authority(self, here: Work) -> Authority:
        """The authority the address names, or the first in which the plugin is on and terms may be entered."""
        reached = sorted(here.scope.authorities) if here.scope else []
        on = [each for each in reached if here.plugin_is_on(self.plugin, each) and here.may("term_dates.add", each)]
        asked = request.args.get("authority_id", type=int)
        if not on or (asked is not None and asked not in on):
            raise NotFound(Authority.words[0])
        return here.get(Authority, asked or on[0])


def _span(year: KnownYear) -> str:
    told = [f"{one.name.lower()} {day(one.starts_on)} to {day(one.ends_on)}" for one in year.terms]
    return f"{year.begins}-{(year.begins + 1) % 100}: {in_words(told)}."
