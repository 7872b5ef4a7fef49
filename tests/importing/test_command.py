"""`tajzia import` against a real centre: its words, its exit status, and what stands afterwards."""

from __future__ import annotations

import os
import subprocess
import sys
from argparse import ArgumentParser
from pathlib import Path

import pytest

from desktop_app.cli import import_file
from desktop_app.domain.licence import Licence
from desktop_app.wire.codec import decode
from tests.importing.memory_loading import DUE, LICENCE, dues_file, licence_file
from tests.postgres_fixture import SampleCentre


def tajzia_import(*arguments: str) -> int:
    parser = ArgumentParser()
    import_file.add_arguments(parser)
    return import_file.run(parser.parse_args(arguments))


def saved(folder: Path, text: str, encoding: str = "utf-8") -> str:
    file = folder / "ملف الرخص.csv"
    file.write_bytes(text.encode(encoding))
    return str(file)


def facts(centre: SampleCentre, kind: str) -> list[tuple[str, int, str]]:
    rows = centre.query("select id, sequence, body from tajzia.fact where kind = %s order by id", kind)
    return [(str(one), int(sequence), str(body)) for one, sequence, body in rows]


def test_good_rows_are_taken_bad_ones_told_and_twice_is_once(
    centre: SampleCentre, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = saved(tmp_path, licence_file({}, {"number": "L-2020-08-000124", "area_m2": "؟"}), "cp1256")
    before = facts(centre, "licence")
    assert tajzia_import("licences", file, "--dsn", centre.registrar_conninfo) == 1
    told = capsys.readouterr().out
    assert "السطر ٣" in told
    assert "area_m2" in told
    assert "هذه ليست مساحة" in told
    taken = facts(centre, "licence")
    assert len(taken) == len(before) + 1
    [body] = [body for number, _, body in taken if number == LICENCE["number"]]
    assert decode(body, Licence).trade_name == LICENCE["trade_name"]
    assert tajzia_import("licences", file, "--dsn", centre.registrar_conninfo) == 1
    assert facts(centre, "licence") == taken


def test_a_clean_file_ends_with_zero_and_english_is_spoken_too(
    centre: SampleCentre, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = saved(tmp_path, dues_file({}), "utf-8-sig")
    assert tajzia_import("dues", file, "--dsn", centre.registrar_conninfo, "--language", "en") == 0
    assert capsys.readouterr().out.strip() == "1 new · 0 changed · 0 unchanged · 0 bad rows"
    key = f"{DUE['identity_kind']}:{DUE['identity_number']}"
    assert key in [account for account, _, _ in facts(centre, "dues")]


def test_numbers_go_on_after_the_imported_ones(centre: SampleCentre, tmp_path: Path) -> None:
    file = saved(tmp_path, licence_file({"number": "L-2026-08-000900"}))
    assert tajzia_import("licences", file, "--dsn", centre.registrar_conninfo) == 0
    with centre.store.work() as work:
        assert work.numbers.licence_number(2026, 8) == "L-2026-08-000901"


def test_imported_dues_hold_the_owners_request(centre: SampleCentre, tmp_path: Path) -> None:
    file = saved(tmp_path, dues_file({}))
    assert tajzia_import("dues", file, "--dsn", centre.registrar_conninfo) == 0
    with centre.store.work() as work:
        account = work.facts.find_dues(f"{DUE['identity_kind']}:{DUE['identity_number']}")
    assert account is not None
    assert [due.amount for due in account.dues] == [120_500]


def test_a_missing_file_and_a_centre_that_is_down(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert tajzia_import("dues", str(tmp_path / "none.csv"), "--dsn", "host=127.0.0.1 port=1") == 2
    assert "none.csv" in capsys.readouterr().err
    file = saved(tmp_path, dues_file({}))
    assert tajzia_import("dues", file, "--dsn", "host=127.0.0.1 port=1 connect_timeout=2") == 2
    assert "تعذر الوصول إلى المركز" in capsys.readouterr().err


def test_what_cannot_be_read_is_told_in_one_language(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert tajzia_import("dues", str(tmp_path / "none.csv"), "--dsn", "x=1") == 2
    assert "لا يوجد ملف" in capsys.readouterr().err
    assert tajzia_import("dues", str(tmp_path), "--dsn", "x=1") == 2
    assert "مجلد" in capsys.readouterr().err


def test_a_terminal_of_another_alphabet_is_written_to_all_the_same(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "desktop_app", "import", "dues", str(tmp_path / "none.csv"), "--dsn", "x=1"],
        check=False,
        env=os.environ | {"PYTHONIOENCODING": "ascii:strict"},
        capture_output=True,
    )
    assert done.returncode == 2
    assert "لا يوجد ملف" in done.stderr.decode("utf-8")


def test_without_a_centre_it_says_how_to_name_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(import_file.DSN, raising=False)
    assert tajzia_import("dues", saved(tmp_path, dues_file({}))) == 2
    assert "--dsn" in capsys.readouterr().err


def test_a_file_of_something_else_is_refused_whole(
    centre: SampleCentre, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = saved(tmp_path, "اسم,رقم\nأحمد,5\n")
    assert tajzia_import("licences", file, "--dsn", centre.registrar_conninfo) == 2
    assert "لم يؤخذ شيء" in capsys.readouterr().err
