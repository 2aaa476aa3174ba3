"""A plugin's console part that imports the inside of the console."""

from console import desk

WINDOW = desk
