"""The fixed answers about events, and about a young person's place at one."""

from __future__ import annotations

from cmcore.api import Choice


class ArtForm(Choice):
    """What an event is of."""

    art = "art", "Art, craft and design"
    music = "music", "Music and singing"
    dance = "dance", "Dance"
    theatre = "theatre", "Theatre and puppetry"
    film = "film", "Film, photography and games"
    writing = "writing", "Reading and writing"
    heritage = "heritage", "Museums and heritage"
    circus = "circus", "Circus"
    mixed = "mixed", "Several art forms"


class Access(Choice):
    """What an event offers so that everybody can come."""

    step_free = "step_free", "Step-free throughout"
    quiet_room = "quiet_room", "A quiet room"
    relaxed = "relaxed", "Relaxed: come and go, no loud surprises"
    small_group = "small_group", "A small group"
    one_to_one = "one_to_one", "An adult for each young person"
    signed = "signed", "British Sign Language"
    changing_place = "changing_place", "A Changing Places toilet"
    carer_free = "carer_free", "A carer comes free"


class Transport(Choice):
    """How young people get there."""

    none = "none", "They make their own way"
    paid = "paid", "Their fares are paid"
    taxi = "taxi", "A taxi for each who needs one"
    minibus = "minibus", "A minibus from pick-up places"
    online = "online", "It is online"


class Standing(Choice):
    """How a young person stands to an event."""

    invited = "invited", "Invited"
    waiting = "waiting", "On the waiting list"
    booked = "booked", "Booked"
    declined = "declined", "Said no"
    cancelled = "cancelled", "Gave the place back"
