"""Every step of the schema is tried, and what they make together is what `tables.py` says."""

from __future__ import annotations

import re
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine

from desktop_app.application.ports.store_trouble import StoreIsNewerError
from desktop_app.domain.duplicates import look_alike_keys
from desktop_app.domain.forecast import escalates_at
from desktop_app.domain.request import Status
from desktop_app.domain.status import status_of
from desktop_app.storage import migrate
from desktop_app.storage.engine import create_writer
from desktop_app.storage.instants import to_text
from desktop_app.storage.opening import open_writer
from desktop_app.storage.store import Store
from desktop_app.storage.tables import metadata
from desktop_app.storage.words import indexed
from desktop_app.wire.codec import encode
from desktop_app.wire.digests import MODULUS, fact_digest
from tests.domain.journey import journey
from tests.store_key import STORE_KEY

STEPS = {
    "0001": "test_the_first_step_makes_tables_that_count_and_search",
    "0002": "test_the_second_step_adds_bookings_to_a_store_in_use",
    "0003": "test_the_third_step_says_when_old_commands_were_decided",
    "0004": "test_the_fourth_step_counts_what_is_held_and_goes_on_counting",
    "0005": "test_the_fifth_step_makes_room_for_snapshots_and_attachments",
    "0017": "test_the_step_of_duplicates_finds_what_lies_there_already",
    "0018": "test_the_step_of_letters_says_since_when_they_wait",
    "0021": "test_the_step_of_sheets_lists_what_requests_tell_of_and_goes_on",
    "0020": "test_the_step_of_escalation_says_from_when_on_a_supervisor_must_know",
}
"""Each step with the test that shows it. A step without one fails here."""


def _scripts() -> ScriptDirectory:
    return ScriptDirectory(str(Path(migrate.__file__).parent / "migrations"))


def _shape(file: Path) -> dict[str, str]:
    with closing(open_writer(file, STORE_KEY)) as connection:
        rows = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND type IN ('table', 'index')"
        ).fetchall()
    ours = {name: sql for name, sql in rows if "_search" not in name and name != "alembic_version"}
    return {name: re.sub(r"\s+", "", sql) for name, sql in ours.items()}


def test_every_step_has_a_test() -> None:
    assert {step.revision for step in _scripts().walk_revisions()} == set(STEPS)
    assert set(STEPS.values()) <= set(globals())


def test_the_last_step_is_the_one_that_stores_are_opened_at() -> None:
    assert _scripts().get_heads() == [migrate.HEAD]


def test_models_and_migrated_schema_are_the_same(tmp_path: Path) -> None:
    migrated, declared = tmp_path / "migrated.db", tmp_path / "declared.db"
    Store.open(migrated, STORE_KEY).close()
    engine = create_writer(lambda: open_writer(declared, STORE_KEY))
    metadata.create_all(engine)
    engine.dispose()
    assert _shape(migrated) == _shape(declared)


def test_the_first_step_makes_tables_that_count_and_search(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'first.db'}")
    with engine.begin() as connection:
        migrate.run_steps(connection, "0001")
        _insert_licence(connection, 1, "اسواق")
        connection.exec_driver_sql("UPDATE licence SET words = 'B8x صيدليه' WHERE row = 1")
        assert _found(connection, "اسواق") == []
        assert _found(connection, "صيدليه") == [1]
        connection.exec_driver_sql("DELETE FROM licence")
        assert _found(connection, "صيدليه") == []
        assert MigrationContext.configure(connection).get_current_revision() == "0001"
    engine.dispose()


def test_the_second_step_adds_bookings_to_a_store_in_use(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'second.db'}")
    with engine.begin() as connection:
        migrate.run_steps(connection, "0001")
        _insert_licence(connection, 1, "اسواق")
    with engine.begin() as connection:
        migrate.run_steps(connection, "0002")
        connection.exec_driver_sql("INSERT INTO booking VALUES ('r1', 0, '2026-03-05', x'7b7d')")
        days = "SELECT id FROM booking INDEXED BY booking_by_day WHERE day = '2026-03-05'"
        assert connection.exec_driver_sql(days).scalars().all() == ["r1"]
        assert _found(connection, "اسواق") == [1]
        assert MigrationContext.configure(connection).get_current_revision() == "0002"
    engine.dispose()


def test_the_third_step_says_when_old_commands_were_decided(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'third.db'}")
    with engine.begin() as connection:
        migrate.run_steps(connection, "0002")
        for sequence, state in enumerate(("confirmed", "waiting"), 1):
            connection.exec_driver_sql(
                "INSERT INTO command VALUES (?, ?, 'r1', 'clerk', 'lodge', '2026-03-01T07:00', ?, x'', x'')",
                (sequence, f"c{sequence}", state),
            )
    with engine.begin() as connection:
        migrate.run_steps(connection, "0003")
        decided = connection.exec_driver_sql("SELECT decided_at FROM command ORDER BY sequence").scalars().all()
        assert decided == ["2026-03-01T07:00", None]
        assert MigrationContext.configure(connection).get_current_revision() == "0003"
    engine.dispose()


def test_the_fifth_step_makes_room_for_snapshots_and_attachments(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'fifth.db'}")
    with engine.begin() as connection:
        migrate.run_steps(connection, "0003")
        connection.exec_driver_sql("INSERT INTO cursor VALUES (8, 'epoch', 12)")
    with engine.begin() as connection:
        migrate.run_steps(connection, "0005")
        connection.exec_driver_sql("INSERT INTO snapshot VALUES (9, 'epoch', 400, 200, 190, 380)")
        assert connection.exec_driver_sql("SELECT * FROM cursor").all() == [(8, "epoch", 12)]
    engine.dispose()


def test_the_fourth_step_counts_what_is_held_and_goes_on_counting(tmp_path: Path) -> None:
    file = tmp_path / "fourth.db"
    engine = create_writer(lambda: open_writer(file, STORE_KEY))
    with engine.begin() as connection:
        migrate.run_steps(connection, "0005")
        _insert_licence(connection, 1, "اسواق")
        _insert_licence(connection, 2, "اسواق")
    with engine.begin() as connection:
        migrate.run_steps(connection, "0004")
        held = "SELECT held, total FROM holding WHERE branch = 8 AND kind = 'licence'"
        before = connection.exec_driver_sql(held).one()
        assert before.held == 2
        both = sum(fact_digest("licence", number, b"") for number in ("L1", "L2")) % MODULUS
        assert int.from_bytes(before.total) == both
        _insert_licence(connection, 3, "اسواق")
        assert connection.exec_driver_sql(held).one().held == 3
        connection.exec_driver_sql("UPDATE licence SET body = x'7b7d' WHERE number = 'L3'")
        connection.exec_driver_sql("UPDATE licence SET branch = 9 WHERE number = 'L3'")
        assert connection.exec_driver_sql(held).one() == before
        connection.exec_driver_sql("DELETE FROM licence WHERE branch = 9")
        assert connection.exec_driver_sql("SELECT held, total FROM holding WHERE branch = 9").one() == (0, bytes(32))
    engine.dispose()


def test_the_step_of_duplicates_finds_what_lies_there_already(tmp_path: Path) -> None:
    file = tmp_path / "duplicates.db"
    engine = create_writer(lambda: open_writer(file, STORE_KEY))
    walked = journey(Status.LODGED).request
    with engine.begin() as connection:
        migrate.run_steps(connection, "0004")
        for at, request in enumerate((walked, replace(walked, reference="WEB-000001")), 1):
            words = indexed(8, request.reference)
            connection.exec_driver_sql(
                "INSERT INTO request (id, number, branch, status, queue, desk, is_open, due, paused, counts,"
                " applicant_ar, parent_number, holds_parent, trade_name, holder, visit_inspector, visit_window, words,"
                " body) VALUES (?, '', 8, 'lodged', '', '', 1, '~', 0, 0, '', '', 1, '', '', '', '', ?, ?)",
                (f"r{at}", words, encode(request)),
            )
    with engine.begin() as connection:
        migrate.run_steps(connection, "0017")
        keys = look_alike_keys(walked)
        found = connection.exec_driver_sql(
            "SELECT deed_key, identity_key, name_key, from_portal FROM request ORDER BY id"
        ).all()
        assert found == [(keys.title_deed, keys.identity, keys.name, came) for came in (0, 1)]
        assert all((keys.title_deed, keys.identity, keys.name))
        by = "SELECT count(*) FROM request INDEXED BY request_of_name WHERE name_key = ? AND is_open = 1"
        assert connection.exec_driver_sql(by, (keys.name,)).scalar_one() == 2
    engine.dispose()


def test_the_step_of_letters_says_since_when_they_wait(tmp_path: Path) -> None:
    file = tmp_path / "letters.db"
    engine = create_writer(lambda: open_writer(file, STORE_KEY))
    asked, written = journey(Status.AWAITING_APPROVALS), journey(Status.AWAITING_APPROVALS)
    written.write_letters()
    with engine.begin() as connection:
        migrate.run_steps(connection, "0017")
        for at, walked in enumerate((asked, written), 1):
            connection.exec_driver_sql(
                "INSERT INTO request (id, number, branch, status, queue, desk, is_open, due, paused, counts,"
                " applicant_ar, parent_number, holds_parent, trade_name, holder, visit_inspector, visit_window, words,"
                " body) VALUES"
                " (?, '', 8, 'awaiting_approvals', '', '', 1, '~', 0, 0, '', '', 1, '', '', '', '', '', ?)",
                (f"r{at}", encode(walked.request)),
            )
    with engine.begin() as connection:
        migrate.run_steps(connection, "0018")
        found = connection.exec_driver_sql("SELECT letter_day FROM request ORDER BY id").scalars().all()
        assert found == [None, written.today.isoformat()]
        by = "SELECT count(*) FROM request INDEXED BY request_with_letter WHERE letter_day IS NOT NULL"
        assert connection.exec_driver_sql(by).scalar_one() == 1
    engine.dispose()


def test_the_step_of_escalation_says_from_when_on_a_supervisor_must_know(tmp_path: Path) -> None:
    file = tmp_path / "escalation.db"
    engine = create_writer(lambda: open_writer(file, STORE_KEY))
    running, standing_still = journey(Status.FEES_TO_APPROVE), journey(Status.AWAITING_PAYMENT)
    with engine.begin() as connection:
        migrate.run_steps(connection, "0018")
        connection.exec_driver_sql(
            "INSERT INTO reference (id, branch, body) VALUES ('reference', 0, ?)", (encode(running.centre.reference),)
        )
        for at, walked in enumerate((running, standing_still), 1):
            connection.exec_driver_sql(
                "INSERT INTO request (id, number, branch, status, queue, desk, is_open, due, paused, counts,"
                " applicant_ar, parent_number, holds_parent, trade_name, holder, visit_inspector, visit_window, words,"
                " body) VALUES (?, '', 8, '', '', '', 1, '2026', 0, 1, '', '', 1, '', '', '', '', '', ?)",
                (f"r{at}", encode(walked.request)),
            )
    with engine.begin() as connection:
        migrate.run_steps(connection, "0020")
        since = escalates_at(running.request, running.centre.reference.calendar)
        assert since is not None
        found = connection.exec_driver_sql("SELECT escalates FROM request ORDER BY id").scalars().all()
        assert found == [to_text(since), None]
        by = "SELECT count(*) FROM request INDEXED BY request_escalated WHERE escalates IS NOT NULL"
        assert connection.exec_driver_sql(by).scalar_one() == 1
    engine.dispose()


def test_the_step_of_sheets_lists_what_requests_tell_of_and_goes_on(tmp_path: Path) -> None:
    file = tmp_path / "sheets.db"
    engine = create_writer(lambda: open_writer(file, STORE_KEY))
    printed, issued = journey(Status.PRINTED).request, journey(Status.ISSUED).request
    before_copies = encode(printed).replace(b'"copy":0,', b"").replace(b',"copy":0', b"")
    assert b'"copy"' not in before_copies
    with engine.begin() as connection:
        migrate.run_steps(connection, "0020")
        for at, (request, body) in enumerate(((printed, before_copies), (issued, encode(issued))), 1):
            connection.exec_driver_sql(
                "INSERT INTO request (id, number, branch, status, queue, desk, is_open, due, paused, counts,"
                " applicant_ar, parent_number, holds_parent, trade_name, holder, visit_inspector, visit_window, words,"
                " body) VALUES (?, '', 8, ?, '', '', 1, '~', 0, 0, '', '', 1, '', '', '', '', '', ?)",
                (f"r{at}", status_of(request).value, body),
            )
    with engine.begin() as connection:
        migrate.run_steps(connection, "0021")

        def listed() -> list[tuple[object, ...]]:
            sql = "SELECT request_id, serial, licence, copy, fine, spoilt, branch FROM sheet ORDER BY request_id, place"
            return [tuple(row) for row in connection.exec_driver_sql(sql).all()]

        def told(branch: int) -> list[tuple[object, ...]]:
            return [("r1", one.serial, one.licence_number, 0, 1, "", branch) for one in printed.issue.sheets]

        assert listed() == told(8)
        connection.exec_driver_sql("UPDATE request SET branch = 9 WHERE id = 'r1'")
        assert listed() == told(9)
        connection.exec_driver_sql("UPDATE request SET body = ?, sheets = 0 WHERE id = 'r1'", (encode(issued),))
        assert listed() == []
        connection.exec_driver_sql("UPDATE request SET body = ?, sheets = 3 WHERE id = 'r1'", (encode(printed),))
        assert listed() == told(9)
        voided = replace(issued, issue=replace(issued.issue, taken_back=printed.issue.sheets))
        connection.exec_driver_sql("UPDATE request SET body = ?, sheets = 3 WHERE id = 'r1'", (encode(voided),))
        assert sorted(listed()) == sorted(told(9)), "a blank sheet stays used up"
        back = "SELECT count(*) FROM sheet WHERE taken_back = 1 AND place < 0"
        assert connection.exec_driver_sql(back).scalar_one() == 3
        connection.exec_driver_sql("DELETE FROM request")
        assert listed() == []
    engine.dispose()


def _insert_licence(connection: Connection, row: int, words: str) -> None:
    connection.exec_driver_sql(
        "INSERT INTO licence (row, number, branch, status, trade_name, holder_ar, area, words, body)"
        " VALUES (?, ?, 8, 'active', '', '', 1, ?, x'')",
        (row, f"L{row}", words),
    )


def _found(connection: Connection, word: str) -> list[int]:
    return list(
        connection.exec_driver_sql("SELECT rowid FROM licence_search WHERE licence_search MATCH ?", (word,)).scalars()
    )


def test_a_store_of_a_later_version_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "store.db"
    Store.open(file, STORE_KEY).close()
    with closing(open_writer(file, STORE_KEY)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    before = file.read_bytes()
    with pytest.raises(StoreIsNewerError):
        Store.open(file, STORE_KEY)
    assert file.read_bytes() == before


def test_alembic_is_not_loaded_for_a_store_that_is_up_to_date(tmp_path: Path) -> None:
    file = tmp_path / "store.db"
    Store.open(file, STORE_KEY).close()
    program = (
        "import sys; from pathlib import Path; from desktop_app.storage.store import Store;"
        "from tests.store_key import STORE_KEY;"
        f" Store.open(Path({str(file)!r}), STORE_KEY).close(); sys.exit('alembic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
