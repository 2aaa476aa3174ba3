"""What ``cm plugin new`` lays down: a distribution with a form, a rule, a table, a page and a panel, and its tests."""

from cmcore.scaffold.laying import lay_down

__all__ = ["lay_down"]
