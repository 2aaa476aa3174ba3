"""A rule that asks the database itself."""

import sqlalchemy

DATABASE = sqlalchemy
