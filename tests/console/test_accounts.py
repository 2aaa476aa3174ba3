"""Accounts and roles: the administrator opens, closes and signs out; nobody lifts themselves or locks everybody out."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from flask import Flask
from sqlalchemy import insert, select

from cmcore.safekeeping.memberships import give_role, take_role
from cmcore.safekeeping.records import AuditEntry, Membership
from cmcore.testing import refused
from console import accounts, first_codes, tables
from tests.console.autumn import Autumn
from tests.console.test_statements import statements
from tests.console.visitor import Visitor

FIRST, OWN = "lantern harbour quilt", "teasel meadow window"
NEW = {"login": "tansy@example.invalid", "name": "Tansy Ferndrake", "role": "coordinator"}


def membership(autumn: Autumn, who: str) -> int:
    """The key of somebody's role."""
    with autumn.stage.work("operator") as work:
        found = work.db.scalar(select(Membership.id).where(Membership.login == f"{who}@example.invalid"))
        assert found is not None
        return found


def administrator(shipped: Flask, autumn: Autumn) -> Visitor:
    return autumn.visitor(shipped, "administrator")


def does(visitor: Visitor, key: int, step: str, **typed: Any) -> str:
    """Take a step on the page of a role; what came of it."""
    path = f"/accounts/{key}/{step}"
    visitor.opens(path).sends(path, **typed)
    return visitor.opens(f"/accounts/{key}").page if visitor.status == 303 else visitor.page


def signed_in(shipped: Flask, login: str, password: str) -> Visitor:
    visitor = Visitor(shipped)
    visitor.opens("/sign-in").sends("/sign-in", username=login, password=password)
    return visitor


def code_on(visitor: Visitor) -> str:
    """The code that is shown in answer to what was sent."""
    found = re.search(r"\b[A-Z2-9]{4}(?:-[A-Z2-9]{4}){3}\b", visitor.page)
    assert visitor.status == 200 and found, visitor.page
    return found.group()


def chooses(shipped: Flask, login: str, code: str, new: str = OWN, again: str = "") -> Visitor:
    """Choose a password with a code, from a browser nobody is signed in with."""
    told = {"username": login, "code": code, "new": new, "again": again or new}
    return Visitor(shipped).opens("/sign-in/first").sends("/sign-in/first", **told)


def test_only_the_administrator_sees_accounts_those_of_their_authority_in_few_statements(
    shipped: Flask, autumn: Autumn
) -> None:
    visitor = administrator(shipped, autumn)
    with statements(autumn.stage.engine) as sent:
        page = visitor.opens("/accounts/").page
    assert "Hester Quillmarsh" in page and "Never" in page and "Nowhere" in page
    assert "elsewhere@example.invalid" not in page and "Piers Dapplewood" not in page
    assert len(sent) <= 8, len(sent)
    assert "No account yet" not in page and visitor.opens("/accounts/?q=nobody").status == 200
    key = membership(autumn, "coordinator")
    with statements(autumn.stage.engine) as sent:
        page = visitor.opens(f"/accounts/{key}").page
    assert "Hester Quillmarsh" in page and "Sign them out everywhere" in page and len(sent) <= 15, len(sent)
    with autumn.stage.work("operator", authority_id=autumn.keys["quillshire"]) as work:
        other = work.db.scalar(select(Membership.id).where(Membership.login == "elsewhere@example.invalid"))
    assert visitor.opens(f"/accounts/{other}").status == 404
    for who in ("head", "coordinator", "mentor", "referrer", "finance", "evaluator"):
        assert autumn.visitor(shipped, who).opens("/accounts/").status == 403, who
        assert autumn.visitor(shipped, who).opens(f"/accounts/{key}").status in (403, 404), who


def test_a_new_account_is_begun_with_a_code_with_which_they_choose_a_password_nobody_else_knows(
    shipped: Flask, autumn: Autumn
) -> None:
    visitor = administrator(shipped, autumn).opens("/accounts/add")
    assert "password" not in visitor.page.split("<main")[1].split("</main>")[0].replace("a password that nobody", "")
    visitor.sends("/accounts/add", **NEW | {"name": ""})
    assert visitor.status == 422 and "Write the name others see" in visitor.page
    visitor.sends("/accounts/add", **NEW | {"role": "operator"})
    assert visitor.status == 422
    visitor.sends("/accounts/add", **NEW)
    code = code_on(visitor)
    key = membership(autumn, "tansy")
    page = visitor.opens(f"/accounts/{key}").page
    assert "Password not chosen yet" in page and "until 13 November 2026, 12:00" in page and code not in page
    tansy = chooses(shipped, NEW["login"], code)
    assert tansy.answer.location == "/" and "nobody else knows it" in tansy.opens("/").page
    assert tansy.opens("/young-people/").status == 200
    assert signed_in(shipped, NEW["login"], OWN).opens("/").status == 200
    assert "Their own" in visitor.opens(f"/accounts/{key}").page
    with autumn.stage.work("operator") as work:
        told = select(AuditEntry.login, AuditEntry.act, AuditEntry.what).where(AuditEntry.kind_of_record == "account")
        lines = [tuple(line) for line in work.db.execute(told.order_by(AuditEntry.id.desc()).limit(3))]
    me = "administrator@example.invalid"
    assert lines == [
        (NEW["login"], "account.choose", "changed"),
        (me, "membership.add", "code given"),
        (me, "membership.add", "added"),
    ]


def test_a_code_works_once_for_three_days_and_only_the_last_one_does(shipped: Flask, autumn: Autumn) -> None:
    visitor, key = administrator(shipped, autumn), membership(autumn, "coordinator")
    login, engine = "coordinator@example.invalid", autumn.stage.engine
    accounts.set_password(engine, login, FIRST)
    hester = autumn.visitor(shipped)
    first = code_on(visitor.opens(f"/accounts/{key}/code").sends(f"/accounts/{key}/code"))
    assert "/sign-in" in hester.opens("/").answer.location and accounts.check(engine, login, FIRST) is None
    last = code_on(visitor.sends(f"/accounts/{key}/code"))
    for wrong in ((login, first), ("mentor@example.invalid", last), ("nobody@example.invalid", last), (login, "")):
        assert chooses(shipped, *wrong).status == 422
    assert "It needs 12 or more" in chooses(shipped, login, last, "short").page
    assert "The two passwords differ" in chooses(shipped, login, last, OWN, FIRST).page
    assert chooses(shipped, f" {login.upper()}", last.replace("-", " ").lower()).status == 303
    again = chooses(shipped, login, last)
    assert again.status == 422 and "was used already, or is over" in again.page and last not in again.page
    over = code_on(visitor.sends(f"/accounts/{key}/code"))
    autumn.stage.clock.at += first_codes.LASTS
    assert chooses(shipped, login, over).status == 422
    visitor = administrator(shipped, autumn)
    assert "is over. Give another one" in visitor.opens(f"/accounts/{key}").page


def test_a_code_is_kept_as_a_hash_and_of_two_who_use_it_at_once_one_does(autumn: Autumn) -> None:
    engine, clock, login = autumn.stage.engine, autumn.stage.clock, "coordinator@example.invalid"
    with autumn.stage.work("administrator", login="administrator@example.invalid") as work:
        code = first_codes.give(work, autumn.accounts["coordinator"], autumn.stage.authority_id, opening=False)
        assert first_codes.to_be_shown(work) == code and first_codes.to_be_shown(work) is None
    with engine.connect() as connection:
        kept = str(connection.execute(select(tables.first_code)).all())
    assert code not in kept and first_codes.hash_of(code) in kept and len(set(code)) > 4
    with ThreadPoolExecutor(2) as both:
        told = [both.submit(first_codes.choose, engine, clock, login, code, f"{OWN} {one}") for one in "ab"]
        assert sorted(one.result() is None for one in told) == [False, True]
    # A password set at the command line takes the place of a code that nobody has used.
    with autumn.stage.work("administrator", login="administrator@example.invalid") as work:
        code = first_codes.give(work, autumn.accounts["coordinator"], autumn.stage.authority_id, opening=False)
    accounts.set_password(engine, login, FIRST)
    assert first_codes.choose(engine, clock, login, code, OWN) is None


def test_the_head_is_told_on_today_who_gave_a_code_for_whose_account(shipped: Flask, autumn: Autumn) -> None:
    head = autumn.visitor(shipped, "head")
    assert "Accounts, lately" not in head.opens("/").page
    visitor = administrator(shipped, autumn).opens("/accounts/add")
    code = code_on(visitor.sends("/accounts/add", **NEW))
    page = head.opens("/").page
    assert "New account: code given by Nell Fallowby on 10 Nov 2026, not used yet" in page and NEW["login"] in page
    code = code_on(visitor.sends(f"/accounts/{membership(autumn, 'tansy')}/code"))
    page = head.opens("/").page
    assert "10 Nov 2026, never used, and over" in page and "New password: code given" in page
    chooses(shipped, NEW["login"], code)
    assert "10 Nov 2026, used on 10 Nov 2026" in head.opens("/").page
    for who in ("coordinator", "administrator"):
        assert "Accounts, lately" not in autumn.visitor(shipped, who).opens("/").page
    with autumn.stage.work("head") as work:
        since = work.clock.now() - first_codes.LASTS
        assert first_codes.given_since(work, {autumn.keys["quillshire"]}, since, 6) == []


def test_a_first_password_of_earlier_opens_nothing_before_it_is_changed(shipped: Flask, autumn: Autumn) -> None:
    login, engine = "coordinator@example.invalid", autumn.stage.engine
    accounts.set_password(engine, login, FIRST)
    with engine.begin() as connection:
        told = {"account_id": autumn.accounts["coordinator"], "set_at": autumn.stage.clock.now()}
        connection.execute(insert(tables.first_password).values(**told))
    hester = signed_in(shipped, login, FIRST)
    for path in ("/", "/young-people/", "/search/", "/accounts/"):
        assert hester.opens(path).answer.headers["Location"] == "/my-account/", path
    assert "Somebody else set your password" in hester.opens("/my-account/").page
    hester.sends("/my-account/password", old=FIRST, new=OWN, again=OWN)
    assert hester.opens("/young-people/").status == 200
    assert "Somebody else set your password" not in hester.opens("/my-account/").page


def test_a_closed_account_is_out_at_once_and_a_code_signs_out_every_browser(shipped: Flask, autumn: Autumn) -> None:
    visitor, hester = administrator(shipped, autumn), autumn.visitor(shipped)
    key = membership(autumn, "coordinator")
    assert hester.opens("/young-people/").status == 200
    assert "Nowhere" in does(visitor, key, "end") and "/sign-in" in hester.opens("/").answer.headers["Location"]
    hester = autumn.visitor(shipped)
    page = does(visitor, key, "close")
    assert "Account closed" in page and "Open the account again" in page
    assert "/sign-in" in hester.opens("/young-people/").answer.headers["Location"]
    assert "Open" in does(visitor, key, "open_again")
    hester = autumn.visitor(shipped)
    assert hester.opens("/").status == 200
    assert code_on(visitor.sends(f"/accounts/{key}/code"))
    assert "/sign-in" in hester.opens("/").answer.headers["Location"]


def test_a_role_that_is_taken_away_ends_with_the_next_page_and_can_be_given_back(
    shipped: Flask, autumn: Autumn
) -> None:
    visitor, finance = administrator(shipped, autumn), autumn.visitor(shipped, "finance")
    key = membership(autumn, "finance")
    assert finance.opens("/invoices/").status == 200
    assert "Role taken away" in does(visitor, key, "take_away")
    assert finance.opens("/invoices/").status == 403
    assert "Role taken away" not in does(visitor, key, "give_back") and finance.opens("/invoices/").status == 200


def test_nobody_lifts_themselves_and_the_last_administrator_stays(shipped: Flask, autumn: Autumn) -> None:
    visitor, own = administrator(shipped, autumn), membership(autumn, "administrator")
    me = "administrator@example.invalid"
    visitor.opens("/accounts/add").sends("/accounts/add", login=me, role="head")
    assert visitor.status == 422 and "Nobody gives themselves a role" in visitor.page
    for step in ("take_away", "close"):
        assert "cannot be done yet" in visitor.opens(f"/accounts/{own}/{step}").page, step
        visitor.sends(f"/accounts/{own}/{step}")
        assert visitor.status == 422, step
    # As a script would, past the page: the library keeps the same.
    with autumn.stage.work("administrator", login=me) as work, refused(None, "Nobody gives themselves"):
        give_role(work, autumn.stage.authority_id, me.upper(), "head")
    with autumn.stage.work("administrator", login="another") as work, refused(None, "the last administrator"):
        take_role(work, work.get(Membership, own))
    # A second one whose account is closed cannot keep the accounts either.
    second = NEW | {"role": "administrator"}
    visitor.opens("/accounts/add").sends("/accounts/add", **second)
    assert code_on(visitor)
    accounts.deactivate(autumn.stage.engine, NEW["login"])
    assert "cannot be done yet" in visitor.opens(f"/accounts/{own}/take_away").page
    accounts.reactivate(autumn.stage.engine, NEW["login"])
    assert "cannot be done yet" not in visitor.opens(f"/accounts/{own}/take_away").page


def test_an_account_that_works_for_another_authority_too_is_not_closed_from_here(
    shipped: Flask, autumn: Autumn
) -> None:
    visitor, key = administrator(shipped, autumn), membership(autumn, "coordinator")
    with autumn.stage.work("operator", authority_id=autumn.keys["quillshire"]) as work:
        give_role(work, autumn.keys["quillshire"], "coordinator@example.invalid", "head")
    for step in ("close", "code", "end"):
        visitor.opens(f"/accounts/{key}/{step}")
        assert "whose accounts you do not keep" in visitor.page, step
        visitor.sends(f"/accounts/{key}/{step}")
        assert visitor.status == 422, step
    assert "Role taken away" in does(visitor, key, "take_away")


def test_a_role_is_held_once_and_a_mentor_is_named_by_the_reference_of_their_record(
    shipped: Flask, autumn: Autumn
) -> None:
    visitor = administrator(shipped, autumn).opens("/accounts/add")
    visitor.sends("/accounts/add", login="coordinator@example.invalid", role="coordinator")
    assert visitor.status == 422 and "is coordinator here already" in visitor.page
    visitor.sends("/accounts/add", login="mentor@example.invalid", role="mentor", mentor_ref="WR-M-9999")
    assert visitor.status == 422 and "No mentor here has the reference" in visitor.page
    visitor.sends("/accounts/add", **NEW | {"role": "mentor"})
    assert visitor.status == 422 and 'href="#q-mentor-ref"' in visitor.page or "Reference" in visitor.page
