"""Signing in and out: who gets in, how long it lasts, and what a cookie is worth afterwards."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import Engine, func, select

from cmcore.base.clock import StoppedClock
from console import accounts, passwords, tables
from console.place import Place
from console.throttle import Throttle, wait_after
from tests.console import town
from tests.console.visitor import Visitor


def test_somebody_with_the_right_password_comes_in_and_lands_where_they_were_going(visitor: Visitor) -> None:
    visitor.opens("/young-people/?q=Brindle")
    assert visitor.answer.location == "/sign-in?next=/young-people/?q%3DBrindle"
    visitor.tries(town.HESTER, town.PASSWORD, visitor.answer.location)
    assert visitor.status == 303 and visitor.answer.location == "/young-people/?q=Brindle"
    assert "Hester Quillmarsh" in visitor.opens(visitor.answer.location).page


@pytest.mark.parametrize("login", [town.HESTER.upper(), f"  {town.HESTER} "])
def test_the_sign_in_name_may_be_written_in_any_case_and_with_blanks(visitor: Visitor, login: str) -> None:
    assert visitor.signs_in(login).status == 200


@pytest.mark.parametrize(
    ("login", "password"),
    [
        (town.HESTER, "wrong words entirely"),
        ("nobody@wrenshire.example", town.PASSWORD),
        (town.HESTER, town.PASSWORD.upper()),
    ],
)
def test_a_wrong_name_and_a_wrong_password_read_the_same(visitor: Visitor, login: str, password: str) -> None:
    visitor.tries(login, password)
    assert visitor.status == 422
    assert "This name and this password do not go together." in visitor.page
    assert password not in visitor.page
    assert visitor.opens("/").status == 303


def test_an_unknown_name_costs_a_hash_as_a_known_one_does(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(passwords._hasher.__class__, "verify", lambda self, kept, given: asked.append(kept) or False)
    accounts.check(engine, "nobody@wrenshire.example", "x")
    accounts.check(engine, town.HESTER, "x")
    assert len(asked) == 2 and all(kept.startswith("$argon2id$") for kept in asked)


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example/",
        "https://evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "/a\nb",
        "http:evil",
        "",
    ],
)
def test_signing_in_leads_to_no_other_host(visitor: Visitor, target: str) -> None:
    visitor.opens("/sign-in").sends(
        "/sign-in?" + "next=" + target.replace("\n", "%0A"), username=town.HESTER, password=town.PASSWORD
    )
    assert visitor.answer.location == "/"


def test_signing_in_gives_a_token_the_browser_never_had(visitor: Visitor) -> None:
    visitor.opens("/sign-in")
    before = visitor.cookie()
    visitor.signs_in(town.HESTER)
    assert before and visitor.cookie() and visitor.cookie() != before
    assert Visitor(visitor.client.application).holds(before).opens("/").status == 303


def test_the_token_is_kept_as_a_hash_only(hester: Visitor, engine: Engine) -> None:
    with engine.connect() as connection:
        rows = connection.execute(select(tables.session)).mappings().all()
    token = hester.cookie() or ""
    assert [row["token_hash"] for row in rows] == [accounts.hash_of(token)]
    assert token not in str(rows)


def test_signing_out_kills_every_copy_of_the_cookie_and_every_other_device(hester: Visitor, app: Flask) -> None:
    thief = Visitor(app).holds(hester.cookie() or "")
    phone = Visitor(app).signs_in(town.HESTER)
    assert thief.opens("/").status == 200
    hester.sends("/sign-out")
    assert hester.cookie() is None
    assert "On this device and on every other." in hester.opens(hester.answer.location).page
    assert thief.opens("/").status == 303 and phone.opens("/").status == 303


def test_there_is_no_signing_out_by_a_link(hester: Visitor) -> None:
    assert hester.opens("/sign-out").status == 405
    assert hester.opens("/").status == 200


def test_a_changed_password_signs_out_every_other_device_and_renews_this_one(hester: Visitor, app: Flask) -> None:
    phone = Visitor(app).signs_in(town.HESTER)
    before = hester.cookie()
    hester.opens("/my-account/").sends(
        "/my-account/password", old=town.PASSWORD, new="thimble harbour oats", again="thimble harbour oats"
    )
    assert hester.status == 303
    assert "Your password is changed." in hester.opens("/my-account/").page
    assert hester.cookie() != before
    assert phone.opens("/").status == 303
    assert Visitor(app).tries(town.HESTER, town.PASSWORD).status == 422
    assert Visitor(app).signs_in(town.HESTER, "thimble harbour oats").status == 200


@pytest.mark.parametrize(
    ("old", "new", "again", "said"),
    [
        ("not the old one", "thimble harbour oats", "thimble harbour oats", "This is not your present password."),
        (town.PASSWORD, "short", "short", "The new password has 5 characters. It needs 12 or more"),
        (town.PASSWORD, "thimble harbour oats", "thimble harbour oat", "The two new passwords differ."),
        (town.PASSWORD, town.HESTER, town.HESTER, "The new password is your e-mail address."),
        (town.PASSWORD, "aaaaaaaaaaaaaa", "aaaaaaaaaaaaaa", "repeats the same few characters"),
    ],
)
def test_a_password_that_cannot_be_taken_is_refused_with_the_reason(
    hester: Visitor, old: str, new: str, again: str, said: str
) -> None:
    hester.opens("/my-account/").sends("/my-account/password", old=old, new=new, again=again)
    assert hester.status == 422 and said in hester.page
    assert hester.opens("/").status == 200


def test_a_closed_account_is_out_at_once_and_stays_out(hester: Visitor, app: Flask, engine: Engine) -> None:
    accounts.deactivate(engine, town.HESTER)
    assert hester.opens("/").status == 303
    assert Visitor(app).tries(town.HESTER, town.PASSWORD).status == 422
    accounts.reactivate(engine, town.HESTER)
    assert Visitor(app).signs_in(town.HESTER).status == 200


def test_a_sign_in_ends_after_twenty_minutes_without_use_and_says_so(hester: Visitor, clock: StoppedClock) -> None:
    clock.at += timedelta(minutes=19)
    assert hester.opens("/").status == 200
    clock.at += timedelta(minutes=19)
    assert hester.opens("/").status == 200
    clock.at += timedelta(minutes=21)
    assert hester.opens("/young-people/").answer.location == "/sign-in?next=/young-people/&why=idle"
    assert "You were signed out after 20 minutes without use" in hester.opens(hester.answer.location).page


def test_a_sign_in_ends_after_twelve_hours_whatever_happens(hester: Visitor, clock: StoppedClock) -> None:
    for _ in range(12 * 4):
        clock.at += timedelta(minutes=15)
        hester.opens("/")
    assert hester.status == 200
    clock.at += timedelta(minutes=1)
    assert "why=ended" in hester.opens("/").answer.location


def test_a_hash_made_with_other_parameters_is_made_again_at_the_next_sign_in(visitor: Visitor, engine: Engine) -> None:
    other = passwords.PasswordHasher(time_cost=2, memory_cost=16, parallelism=1, type=passwords.Type.ID).hash(
        town.PASSWORD
    )
    with engine.begin() as connection:
        connection.execute(
            tables.account.update().where(tables.account.c.username == town.HESTER).values(password=other)
        )
    visitor.signs_in(town.HESTER)
    kept = accounts.credentials(engine, town.HESTER)
    assert kept and kept.hash and kept.hash != other and "m=8,t=1" in kept.hash
    assert Visitor(visitor.client.application).signs_in(town.HESTER).status == 200


def test_wrong_tries_make_the_next_one_wait_longer_and_longer(visitor: Visitor, clock: StoppedClock) -> None:
    for _ in range(4):
        assert visitor.tries(town.HESTER, "wrong words entirely").status == 422
    visitor.tries(town.HESTER, town.PASSWORD)
    assert visitor.status == 429 and visitor.answer.headers["Retry-After"] == "15"
    assert "Too many tries. Try again at 12:00, in 15 seconds." in visitor.page
    clock.at += timedelta(seconds=16)
    assert visitor.tries(town.HESTER, "wrong words entirely").status == 422
    assert "in 30 seconds" in visitor.tries(town.HESTER, town.PASSWORD).page
    clock.at += timedelta(seconds=31)
    assert visitor.signs_in(town.HESTER).status == 200
    assert [wait_after(failures, 4) for failures in (3, 4, 5, 6, 9, 10, 30)] == [0, 15, 30, 60, 480, 900, 900]


def test_the_wait_is_the_same_for_a_name_nobody_has(visitor: Visitor) -> None:
    for _ in range(4):
        visitor.tries("nobody@wrenshire.example", "wrong words entirely")
    assert visitor.tries("nobody@wrenshire.example", "wrong words entirely").status == 429


def test_the_wait_holds_in_another_worker_but_not_for_another_address_or_name(
    make_app: Callable[..., Flask], visitor: Visitor
) -> None:
    for _ in range(4):
        visitor.tries(town.HESTER, "wrong words entirely")
    other = make_app()
    assert Visitor(other).tries(town.HESTER, town.PASSWORD).status == 429
    assert Visitor(other, address="192.0.2.9").signs_in(town.HESTER).status == 200
    assert Visitor(other).signs_in(town.PIERS).status == 200


def test_a_name_and_an_address_of_one_account_have_no_more_tries_than_either(
    visitor: Visitor, engine: Engine, clock: StoppedClock
) -> None:
    accounts.open_account(
        engine, login="juno.t", name="Juno Tansyhurst", password=town.PASSWORD, email="j.t@hill.example"
    )
    for login in ("juno.t", "J.T@hill.example", " Juno.T ", "j.t@hill.example"):
        assert visitor.tries(login, "wrong words entirely").status == 422
    assert visitor.tries("j.t@hill.example", town.PASSWORD).status == 429
    assert visitor.tries("juno.t", town.PASSWORD).status == 429
    clock.at += timedelta(seconds=16)
    assert visitor.signs_in("j.t@hill.example").status == 200
    with engine.connect() as connection:
        assert connection.scalar(select(func.max(tables.sign_in_try.c.failures))) == 4


def test_tries_at_once_are_each_counted(engine: Engine, clock: StoppedClock) -> None:
    throttle = Throttle(engine, "secret")
    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(lambda _: throttle.take(town.HESTER, "192.0.2.1", clock.now()), range(24)))
    assert taken.count(None) == 4


def test_the_many_addresses_of_one_household_count_as_one(engine: Engine, clock: StoppedClock) -> None:
    throttle = Throttle(engine, "secret")
    taken = [throttle.take(town.HESTER, f"2001:db8:1:2::{number:x}", clock.now()) for number in range(6)]
    assert taken.count(None) == 4
    assert throttle.take(town.HESTER, "2001:db8:1:3::1", clock.now()) is None
    assert throttle.take(town.HESTER, "not an address", clock.now()) is None


def test_no_name_and_no_address_is_kept_of_a_try(visitor: Visitor, engine: Engine) -> None:
    visitor.tries(town.HESTER, "wrong words entirely")
    with engine.connect() as connection:
        rows = connection.execute(select(tables.sign_in_try)).mappings().all()
    assert len(rows) == 3 and "hester" not in str(rows) and "192.0.2" not in str(rows)


def test_over_tls_the_cookie_is_secure_and_bound_to_the_host(make_app: Callable[..., Flask]) -> None:
    app = make_app(Place(tls=True))
    visitor = Visitor(app, base="https://localhost")
    visitor.tries(town.HESTER, town.PASSWORD)
    said = visitor.answer.headers["Set-Cookie"]
    assert said.startswith("__Host-cm=")
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(said.split("; ")) and "Domain" not in said
    assert "max-age=31536000" in visitor.answer.headers["Strict-Transport-Security"]


def test_without_tls_the_cookie_is_still_out_of_reach_of_scripts_and_other_sites(visitor: Visitor) -> None:
    visitor.tries(town.HESTER, town.PASSWORD)
    said = visitor.answer.headers["Set-Cookie"]
    assert (
        {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(said.split("; "))
        and "Secure" not in said
        and "Max-Age" not in said
    )


def test_nothing_is_stored_for_a_browser_that_never_signs_in(visitor: Visitor, engine: Engine) -> None:
    visitor.opens("/sign-in").opens("/sign-in/help").opens("/young-people/")
    with engine.connect() as connection:
        assert connection.execute(select(tables.session)).all() == []


def test_somebody_without_a_role_gets_in_and_reaches_nothing(app: Flask) -> None:
    nell = Visitor(app).signs_in(town.NOBODY)
    assert "Your account has no role yet." in nell.page
    assert nell.opens("/young-people/").status == 403
    assert nell.opens("/my-account/").status == 200


def test_a_role_that_has_ended_opens_nothing_more(hester: Visitor, engine: Engine) -> None:
    from cmcore.safekeeping.records import Membership

    with engine.begin() as connection:
        connection.execute(Membership.__table__.update().values(active=False))
    assert hester.opens("/young-people/").status == 403
