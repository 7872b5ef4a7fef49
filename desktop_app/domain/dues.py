"""The dues hold of the card: what an owner still owes the municipality (مسقفات، تحققات)."""

from __future__ import annotations

from desktop_app.domain.deciding import Case
from desktop_app.domain.people import Applicant, Capacity
from desktop_app.domain.tracks import Due, Dues, DuesAccount, DuesState


def unpaid_dues(case: Case) -> tuple[Due, ...]:
    """What still holds the request: the register's dues of an owner, less what this request settled.

    The register has the last word: an amount that it no longer shows was paid.
    """
    request = case.request
    if request is None or request.applicant.capacity is not Capacity.OWNER or case.dues is None:
        return ()
    settled = {due.reference for due in request.dues.outstanding if request.dues.state is DuesState.SETTLED}
    return tuple(due for due in case.dues.dues if due.reference not in settled)


def dues_at_lodging(applicant: Applicant, account: DuesAccount | None, version: int) -> Dues:
    """The dues track as it begins: only owners are asked, as the card says."""
    if applicant.capacity is not Capacity.OWNER:
        return Dues(DuesState.NOT_APPLICABLE, version=version)
    if account is None or not account.dues:
        return Dues(DuesState.CLEAR, version=version)
    return Dues(DuesState.OUTSTANDING, account.dues, version=version)
