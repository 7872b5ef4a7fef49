"""`tajzia demo`: a centre of its own in a temporary folder, sample data, and the program on it."""

from __future__ import annotations

import json
import secrets
import signal
import subprocess
import sys
import tempfile
import threading
from argparse import ArgumentParser, Namespace
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop_app.demo.centre import DemoCentre

NAME = "demo"
DEVICES = ("K1", "L1", "S1")
"""The counter's computer, the inspector's laptop, the supervisor's desk."""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--headless", action="store_true", help="only the centre, until the input ends")
    parser.add_argument("--folder", type=Path, help="where to put it all (default: a temporary folder)")
    parser.add_argument(
        "--request",
        type=int,
        choices=range(1, 25),
        default=1,
        metavar="N",
        help="which sample request the tour works (1 to 24)",
    )
    parser.add_argument(
        "--gateway", type=Path, help="send the notices by the SMS gateway of these settings, which is on this computer"
    )


def run(args: Namespace) -> int:
    from desktop_app.system.display import has_display

    if not args.headless and not has_display():
        out = Path("tour").absolute()
        # At once: what the tour says of itself comes from another process, a minute later.
        print(f"There is no display here: the guided tour runs instead and draws its windows into {out}", flush=True)
        words = ["tour", "--out", str(out), "--request", str(args.request)]
        return subprocess.run([sys.executable, "-m", "desktop_app", *words], check=False).returncode
    if args.gateway is not None and not _stays_here(args.gateway):
        return 2
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _as_interrupt)
    try:
        if args.folder is not None:
            args.folder.mkdir(parents=True, exist_ok=True)
            return _run_in(args.folder, args)
        with tempfile.TemporaryDirectory(prefix="tajzia-demo-", ignore_cleanup_errors=True) as folder:
            return _run_in(Path(folder), args)
    except KeyboardInterrupt:
        return 130


def _run_in(folder: Path, args: Namespace) -> int:
    from desktop_app.bootstrap.papers import Press
    from desktop_app.demo.centre import DemoCentre
    from desktop_app.system.clock import SystemClock
    from desktop_app.system.given_secrets import line_of

    now = SystemClock().now()
    press = None if args.headless else Press()
    with DemoCentre(folder, now, secrets.token_urlsafe(24), press, args.gateway, _say) as centre:
        if not args.headless:
            centre.enrol(DEVICES[0])
            _say("opening the window; its sign-in screen lists the demonstration's staff")
            return _open(centre.settings_file(DEVICES[0]), line_of(centre.secrets_of(DEVICES[0]).held()))
        for device in DEVICES:
            centre.enrol(device)
        _tell(centre, args.request, now.year)
        _wait_for_end_of_input()
    return 0


def _stays_here(gateway: Path) -> bool:
    """Invented numbers may be somebody's: no gateway of elsewhere is given them."""
    from desktop_app.centre.gateway_settings import GatewaySettingsError, read_gateway

    try:
        here = read_gateway(gateway).is_here
    except (GatewaySettingsError, OSError) as why:
        print(f"tajzia: {why}", file=sys.stderr)
        return False
    if not here:
        print("tajzia: sample numbers go to a gateway on this computer only", file=sys.stderr)
    return here


def _say(what: str) -> None:
    print(f"tajzia: {what}", file=sys.stderr, flush=True)


def _open(settings: Path, secrets_line: str) -> int:
    """The workstation as a process of its own; Ctrl-C ends it too, and then the centre."""
    given = [sys.executable, "-m", "desktop_app", "open", "--settings", str(settings), "--secrets-on-stdin"]
    process = subprocess.Popen(given, stdin=subprocess.PIPE, text=True)
    try:
        assert process.stdin is not None
        with suppress(BrokenPipeError), process.stdin as told:
            told.write(secrets_line)
        return process.wait()
    except KeyboardInterrupt:
        process.terminate()
        process.wait()
        raise


def _tell(centre: DemoCentre, request: int, year: int) -> None:
    """One line of JSON: where the workstations' settings lie, their secrets, how other systems come in, and what
    the tour types in."""
    from desktop_app.demo.staff import AUDITOR, DEMO_PASSWORD
    from desktop_app.demo.tour_requests import tour_request
    from desktop_app.system.given_secrets import line_of
    from desktop_app.wire.codec import encode

    tour = tour_request(request, year)
    told = {
        "workstations": {device: str(centre.settings_file(device)) for device in DEVICES},
        "secrets": {device: line_of(centre.secrets_of(device).held()) for device in DEVICES},
        "channels": {kind: centre.admit(kind) for kind in ("portal", "epay")},
        "password": DEMO_PASSWORD,
        "auditor": AUDITOR,
        "parent": json.loads(encode(tour.parent)),
        "content": json.loads(encode(tour.content)),
    }
    print(json.dumps(told, ensure_ascii=False), flush=True)


def _wait_for_end_of_input() -> None:
    ended = threading.Event()

    def read() -> None:
        while sys.stdin.readline():
            pass
        ended.set()

    threading.Thread(target=read, daemon=True).start()
    ended.wait()


def _as_interrupt(_signal: int, _frame: object) -> None:
    raise KeyboardInterrupt
