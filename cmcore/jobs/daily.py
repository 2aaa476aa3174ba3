"""The long work of each day: what runs late is counted, notices of checks that run out go out, and the digests."""

from __future__ import annotations

from datetime import date

from cmcore.base.periods import financial_year
from cmcore.base.words import count, in_words
from cmcore.invoices.queries import tally_between
from cmcore.jobs.doing import Doing
from cmcore.jobs.kinds import Result, task
from cmcore.messages.queries import running_out
from cmcore.reviews.queries import overdue
from cmcore.sessions.drafts import clear_old_drafts
from cmcore.workbooks.remembered import clear_old_columns

#: More than so many late reviews are not told apart.
_MOST = 10_000


@task("daily.late", "What runs late, counted", "message.add", daily=True)
def count_what_is_late(doing: Doing) -> Result:
    """Count the checks that run out soon, overdue reviews, late baselines, and days billed otherwise than accepted."""
    doing.tell("counts", 0, 3)
    with doing.looking() as work:
        out = {(one.mentor_id, one.kind) for one in running_out(work, doing.authority_id)}
        doing.tell("counts", 1, 3)
        late = overdue(work, doing.authority_id, _MOST)
        doing.tell("counts", 2, 3)
        since = date(financial_year(work.today), 4, 1)
        tallied = tally_between(work, doing.authority_id, since, work.today)
    reviews, baselines = sum(one.last_on is not None for one in late), sum(one.last_on is None for one in late)
    differing = sum(row.billed is not None and row.differs for row in tallied)
    doing.tell("counts", 3, 3)
    told = [
        count(len(out), "check runs out", "checks run out"),
        count(reviews, "review is overdue", "reviews are overdue"),
        count(baselines, "baseline is late", "baselines are late"),
        count(differing, "day billed does not tally", "days billed do not tally"),
    ]
    counts = {
        "checks running out": len(out),
        "reviews overdue": reviews,
        "baselines late": baselines,
        "days that do not tally": differing,
    }
    return Result(f"{in_words(told)}.", counts)


@task("daily.drafts", "Drafts of sessions past their days, thrown away", "session_draft.clear", daily=True)
def throw_old_drafts_away(doing: Doing) -> Result:
    """Throw away what somebody typed of a session and has not touched for 28 days."""
    with doing.step() as work:
        many = clear_old_drafts(work)
    said = f"{count(many, 'draft')} thrown away." if many else "No draft was past its days."
    return Result(said, {"drafts thrown away": many})


@task("daily.columns", "Remembered columns past their days, forgotten", "column_mapping.clear", daily=True)
def forget_old_columns(doing: Doing) -> Result:
    """Forget which columns of a file were which, where nothing has been brought in by it for two years."""
    with doing.step() as work:
        many = clear_old_columns(work)
    one, several = "matching of columns forgotten", "matchings of columns forgotten"
    return Result(f"{count(many, one, several)}." if many else "No columns were past their days.", {several: many})


@task("daily.notices", "Notices of checks that run out", "message.send", daily=True, by_mail=True)
def send_notices(doing: Doing) -> Result:
    """Tell whoever is to be told of checks that run out; who was told is told no more."""
    return _sent(doing.room.expiries_in(doing.authority_id))


@task("daily.digests", "Digests of what waits", "message.send", daily=True, by_mail=True)
def send_digests(doing: Doing) -> Result:
    """Tell everybody what waits for them, once a day."""
    return _sent(doing.room.digests_in(doing.authority_id, doing.tell))


def _sent(many: int) -> Result:
    return Result(f"{count(many, 'message')} sent." if many else "There was nothing to send.", {"messages sent": many})
