"""What the program has loaded when the first page of the queue stands on the screen: the rest comes after it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from desktop_app.application.settings import load_settings
from desktop_app.application.store_key import name_of
from desktop_app.domain.actor import Role
from desktop_app.storage.store import Store
from desktop_app.system.given_secrets import line_of
from desktop_app.system.paths import places_in
from desktop_app.wire.codec import encode
from tests.bench.filling import fill_store
from tests.bench.first_paint import settings_in
from tests.store_key import STORE_KEY
from tests.workplaces import STAFF

_SHOW = """
import json, os, sys
from pathlib import Path
from tests.bench.queue_window import main

def shown(rows):
    print(json.dumps([rows, sorted(sys.modules)]), flush=True)
    os._exit(0)

main(Path(sys.argv[1]), Path(sys.argv[2]), shown)
"""

SPARED = (
    "sqlalchemy",
    "alembic",
    "psycopg",
    "qtawesome",
    "keyring",
    "reportlab",
    "cryptography",
    "hashlib",
    "holidays",
    "phonenumbers",
    "PySide6.QtSvg",
    "PySide6.QtPdf",
    "desktop_app.gateway",
    "desktop_app.documents",
    "desktop_app.centre",
    "desktop_app.domain.actions",
    "desktop_app.domain.commands",
    "desktop_app.domain.fees",
    "desktop_app.domain.pauses",
    "desktop_app.domain.reference",
    "desktop_app.domain.request",
    "desktop_app.application.command_desk",
    "desktop_app.storage.writing",
    "desktop_app.wire.envelope",
    "desktop_app.ui.request",
)


def test_the_first_page_of_the_queue_is_shown_without_what_it_does_not_need(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    store = Store.open(places_in(Path(load_settings(settings).store)).make().store, STORE_KEY)
    fill_store(store, 200)
    store.close()
    person = tmp_path / "person.json"
    person.write_bytes(encode(next(one for one in STAFF if one.role is Role.CLERK)))
    done = subprocess.run(
        [sys.executable, "-c", _SHOW, settings, person],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        input=line_of({name_of("K1"): STORE_KEY.raw}),
        capture_output=True,
        text=True,
        check=True,
    )
    rows, loaded = json.loads(done.stdout.splitlines()[-1])
    assert rows
    assert "desktop_app.storage.queue" in loaded
    assert [name for name in SPARED if name in loaded] == []
