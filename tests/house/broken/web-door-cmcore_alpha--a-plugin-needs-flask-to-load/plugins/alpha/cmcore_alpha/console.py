"""A plugin's console part, which rightly enters by the console's front door."""

from console import api

DOOR = api
