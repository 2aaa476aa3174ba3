"""One page that searches everything somebody may see: people, mentors, schools, papers, the console's own pages."""

from __future__ import annotations

from typing import Any

from flask import redirect, request, url_for
from flask_appbuilder.baseviews import expose

from console import desk, sought
from console.everywhere import MOST_FOUND, search
from console.framework import Page
from console.security import needs


class Search(Page):
    """Searching everything within reach."""

    route_base = "/search"
    about = "Young people by initials, name or reference; mentors, schools and papers; the pages of this console."
    title = "Search"

    @expose("/", methods=("GET", "POST"))
    @needs()
    def index(self) -> Any:
        """What was found, kind by kind. A search is sent as a form, and its words stand in no address."""
        if request.method == "POST":
            mark = sought.keep(request.form.get("q", ""))
            return redirect(url_for(f"{self.endpoint}.index", sought=mark or None), 303)
        mark = request.args.get("sought", "")
        words = sought.words_of(mark)
        return self.show_page(
            "cm/search.html",
            title=self.title,
            about=self.about,
            words=words,
            forgotten=bool(mark) and not words,
            groups=search(desk.work(), words) if words else [],
            most=MOST_FOUND,
        )
