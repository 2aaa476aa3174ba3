"""What the plugin shows: the network as a map and a list, cohorts, schools, training days, and the account."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from cmcore.api import Setting, Work
from cmcore_attachment_aware.console.account import AttachmentAwareAccount
from cmcore_attachment_aware.console.cohorts import AttachmentAwareCohorts, AttachmentAwareDays, AttachmentAwareRoll
from cmcore_attachment_aware.console.home import AttachmentAwareHome
from cmcore_attachment_aware.console.pieces import AttachmentAwarePictures, AttachmentAwarePieces, picture_shown
from cmcore_attachment_aware.console.places import AttachmentAwarePlaces
from cmcore_attachment_aware.console.projects import AttachmentAwareProjects, AttachmentAwareReadings, before_and_after
from cmcore_attachment_aware.console.staff import AttachmentAwareStaff, graduation_shown
from cmcore_attachment_aware.console.ties import AttachmentAwareMentorings
from cmcore_attachment_aware.programme import PLUGIN
from cmcore_attachment_aware.records import AwarePlace
from console.api import Panel, PanelBody, PluginPage, hookimpl, page_of, state_of


def of_setting(here: Work, setting: Setting) -> PanelBody | None:
    """Where a school stands in the programme."""
    asked = select(AwarePlace).where(AwarePlace.setting_id == setting.id).options(joinedload(AwarePlace.cohort))
    found = here.db.scalars(asked.order_by(AwarePlace.id.desc()).limit(5)).all()
    rows = [
        (page_of(one), (one.cohort.name, state_of(one), one.lead_name))
        for one in found
        if here.plugin_is_on(PLUGIN, one.authority_id)
    ]
    return PanelBody(columns=("Cohort", "Where it stands", "Led by"), rows=rows) if rows else None


@hookimpl
def console_pages() -> list[PluginPage]:
    """The network stands in the menu; the rest is reached from it."""
    return [
        PluginPage(AttachmentAwareHome, "Attachment Aware", "Evidence"),
        PluginPage(AttachmentAwareCohorts),
        PluginPage(AttachmentAwarePlaces),
        PluginPage(AttachmentAwareStaff),
        PluginPage(AttachmentAwareDays),
        PluginPage(AttachmentAwareRoll),
        PluginPage(AttachmentAwareProjects),
        PluginPage(AttachmentAwareReadings),
        PluginPage(AttachmentAwarePieces),
        PluginPage(AttachmentAwarePictures),
        PluginPage(AttachmentAwareMentorings),
        PluginPage(AttachmentAwareAccount),
    ]


@hookimpl
def console_panels() -> list[Panel]:
    """On a school where it stands; on its place what graduation takes; on its project what was counted."""
    return [
        Panel("setting", "Attachment Aware Schools", of_setting, "attachment_aware_place.see"),
        Panel("attachment_aware_place", "What graduation takes", graduation_shown, "attachment_aware_place.see"),
        Panel("attachment_aware_project", "Before and after", before_and_after, "attachment_aware_reading.see"),
        Panel("attachment_aware_piece", "Picture", picture_shown, "attachment_aware_picture.see"),
    ]
