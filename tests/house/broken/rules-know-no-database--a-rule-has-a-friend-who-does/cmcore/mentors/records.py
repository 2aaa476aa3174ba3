"""Records, which do know the database."""

import sqlalchemy

DATABASE = sqlalchemy
