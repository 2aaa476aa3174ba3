"""Templates of the console: macros are made once, not again for every page that imports them."""

from __future__ import annotations

from typing import Any

from flask.templating import Environment
from jinja2 import Template
from jinja2.environment import TemplateModule
from jinja2.runtime import Context


class _Template(Template):
    """A template whose macros are the same on every page: none of ours is loaded with globals of its own."""

    _module: TemplateModule | None

    def _get_default_module(self, ctx: Context | None = None) -> Any:
        """The macros. The library would compare a page's names with its own at each import, and then give the same."""
        if self._module is None:
            self._module = self.make_module()
        return self._module


class Templates(Environment):
    """The templates of an app."""

    template_class = _Template
