"""When a copy of a certificate may be made: while the certificate was printed, and what it says still stands."""

from __future__ import annotations

from dataclasses import replace

from desktop_app.domain.copies import CertificateCopy
from desktop_app.domain.deciding import Case
from desktop_app.domain.licence import Licence, LicenceStatus
from desktop_app.domain.messages import Message, message
from desktop_app.domain.request import Request
from desktop_app.domain.tracks import IssuedLicence


def copies_in_force(request: Request) -> tuple[CertificateCopy, ...]:
    """Those of the certificates as they were issued last; the others are of certificates that were taken back."""
    issued_at = request.issue.issued_at
    return tuple(one for one in request.issue.copies if issued_at is not None and one.at >= issued_at)


def copies_to_print(request: Request) -> tuple[CertificateCopy, ...]:
    """The copies that have no fine sheet yet."""
    fine = {(sheet.licence_number, sheet.copy) for sheet in request.issue.sheets if sheet.fine}
    return tuple(one for one in copies_in_force(request) if (one.licence_number, one.count) not in fine)


def why_no_copy(case: Case, number: str) -> Message | None:
    """What forbids a copy of this licence's certificate now; None where nothing does.

    Only a certificate with a fine sheet is copied, and only while a copy of it would say what it says: not once the
    licence is closed, suspended, split again or renewed. One copy is printed before the next is asked for, so that
    whoever asks twice gets one.
    """
    request = case.request
    issued = next((one for one in request.issue.licences if one.number == number), None) if request else None
    if request is None or issued is None:
        return message("print.not_this_requests", "licence_number", number=number)
    if not any(sheet.fine and sheet.licence_number == number and not sheet.copy for sheet in request.issue.sheets):
        return message("copy.not_printed_yet", "licence_number", number=number)
    for waiting in copies_to_print(request):
        if waiting.licence_number == number:
            return message("copy.waits", "licence_number", number=number, count=waiting.count)
    return why_it_says_another_thing(_find_licence(case, number), issued, request)


def counted_on(case: Case, number: str) -> Licence:
    """This licence with one copy more ordered of it; `why_no_copy` had nothing against it.

    Copies that this request holds beyond the licence's own count are counted too: none is given twice.
    """
    licence, request = _find_licence(case, number), case.request
    assert licence is not None
    assert request is not None
    held = sum(one.licence_number == number for one in request.issue.copies)
    return replace(licence, copies=1 + max(licence.copies, held))


def _find_licence(case: Case, number: str) -> Licence | None:
    held = (*case.children, *((case.parent,) if case.parent else ()))
    return next((one for one in held if one.number == number), None)


def why_it_says_another_thing(licence: Licence | None, issued: IssuedLicence, request: Request) -> Message | None:
    """Why the certificate that `request` issued is not what stands of `licence` now; None where it is."""
    number = issued.number
    if licence is None or licence.status is LicenceStatus.CLOSED:
        return message("copy.closed", "licence_number", number=number)
    if licence.status is LicenceStatus.SUSPENDED:
        return message("copy.suspended", "licence_number", number=number)
    drawn_by = (licence.made_by_request, *licence.amended_by_requests)[-1]
    if drawn_by != request.id:
        return message("copy.superseded", "licence_number", number=number)
    if issued.valid_until is not None and issued.valid_until != licence.valid_until:
        return message("copy.renewed", "licence_number", number=number, until=issued.valid_until)
    return None
