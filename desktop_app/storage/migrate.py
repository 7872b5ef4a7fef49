"""Brings a store's schema up to date. SQLAlchemy and Alembic are only loaded when there is something to do."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.application.ports.store_trouble import StoreIsNewerError
from desktop_app.storage.opening import Driver

if TYPE_CHECKING:
    from sqlalchemy import Connection

HEAD = "0021"
"""The newest step in `migrations/versions` (a test says so)."""


def bring_up_to_date(connection: Connection, place: str) -> None:
    """Runs the missing steps inside the open transaction. Raises StoreIsNewerError for a step not known here."""
    from desktop_app.storage.engine import driver_of

    stands = current_step(driver_of(connection))
    if stands == HEAD:
        return
    if stands is not None and stands not in known_steps():
        raise StoreIsNewerError(place)
    run_steps(connection, HEAD)


def current_step(driver: Driver) -> str | None:
    """The last step that was run, or None for an empty file."""
    if driver.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone() is None:
        return None
    found = driver.execute("SELECT version_num FROM alembic_version").fetchone()
    return found[0] if found is not None else None


def known_steps() -> frozenset[str]:
    """All steps this program has."""
    from alembic.script import ScriptDirectory

    return frozenset(step.revision for step in ScriptDirectory(str(_folder())).walk_revisions())


def run_steps(connection: Connection, to: str) -> None:
    """Runs the steps up to and including `to`."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_folder()))
    config.attributes["connection"] = connection
    command.upgrade(config, to)


def _folder() -> Path:
    return Path(__file__).resolve().parent / "migrations"
