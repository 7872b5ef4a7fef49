"""`python -m tests.hostile [--json] [--reduced]`: the hostile client against a centre of its own.

Ends with 1 when an attempt got anywhere, when the entitled were turned away, or when the registrar did not live.
"""

from __future__ import annotations

import argparse
import json
import logging
import sys
import tempfile
from pathlib import Path

import structlog

from desktop_app.demo.postgres import EmbeddedPostgres
from tests.hostile.campaign import REDUCED, WHOLE, Report, run
from tests.postgres_fixture import make_centre


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="dev.py hostile", description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true", help="one line of figures on the output")
    parser.add_argument("--reduced", action="store_true", help="what the everyday tests run")
    chosen = parser.parse_args(arguments)
    # Hundreds of submissions are put aside: that is the point, and no news.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    report = _campaign(reduced=chosen.reduced)
    for attempt, gained in report.ledger.succeeded.items():
        print(f"succeeded: {attempt.role} · {attempt.object} · {attempt.technique}: {gained}", file=sys.stderr)
    for thing, technique in report.ledger.turned_away():
        print(f"the entitled were turned away: {thing} · {technique}", file=sys.stderr)
    told = report.told()
    if chosen.json:
        print(json.dumps(told))
    else:
        for name, value in told.items():
            print(f"{name}: {value}")
    return 0 if report.safe else 1


def _campaign(*, reduced: bool) -> Report:
    with tempfile.TemporaryDirectory(prefix="tajzia-hostile-") as name:
        folder = Path(name)
        with EmbeddedPostgres(folder / "server", durable=False) as server:
            centre = make_centre(server)
            try:
                return run(centre, folder, REDUCED if reduced else WHOLE)
            finally:
                centre.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
