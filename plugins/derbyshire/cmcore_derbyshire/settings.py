"""What an installation may say of Derbyshire: which federations count, and what a commission begins with."""

from __future__ import annotations

from cmcore.api import PluginSetting

#: Under ``[plugins.derbyshire]``. The hours are those that were evaluated; no text gives a rate, so it is ours.
SETTINGS = (
    PluginSetting(
        "federations",
        "Codes of the federations whose crisis referrals head the list; with none, those of any federation do.",
        [],
    ),
    PluginSetting(
        "commission_hours", "Hours a new commission begins with; 24 over three months were evaluated [Research].", 24
    ),
    PluginSetting(
        "commission_rate_pence",
        "Pence an hour a new commission begins with; set it as you agreed [Default].",
        3200,
    ),
    PluginSetting("commission_purpose", "What the hours are for: mentoring, pep, planning or case_study.", "mentoring"),
    PluginSetting(
        "commission_funding", "The kind of funding a new commission begins with, where there is such a line.", "ppplus"
    ),
)
