"""The fixed answers of the plugin: an adviser's mark of a part."""

from __future__ import annotations

from cmcore.api import Choice


class Mark(Choice):
    """What an adviser says of one part: DOMAIN §9."""

    not_started = "not_started", "Not started"
    attempted = "attempted", "Attempted"
    passed = "pass", "Pass"
