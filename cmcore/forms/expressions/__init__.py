"""An expression language kept as data: what workbook forms use for conditions, checks, calculations and choices."""

from __future__ import annotations

from cmcore.forms.expressions.evaluating import Scope, evaluate, scope_of, truth
from cmcore.forms.expressions.parsing import parse
from cmcore.forms.expressions.tree import (
    Answer,
    Expression,
    Literal,
    Unusable,
    as_data,
    from_data,
    furthest_out,
    keys_in,
)

__all__ = [
    "Answer",
    "Expression",
    "Literal",
    "Scope",
    "Unusable",
    "as_data",
    "evaluate",
    "from_data",
    "furthest_out",
    "keys_in",
    "parse",
    "scope_of",
    "truth",
]
