"""A browser without a picture: keeps cookies, finds the token in the page it is on, and sends forms with it."""

from __future__ import annotations

import re
from typing import Any, Self

from flask import Flask
from werkzeug.test import TestResponse

from tests.console import town


class Visitor:
    """One browser. ``page`` is the text of the last answer, ``status`` and ``answer`` what came with it."""

    def __init__(self, app: Flask, address: str = "192.0.2.1", base: str = "http://localhost") -> None:
        """A new browser at an address of the network."""
        self.client = app.test_client()
        self.address = address
        self.base = base
        self._answer: TestResponse | None = None
        self._stands_on = ""

    @property
    def answer(self) -> TestResponse:
        """The last answer; the page one stands on is opened when somebody looks at it, and not where nobody does."""
        if self._answer is None and self._stands_on:
            self.opens(self._stands_on)
        assert self._answer is not None, "no page was opened"
        return self._answer

    @property
    def page(self) -> str:
        """The text of the last answer."""
        return self.answer.text

    @property
    def status(self) -> int:
        """The status of the last answer."""
        return self.answer.status_code

    def opens(self, path: str, **headers: str) -> Self:
        """Open a page."""
        self._answer = self.client.get(
            path, base_url=self.base, environ_base={"REMOTE_ADDR": self.address}, headers=headers
        )
        return self

    def stands_on(self, path: str) -> Self:
        """Be on a page whose words are wanted only if a test looks at them, or sends a form from it."""
        self._answer, self._stands_on = None, path
        return self

    def sends(self, path: str, *, token: str | None = None, **fields: Any) -> Self:
        """Send a form with the token of the page one is on (or another)."""
        if token is None:
            somewhere = self._answer is not None or self._stands_on
            found = re.search(r'name="csrf_token" value="([^"]+)"', self.page) if somewhere else None
            token = found.group(1) if found else ""
        data = {"csrf_token": token, **fields}
        self._answer = self.client.post(path, data=data, base_url=self.base, environ_base={"REMOTE_ADDR": self.address})
        return self

    def tries(self, login: str, password: str, path: str = "/sign-in") -> Self:
        """Fill in the sign-in page and send it."""
        return self.opens(path).sends(path, username=login, password=password)

    def signs_in(self, login: str, password: str = town.PASSWORD) -> Self:
        """Sign in, and be on the page one lands on."""
        self.tries(login, password)
        assert self.status == 303, self.page
        return self.stands_on(self.answer.location)

    def cookie(self, name: str = "cm") -> str | None:
        """The cookie the browser holds."""
        held = self.client.get_cookie(name)
        return held.value if held else None

    def holds(self, value: str, name: str = "cm") -> Self:
        """Put a cookie into the browser, as a thief would."""
        self.client.set_cookie(name, value)
        return self
