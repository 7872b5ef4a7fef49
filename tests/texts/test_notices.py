"""The sentences that go out as SMS."""

from __future__ import annotations

from datetime import UTC, datetime

from desktop_app.domain.messages import Arguments
from desktop_app.domain.notices import Notice, NoticeKind
from desktop_app.texts.notices import notice_text
from tests.domain.builders import make_reference

NUMBERS = ("L-2026-08-000049", "L-2026-08-000050")


def issued() -> Notice:
    named = Arguments((("number", "R-2026-08-000094"), ("licences", "، ".join(NUMBERS))))
    return Notice(
        id="n1",
        request_id="r1",
        branch=8,
        kind=NoticeKind.LICENCE_ISSUED,
        to="+962790000000",
        made_at=datetime(2026, 11, 23, tzinfo=UTC),
        args=named,
    )


def test_codes_are_read_in_the_order_they_were_written() -> None:
    """Two codes with nothing but a comma between them are one left-to-right run: the last would be read first."""
    text = notice_text(issued(), make_reference())
    first, second = (text.index(number) for number in NUMBERS)
    between = text[first + len(NUMBERS[0]) : second]
    before = text[text.index("R-2026-08-000094") + len("R-2026-08-000094") : first]
    assert any("\u0621" <= letter <= "\u064a" for letter in between)
    assert any("\u0621" <= letter <= "\u064a" for letter in before)
