"""Timestamps of papers' signatures: had of a real authority, doubted, and no byte of them free to be another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from io import BytesIO
from random import Random
from typing import Any

import pytest
from asn1crypto import algos, cms, core, tsp
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from desktop_app.application.certificate_keys import OpenKey, TokenSigningKey
from desktop_app.application.certificate_trust import Trust
from desktop_app.application.certificate_verifying import FileState, Report
from desktop_app.application.certifying import Certifier
from desktop_app.application.ports.timestamps import StampCounts, TimestampTroubleError
from desktop_app.bootstrap.papers import Press, certificate_verifier
from desktop_app.cli.sample_certificates import sample_certificates
from desktop_app.documents.evidence_keeping import EvidenceKeeper
from desktop_app.documents.signature_container import build_container
from desktop_app.documents.signature_scheme import SCHEMES
from desktop_app.documents.timestamp_form import TokenParts, build_token
from desktop_app.documents.timestamp_token import imprint_of, normal_token
from desktop_app.documents.timestamping import AuthorityStamper
from desktop_app.domain.certificate_check import CertificateKey, KeyList, KeyStatus, RevocationList, Verdict
from desktop_app.wire.raw_signature import KeyKind
from tests.documents.archive_check import complaints
from tests.documents.seals import KEY
from tests.documents.test_signature import changes, container_of, hex_of
from tests.software_token import es256_key
from tests.time_stamping_authority import Tsa, make_tsa

SEED = 20261123
VERIFIER = certificate_verifier()
ES256 = es256_key()


@dataclass
class Line:
    """The way to an authority, without a network."""

    tsa: Tsa
    away: bool = False

    def ask(self, request: bytes) -> bytes:
        if self.away:
            raise TimestampTroubleError("no answer: ConnectionRefusedError")
        self.tsa.asked.append(request)
        return self.tsa.answer(request)


@dataclass
class Lists:
    """The way to the server of the authority's issuer, without a network: what lies there, or why nothing does."""

    held: bytes | TimestampTroubleError
    asked: list[str] = field(default_factory=list)

    def fetch(self, place: str) -> bytes:
        self.asked.append(place)
        if isinstance(self.held, TimestampTroubleError):
            raise self.held
        return self.held


class Minutes:
    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@dataclass
class Desk:
    """What draws stamped papers."""

    tsa: Tsa
    policy: str | None = None
    lists: Lists | None = None

    def __post_init__(self) -> None:
        self.line, self.clock = Line(self.tsa), Minutes()
        self.authorities: tuple[bytes, ...] = (self.tsa.authority,)
        keeper = EvidenceKeeper(self.lists, lambda: self.authorities) if self.lists is not None else None
        self.keeper = keeper
        self.stamper = AuthorityStamper(self.line, lambda: self.authorities, self.policy, self.clock, keeper)

    def paper(self, key: OpenKey | TokenSigningKey = KEY, at: datetime | None = None, stamper: Any = None) -> bytes:
        at = at or datetime.now(UTC)
        certifier = Certifier(key)
        (content,) = sample_certificates(1, certifier, at)
        return Press().certificate(content, replace(certifier.seal("certificate", at), stamper=stamper or self.stamper))


@pytest.fixture(scope="module", params=["ec", "rsa"])
def tsa(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Tsa:
    return make_tsa(tmp_path_factory.mktemp("tsa") / "authority", request.param)


@pytest.fixture(scope="module")
def ec_tsa(tmp_path_factory: pytest.TempPathFactory) -> Tsa:
    return make_tsa(tmp_path_factory.mktemp("tsa") / "authority")


@pytest.fixture(scope="module")
def stamped(ec_tsa: Tsa) -> bytes:
    return Desk(ec_tsa).paper()


@pytest.fixture
def answering(ec_tsa: Tsa) -> Iterator[Tsa]:
    """The authority, whose answers a test may replace."""
    ec_tsa.asked.clear()
    yield ec_tsa
    ec_tsa.answer = ec_tsa.honest


def checked(content: bytes, key: OpenKey | TokenSigningKey = KEY, authorities: tuple[bytes, ...] = ()) -> Report:
    now = datetime.now(UTC)
    since = now - timedelta(days=1)
    row = CertificateKey(key.kid, key.public, since, None, KeyStatus.CURRENT)
    return VERIFIER.verify(content, Trust(KeyList(now, (row,), authorities), RevocationList(now, ())), now)


def is_stamped(report: Report) -> bool:
    assert (report.verdict, report.file) == (Verdict.VALID, FileState.SIGNED)
    assert report.signature is not None
    return report.signature.stamp is not None


@pytest.mark.parametrize("key", [KEY, ES256], ids=["ed25519", "es256"])
def test_a_paper_bears_the_authoritys_time_and_name(tsa: Tsa, key: OpenKey | TokenSigningKey) -> None:
    desk, before = Desk(tsa), datetime.now(UTC).replace(microsecond=0)
    content = desk.paper(key)
    report = checked(content, key, (tsa.authority,))
    assert is_stamped(report)
    assert report.signature is not None
    stamp = report.signature.stamp
    assert stamp is not None
    assert before <= stamp.at <= datetime.now(UTC)
    assert (stamp.certificate, stamp.authority) == (tsa.certificate, "Sample authority of timestamps")
    assert report.stamp_is_proven
    assert checked(content, key, (tsa.certificate,)).stamp_is_proven, "named itself"
    assert not checked(content, key).stamp_is_proven, "named by no list"
    assert desk.stamper.take_counts() == StampCounts(1, 0, "")
    assert desk.stamper.take_counts() == StampCounts(0, 0, "")


def test_another_validator_finds_signature_and_timestamp_good(tsa: Tsa) -> None:
    content = Desk(tsa).paper()
    (signature,) = PdfFileReader(BytesIO(content), strict=True).embedded_signatures
    roots = [signature.signer_cert, asn1_x509.Certificate.load(tsa.authority)]
    status = validate_pdf_signature(signature, ValidationContext(trust_roots=roots))
    assert status.bottom_line
    assert status.timestamp_validity is not None
    assert (status.timestamp_validity.valid, status.timestamp_validity.trusted) == (True, True)
    assert complaints(content) == []


@pytest.mark.expects_log("no timestamp was had")
def test_a_paper_is_not_held_up_by_an_authority_that_is_away(answering: Tsa) -> None:
    desk = Desk(answering)
    desk.line.away = True
    assert not is_stamped(checked(desk.paper()))
    desk.line.away = False
    assert not is_stamped(checked(desk.paper())), "it is left alone for a while"
    assert answering.asked == []
    assert desk.stamper.take_counts() == StampCounts(0, 2, "no answer: ConnectionRefusedError")
    desk.clock.seconds += 61
    assert is_stamped(checked(desk.paper()))
    desk.line.away = True
    assert not is_stamped(checked(desk.paper())), "gone after it was known"
    assert desk.stamper.take_counts() == StampCounts(1, 1, "no answer: ConnectionRefusedError")


def other_imprint(tsa: Tsa, request: bytes) -> bytes:
    asked = tsp.TimeStampReq.load(request)
    asked["message_imprint"]["hashed_message"] = bytes(32)
    return tsa.honest(asked.dump(force=True))


def other_nonce(tsa: Tsa, request: bytes) -> bytes:
    asked = tsp.TimeStampReq.load(request)
    asked["nonce"] = 1
    return tsa.honest(asked.dump(force=True))


def no_nonce(tsa: Tsa, request: bytes) -> bytes:
    asked = tsp.TimeStampReq.load(request)
    fields = {"version": "v1", "message_imprint": asked["message_imprint"], "cert_req": True}
    return tsa.honest(tsp.TimeStampReq(fields).dump())


def no_certificate(tsa: Tsa, request: bytes) -> bytes:
    asked = tsp.TimeStampReq.load(request)
    asked["cert_req"] = False
    return tsa.honest(asked.dump(force=True))


def refused(tsa: Tsa, request: bytes) -> bytes:
    return bytes.fromhex("30053003020102")  # asn1crypto writes none without a token


def forged(tsa: Tsa, request: bytes) -> bytes:
    """Another time than was signed."""
    answer = tsp.TimeStampResp.load(tsa.honest(request))
    content = answer["time_stamp_token"]["content"]["encap_content_info"]
    said = tsp.TSTInfo.load(bytes(content["content"]))
    said["gen_time"] = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=30)
    content["content"] = cms.ParsableOctetString(said.dump(force=True))
    return bytes(answer.dump(force=True))


LIES: list[tuple[Callable[[Tsa, bytes], bytes], str]] = [
    (other_imprint, "of something else"),
    (other_nonce, "the answer to another question"),
    (no_nonce, "the answer to another question"),
    (no_certificate, "without the certificate of its authority"),
    (refused, "refused: rejection"),
    (forged, "another statement than was signed"),
    (lambda tsa, request: b"", "no answer of its kind"),
    (lambda tsa, request: b"<html>", "no answer of its kind"),
]


@pytest.mark.expects_log("no timestamp was had")
@pytest.mark.parametrize(("lie", "why"), LIES)
def test_what_an_authority_says_wrongly_is_not_taken(
    answering: Tsa, lie: Callable[[Tsa, bytes], bytes], why: str
) -> None:
    answering.answer = lambda request: lie(answering, request)
    desk = Desk(answering)
    assert not is_stamped(checked(desk.paper()))
    assert why in desk.stamper.take_counts().trouble


@pytest.mark.expects_log("no timestamp was had")
def test_another_policy_another_clock_and_another_authority_are_not_taken(ec_tsa: Tsa) -> None:
    for desk, at, why in (
        (Desk(ec_tsa, policy="1.2.3.4.9"), None, "refused"),
        (Desk(ec_tsa), datetime.now(UTC) - timedelta(minutes=6), "the authority's clock says"),
    ):
        assert not is_stamped(checked(desk.paper(at=at)))
        assert why in desk.stamper.take_counts().trouble
    assert is_stamped(checked(Desk(ec_tsa, policy="1.2.3.4.2").paper()))
    unknown = Desk(ec_tsa)
    unknown.authorities = ()
    assert not is_stamped(checked(unknown.paper()))
    assert "whom the file of certificate keys does not name" in unknown.stamper.take_counts().trouble


@pytest.mark.expects_log("no timestamp was had")
def test_certificates_that_are_not_for_timestamps_now_are_not_taken(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("tsa")
    old = make_tsa(folder / "old")
    old.expire()
    for tsa, why in (
        (make_tsa(folder / "sha1", ess="sha1"), "no timestamp: KeyError"),
        (old, "not good at that time"),
    ):
        desk = Desk(tsa)
        assert not is_stamped(checked(desk.paper()))
        assert why in desk.stamper.take_counts().trouble


def nameless(tsa: Tsa) -> bytes:
    """Its certificate, in whose name the letters are no UTF-8."""
    return tsa.certificate.replace(b"Sample authority of timestamps", b"\xff" * 30)


def by_nameless(tsa: Tsa, request: bytes) -> bytes:
    """A token by that certificate."""
    content = tsp.TimeStampResp.load(tsa.honest(request))["time_stamp_token"]["content"]
    attributes = cms.CMSAttributes.load(content["signer_infos"][0]["signed_attrs"].untag().dump())
    told = next(one for one in attributes if one["type"].native == "signing_certificate_v2")
    told["values"][0]["certs"][0]["cert_hash"] = sha256(nameless(tsa)).digest()
    key: Any = load_pem_private_key((tsa.folder / "tsa.key").read_bytes(), None)
    signed = attributes.dump(force=True)
    signature = key.sign(signed, ec.ECDSA(hashes.SHA256()))
    statement = bytes(content["encap_content_info"]["content"])
    return build_token(TokenParts(statement, nameless(tsa), "sha256", signed, signature))


@pytest.mark.expects_log("no timestamp was had")
def test_a_name_that_is_no_text_holds_no_paper_up(answering: Tsa) -> None:
    granted = bytes.fromhex("3003020100")

    def answer(request: bytes) -> bytes:
        return bytes(core.Sequence(contents=granted + by_nameless(answering, request)).dump())

    answering.answer = answer
    desk = Desk(answering)
    assert not is_stamped(checked(desk.paper()))
    assert "whom the file of certificate keys does not name" in desk.stamper.take_counts().trouble


def test_a_name_that_is_no_text_keeps_no_file_from_being_checked(ec_tsa: Tsa) -> None:
    class Trusting(Careless):
        def token(self, signature: bytes) -> bytes:
            imprint = {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": imprint_of(signature)}
            asked = tsp.TimeStampReq({"version": "v1", "message_imprint": imprint, "nonce": 7, "cert_req": True})
            return by_nameless(self.tsa, asked.dump())

    content = Desk(ec_tsa).paper(stamper=Trusting(ec_tsa, nameless(ec_tsa)))
    report = checked(content, KEY, (ec_tsa.authority,))
    assert is_stamped(report)
    assert not report.stamp_is_proven


def test_an_authority_with_a_new_certificate_is_signed_for_anew(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("tsa")
    first, second = make_tsa(folder / "first"), make_tsa(folder / "second")
    desk = Desk(first)
    desk.authorities = (first.authority, second.authority)
    desk.paper()
    first.answer = second.honest
    report = checked(desk.paper())
    assert is_stamped(report)
    assert report.signature is not None
    assert report.signature.stamp is not None
    assert report.signature.stamp.certificate == second.certificate
    assert desk.stamper.take_counts() == StampCounts(2, 0, "")
    answers = iter([first, second] * 9)
    first.answer = lambda request: next(answers).honest(request)
    assert not is_stamped(checked(desk.paper())), "of one that changes each time nothing can be said before"
    assert desk.stamper.take_counts() == StampCounts(0, 1, "")


@dataclass
class Careless:
    """A stamper that checks nothing, and may say one thing and do another: for making what must be refused."""

    tsa: Tsa
    says: bytes

    def expected(self) -> bytes:
        return self.says

    def evidence(self, at: datetime) -> None:
        """Has none."""

    def stamp(self, signature: bytes, at: datetime) -> tuple[bytes, bytes]:
        return self.token(signature), self.says

    def note(self, *, stamped: bool, lasting: bool = False) -> None:
        """Counts nothing."""

    def token(self, signature: bytes) -> bytes:
        imprint = {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": imprint_of(signature)}
        asked = tsp.TimeStampReq({"version": "v1", "message_imprint": imprint, "nonce": 7, "cert_req": True})
        return normal_token(tsp.TimeStampResp.load(self.tsa.honest(asked.dump()))["time_stamp_token"].dump())


def with_container(content: bytes, container: bytes) -> bytes:
    begins, ends = hex_of(content)
    return content[:begins] + container.ljust((ends - begins) // 2, b"\0").hex().encode() + content[ends:]


def info_of(container: bytes) -> tuple[Any, Any]:
    opened = cms.ContentInfo.load(container)
    return opened, opened["content"]["signer_infos"][0]


def with_token(content: bytes, token: bytes | None) -> bytes:
    """The file, signed with Ed25519, with this timestamp of its signature, or without any."""
    opened, info = info_of(container_of(content))
    certificate = opened["content"]["certificates"][0].chosen.dump()
    attributes, raw = info["signed_attrs"].untag().dump(), info["signature"].native
    return with_container(content, build_container(certificate, attributes, raw, SCHEMES[KeyKind.ED25519], token))


def token_in(content: bytes) -> bytes:
    return bytes(info_of(container_of(content))[1]["unsigned_attrs"][0]["values"][0].dump())


def signature_in(content: bytes) -> bytes:
    return bytes(info_of(container_of(content))[1]["signature"].native)


@pytest.mark.expects_log("no timestamp was had")
def test_a_timestamp_is_not_taken_out_put_in_or_exchanged(
    ec_tsa: Tsa, stamped: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    assert is_stamped(checked(with_token(stamped, token_in(stamped)))), "put together again it is the same"
    own = Careless(ec_tsa, ec_tsa.certificate)
    other = Careless(make_tsa(tmp_path_factory.mktemp("tsa") / "other"), ec_tsa.certificate)
    away = Desk(ec_tsa)
    away.line.away = True
    unstamped = away.paper()
    plain_seal = Certifier(KEY).seal("certificate", datetime.now(UTC))
    (content,) = sample_certificates(1, Certifier(KEY), datetime.now(UTC))
    plain = Press().certificate(content, plain_seal)
    forgeries = {
        "taken out": with_token(stamped, None),
        "put in where none was had": with_token(unstamped, own.token(signature_in(unstamped))),
        "another authority's": with_token(stamped, other.token(signature_in(stamped))),
        "another signature's": with_token(stamped, own.token(b"another signature")),
        "of another time": away.paper(at=datetime.now(UTC) - timedelta(minutes=6), stamper=own),
        "said to be another's": away.paper(stamper=other),
        "two of them": with_token(stamped, token_in(stamped)).replace(b"/TajziaStamp", b"/TajziaStamq"),
        "no stamp was foreseen": plain.replace(b"/ByteRange", b"/TajziaStamp<" + b"0" * 64 + b">/ByteRange"),
    }
    for what, forgery in forgeries.items():
        assert checked(forgery).verdict is Verdict.ALTERED, what


def test_another_timestamp_of_the_same_authority_and_minutes_is_as_good(ec_tsa: Tsa, stamped: bytes) -> None:
    """What RFC 3161 leaves open, and docs/verify.md says so: nobody signs a timestamp but its authority."""
    again = with_token(stamped, Careless(ec_tsa, ec_tsa.certificate).token(signature_in(stamped)))
    assert again != stamped
    assert is_stamped(checked(again))


def _more_certificates(token: bytes, tsa: Tsa) -> bytes:
    opened = cms.ContentInfo.load(token)
    chain = cms.CertificateChoices("certificate", asn1_x509.Certificate.load(tsa.authority))
    opened["content"]["certificates"].append(chain)
    return bytes(opened.dump(force=True))


def _unsigned_attribute(token: bytes, tsa: Tsa) -> bytes:
    opened = cms.ContentInfo.load(token)
    info = opened["content"]["signer_infos"][0]
    info["unsigned_attrs"] = [{"type": "1.2.3.4", "values": [cms.OctetString(b"anything")]}]
    return bytes(opened.dump(force=True))


def _other_s(token: bytes, tsa: Tsa) -> bytes:
    opened = cms.ContentInfo.load(token)
    info = opened["content"]["signer_infos"][0]
    pair = algos.DSASignature.load(info["signature"].native)
    order = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
    info["signature"] = algos.DSASignature({"r": pair["r"].native, "s": order - pair["s"].native}).dump()
    return bytes(opened.dump(force=True))


def _without_parameters(token: bytes, tsa: Tsa) -> bytes:
    """The digest's name without the NULL behind it, which may stand there or not."""
    opened = cms.ContentInfo.load(token)
    bare = bytes.fromhex("300b0609608648016503040201")
    info = opened["content"]["signer_infos"][0]
    info["digest_algorithm"] = algos.DigestAlgorithm.load(bare)
    return bytes(opened.dump(force=True))


@pytest.mark.parametrize("recode", [_more_certificates, _unsigned_attribute, _other_s, _without_parameters])
def test_a_timestamp_has_one_encoding(ec_tsa: Tsa, stamped: bytes, recode: Callable[[bytes, Tsa], bytes]) -> None:
    other = recode(token_in(stamped), ec_tsa)
    assert other != token_in(stamped)
    assert normal_token(other) == token_in(stamped), "it says the same"
    assert checked(with_token(stamped, other)).verdict is Verdict.ALTERED


def test_each_digit_of_a_stamped_container_counts(stamped: bytes) -> None:
    begins, ends = hex_of(stamped)
    random = Random(SEED)
    used = begins + 2 * len(container_of(stamped))
    places = [*range(begins - 1, used + 10), *random.sample(range(used, ends), 300), ends - 1, ends]
    for at in places:
        changed = bytearray(stamped)
        changed[at] = random.choice([one for one in b"0123456789abcdefABCDEF<> " if one != changed[at]])
        assert checked(bytes(changed)).verdict is Verdict.ALTERED, at


def all_are_found(content: bytes, count: int, seed: int) -> int:
    found = 0
    for what, changed in changes(content, count, seed):
        assert not checked(changed).well, what
        found += 1
    return found


def test_random_changes_of_a_stamped_file_are_found(stamped: bytes) -> None:
    assert all_are_found(stamped, 400, SEED) > 360


@pytest.mark.long
def test_five_thousand_random_changes_of_stamped_files_are_found(tsa: Tsa) -> None:
    assert all_are_found(Desk(tsa).paper(), 5_400, SEED + 1) >= 5_000
