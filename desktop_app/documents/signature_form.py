"""What a signature looks like in a file of ours, to the byte; writing and checking both go by it.

The file is one revision. Its signature dictionary stands in it once, in the form below; the byte range is all of the
file but the container between its angle brackets, which is the DER of a CMS in lower-case digits and zeros up to its
length.

A timestamp is not signed itself, so what is signed says whether there is one: `/TajziaStamp` is the SHA-256 of the
authority's certificate, or zeros where none could be had. A timestamp that is taken out, put in or another authority's
is found by that; another one by the same authority, by its time, which must be that of the signature.
"""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime

CONTAINER_BYTES = 1536
"""A CMS of ours takes about 1 kB."""
STAMPED_CONTAINER_BYTES = 6144
"""With a timestamp it takes 2 to 4 kB, by the authority's key and certificate."""
MOST_TOKEN_BYTES = STAMPED_CONTAINER_BYTES - CONTAINER_BYTES

MARK = b"/SubFilter/ETSI.CAdES.detached"
FIELD = b"<</Type/Annot/Subtype/Widget/FT/Sig/T(Centre)/Rect[0 0 0 0]/F 132/V %d 0 R>>"  # printed, locked, no ink
_RANGE = b"/ByteRange[0 %010d %010d %010d]"
EMPTY_RANGE = _RANGE % (0, 0, 0)
_STAMP = b"/TajziaStamp<%b>"
NO_STAMP_DIGITS = b"0" * 64
NO_STAMP = _STAMP % NO_STAMP_DIGITS

_FORM = re.compile(
    rb"<</Type/Sig/Filter/Adobe\.PPKLite/SubFilter/ETSI\.CAdES\.detached/M\(D:([0-9]{14})\+00'00'\)/Reason\(([a-z]{1,20})\)"
    rb"(?:/TajziaStamp<([0-9a-f]{64})>)?/ByteRange\[0 ([0-9]{10}) ([0-9]{10}) ([0-9]{10})\]/Contents<([0-9a-f]+)>>>"
)


def empty_signature(kind: str, at: datetime, *, stamped: bool = False) -> bytes:
    """The dictionary before anything is signed. `kind` is a word of the paper's kind, `at` is cut to whole seconds,
    UTC; `stamped` leaves room for a timestamp."""
    return b"<</Type/Sig/Filter/Adobe.PPKLite%b/M(D:%b+00'00')/Reason(%b)%b%b/Contents<%b>>>" % (
        MARK,
        at.astimezone(UTC).strftime("%Y%m%d%H%M%S").encode(),
        kind.encode("ascii"),
        NO_STAMP if stamped else b"",
        EMPTY_RANGE,
        b"0" * (2 * (STAMPED_CONTAINER_BYTES if stamped else CONTAINER_BYTES)),
    )


def range_of(before: int, behind: int, rest: int) -> bytes:
    """The byte range: so many bytes, and `rest` bytes from `behind` on."""
    return _RANGE % (before, behind, rest)


def stamp_of(certificate: bytes) -> bytes:
    """What says that there is a timestamp by the authority with this certificate (DER)."""
    return _STAMP % hashlib.sha256(certificate).hexdigest().encode("ascii")


def find_form(content: bytes) -> re.Match[bytes] | None:
    """The one signature of the file: time, kind, stamp, three numbers of the range, container. None where it is not in
    the form, or not the only one."""
    found = list(_FORM.finditer(content))
    return found[0] if len(found) == 1 and content.count(MARK) == 1 else None
