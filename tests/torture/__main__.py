"""`python -m tests.torture [--json] [--schedules N] [--seed S]`, `--real [--kills N]`: docs/torture.md says what it
does."""

from __future__ import annotations

import argparse
import json
import sys
import time
from dataclasses import fields

from tests.torture.schedules import run_all, run_schedule

COUNTED = ("schedules", "steps", "faults", "lost", "diverged", "stuck", "double_applied")


def main(arguments: list[str]) -> int:
    """0 when nothing was lost, diverged, stuck or applied twice."""
    parser = argparse.ArgumentParser(prog="dev.py torture", description=__doc__)
    parser.add_argument("--json", action="store_true", help="one line of JSON, and nothing else on the output")
    parser.add_argument("--schedules", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1, help="of the first schedule; the others count on from it")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--real", action="store_true", help="a real PostgreSQL, real processes and kill -9")
    parser.add_argument("--kills", type=int, default=200, help="with --real: how many processes are killed")
    asked = parser.parse_args(arguments)
    return _real(asked) if asked.real else _simulated(asked)


def _simulated(asked: argparse.Namespace) -> int:
    begun = time.monotonic()
    figures = dict.fromkeys(COUNTED, 0)
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
    _print({**figures, "seed": failed[0] if failed else asked.seed}, asked)
    if not asked.json:
        print(f"{figures['schedules'] / (time.monotonic() - begun):.1f} schedules a second")
    return 1 if failed else 0


def _real(asked: argparse.Namespace) -> int:
    from tests.torture.real.campaign import torture

    came = torture(asked.kills, asked.seed)
    if not came.well:
        print("\n".join(came.told), file=sys.stderr)
    _print({one.name: getattr(came, one.name) for one in fields(came) if one.name != "told"}, asked)
    return 0 if came.well else 1


def _print(figures: dict[str, float], asked: argparse.Namespace) -> None:
    in_order = {name: figures[name] for name in (*COUNTED, "seed")} | figures
    print(json.dumps(in_order) if asked.json else ", ".join(f"{name} {count}" for name, count in in_order.items()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
