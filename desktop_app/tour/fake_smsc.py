"""What Kannel's fake SMSC says that it received, read back: parts, and the messages that they make up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

_CONCATENATED, _LENGTH = 0, 3
"""The element of a user data header that says of how many parts a message is (3GPP TS 23.040, 9.2.3.24.1)."""


@dataclass(frozen=True, slots=True)
class Received:
    """One part of a message as the fake SMSC received it."""

    sender: str
    to: str
    kind: str
    header: bytes
    content: bytes

    @property
    def text(self) -> str:
        """Decoded: Arabic travels as UCS-2."""
        return self.content.decode("utf-16-be" if self.kind in ("ucs-2", "data") else "utf-8")

    @property
    def place(self) -> tuple[int, int, int]:
        """The message's reference, of how many parts it is, and the which of them this is (from 1)."""
        header = self.header[1:]
        while len(header) >= 2:
            element, length = header[0], header[1]
            if (element, length) == (_CONCATENATED, _LENGTH):
                return header[2], header[3], header[4]
            header = header[2 + length :]
        return 0, 1, 1


@dataclass(frozen=True, slots=True)
class Message:
    """A whole message, put together from its parts."""

    to: str
    text: str
    parts: int


def part_of(said: bytes) -> Received:
    """The part that the fake SMSC writes of between `<` and `>`."""
    sender, to, kind, rest = said.split(b" ", 3)
    header = b""
    if kind == b"udh":
        coded, kind, rest = rest.split(b" ", 2)
        header = _decoded(coded)
    return Received(sender.decode(), to.decode(), kind.decode(), header, _decoded(rest))


def messages_of(parts: Iterable[Received]) -> list[Message]:
    """The messages that are whole, in the order in which they became so. A part that comes twice is told twice: the
    second begins another message."""
    whole: list[Message] = []
    begun: dict[tuple[str, int, int], dict[int, str]] = {}
    for part in parts:
        reference, count, number = part.place
        collected = begun.setdefault((part.to, reference, count), {})
        if number in collected:
            collected = begun[part.to, reference, count] = {}
        collected[number] = part.text
        if len(collected) == count:
            del begun[part.to, reference, count]
            whole.append(Message(part.to, "".join(collected[at] for at in sorted(collected)), count))
    return whole


def _decoded(coded: bytes) -> bytes:
    return unquote_to_bytes(coded.replace(b"+", b" "))
