"""From exec to the first page of the queue, with the session open already, and an empty window."""

from __future__ import annotations

import tempfile
from pathlib import Path

from desktop_app.application.settings import load_settings
from desktop_app.application.store_key import name_of
from desktop_app.domain.actor import Role
from desktop_app.storage.store import Store
from desktop_app.system.given_secrets import line_of
from desktop_app.system.paths import places_in
from desktop_app.wire.codec import encode
from tests.bench.filling import fill_store
from tests.bench.first_paint import empty_window, settings_in
from tests.bench.launching import milliseconds_until
from tests.bench.queue_window import SHOWN
from tests.bench.row import Row, side_by_side
from tests.store_key import STORE_KEY
from tests.workplaces import STAFF

ROUNDS = 15
WINDOW = Path(__file__).with_name("queue_window.py")
REQUESTS = 20_000


def first_queue_page(requests: int = REQUESTS, rounds: int = ROUNDS) -> Row:
    """Goal: three times an empty window."""
    with tempfile.TemporaryDirectory(prefix="tajzia-bench-") as name:
        folder = Path(name)
        settings = settings_in(folder)
        places = places_in(Path(load_settings(settings).store)).make()
        store = Store.open(places.store, STORE_KEY)
        fill_store(store, requests)
        store.close()
        person = folder / "person.json"
        person.write_bytes(encode(next(one for one in STAFF if one.role is Role.CLERK)))
        secrets = line_of({name_of("K1"): STORE_KEY.raw})
        program: list[str | Path] = [WINDOW, settings, person]
        ours, peer = side_by_side(
            lambda: milliseconds_until(SHOWN, program, paint_log=False, given=secrets), empty_window, rounds
        )
    return Row(name="first queue page", ours=ours, peer=peer, peer_name="empty PySide6 window", unit="ms", goal=3.0)
