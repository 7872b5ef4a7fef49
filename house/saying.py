"""How the developer's tool speaks, and how it stops."""

from __future__ import annotations

import sys


class SetUpFailed(Exception):
    """The environment lacks something that only its owner can give; the message says what."""


def say(text: str) -> None:
    """Tell the developer what is going on, at once, apart from the output of the tools."""
    print(f"dev.py: {text}", file=sys.stderr, flush=True)
