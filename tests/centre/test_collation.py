"""What must not depend on the language in which a database orders words. (The server of the tests knows none.)"""

from __future__ import annotations

from tests.postgres_fixture import SampleCentre, centre, postgres_server

__all__ = ["centre", "postgres_server"]


def test_ids_of_notices_are_ordered_by_their_code_points(centre: SampleCentre) -> None:
    """A request's notices are found as those from "r1:" to "r1;": among languages the semicolon comes first, nothing
    would be found, and each notice be written twice."""
    assert centre.query(
        "select collation_name from information_schema.columns"
        " where table_schema = 'tajzia' and table_name = 'outbox' and column_name = 'notice_id'"
    ) == [("C",)]
    plan = (
        "explain select n.notice_id from tajzia.outbox n where n.notice_id >= %s::text || ':' and n.notice_id < 'r1;'"
    )
    with centre.admin() as admin:
        admin.execute("set enable_seqscan = off")
        told = "".join(line for (line,) in admin.execute(plan, ("r1",)))
    assert "outbox_pkey" in told
