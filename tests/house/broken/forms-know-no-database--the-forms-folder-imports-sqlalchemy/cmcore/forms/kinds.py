"""A kind of answer that knows a column type."""

import sqlalchemy

DATABASE = sqlalchemy
