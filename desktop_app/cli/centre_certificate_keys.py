"""`tajzia centre certificate-keys`: make, list, rotate and revoke the keys that sign certificates."""

from __future__ import annotations

import hashlib
import json
import sys
from argparse import Namespace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from desktop_app.cli.certificate_passphrase import (
    CertificateKeysError,
    choose_passphrase,
    known_token,
    open_token,
    read_book,
    read_passphrase,
)

if TYPE_CHECKING:
    from desktop_app.application.certificate_keys import KeyBook
    from desktop_app.application.ports.key_token import KeyToken
    from desktop_app.wire.raw_signature import KeyKind


def run(args: Namespace) -> int:
    from desktop_app.application.certificate_keys import (
        NoSuchKeyError,
        believe,
        book_to_bytes,
        make_book,
        make_book_in,
        revoke,
        rotate,
        rotate_in,
    )
    from desktop_app.application.ports.key_token import SigningUnavailableError
    from desktop_app.application.sealed_keys import WrongPasswordError
    from desktop_app.system.whole_files import write_whole

    now, file = datetime.now(UTC), args.certificate_keys
    try:
        if args.do == "list":
            _tell(read_book(file), args.json, now)
            return 0
        if args.do == "make":
            if file.exists():
                raise CertificateKeysError(f"{file} is there already: rotate the key in it instead")
            token = _wanted_token(args)
            if token is not None:
                book = make_book_in(token, now, _wanted_kind(args))
            else:
                book = make_book(choose_passphrase(args.certificate_passphrase_file), now)
            file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        elif args.do == "rotate":
            book = read_book(file)
            token = _wanted_token(args) or (known_token(book, args.pin_file) if book.needs_token else None)
            if token is not None:
                book = rotate_in(book, token, datetime.now(UTC), _wanted_kind(args))
            else:
                passphrase = read_passphrase(args.certificate_passphrase_file)
                book = rotate(book, passphrase, datetime.now(UTC))  # not when typing began
        elif args.do == "revoke":
            book = revoke(read_book(file), bytes.fromhex(args.kid), now)
        else:
            book = believe(read_book(file), _authority(args), believed=args.do == "believe")
        write_whole(file, book_to_bytes(book))
    except WrongPasswordError:
        print("tajzia: the passphrase does not open the certificate keys", file=sys.stderr)
        return 1
    except NoSuchKeyError as why:
        print(f"tajzia: there is no certificate key {why}", file=sys.stderr)
        return 1
    except (ValueError, SigningUnavailableError) as why:
        print(f"tajzia: {why}", file=sys.stderr)
        return 1
    _tell(book, args.json, now)
    return 0


def _wanted_token(args: Namespace) -> KeyToken | None:
    """The token that the command names. Raises CertificateKeysError, SigningUnavailableError, OSError."""
    if (args.pkcs11 is None) != (not args.token):
        raise CertificateKeysError("--pkcs11 and --token go together")
    return open_token(args.pkcs11, args.token, args.pin_file) if args.pkcs11 else None


def _authority(args: Namespace) -> bytes:
    """Raises CertificateKeysError, OSError, ValueError."""
    from desktop_app.application.timestamp_trust import read_authority

    if args.timestamp_certificate is None:
        raise CertificateKeysError("--timestamp-certificate says of which authority")
    return read_authority(args.timestamp_certificate.read_bytes())


def _wanted_kind(args: Namespace) -> KeyKind | None:
    from desktop_app.wire.raw_signature import KeyKind

    return KeyKind[args.algorithm.upper()] if args.algorithm else None


def _tell(book: KeyBook, as_json: bool, now: datetime) -> None:
    from desktop_app.application.certificate_keys import key_list

    keys = key_list(book, now).keys
    if as_json:
        rows = [
            {
                "kid": key.kid.hex(),
                "status": key.status.value,
                "valid_from": key.valid_from.isoformat(),
                "valid_to": key.valid_to.isoformat() if key.valid_to else None,
                "public": key.public.hex(),
            }
            for key in keys
        ]
        place = book.token
        token = {"module": place.module, "label": place.label, "serial": place.serial} if place else None
        authorities = [hashlib.sha256(one).hexdigest() for one in book.authorities]
        told = {"list_key": book.list_public.hex(), "keys": rows, "token": token, "authorities": authorities}
        print(json.dumps(told))
        return
    print(f"list key  {book.list_public.hex()}{'  in the token' if book.list_held else ''}")
    if book.token is not None:
        print(f"token     {book.token.label} ({book.token.serial}), {book.token.module}")
    for one in book.authorities:
        print(f"timestamps  by {hashlib.sha256(one).hexdigest()}")
    for key in keys:
        until = f"{key.valid_to:%Y-%m-%d %H:%M}" if key.valid_to else "now"
        print(f"{key.kid.hex()}  {key.status.value:8}  {key.valid_from:%Y-%m-%d %H:%M} to {until} (UTC)")
