"""What Derbyshire adds to the console: crises of the federation, its terms, the crisis plan, 2017 beside today."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, select

from cmcore.api import (
    Cohort,
    EducationSpell,
    FormAnswers,
    Programme,
    Referral,
    Setting,
    Work,
    YoungPerson,
    day,
    evidence,
    in_words,
    local,
    measure_sets,
)
from cmcore.api.asks import Urgency
from cmcore_derbyshire import rules
from cmcore_derbyshire.forms import CrisisPlan
from cmcore_derbyshire.measures import SIX_TO_EIGHT
from console.api import (
    Bar,
    Chart,
    ChartBody,
    KnownTerms,
    Panel,
    PanelBody,
    PluginPage,
    Queue,
    RecordView,
    Sub,
    concern,
    form_page,
    hookimpl,
    page_of,
    work,
)


class DerbyshireCrises(RecordView):
    """Crisis referrals of schools in the federation that nobody decided on, those that wait longest first."""

    record = Referral
    route_base = "/derbyshire-crises"
    singular, plural = "crisis of the federation", "crises of the federation"
    about = "Crisis referrals from schools of the federation that wait for a decision. Ring the school, then decide."
    list_columns = ["ref", "young_person", "school", "concern", "waits", "referrer_name"]
    label_columns = {
        "ref": "Referral",
        "young_person": "Young person",
        "school": "School",
        "waits": "Sent",
        "referrer_name": "Asked by",
    }
    load_columns = ["young_person.ref"]
    search_columns = ["ref", "referrer_name"]
    order_columns = []
    base_order = ("submitted_at", "asc")
    empty_words = "No school of the federation is in crisis."
    queues = (Queue("Crises of the federation", {}, "now", "Ring the school, then decide.", "referral.decide"),)

    def narrowed(self, statement: Select[Any], work: Work) -> Select[Any]:
        """Crises nobody decided on, of young people whose school's federation counts."""
        counting = work.setting("derbyshire", "federations")
        pupils = (
            select(EducationSpell.young_person_id)
            .join(Setting, Setting.id == EducationSpell.setting_id)
            .where(
                Setting.federation_id.is_not(None),
                EducationSpell.status.in_(("enrolled", "part_time", "suspended")),
                EducationSpell.starts_on <= work.today,
                EducationSpell.ends_on.is_(None) | (EducationSpell.ends_on >= work.today),
            )
        )
        if counting:
            pupils = pupils.where(Setting.federation.has(code=counting[0]) if len(counting) == 1 else _among(counting))
        return statement.where(
            Referral.urgency == Urgency.crisis,
            Referral.state.in_(rules.UNDECIDED),
            Referral.young_person_id.in_(pupils),
        )

    def address_of(self, record: Any) -> str:
        """A referral's page is the console's own."""
        return page_of(record) or super().address_of(record)

    def cell_concern(self, referral: Referral) -> Any:
        """Red, amber or green."""
        return concern(referral.concern)

    def cell_school(self, referral: Referral) -> Any:
        """The school, and the federation it works in."""
        from cmcore_derbyshire.checks import school_of

        school = school_of(work(), referral.young_person_id)
        return Sub(school.name, str(school.federation or "")) if school else ""

    def cell_waits(self, referral: Referral) -> Any:
        """When it was sent, late once a working day has gone."""
        if referral.submitted_at is None:
            return ""
        at = local(referral.submitted_at)
        late = rules.crisis_waits(referral.submitted_at, work().today, work().policy_of(referral))
        return Sub(f"{day(at.date())}, {at:%H:%M}", "Late" if late else "", late=bool(late))


def _among(codes: list[str]) -> Any:
    from cmcore.api import Federation

    return Setting.federation.has(Federation.code.in_(codes))


class DerbyshireTerms(KnownTerms):
    """The terms this plugin knows, and entering them."""

    route_base = "/derbyshire-terms"
    about = "Derbyshire's terms as far as they were known, to be entered into your own."
    plugin, whose = "derbyshire", "Derbyshire’s terms"


# ---- on a young person's page
def crisis_plan(here: Work, person: YoungPerson) -> PanelBody | None:
    """The crisis plan, where there is one: whether it is finished, and when it is looked at again."""
    asked = select(FormAnswers).where(
        FormAnswers.young_person_id == person.id,
        FormAnswers.form_key == CrisisPlan.form.key,
        FormAnswers.state != "superseded",
    )
    plans = here.db.scalars(asked.order_by(FormAnswers.id.desc()).limit(5)).all()
    if not plans:
        return None
    return PanelBody(
        columns=("Plan", "Where it stands", "Looked at again"),
        rows=[(page_of(one), (one.ref, one.state_label, _told_day(one.values.get("looked_at_on")))) for one in plans],
        more=[("The form", form_page(CrisisPlan.form.key, person.authority_id))],
    )


def _told_day(text: Any) -> str:
    from datetime import date

    try:
        return day(date.fromisoformat(str(text)))
    except ValueError:
        return ""


# ---- on the evidence page
def then_and_now(here: Work, programme: Programme) -> ChartBody | None:
    """The measures that both sets have, each counted in its own set and never added up."""
    if programme.measure_set != SIX_TO_EIGHT.later:
        return None
    before = evidence(here, programme.authority_id, programme.key, Cohort(measure_set=SIX_TO_EIGHT.earlier)).account
    if not before.paired:
        return None
    after = evidence(here, programme.authority_id, programme.key, Cohort(measure_set=SIX_TO_EIGHT.later)).account
    old = {row.measure.key: row for row in before.measures}
    new = {row.measure.key: row for row in after.measures}
    bars = []
    for earlier, later in SIX_TO_EIGHT.in_both(measure_sets()):
        for words, row in (("the six", old[earlier.key]), ("the eight", new[later.key])):
            share = f", {row.percent} %" if row.percent is not None else ""
            said = f"{row.improved} of {row.paired} improved{share}"
            bars.append(Bar(f"{later.label}, {words}", row.percent or 0, said))
    alone = in_words([measure_sets()[SIX_TO_EIGHT.later][key].label for key in SIX_TO_EIGHT.not_comparable])
    return ChartBody(
        bars=bars,
        words="Older records were scored on six measures, newer ones on eight. Each is counted in its own set, and the "
        f"two are never added up. {alone} were not scored then. "
        f"No share is shown under {before.least_pairs} pairs.",
    )


@hookimpl
def console_pages() -> list[PluginPage]:
    """Crises of the federation, and the terms."""
    return [
        PluginPage(DerbyshireCrises, "Crises of the federation", "Young people"),
        PluginPage(DerbyshireTerms, "Derbyshire’s terms", "Set-up"),
    ]


@hookimpl
def console_panels() -> list[Panel]:
    """The crisis plan on a young person's page."""
    return [Panel("young_person", "Crisis plan", crisis_plan, "form_answers.see")]


@hookimpl
def console_charts() -> list[Chart]:
    """The six measures of 2017 beside the eight."""
    return [Chart("The six measures of 2017 beside the eight", then_and_now)]
