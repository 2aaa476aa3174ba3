"""What an installation may say of events, lessons and what was pointed out."""

from __future__ import annotations

from cmcore.api import PluginSetting

#: Under ``[plugins.staffordshire]``.
SETTINGS = (
    PluginSetting("places_days", "Days ahead in which events with places free are counted on Today [Default].", 14),
    PluginSetting("award_weeks", "Weeks after an event in which attendees without an award are listed [Default].", 26),
    PluginSetting("ending_days", "Days before the last lesson from which lessons are listed as ending [Default].", 28),
)
