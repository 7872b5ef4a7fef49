"""How the stage and its workstations talk: one JSON object per line on the workstation's standard streams."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import IO, Any

Answer = dict[str, Any]


def send(stream: IO[str], message: Mapping[str, Any]) -> None:
    """Writes one message and flushes it."""
    stream.write(json.dumps(message, ensure_ascii=False) + "\n")
    stream.flush()


def receive(stream: IO[str]) -> Answer | None:
    """The next message, or None at the end of the stream. Lines that are no message are passed over."""
    for line in stream:
        if line.startswith("{"):
            answer: Answer = json.loads(line)
            return answer
    return None
