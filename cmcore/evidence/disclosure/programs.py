"""The solver, and how many steps a proof may take: counted and not timed, so that a table is always the same."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from cmcore.base.findings import refuse


class OutOfStepsError(Exception):
    """A proof has taken all its steps: whoever asked for it hides more, and never less."""


@dataclass
class Steps:
    """How many steps a proof may take, and how many it has taken.

    A step is one figure standing in one sum that is drawn up or handed to a program. Counted so, the same table beside
    the same earlier ones ends at the same place on any machine. ``most`` of 0 sets no bound.
    """

    most: int = 0
    taken: int = 0

    def take(self, many: int) -> None:
        """Take so many steps; raises :class:`OutOfStepsError` once there are no more."""
        self.taken += many
        if self.most and self.taken > self.most:
            raise OutOfStepsError


def solver() -> Any:
    """The parts of scipy that are used, brought in when a table is proved and not before."""
    try:
        import numpy as np
        from scipy import sparse
        from scipy.optimize import Bounds, LinearConstraint, milp
    except ImportError:
        raise refuse(
            "Small numbers cannot be hidden safely here: what proves it is not installed.",
            way_out="Have “scipy” installed, which comes with the extra “evidence”, or show the table inside only.",
        ) from None
    # The programs are small and many: to simplify one before it is solved takes longer than to solve it.
    return np, sparse, partial(milp, options={"presolve": False}), LinearConstraint, Bounds
