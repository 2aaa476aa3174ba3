"""What an installation may say of the page: how far back a draft looks."""

from __future__ import annotations

from cmcore.api import PluginSetting

#: Under ``[plugins.epep_culture]``.
SETTINGS = (PluginSetting("weeks_back", "Weeks before the end of the term that a draft looks back on [Default].", 26),)
