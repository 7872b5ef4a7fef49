"""`python -m tests.bench`: measures us beside our peers, in one run, and says whether the goals are met.

    --json        a list of {"name", "ours", "peer", "peer_name", "unit", "ratio", "goal", "met"}
    --only NAME   the rows whose name holds NAME; may be repeated
    --readers FILE  instead: what readers of PDF make of our Arabic and of others', as a page of docs/

The exit status is 0 when everything was measured, met or not.
"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from tests.bench import (
    bootstrapping,
    certificate_singles,
    certificates,
    first_paint,
    first_queue,
    latency,
    queue_page,
    registrar,
)
from tests.bench.row import Row

MEASUREMENTS: Mapping[str, Callable[[], Row]] = {
    "first paint": first_paint.first_paint,
    "first queue page": first_queue.first_queue_page,
    "queue page of 1,000,000 requests": queue_page.queue_page,
    "bootstrap of 100,000 licences": bootstrapping.bootstrap,
    "commands through the registrar, executemany": registrar.against_executemany,
    "commands through the registrar, pouchdb-server": registrar.against_pouchdb,
    "workstation to workstation": latency.from_one_to_another,
    "pages per second in a batch, typst": certificates.batch_against_typst,
    "pages per second in a batch, WeasyPrint": certificates.batch_against_weasyprint,
    "pages per second in a batch, fpdf2": certificates.batch_against_fpdf2,
    "pages per second in a batch, Qt": certificates.batch_against_qt,
    "certificates per second, a file each, typst": certificates.files_against_typst,
    "signed certificates per second, pyHanko": certificates.against_pyhanko,
    "one certificate from a cold start, typst": certificate_singles.from_a_cold_start,
    "size of a certificate, typst": certificate_singles.size_of_the_file,
}


def main(arguments: Sequence[str]) -> int:
    parser = ArgumentParser(prog="dev.py bench", description=__doc__, formatter_class=RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--only", action="append", metavar="NAME", choices=None)
    parser.add_argument("--readers", type=Path, metavar="FILE")
    asked = parser.parse_args(arguments)
    if asked.readers:
        from tests.bench import readers  # imports every program that it compares

        readers.write(asked.readers)
        return 0
    chosen = [name for name in MEASUREMENTS if not asked.only or any(part in name for part in asked.only)]
    if not chosen:
        parser.error(f"no row is called so; there are: {'; '.join(MEASUREMENTS)}")
    rows = []
    for name in chosen:
        print(f"measuring: {name}", file=sys.stderr, flush=True)
        rows.append(MEASUREMENTS[name]())
    print(json.dumps([row.as_json() for row in rows], ensure_ascii=False, indent=1) if asked.json else table(rows))
    return 0


def table(rows: Sequence[Row]) -> str:
    """The rows for a reader."""
    lines = [("", "ours", "peer", "", "ratio", "goal", "", "peer")]
    for row in rows:
        sign = "≥" if row.more_is_better else "≤"
        met = "met" if row.met else "MISSED"
        figures = (f"{row.ours:.1f}", f"{row.peer:.1f}", row.unit, f"{row.ratio:.2f}", f"{sign} {row.goal:g}")
        lines.append((row.name, *figures, met, row.peer_name))
    widths = [max(len(line[at]) for line in lines) for at in range(len(lines[0]))]
    numeric = {1, 2, 4}
    return "\n".join(
        "  ".join(cell.rjust(width) if at in numeric else cell.ljust(width) for at, (cell, width) in enumerate(pair))
        for pair in (list(zip(line, widths, strict=True)) for line in lines)
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
