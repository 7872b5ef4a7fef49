"""One certificate by itself, ours and typst's: from the start of a process until it is drawn, and how large it is."""

from __future__ import annotations

import pickle
from statistics import median

from desktop_app.documents.renderer import ReportlabRenderer
from tests.bench.certificate_content import contents
from tests.bench.certificate_peers import Typst
from tests.bench.launching import milliseconds_until
from tests.bench.one_certificate import DRAWN
from tests.bench.row import Row, side_by_side

ROUNDS = 9
SHEETS = 20


def from_a_cold_start(rounds: int = ROUNDS) -> Row:
    """Milliseconds; a counter's first sheet of the day."""
    (content,) = contents(1)
    given = pickle.dumps(content).hex()

    def took(who: str) -> float:
        return milliseconds_until(DRAWN, ["-m", "tests.bench.one_certificate", who], paint_log=False, given=given)

    ours, theirs = side_by_side(lambda: took("ours"), lambda: took("typst"), rounds)
    return Row(
        name="one certificate from a cold start, typst",
        ours=ours,
        peer=theirs,
        peer_name=f"{Typst.name}, untagged, without a code",
        unit="ms",
        goal=1.0,
    )


def size_of_the_file(sheets: int = SHEETS) -> Row:
    """The median, in thousands of bytes; every sheet brings its fonts with it."""
    wanted, renderer, typst = contents(sheets), ReportlabRenderer(), Typst()
    return Row(
        name="size of a certificate, typst",
        ours=median(len(renderer.certificate(one)) for one in wanted) / 1000,
        peer=median(len(typst.sheets([one])) for one in wanted) / 1000,
        peer_name=f"{Typst.name}, untagged, without a code",
        unit="kB",
        goal=1.0,
    )
