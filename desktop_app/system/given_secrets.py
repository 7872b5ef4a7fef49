"""Machine secrets that whoever started the program hands over through its input, and keeps.

A demonstration's workstations live as long as the process that made them: nothing of theirs belongs into anybody's
keyring, and nothing of theirs may lie on the disk, in the arguments or in the environment.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TextIO

from desktop_app.wire.codec import decode, encode


class GivenSecrets:
    """`application.ports.secrets.Secrets` for this process alone."""

    def __init__(self, given: Mapping[str, bytes] | None = None) -> None:
        self._held = dict(given or {})

    @classmethod
    def read(cls, stream: TextIO) -> GivenSecrets:
        """The first line of `stream`, as `line_of` makes it. Raises MalformedError for anything else."""
        said = stream.readline().strip()
        return cls(decode(said, dict[str, bytes]) if said else {})

    def held(self) -> Mapping[str, bytes]:
        """All of them, for `line_of`."""
        return dict(self._held)

    def find(self, name: str) -> bytes | None:
        return self._held.get(name)

    def put(self, name: str, secret: bytes) -> None:
        self._held[name] = secret

    def forget(self, name: str) -> None:
        self._held.pop(name, None)


def line_of(secrets: Mapping[str, bytes]) -> str:
    """What `GivenSecrets.read` reads, with its end of line."""
    return encode(dict(secrets)).decode("ascii") + "\n"
