"""The counter clerk: the applicant's first word, the split, lodging."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit

from desktop_app.tour.desk import Desk
from desktop_app.tour.steps.everyone import wait_until_synced

_KEYS = (Qt.Key.Key_0, Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_5)


def begin_request(desk: Desk, content: dict[str, Any], picture: str) -> None:
    """Types who asks, in which capacity, and the references."""
    applicant, requirements = content["applicant"], content["requirements"]
    hand = desk.hand
    hand.click("nav.intake")
    hand.type("intake.parent_number", content["plan"]["parent_number"])
    hand.get("split.add")
    hand.choose("intake.applicant.kind", applicant["kind"])
    hand.choose("intake.applicant.capacity", applicant["capacity"])
    hand.type("intake.applicant.name_ar", applicant["person"]["name_ar"])
    hand.choose("intake.applicant.identity_kind", applicant["person"]["identity"]["kind"])
    hand.type("intake.applicant.identity", applicant["person"]["identity"]["number"])
    hand.type("intake.applicant.mobile", applicant["mobile"])
    for field in ("signatory_ar", "authority_reference"):
        if applicant[field] and hand.find(f"intake.applicant.{field}") is not None:
            hand.type(f"intake.applicant.{field}", applicant[field])
    hand.type("intake.requirements.title_deed", requirements["title_deed"])
    desk.picture(picture)


def fill_split(desk: Desk, content: dict[str, Any], names: dict[str, str], picture: str) -> None:
    """One card for each child; `names` are the vocations' names by code, for those that are new to a child."""
    for place, child in enumerate(content["plan"]["children"], 1):
        _fill_child(desk, place, child, names)
    certificate = content["requirements"]["construction_certificate"]
    if certificate:
        desk.hand.type("intake.requirements.construction_certificate", certificate)
    desk.hand.show("split.add")
    desk.picture(picture)


def lodge(desk: Desk, picture: str) -> None:
    desk.hand.click("intake.lodge")
    desk.hand.get("request.identity")
    wait_until_synced(desk)
    desk.picture(picture)


def lodge_again(desk: Desk, title_deed: str, picture: str) -> None:
    """A request that was returned is opened for completion, its deed typed anew, and lodged once more."""
    desk.hand.click("action.lodge")
    desk.hand.type("intake.requirements.title_deed", title_deed)
    desk.picture(picture)
    desk.hand.click("intake.lodge")
    desk.hand.get("request.identity")
    wait_until_synced(desk)


def settle_dues(desk: Desk, reference: str, picture: str) -> None:
    """The owner paid what the notice shows, and brings the reference of the electronic payment."""
    desk.hand.click("action.settle_dues")
    desk.hand.get("dues.notice")
    desk.hand.type("dues.payment_reference", reference)
    desk.picture(picture)
    desk.hand.click("dues.settle")
    desk.hand.get("request.identity")
    wait_until_synced(desk)


def _fill_child(desk: Desk, place: int, child: dict[str, Any], names: dict[str, str]) -> None:
    hand = desk.hand
    known = set(_units(desk))
    hand.click("split.add")
    hand.wait("a card for the child", lambda: set(_units(desk)) > known)
    unit = next(one for one in _units(desk) if one not in known)
    hand.type(f"split.{unit}.area", f"{child['area'] / 100:.2f}")
    hand.type(f"split.{unit}.trade_name", child["trade_name"])
    hand.type(f"split.{unit}.holder", child["holder"]["name_ar"])
    kind = hand.get(f"split.{unit}.kind", QComboBox)
    if kind.currentData() != child["holder"]["identity"]["kind"]:
        hand.choose(f"split.{unit}.kind", child["holder"]["identity"]["kind"])
    hand.type(f"split.{unit}.identity", child["holder"]["identity"]["number"])
    for code in child["vocations"]:
        hand.key_on(f"split.vocation.{code}", _KEYS[place])
    for code in child["signs"]:
        hand.key_on(f"split.sign.{code}", _KEYS[place])
    for code in child["added_vocations"]:
        _add_vocation(desk, unit, names[code])


def _add_vocation(desk: Desk, unit: str, name: str) -> None:
    from PySide6.QtTest import QTest

    line = desk.hand.get(f"split.{unit}.add_vocation", QLineEdit)
    line.setFocus()
    desk.hand.strike(line, name)
    QTest.keyClick(line, Qt.Key.Key_Return)
    desk.hand.wait("the search line to be empty", lambda: not line.text())


def _units(desk: Desk) -> list[str]:
    return [name.split(".")[1] for name in desk.hand.named() if name.startswith("split.") and name.endswith(".area")]
