"""What an installation may say of events, lessons and what was pointed out."""

from __future__ import annotations

from cmcore.api import PluginSetting

#: Under ``[plugins.staffordshire]``.
SETTINGS = (
    PluginSetting("ending_days", "Days before the last lesson from which lessons are listed as ending [Default].", 28),
)
