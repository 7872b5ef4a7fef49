"""The children as one line of text, for the drafts: what was typed comes back as it was typed."""

from __future__ import annotations

import json
from dataclasses import asdict

from desktop_app.domain.area import Area
from desktop_app.domain.people import IdentityKind
from desktop_app.ui.split_editor.sharing import Unit


def kept(units: tuple[Unit, ...]) -> str:
    """The units as text that `restored` reads back exactly."""
    return json.dumps([asdict(unit) for unit in units], ensure_ascii=False)


def restored(text: str) -> tuple[Unit, ...]:
    """The units of a kept text. A text that an older program wrote gives what can still be read of it."""
    try:
        rows = json.loads(text) if text else []
    except ValueError:
        return ()
    if not isinstance(rows, list):
        return ()
    return tuple(_unit(row) for row in rows if isinstance(row, dict) and isinstance(row.get("key"), str))


def _unit(row: dict[str, object]) -> Unit:
    def text(name: str) -> str:
        value = row.get(name)
        return value if isinstance(value, str) else ""

    def codes(name: str) -> tuple[str, ...]:
        value = row.get(name)
        return tuple(one for one in value if isinstance(one, str)) if isinstance(value, list) else ()

    area = row.get("area")
    return Unit(
        key=text("key"),
        area=Area(area) if isinstance(area, int) and area >= 0 else Area(0),
        typed_area=text("typed_area"),
        name_ar=text("name_ar"),
        identity_kind=text("identity_kind") or IdentityKind.NATIONAL_NUMBER.value,
        identity_number=text("identity_number"),
        trade_name=text("trade_name"),
        vocations=codes("vocations"),
        added=codes("added"),
        signs=codes("signs"),
    )
