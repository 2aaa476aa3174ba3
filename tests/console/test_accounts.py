"""Accounts and roles: the administrator opens, closes and signs out; nobody lifts themselves or locks everybody out."""

from __future__ import annotations

from typing import Any

from flask import Flask
from sqlalchemy import select

from cmcore.safekeeping.memberships import give_role, take_role
from cmcore.safekeeping.records import AuditEntry, Membership
from cmcore.testing import refused
from console import accounts
from tests.console.autumn import Autumn
from tests.console.test_statements import statements
from tests.console.visitor import Visitor

FIRST = "lantern harbour quilt"
NEW = {"login": "tansy@example.invalid", "name": "Tansy Ferndrake", "first_password": FIRST, "role": "coordinator"}


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


def test_a_new_account_signs_in_with_its_first_password_and_opens_nothing_before_it_is_changed(
    shipped: Flask, autumn: Autumn
) -> None:
    visitor = administrator(shipped, autumn).opens("/accounts/add")
    visitor.sends("/accounts/add", **NEW | {"first_password": "short"})
    assert visitor.status == 422 and "It needs 12 or more" in visitor.page and "Tansy Ferndrake" in visitor.page
    visitor.sends("/accounts/add", **NEW)
    assert visitor.status == 303, visitor.page
    assert "First password not changed yet" in visitor.opens("/accounts/").page
    tansy = signed_in(shipped, NEW["login"], FIRST)
    for path in ("/", "/young-people/", "/search/", "/accounts/"):
        assert tansy.opens(path).answer.headers["Location"] == "/my-account/", path
    assert "Somebody else set your password" in tansy.opens("/my-account/").page
    own = "teasel meadow window"
    tansy.sends("/my-account/password", old=FIRST, new=own, again=own)
    assert tansy.opens("/young-people/").status == 200
    assert "Somebody else set your password" not in tansy.opens("/my-account/").page
    assert signed_in(shipped, NEW["login"], own).opens("/").status == 200
    with autumn.stage.work("operator") as work:
        lines = work.db.execute(
            select(AuditEntry.act, AuditEntry.kind_of_record).order_by(AuditEntry.id.desc()).limit(3)
        )
        assert ("membership.add", "account") in [tuple(line) for line in lines]


def test_a_closed_account_is_out_at_once_and_a_first_password_signs_out_every_browser(
    shipped: Flask, autumn: Autumn
) -> None:
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
    assert "A first one" in does(visitor, key, "password", first_password=FIRST)
    assert "/sign-in" in hester.opens("/").answer.headers["Location"]
    assert accounts.check(autumn.stage.engine, "coordinator@example.invalid", FIRST) is not None


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
    assert visitor.status == 303, visitor.page
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
    for step, typed in (("close", {}), ("password", {"first_password": FIRST}), ("end", {})):
        visitor.opens(f"/accounts/{key}/{step}")
        assert "whose accounts you do not keep" in visitor.page, step
        visitor.sends(f"/accounts/{key}/{step}", **typed)
        assert visitor.status == 422, step
    assert accounts.check(autumn.stage.engine, "coordinator@example.invalid", FIRST) is None
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
