"""What a certificate is checked against without a network: a folder with the list key and the two signed lists."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from desktop_app.domain.certificate_check import (
    ALTERED,
    UNKNOWN_KEY,
    UNREADABLE,
    Judgement,
    KeyList,
    RevocationList,
    Verdict,
    judge,
)
from desktop_app.domain.messages import message
from desktop_app.wire.certificate_code import NoCodeError, read_licence, unpack
from desktop_app.wire.certificate_lists import BadListError, open_keys, open_revocations
from desktop_app.wire.cose import NotCanonicalError
from desktop_app.wire.raw_signature import BadSignatureError, kind_of

LIST_KEY, KEYS, REVOCATIONS = "list-key.hex", "keys.cose", "revocations.cose"
"""The files of such a folder: the public half of the list key (64 or 66 hexadecimal digits), and the signed lists."""
OFFERED = "list-key.offered.hex"
"""Beside them, where the centre has shown another list key than the one that is held: the other one, not taken."""


@dataclass(frozen=True, slots=True)
class Trust:
    """The lists, whose signatures are good."""

    keys: KeyList
    revocations: RevocationList

    def age(self, now: datetime) -> timedelta:
        """Of the older of the two; never below zero."""
        return max(timedelta(0), now - min(self.keys.dated, self.revocations.dated))


def trust_of(list_key: bytes, keys: bytes, revocations: bytes) -> Trust:
    """Raises BadListError unless `list_key` signed both."""
    return Trust(open_keys(keys, list_key), open_revocations(revocations, list_key))


def read_trust(folder: Path) -> Trust:
    """Raises BadListError, and OSError where a file is missing: without revocations nothing is called valid."""
    return trust_of(_read_list_key(folder), (folder / KEYS).read_bytes(), (folder / REVOCATIONS).read_bytes())


def find_offered_list_key(folder: Path) -> str | None:
    """The other list key that the centre has shown (hexadecimal), None where it shows the one that is held."""
    try:
        return (folder / OFFERED).read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return None


def _read_list_key(folder: Path) -> bytes:
    try:
        list_key = bytes.fromhex((folder / LIST_KEY).read_text(encoding="ascii"))
        kind_of(list_key)
    except ValueError as why:
        raise BadListError(f"{LIST_KEY} holds no key") from why
    return list_key


def write_trust(folder: Path, list_key: bytes, keys: bytes, revocations: bytes) -> None:
    """Each file is replaced whole. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in ((LIST_KEY, f"{list_key.hex()}\n".encode("ascii")), (KEYS, keys), (REVOCATIONS, revocations)):
        fresh = folder / f"{name}.new"
        fresh.write_bytes(content)
        fresh.replace(folder / name)


FETCH_EVERY = timedelta(hours=1)


def keep_lists(fetch: Callable[[], tuple[bytes, bytes, bytes] | None], folder: Path, now: datetime) -> bool:
    """Fetches the lists of the centre into `folder` unless it did so within the last hour; says whether they were
    renewed. Lists that are not signed as they should be are not taken, and neither are ones older than what is there.
    The first list key that is fetched is held: lists by another are not taken, and that key is written to `OFFERED`,
    to be told.

    Raises what `fetch` raises, and OSError.
    """
    # By the file's own time first: to check signatures takes libraries that a start should not wait for.
    with suppress(OSError):
        fetched = datetime.fromtimestamp((folder / REVOCATIONS).stat().st_mtime, UTC)
        if timedelta() <= now - fetched < FETCH_EVERY:
            return False
    try:
        held: Trust | None = read_trust(folder)
    except (OSError, BadListError):
        held = None
    lists = fetch()
    if lists is None:
        return False
    with suppress(OSError, BadListError):
        if _read_list_key(folder) != lists[0]:
            (folder / OFFERED).write_text(f"{lists[0].hex()}\n", encoding="ascii")
            return False
        (folder / OFFERED).unlink(missing_ok=True)
    try:
        fresh = trust_of(*lists)
    except BadListError:
        return False
    if held is not None and fresh.revocations.dated < held.revocations.dated:
        return False
    write_trust(folder, *lists)
    return True


def check_code(text: str, trust: Trust | None, now: datetime) -> Judgement:
    """The verdict on the text of a code, at `now` (UTC). Without lists every key is unknown."""
    try:
        container = unpack(text)
    except NoCodeError:
        return UNREADABLE
    except NotCanonicalError:
        return ALTERED
    key = trust.keys.find(container.kid) if trust is not None else None
    if trust is None or key is None:
        return UNKNOWN_KEY
    try:
        container.check(key.public)
    except BadSignatureError:
        return ALTERED
    try:
        said = read_licence(container.payload)
    except NotCanonicalError:
        # Signed by the centre, and yet not a form that this version reads.
        return Judgement(Verdict.UNREADABLE, message("verify.newer"))
    return judge(said, key, trust.revocations, now)
