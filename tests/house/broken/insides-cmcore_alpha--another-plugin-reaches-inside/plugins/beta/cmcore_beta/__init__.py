"""A plugin that reaches inside another."""

from cmcore_alpha import forms

NEIGHBOUR = forms
