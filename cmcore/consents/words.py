"""The fixed answers about permissions: DOMAIN §3."""

from __future__ import annotations

from cmcore.base.words import Choice


class ConsentKind(Choice):
    """What a permission is for."""

    media_capture = "media_capture", "Taking photographs, film or sound"
    media_shared = "media_shared", "Sharing those with the professionals around them"
    media_public = "media_public", "Showing those in public"
    phone_contact = "phone_contact", "A mentor ringing their own telephone"
    transport = "transport", "Being driven by a mentor"
    research = "research", "Research"
    data_sharing = "data_sharing", "Passing information on"


class Decider(Choice):
    """Who decided (R-CON-1)."""

    social_worker = "social_worker", "The social worker"
    young_person = "young_person", "The young person"


class Decision(Choice):
    """What was decided."""

    given = "given", "Given"
    refused = "refused", "Refused"
