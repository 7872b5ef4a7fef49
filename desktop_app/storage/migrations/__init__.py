"""Alembic's steps from one shape of the store to the next. A step that was released is never edited."""
