"""`tajzia --look`: what the program starts by itself to look through a PDF that anybody may have made.

The file comes on the input, what was seen goes to the output (`documents.look_apart`).
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace

NAME = "--look"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--seconds", type=float, required=True, help="what has not been looked at by then is unseen")
    parser.add_argument("--page", type=int, help="try whether this page (from 0) can be drawn, and look for no codes")


def run(args: Namespace) -> int:
    from desktop_app.documents.look_apart import look, look_at_page

    content = sys.stdin.buffer.read()
    answer = look(content, args.seconds) if args.page is None else look_at_page(content, args.page, args.seconds)
    sys.stdout.buffer.write(answer)
    return 0
