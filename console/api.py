"""The console's front door: every name a plugin's own ``console.py`` may import."""

from __future__ import annotations

from flask_appbuilder.baseviews import expose

from console.addresses import form_page, page_of
from console.brought import Bar, Chart, ChartBody, Panel, PanelBody, PartOfPage, PluginPage, PluginQueue
from console.columns import Column, Related
from console.desk import account, policy, work
from console.everywhere import Finder, Hit
from console.form_page import FormPage, Taken
from console.framework import Console, Page
from console.hookspecs import hookimpl
from console.known_terms import KnownTerms
from console.listing import Filter, Queue
from console.printing import download
from console.record_view import RecordView
from console.security import needs
from console.shown import State, Sub, concern, shown, state_of, when
from console.steps import NextStep, Step, transitions
from console.together_acts import Together

__all__ = [
    "Bar",
    "Chart",
    "ChartBody",
    "Column",
    "Console",
    "Filter",
    "Finder",
    "FormPage",
    "Hit",
    "KnownTerms",
    "NextStep",
    "Page",
    "Panel",
    "PanelBody",
    "PartOfPage",
    "PluginPage",
    "PluginQueue",
    "Queue",
    "RecordView",
    "Related",
    "State",
    "Step",
    "Sub",
    "Taken",
    "Together",
    "account",
    "concern",
    "download",
    "expose",
    "form_page",
    "hookimpl",
    "needs",
    "page_of",
    "policy",
    "shown",
    "state_of",
    "transitions",
    "when",
    "work",
]
