"""The paths of the card, each to its own end: what happens at which desk, in which order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from desktop_app.tour.stage import Stage


@dataclass(frozen=True, slots=True)
class Path:
    """`request` is the sample journey that it is walked with where no other is asked for, `pictures` the fewest that
    it must leave behind."""

    name: str
    play: Callable[[Stage], None]
    request: int = 1
    pictures: int = 6


def issued(stage: Stage) -> None:
    """From the applicant's first word to the certificates in their hands."""
    _until_the_fees(stage)
    stage.fees()
    stage.payment()
    stage.hand_over()


def outside_refusal(stage: Stage) -> None:
    _until_accepted(stage)
    stage.body_refuses("الموقع لا يستوفي شروط تداول الغذاء.")
    stage.look_at_what_is_left()


def rectified(stage: Stage) -> None:
    """The first visit finds an item unmet, the second finds it put right."""
    _until_accepted(stage)
    stage.approvals()
    stage.inspect(stage.book(), unmet="تجديد الشهادات الصحية للعاملين")
    stage.put_right()
    stage.inspect(stage.book())
    stage.civil_defence()
    stage.fees()
    stage.payment()
    stage.hand_over()


def civil_defence_refusal(stage: Stage) -> None:
    _until_accepted(stage)
    stage.approvals()
    stage.inspect(stage.book())
    stage.civil_defence_refuses("مخرج الطوارئ مغلق.")
    stage.look_at_what_is_left()


def returned(stage: Stage) -> None:
    """Completed by the applicant, lodged again, and accepted."""
    stage.arrive()
    stage.intake()
    stage.return_for_completion("رقم سند الملكية غير مطابق.", "8/1201/2012")
    stage.accept()
    stage.look_at_what_is_left()


def withdrawn(stage: Stage) -> None:
    _until_accepted(stage)
    stage.end("withdraw", "عدل مقدم الطلب عن التجزئة.")
    stage.look_at_what_is_left()


def expired(stage: Stage) -> None:
    """A request of the sample data, returned for completion, whose applicant never came back."""
    stage.expire("لم يُستكمل الطلب في المدة المحددة.")
    stage.look_at_what_is_left(stage.supervisor)


def refunded(stage: Stage) -> None:
    _until_the_fees(stage)
    stage.fees()
    stage.payment()
    stage.refund("طلب مقدم الطلب إلغاء الرخص قبل طباعتها.")
    stage.look_at_what_is_left()


def portal(stage: Stage) -> None:
    """Lodged on the website and paid electronically; counter, inspector and supervisor do the rest."""
    stage.arrive_from_the_portal()
    stage.accept()
    _from_acceptance_to_the_fees(stage)
    stage.fees()
    stage.pay_electronically()
    stage.hand_over()


def _until_accepted(stage: Stage) -> None:
    stage.arrive()
    stage.intake()
    stage.accept()


def _until_the_fees(stage: Stage) -> None:
    _until_accepted(stage)
    _from_acceptance_to_the_fees(stage)


def _from_acceptance_to_the_fees(stage: Stage) -> None:
    stage.approvals()
    stage.inspect(stage.book())
    stage.civil_defence()


PATHS = {
    path.name: path
    for path in (
        Path("issued", issued, pictures=14),
        Path("owner-dues", issued, request=10, pictures=14),
        Path("outside-refusal", outside_refusal),
        Path("rectified", rectified, pictures=14),
        Path("civil-defence-refusal", civil_defence_refusal),
        Path("returned", returned),
        Path("withdrawn", withdrawn),
        Path("expired", expired, pictures=4),
        Path("refunded", refunded, pictures=14),
        Path("portal", portal, pictures=14),
    )
}
