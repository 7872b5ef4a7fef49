"""A look at a PDF that anybody may have made, in a process of its own.

A page is read whole before any of it is drawn, and a file of a few kilobytes may unfold to more than there is memory:
what reads it is ended from outside then, and this program goes on.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import structlog

from desktop_app.documents.code_pages import SECONDS, FoundCode, NoPictureError, can_be_drawn, codes_in_pdf
from desktop_app.domain.certificate_check import DAMAGED_FILE, LOCKED_FILE, TOO_BIG
from desktop_app.packaged import own_command, own_folder

MEMORY_BYTES = 1_536 * 1024 * 1024
"""Of the other process. Linux holds it to that; elsewhere time alone ends it."""
_TO_BEGIN_SECONDS = 10.0
_LONGEST_PAGE_TEXT = 100_000
_REASONS = {one.why.key: one for one in (DAMAGED_FILE, LOCKED_FILE)}
_log = structlog.get_logger(__name__)


def codes_apart(content: bytes, seconds: float) -> tuple[list[FoundCode], int]:
    """As `code_pages.codes_in_pdf`. Raises OSError where no process can be begun."""
    return _read(_looked(content, seconds))


class ApartTrial:
    """`application.ports.page_trial.PageTrial`."""

    def stands(self, pdf: bytes, page: int) -> bool:
        try:
            return bool(_looked(pdf, SECONDS, "--page", str(page))["stands"])
        except NoPictureError:
            return False


def _looked(content: bytes, seconds: float, *words: str) -> dict[str, Any]:
    with subprocess.Popen(
        [*own_command(), "--look", "--seconds", str(seconds), *words],
        cwd=own_folder(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),  # Windows would open one
    ) as process:
        try:
            told, _ = process.communicate(content, seconds + _TO_BEGIN_SECONDS)
        except subprocess.TimeoutExpired as why:
            process.kill()
            raise NoPictureError(TOO_BIG) from why
    if process.returncode:
        _log.info("a look at a file ended its process", status=process.returncode)
        raise NoPictureError(TOO_BIG)
    answer: dict[str, Any] = json.loads(told)
    return answer


def look(content: bytes, seconds: float) -> bytes:
    """What the other process answers where codes are looked for."""
    _bound_memory()
    try:
        found, unseen = codes_in_pdf(content, seconds)
    except NoPictureError as error:
        return json.dumps({"why": error.why.why.key}).encode()
    texts = {one.page: one.page_text[:_LONGEST_PAGE_TEXT] for one in found}
    return json.dumps({"texts": texts, "codes": [(one.page, one.text) for one in found], "unseen": unseen}).encode()


def look_at_page(content: bytes, page: int, seconds: float) -> bytes:
    """What it answers where one page (from 0) is tried."""
    _bound_memory()
    return json.dumps({"stands": can_be_drawn(content, page, seconds)}).encode()


def _read(told: dict[str, Any]) -> tuple[list[FoundCode], int]:
    if "why" in told:
        raise NoPictureError(_REASONS[told["why"]])
    texts = told["texts"]
    return [FoundCode(text, page, texts[str(page)]) for page, text in told["codes"]], told["unseen"]


def _bound_memory() -> None:
    if sys.platform == "linux":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
