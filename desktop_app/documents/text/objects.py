"""Objects of a reportlab document as bytes: its own formatting costs more than all that stands on a page."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import deflate
from reportlab.pdfbase.pdfdoc import PDFObject

LEVEL = 4
"""Of compression: two fifths of the time of zlib's usual level for a fiftieth more bytes."""


_WORTH_SHARING = 12
_SHARES = min(4, os.cpu_count() or 1)


class Stream(PDFObject):
    """A stream that is still to be compressed, and further entries of its dictionary."""

    def __init__(self, content: bytes, entries: str = "") -> None:
        self.content, self.entries = content, entries

    def format(self, _: Any) -> bytes:
        """For a document of reportlab's own."""
        return stream(self.content, self.entries)


class Small(bytes):
    """The body of an object that is no stream. A document may pack it together with others."""


def put(document: Any, name: str, body: bytes) -> str:
    """Registers an object, and answers the reference to it. Raises ValueError for another one under a taken name."""
    return _registered(document, name, Small(body))


def put_stream(document: Any, name: str, content: bytes, entries: str = "") -> str:
    """The same for a stream, with further `entries` of its dictionary. It is compressed when the file is written."""
    return _registered(document, name, Stream(content, entries))


def put_whole(document: Any, name: str, body: bytes) -> int:
    """Registers an object whose bytes stand in the file as they are, and answers its number."""
    document.Reference(bytes(body), name)
    return int(document.idToObjectNumberAndVersion[name][0])


def stream(content: bytes, entries: str = "") -> bytes:
    """The body of a stream object."""
    packed = bytes(deflate.zlib_compress(content, LEVEL))
    return b"<</Filter/FlateDecode/Length %d%b>>\nstream\n%b\nendstream" % (len(packed), entries.encode(), packed)


def streams(those: Sequence[Stream]) -> list[bytes]:
    """The body of each. Compressing leaves Python's lock alone, so many are shared out among the processor's cores."""
    if len(those) < _WORTH_SHARING or _SHARES == 1:
        return _alone(those)
    shares = [those[at::_SHARES] for at in range(_SHARES)]
    with ThreadPoolExecutor(_SHARES - 1) as others:
        waiting = [others.submit(_alone, share) for share in shares[1:]]
        done = [_alone(shares[0]), *(one.result() for one in waiting)]
    return [done[at % _SHARES][at // _SHARES] for at in range(len(those))]


def _alone(those: Sequence[Stream]) -> list[bytes]:
    return [stream(one.content, one.entries) for one in those]


def _registered(document: Any, name: str, body: bytes | Stream) -> str:
    document.Reference(body, name)
    return f"{document.idToObjectNumberAndVersion[name][0]} 0 R"
