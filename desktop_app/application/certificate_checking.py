"""Checking at a workstation: what was given, against the lists that lie here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desktop_app.application.certificate_trust import find_offered_list_key, read_trust
from desktop_app.application.certificate_verifying import CertificateVerifier, Finding, GreyPicture, Report
from desktop_app.application.ports.checking import ListsHere
from desktop_app.application.scanner_text import read_typed
from desktop_app.domain.certificate_check import NOT_A_CODE, OTHER_KEYBOARD
from desktop_app.wire.certificate_code import PREFIX
from desktop_app.wire.certificate_lists import BadListError


@dataclass(frozen=True, slots=True)
class FolderChecks:
    """`application.ports.checking.Checks` against the lists in a folder. They are read anew each time: the
    synchronisation may have brought others."""

    verifier: CertificateVerifier
    folder: Path

    def lists(self) -> ListsHere:
        offered = find_offered_list_key(self.folder)
        try:
            return ListsHere(read_trust(self.folder), offered=offered)
        except FileNotFoundError:
            return ListsHere(offered=offered)
        except (OSError, BadListError):
            return ListsHere(damaged=True, offered=offered)

    def check(self, content: bytes, now: datetime) -> Report:
        return self.verifier.verify(content, self.lists().trust, now)

    def check_typed(self, typed: str, now: datetime) -> Report:
        trust, read = self.lists().trust, read_typed(typed)
        if read.text is None:
            return Report((Finding(OTHER_KEYBOARD if read.garbled else NOT_A_CODE, 0),), trust, now)
        return self.verifier.verify_code(read.text, trust, now)

    def find_code(self, picture: GreyPicture) -> str | None:
        texts = self.verifier.finder.find_in_picture(picture)
        return next((text for text in texts if text.startswith(PREFIX)), None)
