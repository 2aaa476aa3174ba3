"""A file of the core that knows the web."""

import flask

WEB = flask
