"""DER put together from parts: as asn1crypto writes it, and as cheap for each length."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from asn1crypto import cms, core
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.application.certifying import Certifier
from desktop_app.bootstrap.papers import Press
from desktop_app.cli.sample_certificates import sample_certificates
from desktop_app.documents import der
from desktop_app.documents.signature_container import build_container
from desktop_app.documents.signature_scheme import SCHEMES
from desktop_app.wire.raw_signature import KeyKind
from tests.documents.seals import KEY
from tests.documents.test_signature import container_of


@given(st.integers(-(1 << 200), 1 << 200))
def test_integers_are_as_short_as_they_can_be(value: int) -> None:
    assert core.Integer.load(der.integer(value), strict=True).native == value
    assert der.integer(value) == core.Integer(value).dump()


@pytest.mark.parametrize("length", [0, 1, 0x7F, 0x80, 0x81, 0xFF, 0x100, 0xFFFF, 0x10000, 0x1000000])
def test_lengths_are_as_short_as_they_can_be(length: int) -> None:
    assert der.octets(bytes(length)) == core.OctetString(bytes(length)).dump()


def test_tags_are_those_of_the_field() -> None:
    inner = der.integer(5)
    assert der.context(0, inner) == core.Integer(5, explicit=("context", 0)).dump()
    assert der.retagged(1, der.set_of_one(inner)) == b"\xa1" + der.set_of_one(inner)[1:]
    assert der.sequence(inner, der.octets(b"x")) == bytes.fromhex("3006020105040178")


def test_no_length_makes_a_container_dear(monkeypatch: pytest.MonkeyPatch) -> None:
    """asn1crypto takes a length that ends in 0x80 for an open one, and the time for encoding all anew doubles with each
    level: one paper in some hundred took 5 s to sign, and 5 s to check; a file made for it would have taken days."""
    at = datetime.now(UTC)
    (content,) = sample_certificates(1, Certifier(KEY), at)
    signed = Press().certificate(content, Certifier(KEY).seal("certificate", at))
    opened: Any = cms.ContentInfo.load(container_of(signed))["content"]
    (info,), (choice,) = opened["signer_infos"], opened["certificates"]
    parts = (choice.chosen.dump(), info["signed_attrs"].untag().dump(), info["signature"].native)
    done = 0
    encode = core.Asn1Value.dump

    def counted(value: Any, force: bool = False) -> bytes:
        nonlocal done
        done += 1
        return bytes(encode(value, force))

    monkeypatch.setattr(core.Asn1Value, "dump", counted)
    for length in range(600):
        done = 0
        container = build_container(*parts, SCHEMES[KeyKind.ED25519], der.octets(bytes(length)))
        assert done < 50, length
        assert container.count(bytes(length)) >= 1
