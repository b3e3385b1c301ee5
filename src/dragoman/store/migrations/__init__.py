"""Numbered changes of the tables, run once each by Alembic. No other code lives here."""
