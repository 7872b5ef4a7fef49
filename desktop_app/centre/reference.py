"""Reference data at the centre: published as the one fact that every workstation holds."""

from __future__ import annotations

from desktop_app.application.ports.loading import LoadedFact
from desktop_app.application.reference_data import build_reference
from desktop_app.centre.facts import CURRENT
from desktop_app.centre.feed import put_facts
from desktop_app.centre.provisioning import Admin
from desktop_app.domain.reference import Reference
from desktop_app.wire.codec import encode
from desktop_app.wire.facts import EVERYWHERE, FactKind


def publish(admin: Admin, reference: Reference) -> None:
    """Every workstation gets it with its next pull."""
    with admin.transaction():
        put_facts(admin, [LoadedFact(FactKind.REFERENCE, CURRENT, EVERYWHERE, encode(reference))])


def publish_if_missing(admin: Admin) -> bool:
    """The data that travels with the program, where the centre has none; says whether it was published.

    Raises ReferenceDataError.
    """
    found = admin.execute("select from tajzia.fact where kind = 'reference' and id = %s", (CURRENT,)).fetchone()
    if found is not None:
        return False
    publish(admin, build_reference())
    return True
