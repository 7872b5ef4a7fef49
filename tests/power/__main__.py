"""`python3 dev.py powercut [--json] [--cuts N] [--seed S]`: simulated power cuts; docs/torture.md says what it does."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path

from tests.power.cuts import Cut, be_quiet, cut_all, read_tape, record_apart
from tests.power.planted import PLANTED
from tests.torture.beginning import in_memory


def main(arguments: list[str]) -> int:
    """0 when after every cut the store opens, is whole, and holds all that anybody was told is stored."""
    parser = argparse.ArgumentParser(prog="dev.py powercut", description=__doc__)
    parser.add_argument("--json", action="store_true", help="one line of JSON, and nothing else on the output")
    parser.add_argument("--cuts", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1, help="of the first cut; the others count on from it")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--planted", choices=PLANTED, default="", help="with a bug that it must find")
    asked = parser.parse_args(arguments)
    be_quiet()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="tajzia-power-", dir=in_memory()) as folder:
        file = record_apart(Path(folder), asked.planted)
        tape = read_tape(file)
        seeds = range(asked.seed, asked.seed + asked.cuts)
        cuts = sorted(cut_all(file, seeds, asked.processes), key=lambda cut: cut.seed)
    failed = [cut for cut in cuts if not cut.verdict.well]
    for cut in failed:
        _tell(cut, asked.planted, whole=asked.cuts == 1)
    figures = {
        "cuts": len(cuts),
        "writes": tape.writes,
        "syncs": tape.syncs,
        "lost": sum(len(cut.verdict.lost) for cut in cuts),
        "unopenable": sum(bool(cut.verdict.unopenable) for cut in cuts),
        "torn": sum(bool(cut.verdict.torn) for cut in cuts),
        "seed": failed[0].seed if failed else asked.seed,
    }
    taken = f"{sum(cut.dropped for cut in cuts)} writes dropped, {sum(cut.torn for cut in cuts)} torn"
    again = sum(cut.again for cut in cuts)
    print(f"{taken}, {again} stores cut twice, {time.monotonic() - begun:.0f} s", file=sys.stderr)
    print(json.dumps(figures) if asked.json else ", ".join(f"{name} {count}" for name, count in figures.items()))
    return 1 if failed else 0


def _tell(cut: Cut, planted: str, *, whole: bool) -> None:
    replay = f"dev.py powercut --cuts 1 --seed {cut.seed}" + (f" --planted {planted!r}" if planted else "")
    print(f"seed {cut.seed} fails: {replay}", file=sys.stderr)
    if whole:
        print(f"after {cut.moment} calls", *cut.verdict.told(), sep="\n", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
