"""How long a form takes to become a PDF, beside typst setting a bare page, and whether memory grows."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from datetime import UTC, date, datetime

import psutil
import typst

from bench.paperwork import WHO, papers, reports_of
from cmcore.activity_reports.paper import report_pdf
from cmcore.activity_reports.records import ActivityReport
from cmcore.activity_reports.word import report_word
from cmcore.exchange.documents.form_document import form_pdf
from cmcore.exchange.documents.heading import Heading
from cmcore.jobs.forms import PackAnswers
from cmcore.jobs.packs import ask_for_pack
from cmcore.jobs.records import Task
from cmcore.jobs.tasks import Tasks
from cmcore.measures.shipped import EIGHT
from cmcore.messages.mail import Mail
from cmcore.messages.sending import PostRoom
from cmcore.referrals.forms import ReferralAnswers
from cmcore.reviews.forms import review_form

MOST_MS = 150.0
COMPILES = 500
#: So many reports make the pack, and it may take so long.
PACK, MOST_PACK_SECONDS = 500, 60.0
OCTOBER = PackAnswers(starts_on=date(2026, 10, 1), ends_on=date(2026, 10, 31))
_WORDS = "Two colours of lino, and a talk about the river. She chose the picture and showed another pupil how. "


def _heading(number: int) -> Heading:
    return Heading(authority=f"Authority {number}", reference=f"WR-{number:04d}", printed_at=datetime.now(UTC))


def _blank(number: int) -> bytes:
    return form_pdf(ReferralAnswers, heading=_heading(number))


def _filled(number: int) -> bytes:
    scores = {one.key: {"value": 1 + number % 5, "note": f"Note {number}"} for one in EIGHT.measures}
    values = {"held_on": "2026-11-10", "scores": scores, "words_said": f"{number}: {_WORDS * 6}"}
    return form_pdf(review_form(EIGHT), values, heading=_heading(number))


def _bare(number: int) -> bytes:
    made = typst.compile(
        f'#set document(title: "Page {number}")\n#set text(lang: "en")\n= {number}'.encode(),
        format="pdf",
        pdf_standards=["ua-1"],
        ignore_system_fonts=True,
    )
    assert isinstance(made, bytes)
    return made


def run(rounds: int) -> None:
    """Print the medians, each sheet another one so that nothing is remembered, and the memory after many."""
    contenders: dict[str, Callable[[int], bytes]] = {
        "a referral to fill in, three pages": _blank,
        "a review filled in, two pages": _filled,
        "typst, an empty page": _bare,
    }
    taken: dict[str, list[float]] = {name: [] for name in contenders}
    for number in range(rounds + 1):
        for name, make in contenders.items():
            began = time.perf_counter()
            make(number)
            if number:
                taken[name].append((time.perf_counter() - began) * 1000)
    for name, times in taken.items():
        print(f"{name}: {statistics.median(times):.0f} ms")
    slowest = max(statistics.median(times) for times in taken.values())
    print(f"  under {MOST_MS:.0f} ms: {'holds' if slowest < MOST_MS else 'does not hold'}")
    _activity_reports(rounds)
    process = psutil.Process()
    for number in range(100):
        _filled(1000 + number)
    before = process.memory_info().rss
    for number in range(COMPILES):
        _filled(2000 + number)
    grown = (process.memory_info().rss - before) / 1_000_000
    print(f"memory after {COMPILES} more sheets: {grown:+.0f} MB")


def _activity_reports(rounds: int) -> None:
    """One activity report as PDF and as Word, and a pack of five hundred in one job."""
    with papers() as made:
        reports_of(made, PACK - 1)
        with made.stage.work() as work:
            for words, makes, most in (("PDF", report_pdf, MOST_MS), ("Word", report_word, None)):
                times = []
                for number in range(rounds + 1):
                    report = work.get(ActivityReport, 2 + number % (PACK - 1))
                    began = time.perf_counter()
                    makes(work, report)
                    times.append((time.perf_counter() - began) * 1000)
                median = statistics.median(times[1:])
                print(f"an activity report of four sessions as {words}: {median:.0f} ms")
                if most:
                    print(f"  under {most:.0f} ms: {'holds' if median < most else 'does not hold'}")
            work.undo()
        with made.stage.work(login=WHO) as work:
            key = ask_for_pack(work, made.stage.authority_id, OCTOBER).id
        began = time.perf_counter()
        Tasks(PostRoom(made.stage.engine, Mail(), made.stage.clock), 24).sweep()
        took = time.perf_counter() - began
        with made.stage.work(login=WHO) as work:
            said = work.get(Task, key).said
            work.undo()
    print(f"{PACK} in one job: {took:.1f} s, {took / PACK * 1000:.0f} ms each. {said}")
    print(f"  under {MOST_PACK_SECONDS:.0f} s: {'holds' if took < MOST_PACK_SECONDS else 'does not hold'}")
