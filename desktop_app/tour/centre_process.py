"""The demonstration's centre as a process of its own: real PostgreSQL, the registrar, sample data."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Any

from desktop_app.tour.protocol import receive


class CentreProcess:
    """Starts the centre on entering, with its workstations enrolled; `told` is what it says of itself once it is up.
    Notices go out by `gateway`, the settings of one, or else into files."""

    def __init__(self, folder: Path, request: int, gateway: Path | None = None) -> None:
        self._command = [
            sys.executable,
            "-m",
            "desktop_app",
            "demo",
            "--headless",
            "--folder",
            str(folder),
            "--request",
            str(request),
        ]
        if gateway is not None:
            self._command += ["--gateway", str(gateway)]
        self._process: subprocess.Popen[str] | None = None
        self.told: dict[str, Any] = {}

    def __enter__(self) -> CentreProcess:
        self._process = subprocess.Popen(
            self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )
        assert self._process.stdout is not None
        told = receive(self._process.stdout)
        if told is None:
            raise RuntimeError(f"the centre did not start (exit status {self._process.wait()})")
        self.told = told
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        process = self._process
        if process is None:
            return
        if process.stdin is not None:
            process.stdin.close()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGTERM)
            process.wait(30)
        if process.stdout is not None:
            process.stdout.close()
