"""What is said and written in the made-up stories: small banks of gentle sentences, none of them anybody's."""

from __future__ import annotations

#: What a young person said, as a mentor might have written it down.
SAID = (
    "I didn't think I could teach anyone anything. He got it first go.",
    "It's not worse, it's just I've got more to finish now.",
    "Can we do the loud bit again?",
    "I want to show my nan the film when it's done.",
    "I messed it up and it came out better.",
    "Nobody told me you could draw with a rubber.",
    "I'll do the voice if you do the dog.",
    "I wasn't going to come today. I'm glad I did.",
    "It looks like how it sounded in my head.",
    "I read it out and nobody laughed. Well, they laughed at the right place.",
    "I'd like to do it without help next time.",
    "That's the first thing I've finished this year.",
    "I kept going even when the string broke.",
    "Can I keep the one that went wrong?",
    "I told my tutor about it. She wants to see.",
    "I made it for the kitchen, so everyone can see it.",
    "I'm good at the slow bits, turns out.",
    "Next week I'm bringing my own idea.",
)

#: What each art form calls itself, what was planned, and what was done and why.
ART_FORMS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "Printmaking": (
        ("Print the second colour.", "Cut a first block from a drawing of their own."),
        (
            "Two-colour lino print; they chose the image, so that the work is theirs.",
            "Inked and pulled six prints and compared them, to see how much changes with small choices.",
        ),
    ),
    "Film": (
        ("Plan three shots for the opening.", "Edit the scene by the canal."),
        (
            "Shot the opening twice and talked about which one tells more, to practise choosing.",
            "Edited two minutes together; they decided each cut and said why.",
        ),
    ),
    "Drama": (
        ("Try the scene with the parts swapped.", "Find a voice for the old sailor."),
        (
            "Improvised in pairs, so that listening came before speaking.",
            "Read the scene aloud, standing, with gestures; built up from one line.",
        ),
    ),
    "Songwriting": (
        ("Find a second verse.", "Record the chorus on the phone."),
        (
            "Wrote a verse from a list of sounds at home, to begin with what they know.",
            "Recorded the chorus and listened back together; kept the second take.",
        ),
    ),
    "Guitar": (
        ("Two chords, changed in time.", "Learn the riff they brought."),
        (
            "Slow chord changes with a drum loop, because going slowly made it possible.",
            "Played the riff together until it ran, then twice as fast for fun.",
        ),
    ),
    "Ceramics": (
        ("Throw a small bowl.", "Glaze last week's tiles."),
        (
            "Hand-built a pot by coils; it takes patience and forgives mistakes.",
            "Glazed the tiles and wrote down the recipe, to be able to do it again.",
        ),
    ),
    "Animation": (
        ("Twelve drawings of one jump.", "Give the puppet a walk."),
        (
            "Drew a short loop of twelve pictures, to see effort turn into movement.",
            "Filmed the puppet's walk frame by frame; they kept count and led.",
        ),
    ),
    "Photography": (
        ("A walk with one rule: only reflections.", "Choose five pictures for the wall."),
        (
            "Took pictures of reflections on the way to the park; outside, talk came easier.",
            "Chose five from forty pictures and gave each a title.",
        ),
    ),
    "Creative writing": (
        ("A letter from somebody who is not real.", "Finish the story of the lighthouse."),
        (
            "Wrote a letter from an invented aunt, so that it did not have to be about themselves.",
            "Read the draft aloud and changed the ending together.",
        ),
    ),
    "Textiles": (
        ("Sew the first panel.", "Dye with onion skins."),
        (
            "Sewed a panel of the wall hanging by hand; quiet work with something to show for it.",
            "Dyed cloth with onion skins and beetroot, and made a chart of the colours.",
        ),
    ),
    "Beat making": (
        ("Build a loop from kitchen sounds.", "Arrange the track: where does it breathe?"),
        (
            "Recorded sounds in the kitchen and made a loop, because everything can be an instrument.",
            "Arranged the track in four parts and played it to the carer.",
        ),
    ),
    "Comics": (
        ("Six panels without a word.", "Ink page two."),
        (
            "Drew six panels without words, so that pictures carry the story.",
            "Inked page two with a brush pen; they tried three ways of drawing rain.",
        ),
    ),
}

#: What a mentor noticed, by measure.
NOTICED = {
    "participation": ("Came in and began without being asked.", "Stayed to the end and helped to clear up."),
    "engagement": ("Asked three questions about how it is done.", "Forgot the time."),
    "confidence": ("Showed the work to somebody new.", "Asked for the display board without being prompted."),
    "communication": ("Explained the method to another pupil.", "Said when it got too much, before it did."),
    "motivation": ("Brought an idea from home.", "Tried a third time after two that failed."),
    "achievement": ("Finished the piece that was begun in the first week.", "Signed the work for the first time."),
    "leadership": ("Showed a younger pupil how to ink the roller.", "Gave each of us a part and kept us in time."),
    "ambition": ("Talked about a course at the college.", "Wants the next one to be bigger."),
}

#: What got in the way of a session that did not go as planned, by what became of it.
IN_THE_WAY = {
    "absent": ("The taxi did not come. The carer rang at ten past.", "Off school with a cold."),
    "cancelled_by_young_person": ("Wanted to be with friends that day, and said so in good time.",),
    "cancelled_by_mentor": ("I was unwell. The school was told at eight.",),
    "postponed": ("A hard morning. We agreed on another day.",),
    "ended_for_safety": (
        "The room became too loud and a chair went over. Nobody was hurt; the office was told at once.",
    ),
}

INTERESTS = (
    "Draws in the margins of everything. Likes herons and old machines.",
    "Music at all hours; writes lines on the phone and deletes them.",
    "Building things, taking them apart, building them again.",
    "Stories about the sea. Will read if nobody is watching.",
    "Football, dogs, and anything with a motor.",
    "Dressing up, voices, making people laugh.",
    "Baking. Likes to be useful in the kitchen.",
    "Games, and drawing the maps of games.",
)
WHAT_WORKS = (
    "Side by side rather than face to face. Something for the hands.",
    "Being told beforehand what will happen, and when it ends.",
    "Humour. Short tasks with something to show for them.",
    "Mornings. A walk first.",
    "Being asked, not told. Choosing between two things.",
)
RISKS = (
    "",
    "",
    "Leaves the building when overwhelmed. Sit near the door, agree a signal, ring the office at once.",
    "Loud, crowded rooms. Use the small studio.",
    "Tired on Mondays after contact. Keep Monday sessions short.",
)
TARGETS = (
    "Finish one piece of work and show it to somebody of their choice.",
    "Come to four sessions in a row.",
    "Read something aloud to one other person.",
    "Try one thing that might not work.",
    "Choose a place at the summer exhibition.",
)
NEEDS = (
    "Social, emotional and mental health",
    "Speech, language and communication",
    "Moderate learning difficulty",
    "Specific learning difficulty",
    "Autism",
)

NO_EXIT_REVIEW = (
    "Moved placement at short notice; the carer asked us not to visit again so soon.",
    "Did not want to score a second time, and that was respected.",
)
ENDED_EARLY = (
    "Moved to a placement too far away; the new virtual school has been told.",
    "Asked to stop after three sessions. The door stays open.",
    "Started a full-time apprenticeship, a good reason to stop.",
)
PAUSED = (
    "A change of placement; we begin again when things are settled.",
    "Exams first. Starts again after the last paper.",
    "In hospital for a planned operation.",
)
DECLINED = (
    "Another service already works with the same aim; we agreed to wait for its end.",
    "Lives out of reach of every mentor at present; asked the neighbouring virtual school.",
)
WITHDRAWN = ("The young person chose a sports programme instead.", "The school found a place in its own art group.")
ASKED = (
    "Please say which days are possible, and who can let the mentor in.",
    "Please add what the foster carer thinks of it.",
)
ANSWERED = ("Tuesday or Thursday after two; the office knows.", "The carer is glad of it and can drive on Wednesdays.")
SUPERSEDED = "One score was entered in the wrong line; put right after talking to the mentor."
COMMISSION_ENDED = "The mentor moved away; another one goes on with the work."
WORK_ENDED = "The enrolment has ended."
NOT_SCORED = ("The young person's choice", "Not seen yet in the sessions")
