"""The fixed answers of The Mighty Creatives' forms: what is read, where, how likely, what is sent, who permits it."""

from __future__ import annotations

from cmcore.api import Choice


class Paper(Choice):
    """What a mentor reads of this provider before the first session. The risk assessment is the core's (R-MEN-2)."""

    induction_pack = "induction_pack", "Induction pack"


class Where(Choice):
    """Where an activity happened."""

    home = "home", "At home"
    school = "school", "At school"
    community = "community", "In the community"
    online = "online", "Online"
    other = "other", "Elsewhere"


class Likely(Choice):
    """How likely harm is once everything that is planned is done."""

    low = "low", "Unlikely"
    medium = "medium", "Possible"
    high = "high", "Likely"


class Excluded(Choice):
    """What is left out, or done only with somebody trained for it. Source: [Role] sensible exclusions."""

    water = "water", "In or on water"
    altitude = "altitude", "High ground"
    climbing = "climbing", "Climbing"
    fire = "fire", "Open fire"
    machines = "machines", "Power tools and machines"


class Sent(Choice):
    """What a journal entry is."""

    photograph = "photograph", "Photograph"
    film = "film", "Film"
    sound = "sound", "Sound"
    words = "words", "Words"


class Permission(Choice):
    """Whose permission it rests on. Source: [Role] the social worker's under 18, the young person's from 18."""

    social_worker = "social_worker", "The social worker, because they are under 18"
    young_person = "young_person", "The young person, who is 18 or older"
    not_yet = "not_yet", "Nobody's yet"


class Scored(Choice):
    """Which completion of the 8 Measures section it is."""

    baseline = "baseline", "At the start"
    interim = "interim", "Along the way"
    exit = "exit", "At the end"
    follow_up = "follow_up", "Afterwards"
