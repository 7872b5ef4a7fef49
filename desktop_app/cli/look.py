"""`tajzia --look`: what the program starts by itself to look through a PDF that was given to be checked.

The file comes on the input, what was seen goes to the output (`documents.look_apart`).
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace

NAME = "--look"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--seconds", type=float, required=True, help="what has not been looked at by then is unseen")


def run(args: Namespace) -> int:
    from desktop_app.documents.look_apart import look

    sys.stdout.buffer.write(look(sys.stdin.buffer.read(), args.seconds))
    return 0
