"""What nobody foresaw: written down under a reference that support can be given, and offered for saving at the next
start. Traces and types only: messages of exceptions may quote what people typed."""

from __future__ import annotations

import logging
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desktop_app import __version__
from desktop_app.application.ports.clock import Clock

_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # nothing that is misread aloud
_REFERENCE_LENGTH = 6
KEPT = 50

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class CrashReport:
    """A report that has not been offered yet."""

    reference: str
    at: datetime
    kind: str
    file: Path


class CrashLog:
    """Reports in a folder of their own, one file each. `write` never raises."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._folder = folder
        self._clock = clock

    def __call__(self, error: BaseException) -> str:
        return self.write(error)

    def write(self, error: BaseException) -> str:
        """Logs and keeps the error; returns the reference under which it is found."""
        import json
        import platform
        import secrets

        from desktop_app.system.logs import without_people
        from desktop_app.system.traces import trace_of

        reference = "".join(secrets.choice(_ALPHABET) for _ in range(_REFERENCE_LENGTH))
        trace = without_people(trace_of(error))
        log.error("unexpected exception %s: %s\n%s", reference, type(error).__name__, trace)
        report = {
            "reference": reference,
            "at": self._clock.now().isoformat(),
            "kind": type(error).__name__,
            "version": __version__,
            "python": sys.version.split()[0],
            "platform": platform.platform(),
            "trace": trace,
        }
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            (self._folder / f"{reference}.new.json").write_text(json.dumps(report, indent=1), "utf-8")
            self._forget_the_oldest()
        except OSError as trouble:
            log.error("the report %s could not be kept: %s", reference, type(trouble).__name__)
        return reference

    def to_offer(self) -> tuple[CrashReport, ...]:
        """Reports of earlier runs that nobody has seen to yet, the newest first."""
        found = [report for file in self._folder.glob("*.new.json") if (report := _read(file)) is not None]
        return tuple(sorted(found, key=lambda report: report.at, reverse=True))

    def save(self, report: CrashReport, target: Path) -> None:
        """Copies the report to where the user wants it; it is not offered again. Raises OSError."""
        target.write_bytes(report.file.read_bytes())
        self.seen(report)

    def seen(self, report: CrashReport) -> None:
        """The report stays in its folder and is not offered again."""
        report.file.replace(report.file.with_name(f"{report.reference}.json"))

    def _forget_the_oldest(self) -> None:
        files = sorted(self._folder.glob("*.json"), key=lambda file: file.stat().st_mtime_ns, reverse=True)
        for file in files[KEPT:]:
            file.unlink(missing_ok=True)


def _read(file: Path) -> CrashReport | None:
    import json

    try:
        held = json.loads(file.read_text("utf-8"))
        return CrashReport(held["reference"], datetime.fromisoformat(held["at"]), held["kind"], file)
    except (OSError, ValueError, KeyError, TypeError):
        # A report that was cut short by the crash it describes is not worth another.
        return None
