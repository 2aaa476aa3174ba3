"""The page of components in docs, drawn from the console's own templates."""

from tests.house.components.cutting import FILE, Component, written

__all__ = ["FILE", "Component", "written"]
