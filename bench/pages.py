"""The pages of the console beside Django's admin, Flask-Admin and the floor, asked for in turn in one run."""

from __future__ import annotations

import gc
import random
import re
import statistics
import time
from collections import defaultdict

from bench.contender import PAGES, Chosen, Contender
from bench.ground import LOCAL_LOGIN, Ground

#: How often a page may be as slow as the floor, and how many statements a list may send.
TIMES_FLOOR, LIST_STATEMENTS, PERSON_STATEMENTS = 4.0, 6, 15
#: By whom every contender says that a referral was asked for.
WRITTEN_BY = "Bench Quillmarsh"
_WARM = 8


def choose(ground: Ground) -> Chosen:
    """The rows that everybody is asked for."""
    with ground.psycopg() as connection:

        def one(statement: str) -> tuple[int, ...]:
            found = connection.execute(statement).fetchone()
            assert found is not None
            return tuple(found)

        many = "SELECT young_person_id, authority_id FROM cm_session WHERE id = %d"
        session_id = one("SELECT id FROM cm_session ORDER BY id OFFSET 500000 LIMIT 1")[0]
        person_id, authority_id = one(many % session_id)
        programme_id = one(f"SELECT id FROM cm_programme WHERE authority_id = {authority_id}")[0]
        referral_id = one("SELECT id FROM cm_referral WHERE state = 'submitted' ORDER BY id OFFSET 500 LIMIT 1")[0]
        local_id = one("SELECT id FROM cm_young_person ORDER BY id LIMIT 1")[0]
    return Chosen(session_id, referral_id, person_id, programme_id, authority_id, local_id)


def contenders(ground: Ground, chosen: Chosen) -> list[Contender]:
    """Everybody who is compared, ours first."""
    from bench.apps import django_admin, flask_admin_app, floor, ours

    return [
        ours.contender(ground, chosen),
        django_admin.contender(ground, chosen),
        flask_admin_app.contender(ground, chosen),
        floor.contender(ground, chosen),
    ]


def forget_what_was_written(ground: Ground) -> None:
    """Take away the referrals that were created: whoever has hundreds open is no measure for anybody."""
    with ground.psycopg() as connection:
        connection.execute("DELETE FROM cm_referral WHERE referrer_name = %s", (WRITTEN_BY,))


def check(all_of: list[Contender]) -> None:
    """Refuse to compare pages that do not show the same rows."""
    for key, words in PAGES:
        shown = {}
        for one in all_of:
            answer = one.ask[key]()
            if answer.status_code not in ((200,) if key != "create" else (302, 303)):
                raise SystemExit(f"{one.name}, {words}: {answer.status_code}\n{answer.text[:2000]}")
            shown[one.name] = set(re.findall(r"\b[A-Z]{2,3}-\d{4,}\b", answer.text))
        if key in ("list", "deep", "search", "sessions") and len({frozenset(each) for each in shown.values()}) != 1:
            few = {name: (len(each), sorted(each)[:3]) for name, each in shown.items()}
            raise SystemExit(f"{words}: not the same rows: {few}")


def measure(ground: Ground, all_of: list[Contender], rounds: int) -> dict[tuple[str, str], tuple[float, int]]:
    """The median milliseconds and the statements of each page of each contender, taken in turn."""
    taken: dict[tuple[str, str], list[float]] = defaultdict(list)
    sent: dict[tuple[str, str], int] = {}
    order, draw = list(all_of), random.Random(1)
    for turn in range(rounds + _WARM):
        for key, _ in PAGES:
            draw.shuffle(order)
            for one in order:
                if key == "create":
                    # Before each, so that everybody finds the same: no open referral, and nothing to warn of.
                    forget_what_was_written(ground)
                one.statements.take()
                gc.collect()
                began = time.perf_counter()
                one.ask[key]()
                if turn >= _WARM:
                    taken[one.name, key].append((time.perf_counter() - began) * 1000)
                sent[one.name, key] = len([each for each in one.statements.take() if not _transactional(each)])
    return {key: (statistics.median(each), sent[key]) for key, each in taken.items()}


def _transactional(statement: str) -> bool:
    return statement.split(" ", 1)[0].upper() in ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")


def run(ground: Ground, rounds: int) -> None:
    """Print the table, and what does not hold."""
    chosen = choose(ground)
    all_of = contenders(ground, chosen)
    check(all_of)
    # More rounds than are printed go before: the driver prepares a statement once it was sent five times.
    found = measure(ground, all_of, rounds)
    names = [one.name for one in all_of]
    print(f"\nMedian of {rounds} requests in ms (statements), then how many times the floor,")
    print("and how many times as fast as the faster peer.\n")
    print(f"| page | {' | '.join(names)} | times the floor | times as fast as a peer |")
    print("|---" * (len(names) + 3) + "|")
    slow = []
    for key, words in PAGES:
        cells = [f"{found[name, key][0]:.1f} ({found[name, key][1]})" for name in names]
        own, floor = found["ours", key][0], found["floor", key][0]
        peer = min(found[name, key][0] for name in names[1:3])
        print(f"| {words} | {' | '.join(cells)} | {own / floor:.1f} | {peer / own:.1f} |")
        if own / floor > TIMES_FLOOR:
            slow.append(f"{words}: {own / floor:.1f} times the floor")
        if own >= peer:
            slow.append(f"{words}: slower than a peer")
        if key in ("list", "deep", "search", "sessions") and found["ours", key][1] > LIST_STATEMENTS:
            slow.append(f"{words}: {found['ours', key][1]} statements")
    slow += _person(ground, chosen, all_of[0], all_of[-1], rounds)
    print("\n" + ("Every target holds." if not slow else "Not yet:\n- " + "\n- ".join(slow)))


def _person(ground: Ground, chosen: Chosen, own: Contender, floor: Contender, rounds: int) -> list[str]:
    """The young person's page beside a bare page over the same tables, and our pages for somebody in one authority."""
    from bench.apps import ours

    taken: dict[str, list[float]] = defaultdict(list)
    sent = 0
    for turn in range(rounds + _WARM):
        for one in (own, floor):
            one.statements.take()
            began = time.perf_counter()
            one.ask["person"]()
            if turn >= _WARM:
                taken[one.name].append((time.perf_counter() - began) * 1000)
            if one is own:
                sent = len(one.statements.take())
    mine, bare = statistics.median(taken["ours"]), statistics.median(taken["floor"])
    print(f"\nA young person's page: {mine:.1f} ms ({sent} statements), {mine / bare:.1f} times a bare one.")
    local = ours.contender(ground, chosen, LOCAL_LOGIN, "ours, one authority")
    said = []
    for key, words in PAGES:
        if key in ("list", "search", "sessions"):
            times = []
            for turn in range(rounds + _WARM):
                began = time.perf_counter()
                local.ask[key]()
                if turn >= _WARM:
                    times.append((time.perf_counter() - began) * 1000)
            said.append(
                f"{words.split(' of ')[0] if key != 'sessions' else 'sessions'} {statistics.median(times):.1f} ms"
            )
    print(f"For a coordinator of one authority: {', '.join(said)}.")
    return [f"a young person's page: {sent} statements"] if sent > PERSON_STATEMENTS else []
