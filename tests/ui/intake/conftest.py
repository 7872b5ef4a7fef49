"""A clerk's place over a real store: a few licences, requests in some statuses, and an owner who owes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop_app.domain.money import Fils
from desktop_app.domain.request import Status
from desktop_app.domain.tracks import Due, DueKind, DuesAccount
from desktop_app.ui.frame.routes import Route
from desktop_app.ui.intake.presenter import IntakePresenter
from desktop_app.wire.codec import encode
from desktop_app.wire.facts import EVERYWHERE, FactKind
from tests.ui.fakes import ImmediateBackground, RecordedMessages
from tests.workplaces import TestWorkplace, make_workplace, parent_licence, sample_centre

SHOWN = (Status.DRAFT, Status.LODGED, Status.RETURNED)
FREE = parent_licence(len(SHOWN)).number
"""A licence without any request."""
BUSY = parent_licence(SHOWN.index(Status.LODGED)).number
EXPIRED = "L-2024-08-000900"
ELSEWHERE = "L-2024-09-000901"
OWING = "9851234567"
OWED = (
    Due("M-2026-1", DueKind.MUSAQQAFAT, Fils(120_500), "ضريبة الأبنية ٢٠٢٥"),
    Due("T-2026-7", DueKind.TAHAQQUQAT, Fils(35_000), ""),
)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[TestWorkplace]:
    centre = sample_centre(each=1, spare_licences=3, statuses=SHOWN)
    expired = replace(parent_licence(5), number=EXPIRED, renewed_for=2024, valid_until=date(2024, 12, 31))
    elsewhere = replace(parent_licence(5), number=ELSEWHERE, district=9)
    for licence in (expired, elsewhere):
        centre.publish(FactKind.LICENCE, licence.number, licence.district, encode(licence))
    account = DuesAccount(f"national_number:{OWING}", OWED)
    centre.publish(FactKind.DUES, account.id, EVERYWHERE, encode(account))
    made = make_workplace(tmp_path, centre=centre)
    yield made
    made.close()


@pytest.fixture
def went() -> list[Route]:
    return []


@pytest.fixture
def presenter(
    place: TestWorkplace, background: ImmediateBackground, messages: RecordedMessages, went: list[Route]
) -> IntakePresenter:
    def go(route: Route) -> bool:
        went.append(route)
        return True

    return IntakePresenter(place, background, messages, go)


def fill(presenter: IntakePresenter, parent: str = FREE, identity: str = "9871012345") -> None:
    """A whole and right request: one child with the parent's first vocation and sign."""
    from desktop_app.ui.intake import form as fields

    for name, text in {
        fields.PARENT: parent,
        fields.NAME: "أحمد خليل الحسن",
        fields.IDENTITY: identity,
        fields.MOBILE: "٠٧٩ ١٢٣ ٤٥٦٧",
        fields.TITLE_DEED: "٢٠٢٦/٥٥",
        fields.CERTIFICATE: "C-77",
    }.items():
        presenter.typed(name, text)
    presenter.pause()
    key = presenter.split.add_unit()
    presenter.split.type_area(key, "٤٠٫٥")
    for name, text in {"name_ar": "ليلى حداد", "identity_number": "٩٨٦١٠٢٣٣٤٤", "trade_name": "محل ليلى"}.items():
        presenter.split.type_text(key, name, text)
    assert presenter.parent is not None
    presenter.split.move_vocation(presenter.parent.vocations[0], None, key)
    presenter.split.move_sign("S1", key)
    presenter.pause()
