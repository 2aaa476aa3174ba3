"""Pages of lessons, clubs, what was pointed out, work experience and the council, and the panel of a young person."""

from __future__ import annotations

from cmcore_staffordshire.console.life.board import StaffordshireLife
from cmcore_staffordshire.console.life.council import (
    StaffordshireCouncil,
    StaffordshireCouncilPeople,
    StaffordshireDecisions,
)
from cmcore_staffordshire.console.life.doing import StaffordshireClubs, StaffordshireLessons
from cmcore_staffordshire.console.life.panels import of_young_person
from cmcore_staffordshire.console.life.papers import StaffordshireTerms, papers_of
from cmcore_staffordshire.console.life.pointing import StaffordshireSignposts
from cmcore_staffordshire.console.life.working import StaffordshireWork
from console.api import Panel, PluginPage

#: One line in the menu; the others are reached from its board and from a young person's page.
PAGES = (
    PluginPage(StaffordshireLife, "Lessons, clubs, council", "PEPs"),
    PluginPage(StaffordshireLessons),
    PluginPage(StaffordshireClubs),
    PluginPage(StaffordshireSignposts),
    PluginPage(StaffordshireWork),
    PluginPage(StaffordshireDecisions),
    PluginPage(StaffordshireCouncilPeople),
    PluginPage(StaffordshireCouncil),
    PluginPage(StaffordshireTerms, "Staffordshire’s terms", "Set-up"),
)
PANELS = (
    Panel("young_person", "Lessons, clubs and work", of_young_person, "staffordshire_lesson.see"),
    Panel("enrolment", "What the sessions were like", papers_of, "form_answers.see"),
)
