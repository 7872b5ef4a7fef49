"""Assessing the fees, approving them, taking the payment."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractButton

from desktop_app.tour.desk import Desk
from desktop_app.tour.steps.everyone import wait_until_synced


def assess(desk: Desk, picture: str) -> None:
    hand = desk.hand
    hand.click("action.assess_fees")
    hand.get("fees.assess")
    hand.get("fees.total")
    hand.click("fees.assess")
    wait_until_synced(desk)
    desk.picture(picture)


def approve(desk: Desk, picture: str, after: str = "") -> None:
    hand = desk.hand
    hand.click("action.approve_fees")
    hand.wait("the bill", lambda: hand.find("fees.total") is not None and hand.find("fees.approve") is not None)
    desk.picture(picture)
    hand.click("fees.approve")
    hand.wait("the approval", lambda: hand.find("fees.approve", QAbstractButton) is None)
    wait_until_synced(desk)
    if after:
        desk.picture(after)


def take_payment(desk: Desk, method: str, reference: str, picture: str, after: str) -> None:
    hand = desk.hand
    hand.click("action.record_payment")
    hand.get("payment.take")
    hand.choose("payment.method", method)
    if reference:
        hand.type("payment.reference", reference)
    desk.picture(picture)
    hand.click("payment.take")
    hand.wait("the receipt from the centre", lambda: hand.find("payment.receipt") is not None)
    wait_until_synced(desk)
    desk.picture(after)
