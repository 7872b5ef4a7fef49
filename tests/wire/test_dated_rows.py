"""Reference data without and with rows of edited tables."""

from __future__ import annotations

from desktop_app.domain.reference import Reference
from desktop_app.wire.codec import decode, encode
from tests.domain.builders import NOW, make_reference

TODAY = NOW.date()


def test_an_older_body_still_decodes() -> None:
    plain = encode(make_reference()).replace(b'"changes":[],', b"").replace(b',"changes":[]', b"")
    assert b"changes" not in plain
    assert decode(plain, Reference).changes == ()
