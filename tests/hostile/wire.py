"""What is put into `submit` that is no honest command: forged, copied, altered, replayed, malformed, too large."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import psycopg

from desktop_app.domain.actions import Action
from desktop_app.domain.commands.accept import Accept
from desktop_app.domain.commands.save_draft import SaveDraft
from desktop_app.sync.centre_link import CentreUnreachableError, NotAdmittedError, TamperingError
from desktop_app.wire.envelope import Signed, seal
from tests.domain.builders import make_content, make_plan
from tests.hostile.commands import DEVICE_OF
from tests.hostile.ledger import Attempt, Ledger
from tests.hostile.scene import OLD_EVENT, OUTSIDERS, Intruder, Scene
from tests.hostile.staging import Staged
from tests.postgres_fixture import Hand

Forgery = Callable[[Hand, Staged, Signed], list[Signed]]
"""From the forger's hand, the case that is attacked and the honest command that lies in the inbox already."""

COLLEAGUES = (
    Intruder("clerk", "clerk2", "K1"),
    Intruder("auditor", "auditor", "K1"),
    Intruder("administrator", "administrator", "K1"),
    Intruder("body officer", "officer_health", "K1"),
    Intruder("inspector", "inspector2", "K1"),
)
"""Beside the honest clerk at the same device: nearer one cannot come."""


def _forged(**lie: Any) -> Forgery:
    def forge(hand: Hand, staged: Staged, honest: Signed) -> list[Signed]:
        return [hand.signed(hand.envelope(staged.command, staged.base, **lie))]

    return forge


def _in_the_name_of(author: str) -> Forgery:
    return _forged(author=author)


def _signed_by_nobody(signature: bytes) -> Forgery:
    def forge(hand: Hand, staged: Staged, honest: Signed) -> list[Signed]:
        return [Signed(payload=seal(hand.envelope(staged.command, staged.base, author="clerk")), signature=signature)]

    return forge


def _colleagues_signature(hand: Hand, staged: Staged, honest: Signed) -> list[Signed]:
    """One that is genuine, under something else."""
    payload = seal(hand.envelope(staged.command, staged.base, author="clerk"))
    return [Signed(payload=payload, signature=honest.signature)]


def _altered(hand: Hand, staged: Staged, honest: Signed) -> list[Signed]:
    told = json.loads(honest.payload) | {"body": {"request_id": staged.command.request_id, "reason": "x"}}
    return [Signed(payload=json.dumps(told).encode(), signature=honest.signature)]


def _copied(field: str) -> Forgery:
    """One's own command under the honest one's id or sequence."""

    def forge(hand: Hand, staged: Staged, honest: Signed) -> list[Signed]:
        return [hand.signed(hand.envelope(staged.command, staged.base, **{field: json.loads(honest.payload)[field]}))]

    return forge


def _replayed(hand: Hand, staged: Staged, honest: Signed) -> list[Signed]:
    return [honest] * 20


def _replayed_under_a_new_id(hand: Hand, staged: Staged, honest: Signed) -> list[Signed]:
    told = json.loads(honest.payload) | {"command_id": "fresh", "sequence": 10**6}
    return [Signed(payload=json.dumps(told).encode(), signature=honest.signature)]


def _bytes(payload: bytes) -> Forgery:
    def forge(hand: Hand, staged: Staged, honest: Signed) -> list[Signed]:
        return [Signed(payload=payload, signature=hand.key.sign(payload))]

    return forge


def _twisted(change: Callable[[dict[str, Any]], dict[str, Any]]) -> Forgery:
    """The due command with its envelope bent, well signed."""

    def forge(hand: Hand, staged: Staged, honest: Signed) -> list[Signed]:
        told = change(json.loads(seal(hand.envelope(staged.command, staged.base))))
        payload = json.dumps(told).encode()
        return [Signed(payload=payload, signature=hand.key.sign(payload))]

    return forge


def _twice_named(hand: Hand, staged: Staged, honest: Signed) -> list[Signed]:
    """Two readers may each believe another of two fields."""
    payload = seal(hand.envelope(staged.command, staged.base))
    payload = payload[:-1] + b',"author":"clerk","device":"K1"}'
    return [Signed(payload=payload, signature=hand.key.sign(payload))]


def _another_device(hand: Hand, staged: Staged, honest: Signed) -> list[Signed]:
    return [hand.signed(hand.envelope(staged.command, staged.base, device="S1"))]


FORGERIES: dict[str, Forgery] = {
    "in a colleague's name": _in_the_name_of("clerk"),
    "in the registrar's name": _in_the_name_of("registrar"),
    "in a database role's name": _in_the_name_of("tajzia_registrar"),
    "in nobody's name": _in_the_name_of(""),
    "in a stranger's name": _in_the_name_of("nobody"),
    "no signature": _signed_by_nobody(b""),
    "empty signature": _signed_by_nobody(bytes(64)),
    "long signature": _signed_by_nobody(bytes(1024)),
    "colleague's signature": _colleagues_signature,
    "altered on the way": _altered,
    "copied command id": _copied("command_id"),
    "copied sequence": _copied("sequence"),
    "id of the old history": _forged(command_id=OLD_EVENT),
    "replayed": _replayed,
    "replayed under a new id": _replayed_under_a_new_id,
    "another device's name": _another_device,
    "sequence far ahead": _forged(sequence=2**62),
    "sequence too large": _forged(sequence=2**80),
    "sequence below nothing": _forged(sequence=-5),
    "protocol of tomorrow": _forged(protocol=99),
    "protocol of nobody": _forged(protocol=-1),
    "unknown kind": _forged(kind="give_me_a_licence"),
    "kind of another command": _forged(kind=Action.REFUND.value),
    "another request in the envelope": _forged(request_id="case-accept"),
    "endless request": _twisted(lambda told: told | {"request_id": "r" * 5000}),
    "endless command id": _twisted(lambda told: told | {"command_id": "c" * 5000}),
    "command id of blanks": _twisted(lambda told: told | {"command_id": " "}),
    "command id that ends text": _bytes(b'{"command_id":"\\u0000","sequence":1,"device":"K1"}'),
    "half a character": _bytes(b'{"command_id":"\\ud800","sequence":1,"device":"K1"}'),
    "quotes in the request": _twisted(lambda told: told | {"request_id": "x'; drop table tajzia.fact; --"}),
    "body of a list": _twisted(lambda told: told | {"body": [told["body"]]}),
    "body of nothing": _twisted(lambda told: told | {"body": None}),
    "fields twice": _twice_named,
    "not JSON": _bytes(b"\xff\xfe\x00"),
    "nothing": _bytes(b""),
    "a number": _bytes(b"1"),
    "a list": _bytes(b"[]"),
    "deep nesting": _bytes(b"[" * 500_000),
    "deep nesting in the body": _bytes(
        b'{"command_id":"deep","sequence":777777,"device":"K1","body":' + b"[" * 5000 + b"]" * 5000 + b"}"
    ),
    "large number": _bytes(b'{"command_id":"n","sequence":1e400,"device":"K1"}'),
    "many digits": _bytes(b'{"command_id":"n","sequence":' + b"9" * 100_000 + b',"device":"K1"}'),
    "just too large": _bytes(b" " * 1_048_577),
    "just not too large": _bytes(b'{"command_id":"big","sequence":888888,"device":"K1"}' + b" " * 1_040_000),
}
ARGUMENTS = {
    "no batch": "select * from tajzia.submit(null, null)",
    "more payloads than signatures": "select * from tajzia.submit(array['x', 'y']::bytea[], array['x']::bytea[])",
    "empty batch": "select * from tajzia.submit('{}', '{}')",
    "null inside": "select * from tajzia.submit(array[null]::bytea[], array[null]::bytea[])",
    "null signature": "select * from tajzia.submit(array['{}']::bytea[], array[null]::bytea[])",
    "batch in two dimensions": "select * from tajzia.submit(array[array['x']]::bytea[], array[array['x']]::bytea[])",
    "batch that begins elsewhere": "select * from tajzia.submit('[5:5]={x}'::bytea[], '[5:5]={x}'::bytea[])",
    "too long a batch": (
        "select * from tajzia.submit(array_fill('x'::bytea, array[501]), array_fill('x'::bytea, array[501]))"
    ),
    "too heavy a batch": (
        "select * from tajzia.submit(array_fill(convert_to(repeat('x', 1000000), 'UTF8'), array[40]),"
        " array_fill('x'::bytea, array[40]))"
    ),
    "submitter of another name": (
        "set role supervisor; select * from tajzia.submit(array['x']::bytea[], array['y']::bytea[])"
    ),
}
_LYING = "select count(*) from tajzia.inbox where submitted_by <> %s and arrival > %s"


def forge(scene: Scene, ledger: Ledger, forgeries: dict[str, Forgery], people: tuple[Intruder, ...]) -> None:
    """On a case that is the clerk's to accept, by colleagues at the very same device."""
    honest_hand = scene.hand("clerk", "K1")
    staged = scene.stage.due(Action.ACCEPT, "-forged")
    scene.put(staged.facts)
    draft = SaveDraft(
        "case-honest", "K1-honest", make_content(make_plan(parent=staged.walked.content.plan.parent_number))
    )
    honest = honest_hand.signed(honest_hand.envelope(draft, 0))
    honest_hand.link.submit([honest])
    scene.settle()
    kept = "select state || fingerprint::text || submitted_by from tajzia.inbox where command_id = %s"
    its_id = json.loads(honest.payload)["command_id"]
    lawful = scene.one(kept, its_id)
    for who in people:
        hand = scene.hand(who.login, who.device)
        for technique, forgery in forgeries.items():
            before, last = scene.state(), scene.one("select coalesce(max(arrival), 0) from tajzia.inbox")
            if who.login == "clerk2" and technique in _OWN:
                continue  # theirs to do, as it stands
            for signed in forgery(hand, staged, honest):
                push(hand, signed)
            scene.settle()
            gained = "what stands has changed" if scene.state() != before else ""
            if scene.one(kept, its_id) != lawful:
                gained = "the honest command has changed"
            if scene.one(_LYING, who.login, last):
                gained = "submitted in another's name"
            ledger.enter(Attempt(who.role, "function submit", technique), gained)
    sent = honest_hand.send(staged.command, staged.base)
    scene.settle()
    ledger.enter_entitled("function submit", "the same command, honestly", scene.accepted(sent))
    again = honest_hand.link.submit([honest])
    ledger.enter_entitled("function submit", "delivered again", again == 1)


_OWN = {"sequence far ahead", "sequence below nothing", "fields twice", "command id of blanks"}


def bad_arguments(scene: Scene, ledger: Ledger) -> None:
    """Arguments that no program of ours makes: refused whole, or kept as evidence; nothing else changes."""
    for who in OUTSIDERS:
        for technique, text in ARGUMENTS.items():
            before, last = scene.state(), scene.one("select coalesce(max(arrival), 0) from tajzia.inbox")
            session = scene.raw(who)
            try:
                session.execute(text.encode())
            except psycopg.Error:
                session.rollback()
            session.execute("reset role")
            scene.settle()
            gained = "what stands has changed" if scene.state() != before else ""
            if scene.one(_LYING, who.login, last):
                gained = "submitted in another's name"
            heavy = scene.one(
                "select coalesce(sum(octet_length(payload)), 0) from tajzia.inbox where arrival > %s", last
            )
            if heavy > 16 * 2**20:
                gained = f"filled the disk with {heavy} bytes in one call"
            ledger.enter(Attempt(who.role, "function submit", technique), gained)


def take_the_name_of_old_history(scene: Scene, ledger: Ledger) -> None:
    """A command that is lawful in one's own branch, under the id of what another branch's history holds."""
    before = scene.state_of("event", OLD_EVENT)
    staged = scene.stage.due(Action.ACCEPT, "-old-history")
    scene.put(staged.facts)
    for role, login in (("clerk", "clerk"), ("cashier", "cashier")):
        hand = scene.hand(login, DEVICE_OF[login])
        push(hand, hand.signed(hand.envelope(Accept(staged.command.request_id), staged.base, command_id=OLD_EVENT)))
        scene.settle()
        gained = "history was overwritten" if scene.state_of("event", OLD_EVENT) != before else ""
        ledger.enter(Attempt(role, "history", f"lawful command under an old id, as {login}"), gained)


def push(hand: Hand, signed: Signed) -> None:
    with suppress(TamperingError, NotAdmittedError, CentreUnreachableError):
        hand.link.submit([signed])
