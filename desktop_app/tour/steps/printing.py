"""Looking at the certificates, saying that the sheets are fine, and the family of licences in the register."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QListWidget

from desktop_app.documents.code_reader import find_codes
from desktop_app.texts import tr
from desktop_app.texts.quantities import digits
from desktop_app.tour.desk import Desk
from desktop_app.tour.steps.everyone import wait_until_synced
from desktop_app.ui.certificate.paper import PaperView


def print_certificates(desk: Desk, serials: list[str], picture: str) -> int:
    """Looks at every page and says of each sheet that it is fine; returns how many there were."""
    hand = desk.hand
    hand.click("action.confirm_print")
    pages = hand.get("certificate.list", QListWidget)
    hand.wait("the licences of the request", lambda: pages.count() > 0)
    count = pages.count()
    for at in range(count):
        pages.setFocus()
        pages.setCurrentRow(at)
        hand.get("certificate.page")
        if at == 0:
            desk.picture(picture)
        hand.type("certificate.serial", serials[at])
        hand.click("certificate.fine")
        hand.wait("the sheet to be recorded", lambda row=at: tr("printed") in pages.item(row).text())  # type: ignore[misc]
    wait_until_synced(desk)
    return count


def check_certificate(desk: Desk, picture: str) -> str:
    """Checks the page that stands on the certificates' screen as a scanner at a counter does, by the code on it;
    returns the verdict's words."""
    hand = desk.hand
    (code,) = find_codes(hand.get("certificate.page", PaperView).shown)
    hand.click("nav.verify")
    hand.type("verify.code", code.text)
    verdict = hand.get("verify.verdict", QLabel)
    desk.picture(picture)
    return verdict.text()


def look_at_licence(desk: Desk, number: str, picture: str) -> None:
    """Opens a licence from the register, with its ancestors and children."""
    hand = desk.hand
    hand.click("nav.licences")
    hand.type("licences.search", number)
    hand.pick_text("licences.table", digits(number), activate=True)
    hand.get("licence.family")
    wait_until_synced(desk)
    desk.picture(picture)
