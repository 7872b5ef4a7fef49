"""`tajzia centre serve`: the registrar at work. It says one word when it listens, and ends on SIGTERM or Ctrl-C."""

from __future__ import annotations

import logging
import sys
from argparse import Namespace
from typing import TYPE_CHECKING

from desktop_app.cli.certificate_passphrase import CertificateKeysError, KeptKeyFile, open_book, token_of

if TYPE_CHECKING:
    from pathlib import Path

    from desktop_app.application.certificate_keys import SigningKeys
    from desktop_app.application.certificate_renewing import RenewedSigning
    from desktop_app.application.ports.timestamps import CountingStamper

READY = "ready"
"""The one line of its output, for whoever started it."""


def run(args: Namespace) -> int:
    from desktop_app.bootstrap.papers import use_municipality
    from desktop_app.bootstrap.registrar import registrar_service
    from desktop_app.centre.audit_book import KeyFileError
    from desktop_app.centre.gateway_settings import GatewaySettingsError
    from desktop_app.centre.service import SeatTakenError
    from desktop_app.documents.municipality import MunicipalityError
    from desktop_app.system.logs import join_structlog, start_logging, stop_logging

    # Without --dsn the first line of the input: a password there is seen by nobody who lists processes.
    conninfo = args.dsn or sys.stdin.readline().strip()
    if args.logs is None:
        log: logging.Handler = log_to_standard_error()
    else:
        args.logs.mkdir(mode=0o700, parents=True, exist_ok=True)
        log = start_logging(args.logs)
        join_structlog()
    if args.certificate_keys is None:
        print(
            "tajzia: without --certificate-keys no certificate can be proved, nor be given its proof later",
            file=sys.stderr,
        )
    if args.audit_key is None:
        print("tajzia: without --audit-key no heads of the audit chains are signed", file=sys.stderr)
    try:
        if args.municipality:
            use_municipality(args.municipality)
        signing = _signing(args)
        stamper = _stamper(args, signing)
        with registrar_service(
            conninfo, args.notices, args.authority, args.audit_key, args.gateway, signing, stamper
        ) as service:
            service.stop_on_signals()
            service.run(lambda: print(READY, flush=True))
    except (SeatTakenError, KeyFileError, GatewaySettingsError, CertificateKeysError, MunicipalityError) as why:
        print(f"tajzia: {why}", file=sys.stderr)
        return 1
    finally:
        stop_logging(log)
    return 0


def _signing(args: Namespace) -> RenewedSigning | None:
    """What signs certificates and lists, whatever the key file will say. Raises CertificateKeysError, OSError."""
    if args.certificate_keys is None:
        return None
    from desktop_app.application.certificate_publishing import CentreSigning
    from desktop_app.application.certificate_renewing import RenewedSigning
    from desktop_app.application.certifying import Certifier

    book, keys = open_book(args.certificate_keys, args.certificate_passphrase_file, args.pin_file)
    if book.needs_token:
        _look_into_token(keys)
    if keys.certificates is None:
        raise CertificateKeysError(f"{args.certificate_keys} has no current key: rotate first")
    first = CentreSigning(book, keys.lists, Certifier(keys.certificates))
    opening = (args.certificate_passphrase_file, args.pin_file, token_of(keys))
    return RenewedSigning(first, KeptKeyFile(args.certificate_keys, *opening))


def _stamper(args: Namespace, signing: RenewedSigning | None) -> CountingStamper | None:
    """What has signatures stamped. Raises CertificateKeysError, OSError."""
    if args.timestamp_url is None:
        return None
    from desktop_app.bootstrap.papers import paper_stamper

    if signing is None or not signing.book.authorities:
        raise CertificateKeysError("no time-stamping authority is named: `certificate-keys believe` first")
    credentials: Path | None = args.timestamp_credentials
    if credentials is not None and credentials.stat().st_mode & 0o077:
        raise CertificateKeysError(f"{credentials} may be read by others than its owner: set its mode to 600")
    secret = credentials.read_text(encoding="utf-8").strip() if credentials is not None else None
    try:
        return paper_stamper(args.timestamp_url, secret, args.timestamp_policy, lambda: signing.book.authorities)
    except ValueError as why:
        raise CertificateKeysError(str(why)) from why


def _look_into_token(keys: SigningKeys) -> None:
    """Says at the start what is wrong with the token; the centre serves without it, and what it is to sign waits."""
    from desktop_app.application.ports.key_token import SigningUnavailableError

    try:
        keys.lists.sign_bytes(b"tajzia serve")
        if keys.certificates is not None:
            keys.certificates.sign_bytes(b"tajzia serve")
    except SigningUnavailableError as why:
        print(f"tajzia: {why}; papers wait until it signs", file=sys.stderr)


def log_to_standard_error() -> logging.Handler:
    """Where a service manager collects it."""
    import structlog

    from desktop_app.system.logs import strike_personal_data
    from desktop_app.system.traces import trace_only

    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.stdlib.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            trace_only,
            strike_personal_data,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    logging.getLogger().addHandler(handler)
    logging.getLogger().setLevel(logging.INFO)
    return handler
