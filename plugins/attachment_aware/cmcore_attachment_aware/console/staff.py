"""Staff of schools who take part, and what their school still lacks for graduation."""

from __future__ import annotations

from typing import Any

from flask import g

from cmcore.api import Finding, Work
from cmcore_attachment_aware import rules, training
from cmcore_attachment_aware.console.parts import InTheProgramme
from cmcore_attachment_aware.forms import StaffAnswers
from cmcore_attachment_aware.queries import Done, done_by
from cmcore_attachment_aware.records import AwarePlace, AwareStaff
from cmcore_attachment_aware.words import StaffRole
from console.api import PanelBody, RecordView, State, Sub


class AttachmentAwareStaff(InTheProgramme, RecordView):
    """Staff of schools who take part."""

    record = AwareStaff
    route_base = "/attachment-aware-staff"
    about = "Who of a school's staff takes part in the year. What they come to counts towards graduation."
    list_columns = ["name", "role", "place", "joined_on", "left_on"]
    label_columns = {
        "role": "What they are",
        "place": "School",
        "joined_on": "From",
        "left_on": "Until",
        "attachment_aware_place_id": "School",
    }
    load_columns = ["place.setting.name", "place.cohort.year"]
    choice_columns = {"role": StaffRole}
    search_columns = ["name"]
    filter_columns = ["role", "attachment_aware_place_id"]
    order_columns = ["name", "joined_on"]
    base_order = ("name", "asc")
    show_columns = ["place", "role", "joined_on", "left_on"]
    empty_words = "Nobody is named yet. Staff are named once the school has a place."
    add_parent = AwarePlace
    add_form = StaffAnswers
    add_action = staticmethod(training.add_staff)
    add_words = "Name somebody"
    edit_form = StaffAnswers
    answers_of = staticmethod(training.answers_of_staff)
    edit_action = staticmethod(training.change_staff)
    remove_action = staticmethod(training.remove_staff)

    def cell_place(self, staff: AwareStaff) -> Any:
        """The school and its cohort."""
        return Sub(staff.place.setting.name, staff.place.cohort.name)

    def given(self, here: Work, form: Any, parent: Any) -> dict[str, Any]:
        """From the day the year begins."""
        return {"joined_on": parent.cohort.starts_on.isoformat()}


def done_of(here: Work, place: AwarePlace) -> Done:
    """What a school has done, read once for a page however many parts of it ask."""
    known: dict[int, Done] = g.setdefault("attachment_aware_done", {})
    if place.id not in known:
        known[place.id] = done_by(here, [place])[place.id]
    return known[place.id]


def in_the_way(here: Work, place: AwarePlace) -> list[Finding]:
    """What keeps a school from graduating, where its page is shown."""
    return [one for _, found in done_of(here, place).graduation(place, here) for one in found]


def graduation_shown(here: Work, place: AwarePlace) -> PanelBody | None:
    """What graduation takes, part by part, while a school works on it."""
    if place.state not in ("in_cohort", "graduated"):
        return None
    done = done_of(here, place)
    policy = here.policy_of(place)
    enough = rules.came_enough(list(done.came.values()), policy.threshold("R-AAS-7", "percent"))
    have = (
        f"{enough} came to enough days, of {len(done.staff)} who take part",
        f"{len(rules.both_counted(done.counted))} of 3 indicators counted before and after",
        f"{done.pieces} written",
    )
    rows = []
    for (label, found), said in zip(done.graduation(place, here), have, strict=True):
        state = State("Not yet", "none", "ring") if found else State("Done", "ok", "tick")
        why = f"{found[0].message} {found[0].rule}" if found else ""
        rows.append(("", (label, state, said, why)))
    return PanelBody(columns=("Part", "Where it stands", "So far", "What is missing"), rows=rows)
