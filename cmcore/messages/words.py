"""The fixed answers about messages: which kinds leave the system."""

from __future__ import annotations

from cmcore.base.words import Choice


class MessageKind(Choice):
    """What a message is for."""

    digest = "digest", "What waits, once a day"
    expiry = "expiry", "A check runs out"
    concern = "concern", "A concern was raised"
