"""SQLAlchemy over the connection that writes. Nothing is created at import."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from desktop_app.storage import opening
from desktop_app.storage.opening import Driver

__all__ = ["Driver", "create_writer", "driver_of"]

_WAIT_SECONDS = 10


def driver_of(connection: Connection) -> Driver:
    """Beneath an open connection of an engine."""
    driver = connection.connection.driver_connection
    assert driver is not None
    return cast(Driver, driver)


def create_writer(opened: Callable[[], opening.Connection]) -> Engine:
    """An engine with the one connection that `opened` gives; its transactions begin by taking the write lock."""
    writer = create_engine(
        "sqlite://",
        module=opening.driver,
        creator=opened,
        poolclass=QueuePool,
        pool_size=1,
        max_overflow=0,
        pool_timeout=_WAIT_SECONDS,
    )
    event.listen(writer, "begin", lambda connection: driver_of(connection).execute("BEGIN IMMEDIATE"))
    return writer
