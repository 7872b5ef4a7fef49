"""A reportlab document in less room: small objects lie together in compressed streams (ISO 32000-1, 7.5.7 and 7.5.8).

A tagged sheet has a hundred of them. Each by itself takes a line of the table of places besides, and only programs read
them, so that nothing is lost by packing. What people look for in the bytes (metadata, the signature) is not packed.
"""

from __future__ import annotations

from collections.abc import Sequence
from struct import Struct
from typing import Any

from reportlab.pdfbase import pdfdoc

from desktop_app.documents.text.objects import Small, Stream, stream, streams

_IN_A_STREAM = 1000
_PLACE = Struct(">BIH")
"""Of an object: its kind, and two numbers that mean what the kind says."""


class PackedDocument(pdfdoc.PDFDocument):
    """reportlab's document, written in that way. Knows no encryption."""

    signature: Any
    Catalog: Any
    _pdfVersion: tuple[int, int]
    _added: dict[int, bytes] | None = None

    def page_numbers(self) -> list[int]:
        """The numbers of the pages' objects so far, in their order."""
        return [self.idToObjectNumberAndVersion[f"Page{at}"][0] for at in range(1, self.pageCounter)]

    @property
    def next_number(self) -> int:
        """Of the next object that is registered."""
        return self.objectcounter + 1

    def say(self, entry: str, value: str) -> None:
        """An entry of the catalogue. reportlab leaves out those that it does not know, of which these are some."""
        setattr(self.Catalog, entry, value)
        self.Catalog.__NoDefault__ = [*self.Catalog.__NoDefault__, entry]

    def add_small(self, bodies: Sequence[bytes]) -> None:
        """Objects that are no streams, under the next numbers, past reportlab's register of names."""
        if self._added is None:
            self._added = {}
        self._added |= dict(enumerate(bodies, self.next_number))
        self.objectcounter += len(bodies)

    def format(self) -> bytes:
        """The whole file. Called by reportlab, once, when everything is registered but what is registered meanwhile."""
        root, info = (self.Reference(one) for one in (self.Catalog, self.info))  # type: ignore[no-untyped-call]
        added: dict[int, bytes] = self._added or {}
        bodies: dict[int, bytes | Stream] = {}
        packed: list[tuple[int, bytes]] = []
        number = 1
        while number <= self.objectcounter:
            one: Any = added.get(number) or self.idToObject[self.numberToId[number]]
            if number in added or type(one) is Small:
                packed.append((number, one))
            else:
                bodies[number] = one if type(one) in (bytes, Stream) else pdfdoc.format(one, self, toplevel=1)
            number += 1
        writing = _Writing(b"%%PDF-%d.%d\n%%\xe2\xe3\xcf\xd3\n" % self._pdfVersion)
        for begin in range(0, len(packed), _IN_A_STREAM):
            bodies[number] = writing.packed(number, packed[begin : begin + _IN_A_STREAM])
            number += 1
        waiting = {one: body for one, body in bodies.items() if isinstance(body, Stream)}
        done = dict(zip(waiting, streams(list(waiting.values())), strict=True))
        for one, body in bodies.items():
            writing.add(one, body if isinstance(body, bytes) else done[one])
        entries = f"/Root {root.format(self).decode()}/Info {info.format(self).decode()}/ID{self._both_ids()}"
        return writing.finish(number, entries)

    def _both_ids(self) -> str:
        digest = self.signature.hexdigest()
        return f"[<{digest}><{digest}>]"


class _Writing:
    """A file as it grows, and where each object is."""

    def __init__(self, head: bytes) -> None:
        self.parts = [head]
        self.offset = len(head)
        self.places: dict[int, tuple[int, int, int]] = {0: (0, 0, 65535)}
        """By number: free, at so many bytes, or in which stream and as which of it."""

    def add(self, number: int, body: bytes) -> None:
        self.places[number] = (1, self.offset, 0)
        part = b"%d 0 obj\n%b\nendobj\n" % (number, body)
        self.parts.append(part)
        self.offset += len(part)

    def packed(self, number: int, objects: Sequence[tuple[int, bytes]]) -> Stream:
        """The stream, under `number`, that these lie together in; it is still to be added."""
        places, offset = [], 0
        for at, (one, body) in enumerate(objects):
            self.places[one] = (2, number, at)
            places.append(f"{one} {offset}")
            offset += len(body) + 1
        head = " ".join(places).encode() + b"\n"
        content = head + b"\n".join([body for _, body in objects])
        return Stream(content, f"/Type/ObjStm/N {len(objects)}/First {len(head)}")

    def finish(self, number: int, entries: str) -> bytes:
        """The file's bytes; the table of places is its last object, under `number`."""
        at = self.offset
        self.places[number] = (1, at, 0)
        table = b"".join([_PLACE.pack(*self.places[one]) for one in range(number + 1)])
        self.add(number, stream(table, f"/Type/XRef/Size {number + 1}/W[1 4 2]{entries}"))
        self.parts.append(b"startxref\n%d\n%%%%EOF\n" % at)
        return b"".join(self.parts)
