"""`tajzia audit` and the audit key, by the command line alone."""

from __future__ import annotations

import json
import signal
from pathlib import Path

import pytest

from desktop_app.centre.audit_book import KeyFileError, make_audit_key, open_audit_key, read_public_key
from desktop_app.domain.commands.lodge import Lodge
from tests.centre.test_command_line import serving, tajzia
from tests.domain.builders import make_content
from tests.postgres_fixture import SampleCentre


def audit(*arguments: object, status: int = 0) -> str:
    return tajzia(*arguments, status=status, command="audit")


def test_heads_are_signed_while_the_registrar_serves_and_when_it_stops_and_exported_for_a_witness(
    centre: SampleCentre, tmp_path: Path
) -> None:
    key, heads = tmp_path / "registrar" / "audit.key", tmp_path / "heads.jsonl"
    make_audit_key(key)
    clerk = centre.hand("clerk")
    with serving(centre.registrar_conninfo, tmp_path / "notices", "--audit-key", key) as process:
        clerk.send(Lodge("r1", "K1-000001", make_content()))
        while not centre.query("select from tajzia.fact where kind = 'outcome'"):
            assert clerk.link.wait_for_news(10)
        process.send_signal(signal.SIGTERM)
        process.wait(20)
    (tips,) = centre.query("select count(*) from tajzia.feed_counter where position > 0")
    signed = centre.query(
        "select count(*) from tajzia.audit_head h join tajzia.feed_counter c using (branch, position)"
    )
    assert signed == [tips]
    assert f"{tips[0]} signed heads" in audit("export", heads, "--dsn", centre.admin_conninfo)
    assert "0 signed heads" in audit("export", heads, "--dsn", centre.admin_conninfo)
    verify = ("verify", "--dsn", centre.admin_conninfo, "--key", f"{key}.pub", "--witness", heads)
    assert "Nothing was changed" in audit(*verify)
    told = json.loads(audit(*verify, "--json"))
    assert (told["well"], told["findings"], told["heads"]) == (True, [], 2 * tips[0])
    with centre.admin() as admin:
        admin.execute(
            "update tajzia.audit set record = replace(record, 'clerk', 'x') where branch = 8 and position = 2"
        )
    told = json.loads(audit(*verify, "--json", status=3))
    ((command_id,),) = centre.query("select command_id from tajzia.audit where branch = 8 and position = 2")
    (found,) = told["findings"]
    assert (found["wrong"], found["branch"], found["position"]) == ("changed", 8, 2)
    assert found["command"] == command_id
    assert f"branch 8, entry 2, command {command_id}: changed" in audit(*verify, status=3)
    assert json.loads(audit(*verify, "--since", "--json"))["entries"] == 0


def test_the_key_is_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "audit.key"
    public = make_audit_key(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert make_audit_key(path) == public, "made once"
    assert read_public_key(path.with_name("audit.key.pub")) == public == open_audit_key(path).public
    path.chmod(0o640)
    with pytest.raises(KeyFileError, match="600"):
        open_audit_key(path)
    path.chmod(0o600)
    path.write_text("nonsense")
    with pytest.raises(KeyFileError):
        open_audit_key(path)


def test_a_new_epoch_is_named_in_every_chain(centre: SampleCentre) -> None:
    before = centre.query("select name from tajzia.epoch")
    said = tajzia("new-epoch", "--dsn", centre.admin_conninfo)
    after = centre.query("select name from tajzia.epoch")
    assert after != before
    assert after[0][0] in said
    links = centre.query(
        "select count(*) from tajzia.audit where record::json -> 'cause' ->> 'epoch' = %s", after[0][0]
    )
    assert links == centre.query("select count(*) from tajzia.feed_counter")
    assert "Nothing was changed" in audit("verify", "--dsn", centre.admin_conninfo)


def test_what_is_no_file_of_heads_is_refused_in_a_sentence(centre: SampleCentre, tmp_path: Path) -> None:
    nonsense = tmp_path / "heads"
    nonsense.write_text("{}\n")
    said = audit("verify", "--dsn", centre.admin_conninfo, "--witness", nonsense, status=1)
    assert "no file of heads" in said
    assert "Traceback" not in said
