"""The fixed answers about lessons, clubs, what was pointed out, work experience, and what a council decided."""

from __future__ import annotations

from cmcore.api import Choice


class Often(Choice):
    """How often something takes place."""

    weekly = "weekly", "Each week"
    fortnightly = "fortnightly", "Every other week"
    monthly = "monthly", "Each month"
    holidays = "holidays", "In the holidays"
    other = "other", "Otherwise"


class LessonKind(Choice):
    """With how many others a lesson is had."""

    alone = "alone", "Alone with the teacher"
    group = "group", "In a small group"
    whole = "whole", "With a whole class or ensemble"


class Payer(Choice):
    """Who pays."""

    nobody = "nobody", "Nobody: it is free"
    ppplus = "ppplus", "Pupil Premium Plus"
    school = "school", "The school"
    authority = "authority", "The Virtual School"
    service = "service", "The music service"
    charity = "charity", "A charity or grant"
    carer = "carer", "The carer"


class InstrumentFrom(Choice):
    """Whose instrument it is."""

    owned = "owned", "Their own"
    lent_by_service = "lent_by_service", "Lent by the music service"
    lent_by_school = "lent_by_school", "Lent by the school"
    hired = "hired", "Hired"
    none_needed = "none_needed", "None is needed"
    waiting = "waiting", "They have none yet"


#: Whose instrument is given back one day.
LENT = (InstrumentFrom.lent_by_service, InstrumentFrom.lent_by_school, InstrumentFrom.hired)


class ClubKind(Choice):
    """What a club is for."""

    music = "music", "Music and singing"
    dance = "dance", "Dance"
    drama = "drama", "Drama and theatre"
    art = "art", "Art, craft and design"
    film = "film", "Film, photography and games"
    writing = "writing", "Reading and writing"
    heritage = "heritage", "Museums and heritage"
    outdoors = "outdoors", "Outdoors and uniformed"
    sport = "sport", "Sport"
    other = "other", "Something else"


class Thing(Choice):
    """What kind of thing was pointed out."""

    club = "club", "A club or group"
    lesson = "lesson", "Lessons"
    event = "event", "An event or workshop"
    holidays = "holidays", "A holiday programme"
    place = "place", "A place to visit"
    work = "work", "Work or a course"
    online = "online", "Something online"


class Told(Choice):
    """Who was told of it."""

    young_person = "young_person", "The young person"
    carer = "carer", "Carer or key worker"
    school = "school", "School or college"
    social_worker = "social_worker", "Social worker"


class Became(Choice):
    """What came of something that was pointed out."""

    joined = "joined", "Joined, and goes"
    tried = "tried", "Tried it once"
    thinking = "thinking", "Thinks about it still"
    not_theirs = "not_theirs", "Not for them"
    kept_away = "kept_away", "Something was in the way"


class InTheWay(Choice):
    """What kept somebody away: the words of the cultural entitlement page. Source: DOMAIN §8."""

    transport = "transport", "Transport"
    cost = "cost", "Cost"
    confidence = "confidence", "Confidence"
    distance = "distance", "Distance"
    other = "other", "Something else"


class Employer(Choice):
    """With whom somebody gains experience of work."""

    arts = "arts", "An arts organisation"
    artist = "artist", "An artist or maker"
    media = "media", "Film, media or games"
    heritage = "heritage", "A museum or library"
    other = "other", "Another employer"


class Went(Choice):
    """How work experience ended."""

    completed = "completed", "To the end"
    early = "early", "Ended early"
    not_begun = "not_begun", "It did not begin"


class DecisionOutcome(Choice):
    """What came of a decision of the council."""

    done = "done", "Done"
    not_done = "not_done", "Not done"
