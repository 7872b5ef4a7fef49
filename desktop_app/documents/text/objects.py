"""Objects of a reportlab document as bytes: its own formatting costs more than all that stands on a page."""

from __future__ import annotations

from typing import Any

import deflate

LEVEL = 4
"""Of compression: two fifths of the time of zlib's usual level for a fiftieth more bytes."""


class Small(bytes):
    """The body of an object that is no stream. A document may pack it together with others."""


def put(document: Any, name: str, body: bytes) -> str:
    """Registers an object, and answers the reference to it. Raises ValueError for another one under a taken name."""
    return _registered(document, name, Small(body))


def put_stream(document: Any, name: str, content: bytes, entries: str = "") -> str:
    """The same for a stream, with further `entries` of its dictionary."""
    return _registered(document, name, stream(content, entries))


def put_whole(document: Any, name: str, body: bytes) -> int:
    """Registers an object whose bytes stand in the file as they are, and answers its number."""
    document.Reference(bytes(body), name)
    return int(document.idToObjectNumberAndVersion[name][0])


def stream(content: bytes, entries: str = "") -> bytes:
    """The body of a stream object."""
    packed = bytes(deflate.zlib_compress(content, LEVEL))
    return b"<</Filter/FlateDecode/Length %d%b>>\nstream\n%b\nendstream" % (len(packed), entries.encode(), packed)


def _registered(document: Any, name: str, body: bytes) -> str:
    document.Reference(body, name)
    return f"{document.idToObjectNumberAndVersion[name][0]} 0 R"
