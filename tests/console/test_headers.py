"""What every answer carries, and that nothing but our own pages and forms gets through."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask

from console.place import Place
from tests.console import town
from tests.console.visitor import Visitor

PAGES = [
    "/",
    "/young-people/",
    "/young-people/1",
    "/settings/",
    "/settings/1",
    "/my-account/",
    "/rules",
    "/accessibility",
    "/nowhere",
    "/young-people/2",
]

# What whoever has not signed in may open: to sign in, to be helped with it, and what says how the console does.
OPEN = ("SignIn.login", "SignIn.first", "SignIn.help", "Service.accessibility", "Service.health")


@pytest.mark.parametrize("path", PAGES)
def test_every_page_carries_the_headers_and_is_kept_nowhere(hester: Visitor, path: str) -> None:
    headers = hester.opens(path).answer.headers
    policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
    nonce = re.search(r'<script nonce="([^"]+)"', hester.page)
    assert nonce and policy["script-src"] == f"'nonce-{nonce.group(1)}'"
    assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert policy["style-src"] == policy["form-action"] == "'self'"
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "geolocation=()" in headers["Permissions-Policy"]
    assert "Strict-Transport-Security" not in headers


@pytest.mark.parametrize("path", [*PAGES, "/sign-in", "/sign-in/help"])
def test_no_page_names_another_host_or_holds_a_style_or_an_inline_script(
    hester: Visitor, visitor: Visitor, path: str
) -> None:
    page = (visitor if path.startswith("/sign-in") else hester).opens(path).page
    assert not re.search(r'(src|href|action)="(https?:)?//', page)
    assert not re.search(r"\sstyle=|<style|\son\w+=", page)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", page))


@pytest.mark.parametrize("path", [*PAGES, "/sign-in", "/sign-in/help"])
def test_every_page_says_its_language_and_has_one_heading_and_one_main(
    hester: Visitor, visitor: Visitor, path: str
) -> None:
    page = (visitor if path.startswith("/sign-in") else hester).opens(path).page
    assert page.startswith('<!doctype html>\n<html lang="en-GB">')
    assert len(re.findall(r"<h1\b", page)) == 1 and len(re.findall(r"<main\b", page)) == 1
    assert "{{" not in page and "{%" not in page


def test_each_answer_has_a_nonce_of_its_own(hester: Visitor) -> None:
    assert len({hester.opens("/").answer.headers["Content-Security-Policy"] for _ in range(3)}) == 3


def test_files_of_our_own_are_kept_for_a_year_under_a_name_that_changes_with_them(visitor: Visitor) -> None:
    page = visitor.opens("/sign-in").page
    found = re.search(r'href="(/static/console\.css\?v=[0-9a-f]{12})"', page)
    assert found
    assert visitor.opens(found.group(1)).answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert visitor.opens("/static/console.css").answer.headers["Cache-Control"] == "public, no-cache"
    assert visitor.opens("/static/nothing.css").answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/sign-in", "/sign-out", "/my-account/password", "/young-people/1"])
def test_a_form_without_the_token_or_with_anothers_changes_nothing(hester: Visitor, app: Flask, path: str) -> None:
    piers = Visitor(app).signs_in(town.PIERS)
    stolen = re.search(r'name="csrf_token" value="([^"]+)"', piers.page)
    assert stolen
    for token in ("", stolen.group(1)):
        hester.sends(path, token=token, username=town.HESTER, password=town.PASSWORD)
        assert hester.status == 400 and "This form is out of date" in hester.page
        assert hester.opens("/").status == 200


def test_a_form_sent_from_another_site_is_refused_even_with_a_token(hester: Visitor) -> None:
    token = re.search(r'name="csrf_token" value="([^"]+)"', hester.page)
    assert token
    answer = hester.client.post(
        "/sign-out", data={"csrf_token": token.group(1)}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert answer.status_code == 403


def test_only_the_hosts_of_the_settings_are_answered(make_app: Callable[..., Flask]) -> None:
    app = make_app(Place(hosts=("mentoring.wrenshire.example",)))
    assert Visitor(app, base="http://mentoring.wrenshire.example").opens("/sign-in").status == 200
    assert Visitor(app, base="http://evil.example").opens("/sign-in").status == 400


def test_who_asks_is_taken_from_a_trusted_proxy_only(make_app: Callable[..., Flask]) -> None:
    def tries(app: Flask, forwarded: str) -> int:
        visitor = Visitor(app)
        visitor.opens("/sign-in")
        token = re.search(r'name="csrf_token" value="([^"]+)"', visitor.page)
        assert token
        data = {"csrf_token": token.group(1), "username": town.HESTER, "password": "wrong words entirely"}
        return visitor.client.post("/sign-in", data=data, headers={"X-Forwarded-For": forwarded}).status_code

    bare = make_app()
    assert [tries(bare, f"198.51.100.{number}") for number in range(5)][-1] == 429
    behind = make_app(Place(proxies=1))
    assert [tries(behind, f"198.51.100.{number}") for number in range(5)][-1] == 422


def test_none_of_the_frameworks_own_pages_is_there(app: Flask) -> None:
    rules = {(rule.rule, rule.endpoint) for rule in app.url_map.iter_rules()}
    owners = {endpoint.partition(".")[0] for _, endpoint in rules}
    assert owners == {
        "static",
        "Today",
        "Service",
        "SignIn",
        "MyAccount",
        "Search",
        "TownPeople",
        "TownReferrals",
        "TownSettings",
        "TownSpells",
    }
    paths = {path for path, _ in rules}
    assert not [
        path
        for path in paths
        if any(word in path for word in ("/api/", "/users", "/roles", "/lang", "/back", "delete", "action", "swagger"))
    ]


def test_everything_registered_stands_on_our_own_classes(app: Flask) -> None:
    for view in app.appbuilder.baseviews:  # type: ignore[attr-defined]
        assert not [base for base in type(view).__bases__ if base.__module__.startswith("flask_appbuilder")], type(view)


def test_every_page_wants_a_sign_in_except_the_few_that_are_open(app: Flask, visitor: Visitor) -> None:
    for rule in app.url_map.iter_rules():
        path = (
            rule.rule.replace("<int(max=2147483647):pk>", "1")
            .replace("<name>", "Set-up")
            .replace("<step>", "x")
            .replace("<path:filename>", "console.css")
        )
        opened = visitor.opens(path).status if "GET" in (rule.methods or ()) else visitor.sends(path).status
        if rule.endpoint in ("static", *OPEN):
            assert opened == 200, rule
        else:
            assert opened == 303, rule


def test_every_address_that_changes_something_is_a_post(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        assert (rule.methods or set()) <= {"GET", "HEAD", "OPTIONS", "POST"}, rule
