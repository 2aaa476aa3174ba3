"""Arts Award as data: five levels of Trinity College London, their parts, and what each part asks.

Source: DOMAIN §9, after Trinity's qualification specifications. A number that no source gives stays empty.
"""

from __future__ import annotations

from cmcore.api import AwardScheme, Level, Need, Part, Unit

#: The key of the scheme, and of its levels.
ARTS_AWARD = "arts_award"

_ARTIST, _ORGANISATION = Need(key="artist", words="an artist"), Need(key="organisation", words="an arts organisation")

DISCOVER = Level(
    key="discover",
    title="Discover",
    standing="Introductory",
    age_from=0,
    age_to=25,
    meant_from=5,
    meant_to=9,
    moderated=False,
    units=(
        Unit(
            key="1",
            title="",
            parts=(
                Part(key="A", title="Discover", asks="Finds out what arts there are, and takes part in one."),
                Part(key="B", title="Find out", asks="Finds out about an artist and their work."),
                Part(key="C", title="Share", asks="Shares with others what they enjoyed and learned."),
            ),
        ),
    ),
)

EXPLORE = Level(
    key="explore",
    title="Explore",
    standing="Entry 3",
    age_from=0,
    age_to=25,
    meant_from=7,
    meant_to=11,
    units=(
        Unit(
            key="1",
            title="",
            parts=(
                Part(key="A", title="Inspire", asks="Takes part in arts activities, and says what inspired them."),
                Part(
                    key="B",
                    title="Explore",
                    asks="Finds out about the work of an artist and of an arts organisation.",
                    needs=(_ARTIST, _ORGANISATION),
                ),
                Part(key="C", title="Create", asks="Makes a piece of work of their own."),
                Part(key="D", title="Present", asks="Presents their work, and what they explored, to others."),
            ),
        ),
    ),
)

BRONZE = Level(
    key="bronze",
    title="Bronze",
    standing="Level 1",
    age_from=11,
    age_to=25,
    meant_from=11,
    meant_to=25,
    units=(
        Unit(
            key="1",
            title="",
            parts=(
                Part(
                    key="A",
                    title="Take part",
                    asks="Takes part in an art form, and shows how they got better at it.",
                    not_reused=True,
                ),
                Part(
                    key="B",
                    title="Be an audience",
                    asks="Goes to an arts event, and shares a review of it.",
                    not_reused=True,
                ),
                Part(
                    key="C",
                    title="Arts inspiration",
                    asks="Looks into an artist or craftsperson who inspires them.",
                    not_reused=True,
                ),
                Part(
                    key="D",
                    title="Pass on a skill",
                    asks="Passes an arts skill on to others, and shows how it went.",
                    not_reused=True,
                ),
            ),
        ),
    ),
)

SILVER = Level(
    key="silver",
    title="Silver",
    standing="Level 2",
    age_from=11,
    age_to=25,
    meant_from=11,
    meant_to=25,
    qualification_number="500/9914/0",
    hours=95,
    guided_hours=60,
    units=(
        Unit(
            key="1",
            title="Arts practice and pathways",
            parts=(
                Part(key="1A", title="Arts challenge", asks="Sets a challenge, plans it, does it, and reviews it."),
                Part(key="1B", title="Arts events", asks="Reviews arts events, and shares what they think."),
                Part(key="1C", title="Arts research", asks="Looks into artists, and how they trained and work."),
                Part(key="1D", title="Arts pathways", asks="Finds out what they could learn or work as in the arts."),
            ),
        ),
        Unit(
            key="2",
            title="Arts leadership",
            parts=(
                Part(
                    key="2",
                    title="Arts leadership",
                    asks="Plans and leads an arts project, works with others, and reviews their leading.",
                    not_reused=True,
                ),
            ),
        ),
    ),
)

GOLD = Level(
    key="gold",
    title="Gold",
    standing="Level 3 certificate",
    age_from=11,
    age_to=25,
    meant_from=11,
    meant_to=25,
    qualification_number="500/9666/7",
    ucas_points=16,
    units=(
        Unit(
            key="1",
            title="Personal arts development",
            parts=(
                Part(
                    key="1A", title="Extend practice", asks="Extends their own practice with an art form new to them."
                ),
                Part(key="1B", title="Arts world", asks="Takes a placement, a course or voluntary work in the arts."),
                Part(key="1C", title="Arts research", asks="Looks into artists and arts that advance their practice."),
                Part(key="1D", title="Arts issue", asks="Forms a view on an issue in the arts, and puts it to others."),
            ),
        ),
        Unit(
            key="2",
            title="Arts project leadership",
            parts=(
                Part(
                    key="2A", title="Aims", asks="Says what their project is to reach, and for whom.", not_reused=True
                ),
                Part(key="2B", title="Plan", asks="Plans and organises the project.", not_reused=True),
                Part(key="2C", title="Lead", asks="Leads the project, and works with others.", not_reused=True),
                Part(key="2D", title="Show", asks="Brings the project before an audience.", not_reused=True),
                Part(key="2E", title="Review", asks="Reviews the project and their own leading.", not_reused=True),
            ),
        ),
    ),
)

SCHEME = AwardScheme(
    key=ARTS_AWARD,
    title="Arts Award",
    awarding_body="Trinity College London",
    levels=(DISCOVER, EXPLORE, BRONZE, SILVER, GOLD),
)
