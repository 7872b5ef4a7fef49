"""The centre's signature on its papers: made, checked, and no byte of the file free to be another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import cache
from io import BytesIO
from random import Random

import pikepdf
import pytest
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from desktop_app.application.certificate_keys import OpenKey, TokenSigningKey, throw_away_key
from desktop_app.application.certificate_trust import Trust
from desktop_app.application.certificate_verifying import FileState, Report
from desktop_app.application.certifying import Certifier
from desktop_app.bootstrap.papers import Press, certificate_verifier
from desktop_app.cli.sample_certificates import sample_certificates
from desktop_app.documents.receipt import draw_receipt
from desktop_app.documents.signature_container import BrokenContainerError, open_container
from desktop_app.documents.signature_form import CONTAINER_BYTES
from desktop_app.domain.certificate_check import CertificateKey, KeyList, KeyStatus, RevocationList, Verdict
from tests.documents import samples
from tests.documents.seals import KEY, SEALED_AT, seal_of
from tests.software_token import es256_key

SEED = 20261122
VERIFIER = certificate_verifier()
Key = OpenKey | TokenSigningKey
ES256 = es256_key()
EITHER = pytest.mark.parametrize("key", [KEY, ES256], ids=["ed25519", "es256"])
"""Of either kind of key."""


def trust(key: Key = KEY, status: KeyStatus = KeyStatus.CURRENT, since: datetime = SEALED_AT) -> Trust:
    row = CertificateKey(key.kid, key.public, since, None, status)
    return Trust(KeyList(SEALED_AT, (row,)), RevocationList(SEALED_AT, ()))


@cache
def certificate(key: Key = KEY, signer: Key | None = KEY) -> bytes:
    """A sheet whose code is by `key` and whose file is by `signer`."""
    (content,) = sample_certificates(1, Certifier(key), SEALED_AT)
    return Press().certificate(content, seal_of("certificate", signer) if signer else None)


def verdict(content: bytes, by: Trust | None = None) -> Report:
    return VERIFIER.verify(content, by or trust(), SEALED_AT)


def hex_of(content: bytes) -> tuple[int, int]:
    begins = content.index(b"/Contents<") + len(b"/Contents<")
    return begins, content.index(b">", begins)


def with_container(content: bytes, container: bytes) -> bytes:
    begins, ends = hex_of(content)
    return content[:begins] + container.ljust(CONTAINER_BYTES, b"\0").hex().encode() + content[ends:]


@cache
def paper(key: Key) -> bytes:
    """A sheet whose code and file are by `key`."""
    return certificate(key, key)


def is_altered(content: bytes, key: Key) -> bool:
    return verdict(content, trust(key)).verdict is Verdict.ALTERED


@EITHER
def test_what_the_centre_draws_is_signed_and_valid(key: Key) -> None:
    report = verdict(paper(key), trust(key))
    assert (report.verdict, report.file) == (Verdict.VALID, FileState.SIGNED)
    assert report.signature is not None
    assert (report.signature.public, report.signature.signed_at) == (key.public, SEALED_AT)
    assert report.signature.kind == "certificate"


def test_the_same_paper_is_the_same_bytes() -> None:
    (content,) = sample_certificates(1, Certifier(KEY), SEALED_AT)
    assert Press().certificate(content, seal_of("certificate")) == certificate()


@EITHER
def test_another_validator_finds_the_signature_good_and_over_the_whole_file(key: Key) -> None:
    for content in (paper(key), draw_receipt(samples.receipt(), seal_of("receipt", key))):
        (signature,) = PdfFileReader(BytesIO(content), strict=True).embedded_signatures
        status = validate_pdf_signature(signature, ValidationContext(trust_roots=[signature.signer_cert]))
        assert status.bottom_line
        assert status.coverage is SignatureCoverageLevel.ENTIRE_FILE
        with pikepdf.open(BytesIO(content)) as document:
            assert document.check_pdf_syntax() == []


def test_a_receipt_is_told_as_a_signed_paper() -> None:
    receipt = draw_receipt(samples.receipt(), seal_of("receipt"))
    report = verdict(receipt)
    assert [one.judgement.why.key for one in report.findings] == ["verify.signed_paper"]
    assert report.well
    assert verdict(receipt.replace(b"%%EOF", b"%%EOG")).verdict is Verdict.ALTERED
    assert verdict(draw_receipt(samples.receipt())).verdict is Verdict.UNREADABLE


def test_a_signed_certificate_without_its_code_is_not_taken_for_another_paper() -> None:
    bare = Press().certificate(samples.certificate(), seal_of("certificate"))
    assert verdict(bare).verdict is Verdict.UNREADABLE


def test_a_good_code_in_a_file_that_is_not_signed_is_told_and_not_valid() -> None:
    report = verdict(certificate(signer=None))
    assert (report.verdict, report.file, report.well) == (Verdict.UNSIGNED, FileState.UNSIGNED, False)
    assert report.findings[0].judgement.licence is not None, "what the code proves is told"


def test_what_a_workstation_without_the_centres_key_makes_never_verifies() -> None:
    own = throw_away_key()
    for forged in (certificate(own, own), certificate(KEY, own), certificate(own, KEY), certificate(own, None)):
        assert verdict(forged).verdict is Verdict.UNKNOWN_KEY
        assert not any(one.judgement.verdict is Verdict.VALID for one in verdict(forged).findings)
    genuine, theirs = certificate(), certificate(own, own)
    begins, ends = hex_of(genuine)
    assert verdict(theirs[:begins] + genuine[begins:ends] + theirs[ends:]).verdict is Verdict.ALTERED


def test_a_key_that_was_revoked_or_was_not_in_use_signs_nothing() -> None:
    for by, why in (
        (trust(status=KeyStatus.REVOKED), "verify.key_revoked"),
        (trust(since=SEALED_AT + timedelta(seconds=1)), "verify.key_not_then"),
        (trust(throw_away_key()), "verify.unknown_key"),
    ):
        report = verdict(certificate(), by)
        assert (report.verdict, report.file) == (Verdict.UNKNOWN_KEY, FileState.UNKNOWN)
        assert [one.judgement.why.key for one in report.findings] == [why]


def test_an_update_behind_the_signature_is_no_part_of_what_was_signed() -> None:
    writer, out = IncrementalPdfFileWriter(BytesIO(certificate())), BytesIO()
    writer.set_info(writer.add_object(writer.root["/MarkInfo"]))
    writer.write(out)  # type: ignore[no-untyped-call]
    assert out.getvalue().startswith(certificate())
    assert verdict(out.getvalue()).verdict is Verdict.ALTERED


def container_of(content: bytes) -> bytes:
    begins, ends = hex_of(content)
    padded = bytes.fromhex(content[begins:ends].decode("ascii"))
    return padded[: int.from_bytes(padded[2:4], "big") + 4]


def _longer_length(der: bytes) -> bytes:
    return b"\x30\x83\0" + der[2:]


def _with_unsigned_attribute(der: bytes) -> bytes:
    from asn1crypto import cms

    opened = cms.ContentInfo.load(der)
    info = opened["content"]["signer_infos"][0]
    info["unsigned_attrs"] = [{"type": "1.2.3.4", "values": [cms.OctetString(b"anything")]}]
    return bytes(opened.dump(force=True))


def _with_second_certificate(der: bytes) -> bytes:
    from asn1crypto import cms

    opened = cms.ContentInfo.load(der)
    opened["content"]["certificates"].append(opened["content"]["certificates"][0].copy())
    return bytes(opened.dump(force=True))


def _with_parameters(der: bytes) -> bytes:
    from asn1crypto import cms, core

    opened = cms.ContentInfo.load(der)
    opened["content"]["signer_infos"][0]["signature_algorithm"]["parameters"] = core.Null()
    return bytes(opened.dump(force=True))


def _other_half(der: bytes) -> bytes:
    """The signature with its scalar raised by the group's order: the same equation, and refused by RFC 8032."""
    from asn1crypto import cms

    opened = cms.ContentInfo.load(der)
    info = opened["content"]["signer_infos"][0]
    raw = info["signature"].native
    order = 2**252 + 27742317777372353535851937790883648493
    info["signature"] = raw[:32] + (int.from_bytes(raw[32:], "little") + order).to_bytes(32, "little")
    return bytes(opened.dump(force=True))


def _behind(der: bytes) -> bytes:
    return der + b"\0\0\1"


def _other_s(der: bytes) -> bytes:
    """The signature (r, n - s): as good as (r, s) by ECDSA's own rules."""
    from asn1crypto import algos, cms

    opened = cms.ContentInfo.load(der)
    info = opened["content"]["signer_infos"][0]
    pair = algos.DSASignature.load(info["signature"].native)
    order = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
    info["signature"] = algos.DSASignature({"r": pair["r"].native, "s": order - pair["s"].native}).dump()
    return bytes(opened.dump(force=True))


def _longer_r(der: bytes) -> bytes:
    """The signature's r with a zero before it: BER, not DER."""
    from asn1crypto import algos, cms

    opened = cms.ContentInfo.load(der)
    info = opened["content"]["signer_infos"][0]
    held = info["signature"].native
    r = algos.DSASignature.load(held)["r"].dump()
    longer = bytes([2, r[1] + 1, 0]) + r[2:]
    info["signature"] = bytes([0x30, held[1] + 1]) + longer + held[2 + len(r) :]
    return bytes(opened.dump(force=True))


RECODINGS = [_longer_length, _with_unsigned_attribute, _with_second_certificate, _with_parameters, _behind]


@pytest.mark.parametrize(
    ("key", "recode"),
    [*((KEY, one) for one in (*RECODINGS, _other_half)), *((ES256, one) for one in (*RECODINGS, _other_s, _longer_r))],
)
def test_the_container_has_one_encoding(key: Key, recode: Callable[[bytes], bytes]) -> None:
    other = recode(container_of(paper(key)))
    assert other != container_of(paper(key))
    assert is_altered(with_container(paper(key), other), key)
    assert verdict(with_container(paper(key), container_of(paper(key))), trust(key)).well


def test_the_other_s_is_as_good_for_another_validator() -> None:
    """So nothing but our own rule refuses it."""
    (signature,) = PdfFileReader(
        BytesIO(with_container(paper(ES256), _other_s(container_of(paper(ES256)))))
    ).embedded_signatures
    assert validate_pdf_signature(signature, ValidationContext(trust_roots=[signature.signer_cert])).bottom_line


@EITHER
def test_digits_of_the_container_are_written_in_one_way(key: Key) -> None:
    content = paper(key)
    begins, ends = hex_of(content)
    held = content[begins:ends]
    assert held.upper() != held
    for other in (held.upper(), held[:10] + b" " + held[11:], held[:-2], held + b"00"):
        assert is_altered(content[:begins] + other + content[ends:], key)


@EITHER
def test_each_digit_of_the_container_counts(key: Key) -> None:
    content = paper(key)
    begins, ends = hex_of(content)
    random = Random(SEED)
    for at in range(begins - 1, ends + 1):
        changed = bytearray(content)
        changed[at] = random.choice([one for one in b"0123456789abcdefABCDEF<> " if one != changed[at]])
        assert is_altered(bytes(changed), key), at


def test_parts_of_one_signature_do_not_fit_another() -> None:
    der, digest = container_of(certificate()), bytes(64)
    with pytest.raises(BrokenContainerError):
        open_container(der, lambda _: digest)


KINDS = ("byte", "bit", "insert", "remove", "truncate", "append", "swap", "repeat")


def changes(content: bytes, count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """Random changes of a file, each with what it is; every third one aims at the container."""
    random = Random(seed)
    begins, ends = hex_of(content)
    for number in range(count):
        at = random.randrange(*((begins - 1, ends + 1) if number % 3 == 0 else (0, len(content))))
        kind = random.choice(KINDS)
        if (changed := one_change(kind, content, at, random)) != content:
            yield f"{kind} at {at}", changed


def one_change(kind: str, content: bytes, at: int, random: Random) -> bytes:
    few = random.randrange(1, 9)
    noise = random.choice((random.randbytes(few), bytes(random.choices(b"0123456789abcdef", k=few))))
    before, behind = content[:at], content[at:]
    match kind:
        case "byte":
            return before + noise + behind[few:]
        case "bit":
            return before + bytes([behind[0] ^ 1 << random.randrange(8)]) + behind[1:]
        case "insert":
            return before + noise + behind
        case "remove":
            return before + behind[few:]
        case "truncate":
            return before
        case "append":
            return content + random.choice((noise, b"\n", b"\0", b" ", behind))
        case "swap":
            return before + behind[1:2] + behind[:1] + behind[2:]
        case _:
            return before + behind[:few] + behind


def all_are_found(key: Key, count: int, seed: int) -> Counter[Verdict]:
    found: Counter[Verdict] = Counter()
    for what, changed in changes(paper(key), count, seed):
        report = verdict(changed, trust(key))
        assert not report.well, what
        found[report.verdict] += 1
    return found


@EITHER
def test_random_changes_of_the_file_are_found(key: Key) -> None:
    found = all_are_found(key, 400, SEED)
    assert found.total() > 360
    assert found[Verdict.ALTERED] > 0.9 * found.total()


@pytest.mark.long
@EITHER
def test_five_thousand_random_changes_of_the_file_are_found(key: Key) -> None:
    assert all_are_found(key, 5_400, SEED + 1).total() >= 5_000
