"""Where notices go while no SMS gateway is connected: one text file each, in a folder to look into or print."""

from __future__ import annotations

import hashlib
import os
from datetime import timedelta
from pathlib import Path

from desktop_app.application.ports.outbox import Answered, Attempt
from desktop_app.domain.delivery import Answer


class NoticeFolder:
    """A file is named after its notice, so the same notice a second time finds its file and changes nothing."""

    name = "folder"
    knows_ids = True
    lease = timedelta(minutes=2)

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def send(self, attempt: Attempt) -> Answered:
        try:
            self._write(attempt)
        except OSError as why:
            return Answered(Answer.POSTPONED, detail=f"{type(why).__name__} {why.errno}", everybody=True)
        return Answered(Answer.ACCEPTED)

    def _write(self, attempt: Attempt) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        name = hashlib.sha256(attempt.notice_id.encode("utf-8")).hexdigest()[:32]
        target = self._folder / f"{name}.txt"
        if target.exists():
            return
        being_written = target.with_suffix(".part")
        with being_written.open("w", encoding="utf-8") as file:
            file.write(f"{attempt.to}\n\n{attempt.text}\n")
            file.flush()
            os.fsync(file.fileno())
        being_written.replace(target)
