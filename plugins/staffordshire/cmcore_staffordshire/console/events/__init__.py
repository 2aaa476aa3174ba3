"""Pages of events: the calendar, events, places at them, attendance, inviting, wishes, and who has no award."""

from __future__ import annotations

from cmcore_staffordshire.console.events.attendance import StaffordshireAttendance
from cmcore_staffordshire.console.events.inviting import StaffordshireInviting
from cmcore_staffordshire.console.events.month import StaffordshireCalendar
from cmcore_staffordshire.console.events.panels import of_young_person
from cmcore_staffordshire.console.events.places import StaffordshireBookings, StaffordshireWithoutAward
from cmcore_staffordshire.console.events.records import StaffordshireEvents
from cmcore_staffordshire.console.events.wishes import StaffordshireWishes
from console.api import Panel, PluginPage

#: One line in the menu; the others are reached from the calendar, an event, or a young person's page.
PAGES = (
    PluginPage(StaffordshireCalendar, "Events", "PEPs"),
    PluginPage(StaffordshireEvents),
    PluginPage(StaffordshireBookings),
    PluginPage(StaffordshireWithoutAward),
    PluginPage(StaffordshireWishes),
    PluginPage(StaffordshireAttendance),
    PluginPage(StaffordshireInviting),
)
PANELS = (Panel("young_person", "Events and wishes", of_young_person, "staffordshire_booking.see"),)
