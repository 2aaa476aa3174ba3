"""The evidence page: what changed for a cohort of a programme, and the page that narrows the cohort."""

from __future__ import annotations

from typing import Any

from flask import redirect, request, url_for
from flask_appbuilder.baseviews import expose

from cmcore.base.clock import local
from cmcore.base.findings import Finding, NotFound, Refused
from cmcore.evidence.actions import give_out
from cmcore.evidence.cohorts import Cohort
from cmcore.evidence.disclosure.policies import PolicyKey
from cmcore.evidence.forms import CohortAnswers, answers_of_cohort, cohort_of
from cmcore.evidence.groups import GROUPINGS
from cmcore.evidence.queries import evidence, programmes_of, subgroups
from cmcore.measures.registry import measure_sets
from cmcore.programmes.records import Programme
from cmcore.programmes.registry import programme_types
from cmcore.safekeeping.work import Work
from console import desk, lookups
from console.evidence_rows import evidence_view
from console.evidence_tables import table_view
from console.form_page import FormPage
from console.framework import Page
from console.plugin_parts import charts_for
from console.security import needs

#: Filters whose value is a record: which kind it is.
_RECORDS = {"setting_id": "setting", "mentor_id": "mentor", "funding_line_id": "funding_line"}

#: How a split can be looked at inside: as it is, or as a reader outside would have it today.
_POLICIES = {"internal": "Every number", "dfe": "As the DfE hides", "ons": "As the ONS hides"}


class Evidence(Page):
    """What changed for those in a programme, with its counts, its intervals, and what to read with them."""

    route_base = "/evidence"
    about = "What changed for those in a programme: who can be compared, how many improved, what is not said."

    @expose("/")
    @needs("evidence.see")
    def index(self) -> Any:
        """The account of one programme's cohort, as the address asks for it."""
        work = desk.work()
        programmes = _programmes(work)
        if not programmes:
            return self.show_page("cm/evidence.html", title="Evidence", programmes=(), findings=(), crumbs=())
        chosen = _chosen(programmes)
        try:
            cohort, findings = Cohort.read(request.args), ()
            shown = _shown(work, chosen, cohort)
        except Refused as refused:
            cohort, findings = Cohort(), refused.findings
            shown = _shown(work, chosen, cohort, plain=True)
        return self.show_page(
            "cm/evidence.html",
            title=f"What changed, {chosen.title}",
            programmes=[(one.title, _address(one), one.id == chosen.id) for one in programmes],
            programme=chosen,
            sets=_sets(chosen, cohort),
            tags=_tags(chosen, cohort),
            narrow_url=_address(chosen, cohort, "Evidence.narrow"),
            clear_url=_address(chosen),
            drawn=f"{local(work.clock.now()):%H:%M}",
            day=work.today,
            findings=findings,
            crumbs=(),
            **shown,
        )

    @expose("/cohort", methods=("GET", "POST"))
    @needs("evidence.see")
    def narrow(self) -> Any:
        """Choose whose scores are counted."""
        work = desk.work()
        chosen = _chosen(_programmes(work))
        told: list[Finding] = []
        try:
            before = Cohort.read(request.args)
        except Refused as refused:
            before, told = Cohort(), list(refused.findings)
        page = FormPage(
            form=CohortAnswers.form,
            title="Choose a cohort",
            action_url=_address(chosen, before, "Evidence.narrow"),
            submit="Count these",
            lead=CohortAnswers.form.doc,
            lookup=lookups.lookup,
            shown=lookups.shown,
            cancel_url=_address(chosen, before),
            cancel_words="Leave it as it is",
            crumbs=(("Evidence", _address(chosen, before)), ("Choose a cohort", "")),
            told=told,
        )
        if request.method == "GET":
            return page.blank(answers_of_cohort(before))
        taken = page.take(request.form)
        if taken.answers is None:
            return page.again(taken)
        return redirect(_address(chosen, cohort_of(taken.answers, before)), 303)


def _shown(work: Work, programme: Programme, cohort: Cohort, *, plain: bool = False) -> dict[str, Any]:
    """What the page shows: the account and a split of it, or what a reader outside may have (R-SUP-1)."""
    inside = work.may("evidence.see_small", programme.authority_id)
    by = "" if plain else request.args.get("by", "")
    asked = "" if plain else request.args.get("policy", "")
    policy = asked if inside and asked in tuple(PolicyKey) else (PolicyKey.internal if inside else PolicyKey.dfe).value
    what = (work, programme.authority_id, programme.key, cohort)
    table = None
    if not inside:
        # It is given out by being shown, so that no later table tells what this one hides.
        table = give_out(*what, by=by, policy=policy)
        work.commit()
    elif by:
        table = subgroups(*what, by=by, policy=policy)
    found = evidence(*what) if inside and not by else None
    chosen_set = found.account.measure_set if found else table.measure_set  # type: ignore[union-attr]
    also = {"by": by, "policy": asked}
    return {
        "measure_set": chosen_set,
        "view": evidence_view(found.account) if found else None,
        "table": table_view(
            table,
            request.args.get("measure", ""),
            {key: _address(programme, cohort, **also, measure=key) for key in chosen_set.keys},
        )
        if table
        else None,
        "splits": [
            ("All together", _address(programme, cohort, policy=asked), not by),
            *(
                (one.words, _address(programme, cohort, by=one.key, policy=asked), by == one.key)
                for one in GROUPINGS.values()
                if one.key != "authority" and (inside or not one.of_somebody)
            ),
        ],
        "policies": [
            (words, _address(programme, cohort, by=by, policy=key), policy == key) for key, words in _POLICIES.items()
        ]
        if inside and by
        else [],
        "charts": charts_for(work, programme) if inside else [],
    }


def _programmes(work: Work) -> list[Programme]:
    """Every programme whose evidence whoever is signed in may see."""
    authorities = sorted(work.scope.authorities) if work.scope else []
    return [one for each in authorities if work.may("evidence.see", each) for one in programmes_of(work, each)]


def _chosen(programmes: list[Programme]) -> Programme:
    asked = request.args.get("programme", "")
    for one in programmes:
        if not asked or asked == str(one.id):
            return one
    raise NotFound("programme")


def _address(programme: Programme, cohort: Cohort | None = None, page: str = "Evidence.index", **also: str) -> str:
    more = {name: value for name, value in also.items() if value}
    return url_for(page, programme=programme.id, **(cohort or Cohort()).as_data(), **more)


def _sets(programme: Programme, cohort: Cohort) -> list[tuple[str, str, bool]]:
    """The measure sets the programme's type is measured with: words, where they lead, which one is shown."""
    known = measure_sets()
    shown = cohort.measure_set or programme.measure_set
    refs = [ref for ref in programme_types().of(programme.type_key).measure_sets if ref in known]
    if len(refs) < 2:
        return []
    without = cohort.without("measure_set")
    return [
        (
            known[ref].title,
            url_for("Evidence.index", programme=programme.id, **without.as_data() | {"measure_set": ref}),
            ref == shown,
        )
        for ref in refs
    ]


def _tags(programme: Programme, cohort: Cohort) -> list[tuple[str, str, str]]:
    """The filters in force: words, value in words, and the address without it."""
    made = []
    for name, words, value in cohort.in_words():
        if name == "measure_set":
            continue
        if of := _RECORDS.get(name):
            found = lookups.shown(of, int(value))
            value = found.title if found else "not found"
        made.append((words, value, _address(programme, cohort.without(name))))
    return made
