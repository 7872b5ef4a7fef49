"""`python -m tests.torture [--json] [--schedules N] [--seed S]`: docs/torture.md says what it does."""

from __future__ import annotations

import argparse
import json
import sys
import time

from tests.torture.schedules import run_all, run_schedule


def main(arguments: list[str]) -> int:
    """0 when nothing was lost, diverged, stuck or applied twice."""
    parser = argparse.ArgumentParser(prog="dev.py torture", description=__doc__)
    parser.add_argument("--json", action="store_true", help="one line of JSON, and nothing else on the output")
    parser.add_argument("--schedules", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1, help="of the first schedule; the others count on from it")
    parser.add_argument("--processes", type=int, default=2)
    asked = parser.parse_args(arguments)
    begun = time.monotonic()
    figures = dict.fromkeys(("schedules", "steps", "faults", "lost", "diverged", "stuck", "double_applied"), 0)
    failed: list[int] = []
    for result in run_all(range(asked.seed, asked.seed + asked.schedules), processes=asked.processes):
        figures["schedules"] += 1
        figures["steps"] += result.steps
        figures["faults"] += result.faults
        for kind in ("lost", "diverged", "stuck", "double_applied"):
            figures[kind] += len(getattr(result.verdict, kind))
        # A schedule that broke off was not drained: what it held is as good as stuck.
        figures["stuck"] += bool(result.crash)
        if not result.well:
            failed.append(result.seed)
            print(f"seed {result.seed} fails: dev.py torture --schedules 1 --seed {result.seed}", file=sys.stderr)
    if asked.schedules == 1 and failed:
        told = run_schedule(asked.seed, tell=True)
        print("\n".join(told.tale), told.verdict, told.crash, sep="\n", file=sys.stderr)
    told_seed = failed[0] if failed else asked.seed
    if asked.json:
        print(json.dumps({**figures, "seed": told_seed}))
    else:
        seconds = time.monotonic() - begun
        print(", ".join(f"{name} {count}" for name, count in figures.items()), f"seed {told_seed}", sep=", ")
        print(f"{figures['schedules'] / seconds:.1f} schedules a second")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
