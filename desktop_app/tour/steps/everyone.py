"""What everyone does: sign in and out, go to a screen, open a request."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QPushButton

from desktop_app.domain.digits import ascii_digits
from desktop_app.texts import strip_marks, tr
from desktop_app.texts.quantities import digits
from desktop_app.tour.desk import Desk
from desktop_app.ui.frame.bars import SyncBadge, SyncState


def wait_until_synced(desk: Desk) -> None:
    """Until the badge says that the centre has everything and we have everything of the centre's."""
    words = SyncBadge(SyncState.SYNCED).words

    def synced() -> bool:
        badge = desk.hand.find("frame.sync", QPushButton)
        return badge is not None and badge.text() == words

    desk.hand.wait("the synchronisation to rest", synced)


def see_sign_in(desk: Desk, picture: str = "") -> None:
    desk.hand.wait("the staff of this device", lambda: _people(desk) > 0)
    if picture:
        desk.picture(picture)


def sign_in(desk: Desk, login: str, name: str, password: str, picture: str = "") -> None:
    desk.hand.wait("the staff of this device", lambda: _people(desk) > 0)
    desk.hand.pick_text("sign_in.people", name)
    desk.hand.type("sign_in.login", login)
    desk.hand.type("sign_in.password", password)
    desk.hand.click("sign_in.enter")
    desk.hand.get("frame")
    desk.unfold()
    wait_until_synced(desk)
    if picture:
        desk.picture(picture)


def sign_out(desk: Desk) -> None:
    """By the command of the menu."""
    command = next(one for one in desk.window.actions() if one.text() == tr("Sign out"))
    command.trigger()
    desk.hand.get("sign_in")


def look_at(desk: Desk, screen: str, picture: str) -> None:
    """Goes to a screen by the navigation and takes its picture."""
    desk.hand.click(f"nav.{screen}")
    wait_until_synced(desk)
    desk.picture(picture)


def look_at_queue(desk: Desk, picture: str) -> None:
    """The whole queue, without what was searched for before."""
    desk.hand.click("nav.queue")
    if desk.hand.find("queue.clear", QPushButton) is not None:
        desk.hand.click("queue.clear")
    wait_until_synced(desk)
    desk.picture(picture)


def open_request(desk: Desk, number: str, picture: str = "") -> None:
    """Finds a request in the queue by its number or reference and opens it."""
    wait_until_synced(desk)
    desk.hand.click("nav.queue")
    desk.hand.click("queue.view.all_open")
    desk.hand.type("queue.search", number)
    desk.hand.pick_text("queue.table", digits(number), activate=True)
    desk.hand.get("request.identity")
    if picture:
        desk.picture(picture)


def read_number(desk: Desk) -> str:
    """The number that the open request goes by, in ASCII digits and without marks."""
    shown = desk.hand.get("request.identity.number", QLabel)
    return ascii_digits(strip_marks(shown.text()))


def look_at_request(desk: Desk, picture: str) -> None:
    desk.hand.get("request.identity")
    wait_until_synced(desk)
    desk.picture(picture)


def _people(desk: Desk) -> int:
    from PySide6.QtWidgets import QListWidget

    people = desk.hand.find("sign_in.people", QListWidget)
    return people.count() if people is not None else 0
