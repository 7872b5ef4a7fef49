"""Booking the visit at the counter and recording it on the inspector's laptop."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QListWidget

from desktop_app.tour.desk import Desk
from desktop_app.tour.steps.everyone import wait_until_synced
from desktop_app.ui.calendar.cell import SlotCell


def book_visit(desk: Desk, picture: str) -> dict[str, str]:
    """Books the visit of the open request in the first slot that is free; says whose and when."""
    hand = desk.hand
    hand.click("action.schedule_inspection")
    tray = hand.get("calendar.tray", QListWidget)
    hand.wait("the visit to be chosen", lambda: bool(tray.selectedItems()))
    for _ in range(4):
        hand.wait("the conflicts to be drawn", lambda: any(cell.choosing for cell in _cells(desk)))
        free = [cell for cell in _cells(desk) if cell.works and not cell.conflict]
        if free:
            break
        hand.click("calendar.forth")
        hand.wait("the conflicts to be drawn", lambda: any(cell.conflict for cell in _cells(desk)))
    slot = free[-1].slot
    hand.key_on(free[-1].objectName(), Qt.Key.Key_Return)
    hand.wait("the visit to leave the tray", lambda: not tray.selectedItems())
    wait_until_synced(desk)
    desk.picture(picture)
    return {"inspector": slot.inspector, "day": slot.day.isoformat(), "window": slot.window}


def record_visit(desk: Desk, measured: list[str], picture: str, unmet: str = "") -> None:
    """Answers every item as met, types the areas as measured, child by child, and records the visit.

    With `unmet` the first item is not met, and that is what must be put right of it.
    """
    hand = desk.hand
    hand.click("action.record_inspection")
    hand.get("visit.finish")
    for name in [one for one in hand.named() if one.startswith("visit.") and one.endswith(".met")]:
        hand.click(name)
    fields = [one for one in hand.named() if one.startswith("visit.measured.")]
    for name, area in zip(fields, measured, strict=True):
        hand.type(name, area)
    first = next(one for one in hand.named() if one.startswith("visit.") and one.endswith(".met"))
    if unmet:
        item = first.removesuffix(".met")
        hand.click(f"{item}.unmet")
        hand.type(f"{item}.rectify", unmet)
    hand.show(first)
    assert hand.get(first, QAbstractButton).isChecked() is not bool(unmet)
    desk.picture(picture)
    hand.click("visit.finish")
    hand.get("request.identity")
    wait_until_synced(desk)


def _cells(desk: Desk) -> list[SlotCell]:
    return [cell for cell in desk.window.findChildren(SlotCell) if cell.isVisible()]
