"""`application.ports.key_token.KeyToken` over PKCS #11: a hardware security module, or a software one that acts as it.

Nothing here holds the centre up: after trouble the token is left alone for a while, and once it has refused the PIN
it is not asked again by this process, for tokens lock themselves after a few wrong ones.
"""

from __future__ import annotations

import hashlib
import os
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar

from desktop_app.application.ports.key_token import SigningUnavailableError, TokenKey, TokenPlace
from desktop_app.wire.raw_signature import BadSignatureError, KeyKind, check_raw, kind_of, lowered

T = TypeVar("T")

_AGAIN_AFTER_SECONDS = 10.0
_NAME_BYTES = 16
_ED25519_CURVE, _P256_CURVE = "1.3.101.112", "secp256r1"
_PIN_REFUSED = {
    "PinLocked": "the token is locked",
    "PinExpired": "the token's PIN has expired",
    "UserPinNotInitialized": "the token has no PIN yet",
    "PinIncorrect": "the token refuses the PIN",
    "PinInvalid": "the token refuses the PIN",
    "PinLenRange": "the token refuses the PIN",
}


def find_place(module: str, label: str) -> TokenPlace:
    """Where the token of this label is. Raises SigningUnavailableError."""
    try:
        token = _find_token(module, token_label=label)
    except RuntimeError as why:
        raise SigningUnavailableError(_said(why, label)) from why
    return TokenPlace(module, label, bytes(token.serial).decode("latin-1"))


class Pkcs11Token:
    """One token; its session is opened when it is first needed. May be used from several threads."""

    def __init__(self, place: TokenPlace, pin: str, now: Callable[[], float] = time.monotonic) -> None:
        self._place = place
        self._pin = pin
        self._now = now
        self._lock = threading.Lock()
        self._session: Any = None
        self._found: dict[bytes, Any] = {}
        self._barred = ""
        self._trouble, self._again_at = "", 0.0

    @property
    def place(self) -> TokenPlace:
        return self._place

    def make_key(self, label: str, kind: KeyKind | None = None) -> TokenKey:
        name = os.urandom(_NAME_BYTES)
        with self._lock:
            self._close()  # keys are made in a session that may write
            try:
                return TokenKey(self._asked(lambda: _make_pair(self._opened(writing=True), label, name, kind)), name)
            finally:
                self._close()

    def sign(self, key: TokenKey, data: bytes) -> bytes:
        with self._lock:
            raw = self._asked(lambda: self._signed(key, data))
        try:
            check_raw(key.public, data, raw)
        except BadSignatureError as why:
            raise SigningUnavailableError("the token signs with another key than the key file names") from why
        return raw

    def _signed(self, key: TokenKey, data: bytes) -> bytes:
        from pkcs11 import Mechanism, ObjectClass

        session = self._opened()
        if key.name not in self._found:
            self._found[key.name] = session.get_key(object_class=ObjectClass.PRIVATE_KEY, id=key.name)
        found = self._found[key.name]
        if kind_of(key.public) is KeyKind.ED25519:
            return bytes(found.sign(data, mechanism=Mechanism.EDDSA))
        return lowered(bytes(found.sign(hashlib.sha256(data).digest(), mechanism=Mechanism.ECDSA)))

    def _opened(self, *, writing: bool = False) -> Any:
        if self._session is None:
            place = self._place
            token = _find_token(place.module, token_label=place.label, token_serial=place.serial.encode("latin-1"))
            self._session = _logged_in(token, self._pin, writing=writing)
        return self._session

    def _close(self) -> None:
        session, self._session = self._session, None
        self._found.clear()
        if session is not None:
            with suppress(RuntimeError):  # the token may have ended it
                session.close()

    def _asked(self, ask: Callable[[], T]) -> T:
        """What `ask` answers; asked again once in a new session where the old one was no good any more."""
        if self._barred or self._now() < self._again_at:
            raise SigningUnavailableError(self._barred or self._trouble)
        was_open = self._session is not None
        try:
            return ask()
        except RuntimeError as why:
            self._close()
            if was_open and type(why).__name__ not in _PIN_REFUSED:
                return self._asked(ask)
            said = _said(why, self._place.label)
            if type(why).__name__ in _PIN_REFUSED:
                self._barred = f"{said}; it is not asked again before the next start"
            self._trouble, self._again_at = said, self._now() + _AGAIN_AFTER_SECONDS
            raise SigningUnavailableError(self._barred or said) from why


def _find_token(module: str, **wanted: Any) -> Any:
    """Raises what the library raises, RuntimeErrors all."""
    import pkcs11

    library = pkcs11.lib(module)
    try:
        return library.get_token(**wanted)
    except pkcs11.NoSuchToken:
        library.reinitialize()  # one that was put in meanwhile is seen then
        return library.get_token(**wanted)


def _logged_in(token: Any, pin: str, *, writing: bool) -> Any:
    """A session. Whoever is logged in is so for the whole process: another session of it needs no PIN."""
    import pkcs11

    try:
        return token.open(rw=writing, user_pin=pin)
    except pkcs11.UserAlreadyLoggedIn:
        return token.open(rw=writing)


def _make_pair(session: Any, label: str, name: bytes, wanted: KeyKind | None) -> bytes:
    """The public half."""
    from pkcs11 import Attribute, KeyType, Mechanism
    from pkcs11.util.ec import encode_named_curve_parameters

    can = session.token.slot.get_mechanisms()
    edwards = wanted is not KeyKind.ES256 and Mechanism.EDDSA in can and Mechanism.EC_EDWARDS_KEY_PAIR_GEN in can
    if wanted is KeyKind.ED25519 and not edwards:
        raise RuntimeError("it makes no keys of Ed25519")
    curve, kind = (_ED25519_CURVE, KeyType.EC_EDWARDS) if edwards else (_P256_CURVE, KeyType.EC)
    parameters = session.create_domain_parameters(
        kind, {Attribute.EC_PARAMS: encode_named_curve_parameters(curve)}, local=True
    )
    public, _ = parameters.generate_keypair(
        id=name, label=label, store=True, private_template={Attribute.EXTRACTABLE: False}
    )
    return _compressed(bytes(public[Attribute.EC_POINT]))


def _compressed(point: bytes) -> bytes:
    """As `raw_signature` has it, of what tokens tell: the point itself, or a DER OCTET STRING of it."""
    raw = point[2:] if point[0] == 4 and point[1] == len(point) - 2 else point
    if len(raw) == KeyKind.ED25519.value:
        return raw
    if len(raw) == 65 and raw[0] == 4:
        return bytes([2 + raw[64] % 2]) + raw[1:33]
    raise RuntimeError("a public key of another form")


def _said(why: RuntimeError, label: str) -> str:
    name = type(why).__name__
    others = {
        "NoSuchToken": f"there is no token {label}",
        "MultipleTokensReturned": f"there is more than one token {label}",
        "NoSuchKey": f"the token {label} does not hold the key",
    }
    return _PIN_REFUSED.get(name) or others.get(name) or f"the token {label} does not work: {str(why) or name}"
