"""Adding, changing, removing and moving records: a declared form, one action of the library, one page for all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from flask import url_for

from console.steps import Step


class RecordForms:
    """What a page class has for writing; all of it is declared, and what is not declared has no address."""

    endpoint: str
    singular: str
    kind: str
    may: Callable[[str], bool]

    add_form: Any = None
    add_action: Any = None
    edit_form: Any = None
    edit_action: Any = None
    remove_action: Any = None
    steps: Sequence[Step] = ()
    add_words: str = ""

    def missing_routes(self) -> frozenset[str]:
        """The routes that do not exist because nothing is declared for them."""
        return frozenset()

    def form_act(self, method: str) -> str:
        """The act of the action behind a method."""
        return ""

    def add_address(self, **given: Any) -> str:
        return ""

    def edit_address(self, record: Any) -> str:
        return ""

    def remove_address(self, record: Any) -> str:
        return ""

    def step_address(self, record: Any, step: Step) -> str:
        return url_for(f"{self.endpoint}.show", pk=record.id)
