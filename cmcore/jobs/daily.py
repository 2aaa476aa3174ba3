"""The long work of each day: what runs late is counted, notices of checks that run out go out, and the digests."""

from __future__ import annotations

from cmcore.base.words import count, in_words
from cmcore.jobs.doing import Doing
from cmcore.jobs.kinds import Result, task
from cmcore.messages.queries import running_out
from cmcore.reviews.queries import overdue

#: More than so many late reviews are not told apart.
_MOST = 10_000


@task("daily.late", "What runs late, counted", "message.add", daily=True)
def count_what_is_late(doing: Doing) -> Result:
    """Count the checks that run out within the notices' days, the reviews that are overdue and the late baselines."""
    doing.tell("counts", 0, 2)
    with doing.looking() as work:
        out = {(one.mentor_id, one.kind) for one in running_out(work, doing.authority_id)}
        doing.tell("counts", 1, 2)
        late = overdue(work, doing.authority_id, _MOST)
    reviews, baselines = sum(one.last_on is not None for one in late), sum(one.last_on is None for one in late)
    doing.tell("counts", 2, 2)
    told = [
        count(len(out), "check runs out", "checks run out"),
        count(reviews, "review is overdue", "reviews are overdue"),
        count(baselines, "baseline is late", "baselines are late"),
    ]
    counts = {"checks running out": len(out), "reviews overdue": reviews, "baselines late": baselines}
    return Result(f"{in_words(told)}.", counts)


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
