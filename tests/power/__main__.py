"""`python3 dev.py powercut [--json] [--cuts N] [--seed S]`: simulated power cuts of the shipped store."""

from __future__ import annotations

import argparse
import json
import sys
import time

from tests.power.cuts import cut, record_morning


def main(arguments: list[str]) -> int:
    """0 when after every cut the store is whole and holds all that anybody was told is done."""
    parser = argparse.ArgumentParser(prog="dev.py powercut", description=__doc__)
    parser.add_argument("--json", action="store_true", help="one line of JSON, and nothing else on the output")
    parser.add_argument("--cuts", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    begun = time.monotonic()
    morning = record_morning()
    found = cut(morning, asked.cuts, asked.seed)
    print("\n".join(found.told[:20]), file=sys.stderr, end="\n" if found.told else "")
    figures = {
        "cuts": found.cuts,
        "commands": len(morning.commands),
        "calls_recorded": len(morning.recording.asked),
        "writes_at_stake": found.writes_at_stake,
        "lost": found.lost,
        "damaged": found.damaged,
        "half_done": found.half_done,
        "unusable": found.unusable,
        "seconds": round(time.monotonic() - begun, 1),
        "seed": asked.seed,
    }
    print(json.dumps(figures) if asked.json else ", ".join(f"{name} {count}" for name, count in figures.items()))
    return 0 if found.well else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
