"""The dues hold of the card: what an owner still owes the municipality (مسقفات، تحققات)."""

from __future__ import annotations

from dataclasses import replace

from desktop_app.domain.deciding import Case
from desktop_app.domain.messages import Message, message
from desktop_app.domain.money import total
from desktop_app.domain.people import Applicant, Capacity
from desktop_app.domain.tracks import Due, Dues, DuesAccount, DuesState, IntakeState


def unpaid_dues(case: Case) -> tuple[Due, ...]:
    """What still holds the request: the register's dues of an owner, less what this request settled.

    The register has the last word: an amount that it no longer shows was paid.
    """
    request = case.request
    if request is None:
        return ()
    settled = {due.reference for due in request.dues.outstanding if request.dues.state is DuesState.SETTLED}
    return tuple(due for due in owed_by(request.applicant, case.dues) if due.reference not in settled)


def holding_dues(case: Case) -> tuple[Due, ...]:
    """The unpaid dues that a lodged request waits for; before and after that moment nothing waits for them."""
    lodged = case.request is not None and case.request.intake.state is IntakeState.LODGED
    return unpaid_dues(case) if lodged else ()


def owed_by(applicant: Applicant, account: DuesAccount | None) -> tuple[Due, ...]:
    """What the register shows against an applicant; only owners are asked, as the card says."""
    return account.dues if account is not None and applicant.capacity is Capacity.OWNER else ()


def dues_notice(dues: tuple[Due, ...]) -> tuple[Message, ...]:
    """The card's notice on the screen: each amount that is owed, and last that the whole is to be paid electronically.
    Nothing owed, nothing shown."""
    if not dues:
        return ()
    return (
        *(
            message("dues.owed", kind=due.kind.value, reference=due.reference, amount=due.amount, what=due.about_ar)
            for due in dues
        ),
        message("dues.pay_electronically", amount=total(tuple(due.amount for due in dues))),
    )


def dues_at_lodging(applicant: Applicant, account: DuesAccount | None, before: Dues) -> Dues:
    """The dues track as it begins: only owners are asked, as the card says. What was settled before the request came
    back for completion stays settled."""
    version = before.version + 1
    if applicant.capacity is not Capacity.OWNER:
        return Dues(DuesState.NOT_APPLICABLE, version=version)
    owed = owed_by(applicant, account)
    if before.state is DuesState.SETTLED and set(owed) <= set(before.outstanding):
        return before
    return Dues(DuesState.OUTSTANDING if owed else DuesState.CLEAR, owed, version=version)


def dues_at_acceptance(dues: Dues) -> Dues:
    """An acceptance finds nothing unpaid: what was outstanding and needed no reference, the register shows as paid."""
    if dues.state is not DuesState.OUTSTANDING:
        return dues
    return replace(dues, state=DuesState.SETTLED, version=dues.version + 1)
