"""The fixed answers about messages: which kinds leave the system, and why one could not."""

from __future__ import annotations

from cmcore.base.words import Choice


class MessageKind(Choice):
    """What a message is for."""

    digest = "digest", "What waits, once a day"
    expiry = "expiry", "A check runs out"
    concern = "concern", "A concern was raised"


class Fault(Choice):
    """Why a message could not be sent."""

    unreachable = "unreachable", "The mail server could not be reached"
    sign_in = "sign-in", "The mail server refused our sign-in"
    refused = "refused", "The mail server refused the address"
    address = "address", "The account has no address"
    a_name = "name", "Somebody's name stood in it, so it was held back"
