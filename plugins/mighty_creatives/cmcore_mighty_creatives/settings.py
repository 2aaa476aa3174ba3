"""What an installation may say of The Mighty Creatives: which edition of the pack is read, what a case study costs."""

from __future__ import annotations

from cmcore.api import PluginSetting

#: Under ``[plugins.mighty_creatives]``.
SETTINGS = (
    PluginSetting("pack_edition", "The edition of the induction pack in force; a new one is read anew.", "2026"),
    PluginSetting("case_study_hours", "Hours a case study is usually commissioned for [Default].", 6),
)
