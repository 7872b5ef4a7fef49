"""A workstation holds on to the first list key that it was given."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop_app.__main__ import SUBCOMMANDS
from desktop_app.application.certificate_keys import OpenKey, signed_keys, signed_revocations, throw_away_key
from desktop_app.application.certificate_trust import find_offered_list_key, keep_lists, read_trust
from desktop_app.cli.dispatch import dispatch
from desktop_app.domain.certificate_check import KeyList, RevocationList, whole_second
from desktop_app.system.paths import usual_places

NOW = whole_second(datetime.now(UTC))


def lists(key: OpenKey, dated: datetime) -> tuple[bytes, bytes, bytes]:
    ended = RevocationList(dated, ())
    return key.public, signed_keys(KeyList(dated, ()), key), signed_revocations(ended, key)


def test_another_list_key_is_told_and_not_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    folder = usual_places().certificate_lists
    held, other = throw_away_key(), throw_away_key()
    assert keep_lists(lambda: lists(held, NOW), folder, NOW)
    assert find_offered_list_key(folder) is None
    later = NOW + timedelta(hours=2)
    assert not keep_lists(lambda: lists(other, later), folder, later)
    assert read_trust(folder).keys.dated == NOW
    assert find_offered_list_key(folder) == other.public.hex()
    (tmp_path / "file").write_bytes(b"nothing")
    assert dispatch(SUBCOMMANDS, "open", ["verify", str(tmp_path / "file"), "--json"]) == 1
    assert other.public.hex() in capsys.readouterr().err
    assert keep_lists(lambda: lists(held, later), folder, later)
    assert find_offered_list_key(folder) is None
    assert read_trust(folder).keys.dated == later
