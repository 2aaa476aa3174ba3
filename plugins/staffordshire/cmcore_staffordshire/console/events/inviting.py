"""Inviting many young people at once: by school, key stage and interest."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from sqlalchemy import select

from cmcore.api import EducationSpell, Setting, Work, count
from cmcore_staffordshire.console.events.parts import CALENDAR, when_and_where
from cmcore_staffordshire.events.booking import invite, people_of
from cmcore_staffordshire.events.planning import places
from cmcore_staffordshire.events.queries import Wanted, candidates
from cmcore_staffordshire.events.records import CulturalEvent
from console.api import Page, expose, needs, page_of, work

#: So many are shown and invited at once.
MOST = 200
STAGES = ("EYFS", "KS1", "KS2", "KS3", "KS4", "KS5")


class StaffordshireInviting(Page):
    """Inviting young people to an event."""

    route_base = "/staffordshire-inviting"

    @expose("/<int(max=2147483647):event_id>", methods=("GET", "POST"))
    @needs("staffordshire_booking.invite")
    def index(self, event_id: int) -> Any:
        """Who could come and is not invited yet; those with a tick are invited."""
        here = work()
        event = here.get(CulturalEvent, event_id)
        if request.method == "POST":
            chosen = [
                int(each) for each in request.form.getlist("chosen")[:MOST] if each.isdecimal() and len(each) < 10
            ]
            made = invite(here, event, people_of(here, chosen))
            here.commit()
            flash(f"{count(len(made), 'young person', 'young people')} invited." if made else "Nobody was chosen.")
            return redirect(page_of(event), 303)
        setting = request.args.get("setting_id", "")
        wanted = Wanted(
            int(setting) if setting.isdecimal() and len(setting) < 10 else None,
            request.args.get("stage", "")[:10],
            request.args.get("interest", "")[:80],
            of_its_ages=request.args.get("ages", "") != "any",
        )
        found = candidates(here, event, wanted)
        more = f" The first {MOST} are shown." if len(found) > MOST else ""
        return self.show_page(
            "cm/choose.html",
            title="Invite young people",
            heading=f"Invite young people: {event.title}",
            under=f"{when_and_where(event)} · Places free: {places(event)}",
            findings=(),
            filters=(
                ("setting_id", "School or college", setting, _settings(here, event)),
                ("stage", "Key stage on the day", wanted.stage, [(each, each) for each in STAGES]),
                ("interest", "Words of a wish or interest", wanted.interest, None),
                ("ages", "Ages", request.args.get("ages", ""), [("any", "Also other ages than the event’s")]),
            ),
            rows=[(one.person.id, str(one.person), f"{one.stage} · {one.setting}") for one in found[:MOST]],
            counted=f"{count(len(found), 'young person', 'young people')} not invited yet.{more}",
            button="Invite those with a tick",
            empty="Nobody else of these ages matches. Look for others, or book somebody on the event’s page.",
            back_url=page_of(event),
            crumbs=(
                (CALENDAR, url_for("StaffordshireCalendar.index")),
                (event.title, page_of(event)),
                ("Invite young people", ""),
            ),
        )


def _settings(here: Work, event: CulturalEvent) -> list[tuple[str, str]]:
    """The schools and colleges at which young people of the authority learn now, by name."""
    asked = (
        select(Setting.id, Setting.name)
        .join(EducationSpell, EducationSpell.setting_id == Setting.id)
        .where(EducationSpell.authority_id == event.authority_id, EducationSpell.ends_on.is_(None))
        .distinct()
        .order_by(Setting.name)
    )
    return [(str(key), name) for key, name in here.db.execute(asked)]
