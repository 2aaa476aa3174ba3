"""What an installation may say of Artsmark: how far ahead the calendar is offered to an action plan."""

from __future__ import annotations

from cmcore.api import PluginSetting

#: Under ``[plugins.artsmark]``.
SETTINGS = (PluginSetting("months_ahead", "Months ahead whose calendar an action plan is offered [Default].", 24),)
