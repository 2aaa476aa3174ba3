"""A form that knows where its answers are kept."""

import sqlalchemy

DATABASE = sqlalchemy
