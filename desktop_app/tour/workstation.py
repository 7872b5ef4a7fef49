"""One of the tour's workstations, seen from the stage: a process of its own that does one step after the other."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Any

from desktop_app.tour.protocol import Answer, receive, send


class StepFailedError(RuntimeError):
    """A step of the journey did not happen; says which, where and why."""


class Workstation:
    """Starts the process on entering and ends it on leaving, whatever happened in between."""

    def __init__(self, name: str, settings: Path, secrets_line: str, pictures: Path, errors: Path) -> None:
        self.name = name
        self._command = [
            sys.executable,
            "-X",
            "faulthandler",
            "-m",
            "desktop_app",
            "tour",
            "--workstation",
            str(settings),
            "--out",
            str(pictures),
        ]
        self._secrets_line = secrets_line
        self._errors = errors
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Workstation:
        with self._errors.open("w", encoding="utf-8") as errors:
            self._process = subprocess.Popen(
                self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True, encoding="utf-8"
            )
        assert self._process.stdin is not None
        self._process.stdin.write(self._secrets_line)
        self._process.stdin.flush()
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
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout is not None:
            process.stdout.close()

    def do(self, step: str, **arguments: Any) -> Answer:
        """Has the workstation do a step and gives back what it says of it. Raises StepFailedError."""
        process = self._process
        if process is None or process.stdin is None or process.stdout is None:
            raise StepFailedError(f"{self.name} is not running")
        print(f"tajzia: {self.name}: {step} {arguments.get('picture', '')}".rstrip(), file=sys.stderr, flush=True)
        try:
            send(process.stdin, {"step": step, "arguments": arguments})
            answer = receive(process.stdout)
        except BrokenPipeError:
            answer = None
        if answer is None:
            raise StepFailedError(f"{self.name} ended with {process.wait()} during {step}:\n{self._last_words()}")
        if not answer["done"]:
            raise StepFailedError(f"{self.name} could not {step}: {answer['why']}\n{self._last_words()}")
        return answer

    def _last_words(self) -> str:
        return "\n".join(self._errors.read_text(encoding="utf-8").splitlines()[-160:])
