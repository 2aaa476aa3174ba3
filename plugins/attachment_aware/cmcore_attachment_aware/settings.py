"""What an installation may say of the programme."""

from __future__ import annotations

from cmcore.api import PluginSetting

#: Under ``[plugins.attachment_aware]``.
SETTINGS = (PluginSetting("places", "Schools that a new cohort takes, unless somebody says otherwise [Default].", 16),)
