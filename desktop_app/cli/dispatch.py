"""Choosing one subcommand by its name, and importing no other."""

from __future__ import annotations

import importlib
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, cast

from desktop_app import __version__

_NOT_UNDERSTOOD = 2


class Subcommand(Protocol):
    """What the module of a subcommand holds."""

    NAME: str

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments; `parser` has the program's and the subcommand's name already."""

    def run(self, args: Namespace) -> int:
        """Do the work; return the exit status. What it cannot mend itself it says on the error stream."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the table of subcommands: the module that holds it, and what it is for, in a few words."""

    module: str
    purpose: str


def dispatch(entries: Mapping[str, Entry], default: str, arguments: Sequence[str]) -> int:
    """Run the subcommand that `arguments` begins with (`default` when there are none); return its status."""
    first = arguments[0] if arguments else default
    if first in {"-h", "--help"}:
        print(overview(entries))
        return 0
    if first == "--version":
        print(f"tajzia {__version__}")
        return 0
    entry = entries.get(first)
    if entry is None:
        print(f"tajzia: no subcommand {first!r}\n\n{overview(entries)}", file=sys.stderr)
        return _NOT_UNDERSTOOD
    subcommand = cast(Subcommand, importlib.import_module(entry.module))
    parser = ArgumentParser(prog=f"tajzia {first}", description=entry.purpose)
    subcommand.add_arguments(parser)
    return subcommand.run(parser.parse_args(arguments[1:]))


def overview(entries: Mapping[str, Entry]) -> str:
    """The table of subcommands as text."""
    width = max(map(len, entries))
    lines = (f"  {name:<{width}}  {entry.purpose}" for name, entry in entries.items())
    return "usage: tajzia [SUBCOMMAND] [ARGUMENTS]\n\n" + "\n".join(lines)
