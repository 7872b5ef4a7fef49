"""`tajzia tour`: the journey through the real windows, and its account."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from contextlib import ExitStack
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from desktop_app.tour.paths import Path as CardPath
    from desktop_app.tour.told import Told

NAME = "tour"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, default=Path("tour"), help="where pictures, papers and journey.json go")
    parser.add_argument(
        "--request", type=int, choices=range(1, 25), metavar="N", help="which sample request is worked (1 to 24)"
    )
    parser.add_argument(
        "--path", help="which path of the card is walked, into a folder of its name; all: each of them, one by one"
    )
    parser.add_argument("--workstation", type=Path, help="inside: be the workstation of this settings file")


def run(args: Namespace) -> int:
    args.out.mkdir(parents=True, exist_ok=True)
    if args.workstation is not None:
        return _be_workstation(args.workstation, args.out)
    from desktop_app.tour.paths import PATHS

    if args.path is None:
        return _walk(PATHS["issued"], args.out, args.request)
    wanted = list(PATHS.values()) if args.path == "all" else [PATHS[args.path]] if args.path in PATHS else []
    if not wanted:
        print(f"tajzia: there is no path {args.path}; there are {', '.join(PATHS)}", file=sys.stderr)
        return 2
    done = []
    for path in wanted:
        out = args.out / path.name
        out.mkdir(exist_ok=True)
        done.append(_walk(path, out, args.request, by_kannel=True))
    return max(done)


def _walk(path: CardPath, out: Path, request: int | None, *, by_kannel: bool = False) -> int:
    """One path with a centre of its own, to its end; the exit status. `by_kannel` sends its notices through Kannel,
    where that is installed."""
    from desktop_app.tour.centre_process import CentreProcess
    from desktop_app.tour.kannel import Kannel, KannelError, kannel_is_installed
    from desktop_app.tour.systems import NotAnsweredError
    from desktop_app.tour.told import Told
    from desktop_app.tour.workstation import StepFailedError

    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="tajzia-tour-", ignore_cleanup_errors=True) as folder:
        try:
            with ExitStack() as running:
                kannel = gateway = None
                if by_kannel and kannel_is_installed():
                    kannel = running.enter_context(Kannel(Path(folder) / "kannel"))
                    gateway = kannel.settings_in(Path(folder) / "kannel")
                centre = running.enter_context(CentreProcess(Path(folder) / "centre", request or path.request, gateway))
                told = Told(kannel, says_so=by_kannel)
                pictures, wrong = _play(path, centre.told, out, Path(folder), told)
        except (StepFailedError, NotAnsweredError, KannelError) as why:
            print(f"tajzia: {path.name}: {why}\n{_log_of_the_registrar(Path(folder))}", file=sys.stderr)
            return 1
    took = time.monotonic() - begun
    print(
        f"{path.name}: {pictures} pictures, the papers and journey.json are in {out.absolute()} (after {took:.0f} s)",
        flush=True,
    )
    return end_of_path(path, pictures, wrong)


def end_of_path(path: CardPath, pictures: int, wrong: Sequence[str]) -> int:
    """The exit status: a path with fewer pictures than it promises failed, and one with a difference between what the
    network received and the centre's facts, each of which is told."""
    for one in wrong:
        print(f"tajzia: {path.name}: the notices differ from the centre's facts: {one}", file=sys.stderr)
    return 0 if pictures >= path.pictures and not wrong else 1


def _log_of_the_registrar(folder: Path) -> str:
    log = folder / "centre" / "registrar.log"
    return log.read_text(encoding="utf-8")[-4000:] if log.exists() else ""


def _play(path: CardPath, told: dict[str, Any], out: Path, folder: Path, notices: Told) -> tuple[int, list[str]]:
    """How many pictures were taken, and how the notices differ from the centre's facts."""
    from desktop_app.application.settings import load_settings
    from desktop_app.bootstrap.device import open_link
    from desktop_app.domain.calendar import AMMAN
    from desktop_app.domain.licence import Licence
    from desktop_app.domain.lodging import RequestContent
    from desktop_app.system.clock import SystemClock
    from desktop_app.system.given_secrets import GivenSecrets
    from desktop_app.tour.facts import CentreFacts
    from desktop_app.tour.journey import write_account
    from desktop_app.tour.stage import Script, Stage
    from desktop_app.tour.systems import Systems
    from desktop_app.wire.codec import decode, encode

    for old in (*out.glob("*.png"), *out.glob("*.pdf"), *out.glob("journey.json"), *out.glob("portal.json")):
        old.unlink()
    content = decode(encode(told["content"]), RequestContent)
    settings = load_settings(Path(told["workstations"]["S1"]))
    secrets = GivenSecrets.read(StringIO(told["secrets"]["S1"]))
    link = open_link(settings, told["auditor"], told["password"], secrets)
    try:
        before = CentreFacts(link)
        today = SystemClock().now().astimezone(AMMAN).date()
        lapsed = before.lapsed(settings.branch, today) if path.name == "expired" else None
        wanted = lapsed.plan.parent_number if lapsed else decode(encode(told["parent"]), Licence).number
        parent = before.licence(wanted)
        script = Script(
            parent=parent,
            content=content,
            typed=told["content"],
            reference=before.reference(),
            has_dues=bool(before.dues_of(content.applicant.person.identity.key)),
            today=today,
            lapsed=lapsed.shown_number if lapsed else "",
        )
        with Systems(told["channels"]) as systems:
            stage = Stage(script, told["workstations"], told["secrets"], told["password"], systems, out, folder)
            stage.play(path.play)
        if systems.portal_was_told:
            text = json.dumps(systems.portal_was_told, ensure_ascii=False, indent=2)
            (out / "portal.json").write_text(text + "\n", encoding="utf-8")
        notices.wait(link, parent.number)
        account, wrong = write_account(link, parent.number, parent.area, out, notices)
    finally:
        link.close()
    print(
        json.dumps({key: account[key] for key in ("request", "parent", "receipt", "certificates")}, ensure_ascii=False)
    )
    return stage.pictures, wrong


def _be_workstation(settings: Path, out: Path) -> int:
    from desktop_app.tour.desk import offscreen, work

    offscreen()
    from PySide6.QtWidgets import QApplication

    from desktop_app.application.settings import load_settings
    from desktop_app.bootstrap.windows import open_program
    from desktop_app.system.given_secrets import GivenSecrets
    from desktop_app.system.paths import places_in
    from desktop_app.tour.steps import STEPS

    secrets = GivenSecrets.read(sys.stdin)
    known = load_settings(settings)
    with open_program(known, [sys.argv[0]], secrets):
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        return work(out, places_in(Path(known.store)).crashes, STEPS, app)
