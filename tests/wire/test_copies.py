"""What programs from before copies wrote."""

from __future__ import annotations

from desktop_app.domain.commands.confirm_print import ConfirmPrint
from desktop_app.domain.request import Request, Status
from desktop_app.wire.codec import decode, encode
from tests.domain.journey import journey


def test_what_older_programs_wrote_is_read_as_what_it_was() -> None:
    walked = journey(Status.PRINTED)
    old = encode(walked.request).replace(b',"copies":[]', b"").replace(b',"copy":0', b"")
    old = old.replace(b',"valid_until":"2026-12-31"}', b"}").replace(b'"copies":[],', b"").replace(b'"copy":0,', b"")
    assert b"cop" not in old
    read = decode(old, Request)
    assert (read.issue.copies, {sheet.copy for sheet in read.issue.sheets}) == ((), {0})
    (command,) = {decode(b'{"fine":true,"licence_number":"L","request_id":"r","serial":"S"}', ConfirmPrint)}
    assert command == ConfirmPrint("r", "L", "S", fine=True)
