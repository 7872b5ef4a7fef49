"""Any action of the request screen: its button, its form, and the centre's word on it."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox

from desktop_app.tour.desk import Desk
from desktop_app.tour.steps.everyone import wait_until_synced


def act(desk: Desk, action: str, fields: dict[str, str], then: str, picture: str = "", before: str = "") -> None:
    """Gives `action` with what its form asks for. `then` is the name of what appears once it is done; `picture` is
    taken at the end, `before` with the form filled in."""
    hand = desk.hand
    hand.click(f"action.{action}")
    for field, value in fields.items():
        name = f"action.{action}.{field}"
        if isinstance(hand.get(name), QComboBox):
            hand.choose(name, value)
        else:
            hand.type(name, value)
    if before:
        desk.picture(before)
    if fields:
        hand.click(f"action.{action}.give")
    hand.get(then)
    wait_until_synced(desk)
    hand.get(then)
    if picture:
        desk.picture(picture)
