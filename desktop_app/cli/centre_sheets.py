"""`tajzia centre sheets`: the ledger of blank sheets. The exit status is 3 while serials are missing among them."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from dataclasses import asdict

from desktop_app.cli.tables import plain, print_table

_LOOK = 3


def run(args: Namespace) -> int:
    import psycopg

    from desktop_app.centre.sheet_ledger import entries, missing_sheets

    with psycopg.connect(args.dsn) as admin:
        listed = list(entries(admin, args.branch, args.day))
        missing = missing_sheets(admin)
    fine = sum(one.fine for one in listed)
    if args.json:
        told = {
            "sheets": [plain(asdict(one)) for one in listed],
            "fine": fine,
            "spoilt": len(listed) - fine,
            "missing": [asdict(one) for one in missing],
        }
        print(json.dumps(told, ensure_ascii=False))
    else:
        print_table(
            ("sheet", "licence", "request", "branch", "is", "by", "at"),
            [
                (
                    one.serial,
                    f"{one.licence}/{one.copy}" if one.copy else one.licence,
                    one.request,
                    one.branch,
                    _state(one.spoilt, one.note, fine=one.fine, taken_back=one.taken_back),
                    one.by,
                    f"{one.at:%Y-%m-%d %H:%MZ}",
                )
                for one in listed
            ],
        )
        print(f"{fine} fine, {len(listed) - fine} spoilt")
    for one in missing:
        print(f"tajzia: nobody has recorded {_range(one.first, one.last)} ({one.count})", file=sys.stderr)
    return _LOOK if missing else 0


def _state(spoilt: str, note: str, *, fine: bool, taken_back: bool) -> str:
    said = "fine" if fine else f"spoilt {spoilt} {note}".strip()
    return f"{said}, taken back" if taken_back else said


def _range(first: str, last: str) -> str:
    return first if first == last else f"{first} to {last}"
