"""Every record of the core in one place, with the guards and reaches that must be known before one is touched."""

from __future__ import annotations

from sqlalchemy import MetaData
from sqlalchemy.orm import configure_mappers

import cmcore.activity_reports.records
import cmcore.answers.records
import cmcore.commissions.actions  # brings the guard "active_commission"
import cmcore.commissions.records
import cmcore.concerns.records
import cmcore.consents.records
import cmcore.enrolments.records
import cmcore.evidence.records
import cmcore.exchange.records
import cmcore.feeds.records
import cmcore.funding.records
import cmcore.invoices.before_accepting  # brings the guard "still_to_be_billed"
import cmcore.invoices.records
import cmcore.jobs.daily  # brings the long work of each day
import cmcore.jobs.packs  # brings packs of reports as long work
import cmcore.jobs.records
import cmcore.journals.records
import cmcore.lists.records
import cmcore.matching.records
import cmcore.mentors.records
import cmcore.messages.records
import cmcore.money.actions  # brings the guard "funded"
import cmcore.money.records
import cmcore.network.records
import cmcore.peps.records
import cmcore.plugins.records
import cmcore.programmes.records
import cmcore.readiness.records
import cmcore.referrals.records
import cmcore.returns.tasks  # brings imports as long work
import cmcore.reviews.actions  # brings the guard "exit_review"
import cmcore.reviews.records
import cmcore.risks.records
import cmcore.safekeeping.records
import cmcore.sessions.records
import cmcore.stories.records
import cmcore.virtual_schools.records
import cmcore.workbooks.records
import cmcore.young_people.records
from cmcore.base.migrations.lines import Line
from cmcore.base.records import Record


def metadata() -> MetaData:
    """The tables of the core."""
    configure_mappers()
    return Record.metadata


#: The core's line of migrations.
LINE = Line("core", "cmcore.base.migrations:versions", ("cm_",), metadata)
