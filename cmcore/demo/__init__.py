"""Made-up people whose stories hang together in time and pass every blocking rule, to try the software with."""

from cmcore.demo.accounts import DEMO_PEOPLE, DemoPerson
from cmcore.demo.load import Loaded, load_demo
from cmcore.demo.sizes import SIZES, Asked

__all__ = ["DEMO_PEOPLE", "SIZES", "Asked", "DemoPerson", "Loaded", "load_demo"]
