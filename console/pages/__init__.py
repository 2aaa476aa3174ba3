"""The console's pages, in the order of its menu: one file for each kind of record, registered here."""

from __future__ import annotations

from console.framework import Console


def register(console: Console) -> None:
    """Register every page that comes with the console."""
    from console.pages.commissions import Commissions
    from console.pages.enrolments import Enrolments
    from console.pages.referrals import Referrals
    from console.pages.reviews import Reviews
    from console.pages.sessions import Sessions
    from console.pages.young_people import YoungPeople

    console.add_view(YoungPeople, "Young people")
    console.add_view(Referrals, "Referrals")
    console.add_view(Enrolments, "Enrolments", category="Programmes")
    console.add_view(Commissions, "Commissions", category="Programmes")
    console.add_view(Reviews, "Reviews", category="Programmes")
    console.add_view(Sessions, "Sessions")
