"""The comparison by waiting list with the hours received, for ourselves and for readers outside; and the themes."""

from __future__ import annotations

from typing import Any

from flask import url_for
from sqlalchemy import func, select

from cmcore.api import Authority, Work, count, for_others
from cmcore.api.evidencing import Disclosure, PolicyKey, disclosure
from cmcore_action_research.comparison import CAUTIONS, Result, comparison, in_a_sentence, results
from cmcore_action_research.dosage import doses, spread
from cmcore_action_research.people_records import StudyReferral
from cmcore_action_research.queries import in_force, places_of
from cmcore_action_research.records import ResearchStudy, StudyProtocol
from cmcore_action_research.release_records import StudyRelease
from cmcore_action_research.themes import say, themes
from cmcore_action_research.words import Compares, Group, Standing, Statistic
from console.api import Page, PanelBody, PartOfPage, expose, needs, page_of, work

_ONE = "<int(max=2147483647):pk>"
_COLUMNS = ("Measure", "Group", "Both scores", "Improved", "Maintained", "Declined", "Median change")
_RESULTS = ("Analysis", "What it may be called", "Measure", "What is counted", "What is set side by side", "Result")


class StudyComparisons(Page):
    """What changed for those mentored first, and for the others while they waited."""

    route_base = "/action-research-comparison"
    about = (
        "Both groups side by side, each number with how many it is of. For ourselves small numbers are shown: do not "
        "pass that on. For readers outside there is a release, in which a row that could tell of somebody is hidden."
    )

    @expose(f"/{_ONE}")
    @needs("action_research_place.see")
    def index(self, pk: int) -> Any:
        """The comparison of a study as it stands, for ourselves."""
        here = work()
        study = here.get(ResearchStudy, pk)
        protocol = in_force(here, study)
        if protocol is None:
            return self._shown(study, "Nothing is compared before the protocol is frozen.", [])
        found = comparison(here, study, protocol)
        policy = disclosure(here.policy_of(study), PolicyKey.internal)
        parts = [
            _rows([(row.label, row.group.label, *row.told()) for row in found.rows]),
            _results(results(found.rows, found.analyses, policy)),
            _hours(here, study, protocol),
            _cautions(),
        ]
        under = f"{in_a_sentence(found)} {policy.caution}"
        empty = "" if any(found.people.values()) else "Nobody is in a group yet: give the first places."
        page = self._shown(study, empty, parts, under)
        here.opened(study, why="Comparison read")
        here.commit()
        return page

    @expose(f"/outside/{_ONE}")
    @needs("action_research_release.see")
    def outside(self, pk: int) -> Any:
        """The numbers of a release for readers outside, as they were frozen with it (R-SUP-1)."""
        here = work()
        release = here.get(StudyRelease, pk)
        told = release.summary
        parts = [
            _rows([(one["label"], Group.say(one["group"]), *one["told"]) for one in told["rows"]]),
            _results([_kept(one) for one in told["results"]]),
            _cautions(),
        ]
        groups = ", ".join(f"{Group.say(key).lower()} {many}" for key, many in told["groups"].items())
        under = f"{groups.capitalize()}. “c”: hidden so that nobody can be recognised."
        return self.show_page(
            "cm/parts.html",
            title="Numbers for readers outside",
            heading=f"{release.study.title}: numbers for readers outside",
            under=under,
            acts=[],
            parts=parts,
            empty="",
            about=self.about,
            crumbs=(("Studies", url_for("ResearchStudies.list")), (str(release), page_of(release)), ("Numbers", "")),
        )

    def _shown(self, study: ResearchStudy, empty: str, parts: list[PartOfPage], under: str = "") -> Any:
        return self.show_page(
            "cm/parts.html",
            title="Comparison",
            heading=f"{study.title}: the comparison",
            under=under,
            acts=[],
            parts=[] if empty else parts,
            empty=empty,
            about=self.about,
            crumbs=(("Studies", url_for("ResearchStudies.list")), (study.title, page_of(study)), ("Comparison", "")),
        )


class StudyThemes(Page):
    """How many were referred into each theme of a study. Opening it is written down."""

    route_base = "/action-research-themes"

    @expose(f"/{_ONE}")
    @needs("action_research_referral.decide")
    def index(self, pk: int) -> Any:
        """How many in each theme, small numbers hidden: whom it is about stands in the referral."""
        here = work()
        study = here.get(ResearchStudy, pk)
        protocol = in_force(here, study)
        asked = select(StudyReferral.theme, func.count()).where(
            StudyReferral.action_research_study_id == study.id, StudyReferral.state.in_(("sent", "accepted"))
        )
        found = {row[0]: row[1] for row in here.db.execute(asked.group_by(StudyReferral.theme))}
        policy = for_others(here, here.get(Authority, study.authority_id))
        named = set(found) | set(protocol.themes if protocol else ())
        rows = [("", (say(key), _many(found.get(key, 0), policy))) for key in themes() if key in named]
        body = PanelBody(columns=("Theme", "Referred"), rows=rows, empty="No theme yet. The protocol names them.")
        page = self.show_page(
            "cm/parts.html",
            title="Themes",
            heading=f"{study.title}: themes",
            under="“c”: from 1 to 5. That you looked is written down.",
            acts=[],
            parts=[PartOfPage("themes", "Referred into each theme", body)],
            empty="",
            about="How many were referred into each theme. Themes are sensitive: they stand in no other list.",
            crumbs=(("Studies", url_for("ResearchStudies.list")), (study.title, page_of(study)), ("Themes", "")),
        )
        here.opened(study, why="Themes read")
        here.commit()
        return page


def _many(many: int, policy: Disclosure) -> str:
    return "c" if policy.is_small(many) else str(many)


def _rows(rows: list[tuple[Any, ...]]) -> PartOfPage:
    body = PanelBody(columns=_COLUMNS, rows=[("", row) for row in rows], empty="No measure is compared.")
    return PartOfPage("rows", "What changed, in both groups", body)


def _results(found: list[Result]) -> PartOfPage:
    rows = [
        ("", (one.key, one.standing.label, one.measure, one.statistic.label, one.compares.label, one.said))
        for one in found
    ]
    body = PanelBody(columns=_RESULTS, rows=rows, empty="No analysis yet.")
    return PartOfPage("results", "Analyses, planned ones first", body)


def _kept(one: dict[str, Any]) -> Result:
    return Result(
        one["key"],
        Standing(one["standing"]),
        one["measure"],
        Statistic(one["statistic"]),
        Compares(one["compares"]),
        one["said"],
    )


def _hours(here: Work, study: ResearchStudy, protocol: StudyProtocol) -> PartOfPage:
    standing = [one for one in places_of(here, study) if one.state == "given"]
    found = doses(here, protocol, standing)
    rows = []
    for one in standing:
        dose = found[one.id]
        rows.append(
            (
                page_of(one),
                (
                    one.young_person.initials,
                    Group.say(one.place_group),
                    f"{dose.planned / 60:g} h",
                    f"{dose.commissioned / 60:g} h",
                    f"{dose.received / 60:g} h",
                    f"{dose.in_time / 60:g} h",
                    dose.sessions,
                ),
            )
        )
    over = spread(list(found.values()))
    said = (
        f"Received by {count(over.people, 'young person', 'young people')}: from {over.fewest:g} to {over.most:g} h, "
        f"the middle {over.middle:g} h. Planned: {protocol.dose_hours} h over {count(protocol.dose_months, 'month')}."
        if over
        else ""
    )
    body = PanelBody(
        columns=("Young person", "Group", "Planned", "Commissioned", "Received", "In the planned months", "Sessions"),
        rows=rows,
        words=said,
        empty="Nobody has a place yet.",
    )
    return PartOfPage("hours", "Hours planned and received", body)


def _cautions() -> PartOfPage:
    return PartOfPage("read", "Read this with the numbers", PanelBody(words=" ".join(CAUTIONS)))
