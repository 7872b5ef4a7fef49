"""What an import has to know of the centre before it can check a row."""

from __future__ import annotations

from desktop_app.application.ports.loading import FactLoading
from desktop_app.domain.messages import InputError, message
from desktop_app.domain.reference import Reference
from desktop_app.wire.codec import decode
from desktop_app.wire.facts import FactKind


def standing_reference(loading: FactLoading) -> Reference:
    """The centre's reference data. Raises InputError where it has none: no row could be checked."""
    body = loading.find_bodies(FactKind.REFERENCE, ["current"]).get("current")
    if body is None:
        raise InputError(message("import.no_reference_data"))
    return decode(body, Reference)
