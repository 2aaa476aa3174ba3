"""Both scores, mentor by mentor: who can be compared, who still lacks a score, whose exit review is due."""

from __future__ import annotations

from typing import Any

from flask import request, url_for
from flask_appbuilder.baseviews import expose

from cmcore.base.findings import NotFound
from cmcore.evidence.pairs import pairs_by_mentor, together
from console import desk
from console.framework import Page
from console.pair_rows import pair_row
from console.security import needs


class Pairs(Page):
    """Who can be compared, and who is missing."""

    route_base = "/both-scores"
    about = "Mentor by mentor: of how many who started there are both scores, who still lacks one, whose end is near."

    @expose("/")
    @needs("review.finalise")
    def index(self) -> Any:
        """Each mentor with how many of theirs have both scores; a mentor sees their own."""
        work = desk.work()
        reached = [
            each for each in sorted(work.scope.authorities if work.scope else ()) if work.may("review.see", each)
        ]
        asked = request.args.get("authority", type=int)
        if not reached or (asked is not None and asked not in reached):
            raise NotFound("authority")
        chosen = asked or reached[0]
        tallies = pairs_by_mentor(work, authority_id=chosen)
        least = work.policy_of(chosen).threshold("R-EVI-1", "pairs")
        rows = [pair_row(one, least) for one in tallies]
        if len(tallies) > 1:
            rows.append(pair_row(together(tallies), least, last=len(reached) == 1))
        return self.show_page(
            "cm/pairs.html",
            title="Both scores",
            rows=rows,
            least=least,
            authorities=[
                (name, url_for("Pairs.index", authority=key), key == chosen) for key, name in desk.names_of(reached)
            ]
            if len(reached) > 1
            else (),
            about=self.about,
            crumbs=(),
        )
