"""What an installation may say: how far back evidence is offered, and when training that runs out is told."""

from __future__ import annotations

from cmcore.api import PluginSetting

PLUGIN = "arts_award"
#: Under ``[plugins.arts_award]``.
SETTINGS = (
    PluginSetting(
        "months_back", "Months back from today that recorded happenings are offered as evidence [Default].", 18
    ),
    PluginSetting("training_days", "Days before an adviser's training runs out on which Today says so [Default].", 60),
)
