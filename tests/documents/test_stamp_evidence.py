"""What shows that a timestamp's authority was not revoked: fetched beside the papers, doubted, in the file, believed by
others, and no byte of it free to be another (PAdES B-LT)."""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from random import Random

import pytest
from asn1crypto import crl
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.ades import ades_lta_validation
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.policy_decl import PdfSignatureValidationSpec, SignatureValidationSpec
from pyhanko_certvalidator.context import CertValidationPolicySpec
from pyhanko_certvalidator.policy_decl import CertRevTrustPolicy, RevocationCheckingPolicy
from pyhanko_certvalidator.registry import SimpleTrustManager

from desktop_app.application.certificate_keys import OpenKey, TokenSigningKey
from desktop_app.application.certificate_verifying import SignatureLevel
from desktop_app.application.certifying import Certifier
from desktop_app.application.ports.papers import StampEvidence
from desktop_app.application.ports.timestamps import StampCounts, TimestampTroubleError
from desktop_app.bootstrap.papers import Press
from desktop_app.cli.sample_certificates import sample_certificates
from desktop_app.documents.evidence_form import find_evidence
from desktop_app.documents.evidence_keeping import AGAIN, LONGEST, EvidenceKeeper
from desktop_app.documents.stamp_evidence import BrokenEvidenceError, read_evidence
from desktop_app.domain.certificate_check import Verdict
from tests.documents.archive_check import complaints
from tests.documents.seals import KEY
from tests.documents.test_timestamps import ES256, SEED, Careless, Desk, Lists, all_are_found, checked, is_stamped
from tests.time_stamping_authority import Tsa, make_tsa

PLACE = "http://lists.example/issuer.crl"
AWAY = TimestampTroubleError("no answer: TimeoutError")
DAY = timedelta(days=1)


@pytest.fixture(scope="module", params=["ec", "rsa"])
def tsa(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Tsa:
    return make_tsa(tmp_path_factory.mktemp("tsa") / "authority", request.param, lists_at=PLACE)


@pytest.fixture(scope="module")
def ec_tsa(tmp_path_factory: pytest.TempPathFactory) -> Tsa:
    return make_tsa(tmp_path_factory.mktemp("tsa") / "authority", lists_at=PLACE)


def desk_of(tsa: Tsa, held: bytes | TimestampTroubleError | None = None) -> Desk:
    desk = Desk(tsa, lists=Lists(held or tsa.revocations(datetime.now(UTC) - DAY)))
    assert desk.keeper is not None
    desk.keeper.find(tsa.certificate, datetime.now(UTC))
    desk.keeper.refresh()
    return desk


@pytest.fixture(scope="module")
def lasting(ec_tsa: Tsa) -> bytes:
    return desk_of(ec_tsa).paper()


def level(content: bytes, key: OpenKey | TokenSigningKey = KEY) -> SignatureLevel:
    report = checked(content, key)
    assert report.verdict is Verdict.VALID
    assert report.signature is not None
    return report.signature.level


@pytest.mark.parametrize("key", [KEY, ES256], ids=["ed25519", "es256"])
def test_a_paper_shows_that_its_authority_was_not_revoked(tsa: Tsa, key: OpenKey | TokenSigningKey) -> None:
    made = datetime.now(UTC).replace(microsecond=0) - DAY
    desk = desk_of(tsa, tsa.revocations(made))
    content = desk.paper(key)
    report = checked(content, key, (tsa.authority,))
    assert report.signature is not None
    assert report.signature.level is SignatureLevel.LASTING
    assert report.signature.stamp is not None
    assert report.signature.stamp.listed_on == made
    assert report.stamp_is_proven
    assert desk.stamper.take_counts() == StampCounts(1, 0, "", lasting=1)
    assert complaints(content) == []


def test_the_levels_are_told_apart(ec_tsa: Tsa, lasting: bytes) -> None:
    at = datetime.now(UTC)
    (content,) = sample_certificates(1, Certifier(KEY), at)
    basic = Press().certificate(content, Certifier(KEY).seal("certificate", at))
    assert [level(one) for one in (basic, Desk(ec_tsa).paper(), lasting)] == list(SignatureLevel)


def store_of(content: bytes) -> DocumentSecurityStore:
    return DocumentSecurityStore.read_dss(PdfFileReader(BytesIO(content), strict=True))


def judged(content: bytes, tsa: Tsa) -> tuple[bool, bool]:
    """By pyHanko, which may ask nobody and must know of every certificate that it was not revoked: as of today, and by
    the rules for the long term (ETSI EN 319 102-1, 5.6.3)."""
    reader = PdfFileReader(BytesIO(content), strict=True)
    (signature,) = reader.embedded_signatures
    roots = [signature.signer_cert, asn1_x509.Certificate.load(tsa.authority)]
    context = store_of(content).as_validation_context(
        {"trust_roots": roots, "revocation_mode": "require", "allow_fetching": False}
    )
    today = validate_pdf_signature(signature, context)
    assert today.timestamp_validity is not None
    policy = CertValidationPolicySpec(
        trust_manager=SimpleTrustManager.build(roots),
        revinfo_policy=CertRevTrustPolicy(RevocationCheckingPolicy.from_legacy("require")),
    )
    spec = PdfSignatureValidationSpec(SignatureValidationSpec(cert_validation_policy=policy))
    late = asyncio.run(ades_lta_validation(signature, spec))
    by_stamp = late.best_signature_time == today.timestamp_validity.timestamp
    return today.timestamp_validity.trusted, late.api_status is not None and late.api_status.bottom_line and by_stamp


@pytest.mark.expects_log("No document timestamps")
def test_another_validator_needs_nothing_but_the_file(tsa: Tsa) -> None:
    assert judged(desk_of(tsa).paper(), tsa) == (True, True)


@pytest.mark.expects_log("No document timestamps")
@pytest.mark.expects_log("not recent enough")
@pytest.mark.expects_log("no revocation information")
def test_another_validator_is_not_content_with_less(ec_tsa: Tsa, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file of a centre that puts a list of another time into it: that the test above can fail."""
    old = ec_tsa.revocations(datetime.now(UTC) - 9 * DAY, 7 * DAY)
    stale = replace(
        read_evidence(ec_tsa.certificate, ec_tsa.authority, old),
        made_at=datetime.now(UTC) - DAY,
        next_at=datetime.now(UTC) + DAY,
    )
    careless = Desk(ec_tsa)
    monkeypatch.setattr(careless.stamper, "evidence", lambda at: stale)
    content = careless.paper()
    assert judged(content, ec_tsa) == (False, False)
    assert level(content) is SignatureLevel.STAMPED, "we are not content either"


def _other_issuer(tsa: Tsa, other: Tsa) -> bytes:
    return other.revocations()


def _other_issuer_of_that_name(tsa: Tsa, other: Tsa) -> bytes:
    return other.revocations(like=tsa)


def _revoked(tsa: Tsa, other: Tsa) -> bytes:
    return tsa.revocations(serials=[tsa.serial])


def _changes_only(tsa: Tsa, other: Tsa) -> bytes:
    return tsa.revocations(more=[(x509.DeltaCRLIndicator(1), True)])


def _of(**scope: bool) -> Callable[[Tsa, Tsa], bytes]:
    kinds = {
        "only_contains_user_certs": False,
        "only_contains_ca_certs": False,
        "indirect_crl": False,
        "only_contains_attribute_certs": False,
    }
    point = x509.IssuingDistributionPoint(full_name=None, relative_name=None, only_some_reasons=None, **(kinds | scope))
    return lambda tsa, other: tsa.revocations(more=[(point, True)])


def _some_reasons(tsa: Tsa, other: Tsa) -> bytes:
    reasons = frozenset([x509.ReasonFlags.key_compromise])
    point = x509.IssuingDistributionPoint(None, None, False, False, reasons, False, False)
    return tsa.revocations(more=[(point, True)])


def _unknown_condition(tsa: Tsa, other: Tsa) -> bytes:
    unknown = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), b"\x05\x00")
    return tsa.revocations(more=[(unknown, True)])


def _said_twice(tsa: Tsa, other: Tsa) -> bytes:
    """What no builder makes, and its issuer may: whoever made the file may be the issuer, too."""
    told = crl.CertificateList.load(tsa.revocations(more=[(x509.CRLNumber(7), False)]))
    extensions = told["tbs_cert_list"]["crl_extensions"]
    extensions.append(extensions[0].copy())
    key = load_pem_private_key((tsa.folder / "ca.key").read_bytes(), None)
    told["signature"] = key.sign(told["tbs_cert_list"].dump(), ec.ECDSA(hashes.SHA256()))  # type: ignore[union-attr, call-arg, arg-type]
    return bytes(told.dump())


def _changed(tsa: Tsa, other: Tsa) -> bytes:
    told = bytearray(tsa.revocations())
    told[-1] ^= 1
    return bytes(told)


@pytest.mark.parametrize(
    "make",
    [
        _other_issuer,
        _other_issuer_of_that_name,
        _revoked,
        _changes_only,
        _of(only_contains_ca_certs=True),
        _of(only_contains_attribute_certs=True),
        _of(indirect_crl=True),
        _some_reasons,
        _unknown_condition,
        _said_twice,
        _changed,
        lambda tsa, other: b"",
        lambda tsa, other: b"<html>",
        lambda tsa, other: tsa.revocations()[:-20],
        lambda tsa, other: tsa.certificate,
    ],
)
@pytest.mark.expects_log("no list of revocations")
def test_lists_that_show_nothing_are_not_taken(
    ec_tsa: Tsa, tmp_path_factory: pytest.TempPathFactory, make: Callable[[Tsa, Tsa], bytes]
) -> None:
    other = make_tsa(tmp_path_factory.mktemp("tsa") / "other")
    held = make(ec_tsa, other)
    with pytest.raises(BrokenEvidenceError):
        read_evidence(ec_tsa.certificate, ec_tsa.authority, held)
    desk = desk_of(ec_tsa)
    assert desk.lists is not None
    assert desk.keeper is not None
    desk.lists.held = held
    assert desk.keeper.refresh() == AGAIN
    assert level(desk.paper()) is SignatureLevel.STAMPED, "nor does an older list vouch for what is known by now"
    counts = desk.stamper.take_counts()
    assert (counts.stamped, counts.lasting, counts.evidence_trouble != "") == (1, 0, True)


def test_a_list_for_some_kinds_of_certificates_may_be_for_this_one(ec_tsa: Tsa) -> None:
    held = _of(only_contains_user_certs=True)(ec_tsa, ec_tsa)
    assert level(desk_of(ec_tsa, held).paper()) is SignatureLevel.LASTING


def test_an_issuer_that_may_sign_no_lists_is_not_believed(tmp_path_factory: pytest.TempPathFactory) -> None:
    issuing_only = make_tsa(tmp_path_factory.mktemp("tsa") / "other", issuer_may="keyCertSign")
    with pytest.raises(BrokenEvidenceError, match="may sign no lists"):
        read_evidence(issuing_only.certificate, issuing_only.authority, issuing_only.revocations())


def test_an_authority_that_issued_nothing_is_not_believed(
    ec_tsa: Tsa, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = make_tsa(tmp_path_factory.mktemp("tsa") / "other")
    with pytest.raises(BrokenEvidenceError, match="not the issuer"):
        read_evidence(ec_tsa.certificate, other.authority, other.revocations())


@pytest.mark.expects_log("no list of revocations")
@pytest.mark.parametrize(
    "held",
    [AWAY, pytest.param(timedelta(days=-8), id="over"), pytest.param(timedelta(days=1), id="to come")],
)
def test_a_paper_is_not_held_up_by_a_list_that_cannot_be_had(
    ec_tsa: Tsa, held: timedelta | TimestampTroubleError
) -> None:
    told = held if isinstance(held, TimestampTroubleError) else ec_tsa.revocations(datetime.now(UTC) + held)
    desk = desk_of(ec_tsa, told)
    assert level(desk.paper()) is SignatureLevel.STAMPED
    assert desk.keeper is not None
    assert desk.lists is not None
    desk.lists.held = ec_tsa.revocations()
    assert desk.keeper.refresh() > AGAIN
    assert level(desk.paper()) is SignatureLevel.LASTING
    desk.lists.held = AWAY
    assert desk.keeper.refresh() == AGAIN
    assert level(desk.paper()) is SignatureLevel.LASTING, "the list at hand still holds"
    assert desk.stamper.take_counts() == StampCounts(3, 0, "", 2, str(AWAY))


@pytest.mark.expects_log("no list of revocations")
def test_what_names_no_list_or_no_issuer_has_no_evidence(tmp_path_factory: pytest.TempPathFactory) -> None:
    nowhere = make_tsa(tmp_path_factory.mktemp("tsa") / "nowhere")
    desk = desk_of(nowhere)
    assert level(desk.paper()) is SignatureLevel.STAMPED
    assert "names no list" in desk.stamper.take_counts().evidence_trouble
    itself = make_tsa(tmp_path_factory.mktemp("tsa") / "itself", lists_at=PLACE)
    desk = Desk(itself, lists=Lists(itself.revocations()))
    desk.authorities = (itself.certificate,)
    assert desk.keeper is not None
    desk.keeper.find(itself.certificate, datetime.now(UTC))
    desk.keeper.refresh()
    assert level(desk.paper()) is SignatureLevel.STAMPED
    assert "is not named" in desk.stamper.take_counts().evidence_trouble


@pytest.mark.expects_log("no list of revocations")
def test_of_several_places_the_first_that_has_a_good_list_is_taken(tmp_path_factory: pytest.TempPathFactory) -> None:
    places = f"{PLACE},URI:ldap://lists.example/one,URI:https://lists.example/two.crl"
    tsa = make_tsa(tmp_path_factory.mktemp("tsa") / "authority", lists_at=places)
    good = tsa.revocations()

    class Second(Lists):
        def fetch(self, place: str) -> bytes:
            return b"" if super().fetch(place) and place == PLACE else good

    lists = Second(good)
    keeper = EvidenceKeeper(lists, lambda: (tsa.authority,))
    keeper.find(tsa.certificate, datetime.now(UTC))
    keeper.refresh()
    assert lists.asked == [PLACE, "https://lists.example/two.crl"]
    assert keeper.find(tsa.certificate, datetime.now(UTC)) is not None
    lists.held = AWAY
    keeper.refresh()
    assert keeper.trouble == str(AWAY)


def test_a_list_is_fetched_again_before_it_is_over(ec_tsa: Tsa) -> None:
    now = datetime(2026, 11, 23, 9, tzinfo=UTC)

    def wait(next_due: timedelta) -> timedelta:
        keeper = EvidenceKeeper(Lists(ec_tsa.revocations(now, next_due)), lambda: (ec_tsa.authority,), lambda: now)
        keeper.find(ec_tsa.certificate, now)
        return keeper.refresh()

    assert wait(timedelta(days=30)) == LONGEST
    assert wait(timedelta(hours=4)) == timedelta(hours=2)
    assert wait(timedelta(minutes=4)) == AGAIN


def test_the_keeper_fetches_by_itself_when_it_learns_whose(
    ec_tsa: Tsa, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = make_tsa(tmp_path_factory.mktemp("tsa") / "other", lists_at=PLACE)
    fetched = threading.Semaphore(0)
    lists = {"held": ec_tsa.revocations()}

    class Told(Lists):
        def fetch(self, place: str) -> bytes:
            fetched.release()
            return lists["held"]

    keeper = EvidenceKeeper(Told(b""), lambda: (ec_tsa.authority, other.authority))
    keeper.start()
    try:
        assert keeper.find(ec_tsa.certificate, datetime.now(UTC)) is None, "nobody waits"
        assert fetched.acquire(timeout=20)
        lists["held"] = other.revocations()
        keeper.find(other.certificate, datetime.now(UTC))
        assert fetched.acquire(timeout=20)
    finally:
        keeper.stop()


def test_a_stamp_of_a_new_certificate_is_vouched_for_by_its_own_issuer_only(
    ec_tsa: Tsa, tmp_path_factory: pytest.TempPathFactory
) -> None:
    second = make_tsa(tmp_path_factory.mktemp("tsa") / "second", lists_at=PLACE)
    desk = desk_of(ec_tsa)
    desk.authorities = (ec_tsa.authority, second.authority)
    desk.paper()
    answers = ec_tsa.answer
    ec_tsa.answer = second.honest
    try:
        assert level(desk.paper()) is SignatureLevel.STAMPED
    finally:
        ec_tsa.answer = answers
    assert desk.stamper.take_counts() == StampCounts(2, 0, "", lasting=1)


def evidence_in(content: bytes) -> StampEvidence:
    report = checked(content)
    assert report.signature is not None
    assert report.signature.stamp is not None
    assert report.signature.stamp.evidence is not None
    return report.signature.stamp.evidence


def test_no_byte_of_the_evidence_is_free(lasting: bytes) -> None:
    held = evidence_in(lasting)
    random = Random(SEED)
    places = list(re.search(rb"<</Type/DSS/.*?>>", lasting).span())  # type: ignore[union-attr]
    places = [*range(*places)]
    for part in (held.issuer, held.certificate, held.revocations):
        begins = lasting.index(part)
        places += range(begins - 30, begins + len(part) + 20)
    for at in random.sample(places, 400):
        changed = bytearray(lasting)
        changed[at] ^= 1 << random.randrange(8)
        assert checked(bytes(changed)).verdict is Verdict.ALTERED, at


def test_evidence_is_not_put_in_taken_out_or_exchanged(ec_tsa: Tsa, lasting: bytes) -> None:
    held = evidence_in(lasting)
    plain = Desk(ec_tsa).paper()
    store = re.search(rb"<</Type/DSS/.*?>>", lasting)
    assert store is not None
    newer = ec_tsa.revocations(datetime.now(UTC) - timedelta(hours=1))
    forgeries = {
        "behind": lasting + store[0],
        "put in": plain.replace(b"\nendobj\n", b"\nendobj\n" + store[0] + b"\n", 1),
        "taken out": lasting.replace(store[0], b"null".ljust(len(store[0]))),
        "exchanged": lasting.replace(held.revocations, newer.ljust(len(held.revocations), b"\0")),
        "in a revision behind": lasting + b"1 0 obj\n" + store[0] + b"\nendobj\ntrailer<</Root 1 0 R>>\n%%EOF\n",
    }
    for what, forgery in forgeries.items():
        assert checked(forgery).verdict is Verdict.ALTERED, what


def test_what_lies_twice_in_a_file_shows_nothing(ec_tsa: Tsa, lasting: bytes) -> None:
    """The reader alone: such files are refused before, as their signature is broken."""
    assert find_evidence(lasting, ec_tsa.certificate) is not None
    store = re.search(rb"<</Type/DSS/.*?>>", lasting)
    assert store is not None
    assert find_evidence(lasting + store[0], ec_tsa.certificate) is None
    assert find_evidence(lasting + b"<</Type/DSS/Certs[]>>", ec_tsa.certificate) is None
    number = int(re.search(rb"/CRLs\[([0-9]+) ", store[0])[1])  # type: ignore[index]
    assert find_evidence(lasting + b"\n%d 0 obj\n<</Length 3>>\nstream\n" % number, ec_tsa.certificate) is None
    longer = re.sub(rb"(\n%d 0 obj\n<</Length )[0-9]+" % number, rb"\g<1>999999999", lasting)
    assert find_evidence(longer, ec_tsa.certificate) is None
    assert find_evidence(b"", ec_tsa.certificate) is None


def test_without_a_timestamp_evidence_lifts_nothing(ec_tsa: Tsa) -> None:
    desk = desk_of(ec_tsa)
    desk.paper()
    old = desk.stamper.stamp
    desk.stamper.stamp = lambda signature, at: None  # type: ignore[method-assign]
    content = desk.paper()
    desk.stamper.stamp = old  # type: ignore[method-assign]
    assert not is_stamped(checked(content))
    assert level(content) is SignatureLevel.BASIC
    assert desk.stamper.take_counts() == StampCounts(1, 1, "", lasting=1)


def test_random_changes_of_a_lasting_file_are_found(lasting: bytes) -> None:
    assert all_are_found(lasting, 400, SEED + 2) > 360


@pytest.mark.long
def test_five_thousand_random_changes_of_lasting_files_are_found(tsa: Tsa) -> None:
    assert all_are_found(desk_of(tsa).paper(), 5_400, SEED + 3) >= 5_000


def test_equal_papers_are_equal_bytes_but_for_stamp_and_list(ec_tsa: Tsa) -> None:
    at, held = datetime.now(UTC), ec_tsa.revocations()
    one, two = desk_of(ec_tsa, held).paper(at=at), desk_of(ec_tsa, held).paper(at=at)
    contents = re.compile(rb"/Contents<[0-9a-f]+>")
    assert contents.sub(b"", one) == contents.sub(b"", two)
    assert Careless(ec_tsa, ec_tsa.certificate).expected() == ec_tsa.certificate
