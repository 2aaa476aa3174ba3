"""The evidence page: what changed for a cohort of a programme, and the page that narrows the cohort."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from flask import current_app, redirect, request
from flask_appbuilder.baseviews import expose

from cmcore.base.clock import local
from cmcore.base.findings import Finding, NotFound, Refused
from cmcore.evidence.actions import cohort_of_saved, give_out
from cmcore.evidence.cohorts import Cohort
from cmcore.evidence.disclosure.policies import PolicyKey
from cmcore.evidence.forms import CohortAnswers, answers_of_cohort, cohort_of
from cmcore.evidence.groups import GROUPINGS
from cmcore.evidence.queries import programmes_of, saved_cohorts, subgroups
from cmcore.evidence.records import SavedCohort
from cmcore.evidence.reports.parts import attendance, concern, places
from cmcore.evidence.reports.told import told_inside, told_outside
from cmcore.measures.registry import measure_sets
from cmcore.programmes.records import Programme
from cmcore.programmes.registry import programme_types
from cmcore.safekeeping.work import Work
from console import desk, lookups
from console.cohort_words import cohort_address as _address
from console.cohort_words import filters_in_words
from console.evidence_rows import evidence_view
from console.evidence_tables import table_view
from console.form_page import FormPage
from console.framework import Page, console
from console.pages.saved_cohorts import opened_at
from console.plugin_parts import charts_for
from console.report_rows import Part, lines
from console.security import needs

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
        saved = _saved(work, chosen)
        if asked := next((one for one in saved if str(one.id) == request.args.get("open", "")), None):
            return redirect(opened_at(asked))
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
            narrow_url=_address(chosen, cohort, "Evidence.narrow", saved=_known()),
            clear_url=_address(chosen),
            report_url=_address(
                chosen, cohort, "EvidenceReports.of_cohort", kind="summary", by=request.args.get("by", "")
            )
            if "EvidenceReports.of_cohort" in current_app.view_functions
            else "",
            saved=_choice(work, chosen, cohort, saved),
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
            action_url=_address(chosen, before, "Evidence.narrow", saved=_known()),
            submit="Count these",
            lead=CohortAnswers.form.doc,
            lookup=lookups.lookup,
            shown=lookups.shown,
            cancel_url=_address(chosen, before, saved=_known()),
            cancel_words="Leave it as it is",
            crumbs=(("Evidence", _address(chosen, before, saved=_known())), ("Choose a cohort", "")),
            told=told,
        )
        if request.method == "GET":
            return page.blank(answers_of_cohort(before))
        taken = page.take(request.form)
        if taken.answers is None:
            return page.again(taken)
        return redirect(_address(chosen, cohort_of(taken.answers, before), saved=_known()), 303)


def _shown(work: Work, programme: Programme, cohort: Cohort, *, plain: bool = False) -> dict[str, Any]:
    """What the page shows: the account and a split of it, or what a reader outside may have (R-SUP-1)."""
    inside = work.may("evidence.see_small", programme.authority_id)
    by = "" if plain else request.args.get("by", "")
    asked = "" if plain else request.args.get("policy", "")
    policy = asked if inside and asked in tuple(PolicyKey) else (PolicyKey.internal if inside else PolicyKey.dfe).value
    what = (work, programme.authority_id, programme.key, cohort)
    # All together it is counted with what else changed; whatever a reader outside is shown is given out by being
    # shown, so that no later table tells what this one hides.
    told = None if by else told_inside(*what) if inside else told_outside(*what)
    table = told.table if told else subgroups(*what, by=by, policy=policy) if inside else give_out(*what, by=by)
    if not inside:
        work.commit()
    chosen_set = table.measure_set
    also = {"by": by, "policy": asked, "saved": _known()}
    return {
        "measure_set": chosen_set,
        "view": evidence_view(told.account) if told and inside else None,
        "beside": [
            Part(f"beside-{number}", section, [lines(one) for one in section.tables])
            for number, section in enumerate((concern(told), places(told), attendance(told)) if told else ())
        ],
        "table": table_view(
            table,
            request.args.get("measure", ""),
            {key: _address(programme, cohort, **also, measure=key) for key in chosen_set.keys},
        )
        if not (told and inside)
        else None,
        "splits": [
            ("All together", _address(programme, cohort, **also | {"by": ""}), not by),
            *(
                (one.words, _address(programme, cohort, **also | {"by": one.key}), by == one.key)
                for one in GROUPINGS.values()
                if one.key != "authority" and (inside or not one.of_somebody)
            ),
        ],
        "policies": [
            (words, _address(programme, cohort, **also | {"policy": key}), policy == key)
            for key, words in _POLICIES.items()
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


def _saved(work: Work, programme: Programme) -> list[SavedCohort]:
    """The saved cohorts of the programme that may be opened."""
    return saved_cohorts(work, programme) if work.may("saved_cohort.see", programme.authority_id) else []


def _known() -> int:
    """Which saved cohort somebody began with, as the address keeps it; nothing where it names none."""
    return request.args.get("saved", 0, type=int)


@dataclass(frozen=True)
class Choice:
    """What can be done with saved cohorts here: those there are, the one in use, and where this one is saved.

    ``opened`` is the one in use as (name, address); ``keep_url`` is where it takes over filters that have changed.
    """

    options: list[tuple[int, str, bool]]
    list_url: str
    opened: tuple[str, str] | None
    changed: bool
    keep_url: str
    save_url: str


def _choice(work: Work, programme: Programme, cohort: Cohort, saved: list[SavedCohort]) -> Choice | None:
    page: Any = console().page_about("saved_cohort")
    if page is None or not page.may("list"):
        return None
    one = next((each for each in saved if each.id == _known()), None)
    changed = one is None or cohort_of_saved(one) != cohort
    may_keep = one is not None and changed and page.may("filters_kept") and not page.settled(one, "edit")
    return Choice(
        options=[(each.id, each.name, each is one) for each in saved],
        list_url=page.address(),
        opened=(one.name, page.address_of(one)) if one else None,
        changed=one is not None and changed,
        keep_url=_address(programme, cohort, "SavedCohorts.filters_kept", pk=one.id) if one and may_keep else "",
        save_url=page.add_address(programme_id=programme.id, **cohort.as_data())
        if changed and cohort.as_data()
        else "",
    )


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
            _address(programme, replace(without, measure_set=ref), saved=_known()),
            ref == shown,
        )
        for ref in refs
    ]


def _tags(programme: Programme, cohort: Cohort) -> list[tuple[str, str, str]]:
    """The filters in force: words, value in words, and the address without it."""
    return [
        (words, value, _address(programme, cohort.without(name), saved=_known()))
        for name, words, value in filters_in_words(cohort)
        if name != "measure_set"
    ]
