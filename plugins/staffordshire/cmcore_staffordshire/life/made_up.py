"""What the demonstration draws from: instruments, clubs, employers and decisions, all of them made up."""

from __future__ import annotations

from cmcore_staffordshire.life.words import ClubKind, Employer, LessonKind, Thing

LESSONS = (
    ("Guitar", LessonKind.group),
    ("Guitar", LessonKind.alone),
    ("Ukulele", LessonKind.whole),
    ("Keyboard", LessonKind.alone),
    ("Drums", LessonKind.alone),
    ("Singing", LessonKind.group),
    ("Violin", LessonKind.group),
    ("Cello", LessonKind.alone),
    ("Cornet", LessonKind.whole),
    ("Clarinet", LessonKind.group),
)
TEACHERS = ("Lanternfold Music Service", "Lanternfold Music Service", "The school’s own teacher", "Tarnside Strings")
CLUBS = (
    ("Saturday Art Shed", ClubKind.art, "Tarnside Studios"),
    ("Lanternfold Youth Theatre", ClubKind.drama, "The Old Malthouse"),
    ("Longmeadow Street Dance", ClubKind.dance, "Meadow Hall"),
    ("Tarnside Young Voices", ClubKind.music, "The Bandroom"),
    ("Second Take Film Club", ClubKind.film, "The Picture Rooms"),
    ("Ink and Pages", ClubKind.writing, "The library in town"),
    ("Young Curators", ClubKind.heritage, "The Kiln House"),
    ("Explorers", ClubKind.outdoors, "Fellside Hut"),
    ("Wanderers Football", ClubKind.sport, "Fellside Sports Hall"),
)
SIGNPOSTS = (
    ("Lanternfold Youth Theatre, Thursdays at six", Thing.club),
    ("Saturday Art Shed at Tarnside Studios", Thing.club),
    ("Free taster lessons of the Lanternfold Music Service", Thing.lesson),
    ("Half-term film workshop at The Picture Rooms", Thing.event),
    ("Summer arts camp at Fellside", Thing.holidays),
    ("The Kiln House: free on the first Sunday", Thing.place),
    ("A college open day for creative media", Thing.work),
    ("Draw-along on line, each Monday", Thing.online),
)
WORK = (
    ("Lanternfold Theatre", Employer.arts, "Stage crew"),
    ("Lanternfold Theatre", Employer.arts, "Front of house"),
    ("Tarnside Studios", Employer.artist, "Studio assistant"),
    ("Second Take Collective", Employer.media, "Runner on a short film"),
    ("The Kiln House", Employer.heritage, "Helping with a display"),
    ("Amblewick Print Shop", Employer.other, "Print finisher"),
)
WORDS = (
    "I want to go every week.",
    "It is loud, and I like that it is.",
    "They let me do the lights.",
    "I can play a whole song now.",
    "Nobody asks about home there.",
    "It was hard at first. Now I have a friend.",
)
#: What was decided, and what came of it where enough time has passed.
DECISIONS = (
    ("A film day in the holidays, with lunch.", "Done: it is in the calendar."),
    ("Taxis for whoever has no way home.", "Done: transport is offered at each event now."),
    ("Events at weekends too.", "Done: four of the next ten are on Saturdays."),
    ("A recording studio of our own.", "It costs more than there is. A mobile one comes twice a year instead."),
    ("No more forms on the day.", "Done: carers fill them in beforehand."),
    ("A trip to London by coach.", "The coach takes too long for one day. A theatre nearer by is asked."),
    ("Pick the artists ourselves.", "Done: two of the council choose with us."),
    ("Certificates handed over at a party.", "Done: it was held at The Old Malthouse."),
    ("Quiet rooms at every event.", "Done: each event says where its quiet room is."),
    ("Bring a friend once a term.", "Done: two events a term say that friends may come."),
    ("A newsletter that we write.", "Done: the first came out in June."),
    ("Drum lessons without a waiting list.", "There is one teacher. A second is looked for."),
    ("Our own page on the website.", "Done: it is there, without names."),
    ("Meet in the evening.", "Done: at five from now on."),
    ("Choose the food.", "Not known yet."),
    ("A trip to a recording studio.", "Not known yet."),
)
#: The days of a school year on which the council meets: month and day.
MEETINGS = ((9, 24), (11, 12), (1, 21), (3, 11), (5, 6), (7, 1))
