"""Commands that are signed and sent like any other, by somebody who must not: every action, role and branch."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from desktop_app.domain.actor import Actor, Role
from desktop_app.domain.commands import Command
from desktop_app.domain.commands.accept import Accept
from desktop_app.domain.commands.record_payment import RecordPayment
from desktop_app.domain.commands.withdraw import Withdraw
from desktop_app.domain.request import Status
from desktop_app.domain.rights import Action, may_ever
from desktop_app.sync.centre_link import CentreUnreachableError, NotAdmittedError, TamperingError
from tests.domain.builders import make_content, make_plan
from tests.domain.journey import Journey
from tests.hostile.ledger import Attempt, Ledger
from tests.hostile.scene import INSIDERS, OUTSIDERS, Intruder, Scene, more_staff
from tests.hostile.staging import STAGES, Staged
from tests.postgres_fixture import Hand, sample_staff

STAFF: dict[str, Actor] = {actor.id: actor for actor in (*sample_staff(), *more_staff())}
DEVICE_OF = {"clerk": "K1", "cashier": "K2", "inspector": "L1", "supervisor": "S1", "supervisor_till": "S1",
             "officer_health": "L1"}  # fmt: skip
YEAR = timedelta(days=365)


def give(hand: Hand, command: Command, base: int, **other: Any) -> str:
    """Signs and sends; what the centre says of it at the door is of no account."""
    try:
        return hand.send(command, base, **other)
    except (TamperingError, NotAdmittedError, CentreUnreachableError):
        return ""


def by_the_entitled(scene: Scene, ledger: Ledger, staged: Staged, thing: str, technique: str) -> None:
    """The very same command, by whom it is meant for: it must be accepted and change what stands."""
    before = scene.state()
    sent = give(scene.hand(staged.entitled, DEVICE_OF[staged.entitled]), staged.command, staged.base)
    scene.settle()
    ledger.enter_entitled(thing, technique, scene.accepted(sent) and scene.state() != before)


def try_by(scene: Scene, ledger: Ledger, staged: Staged, who: Intruder, thing: str, technique: str, **lie: Any) -> None:
    before = scene.state()
    base = lie.pop("base", staged.base)
    give(scene.hand(who.login, who.device), staged.command, base, **lie)
    scene.settle()
    gained = "what stands has changed" if scene.state() != before else ""
    ledger.enter(Attempt(who.role, thing, technique), gained)


def act_outside_role_and_branch(scene: Scene, ledger: Ledger, actions: list[Action]) -> None:
    for action in actions:
        staged = scene.stage.due(action)
        scene.put(staged.facts)
        thing = f"action {action.value}"
        for who in (*OUTSIDERS, *INSIDERS):
            if not _lawful(who, action):
                technique = "in another branch" if "another branch" in who.role else "outside the role"
                try_by(scene, ledger, staged, who, thing, technique)
        by_the_entitled(scene, ledger, staged, thing, "in another branch")
        ledger.enter_entitled(thing, "outside the role", ledger.entitled[thing, "in another branch"])


def _lawful(who: Intruder, action: Action) -> bool:
    actor = STAFF[who.login]
    return actor.serves(8) and may_ever(actor, action) and (action, actor.role) not in _ANOTHERS


_ANOTHERS = {(Action.RECORD_INSPECTION, Role.INSPECTOR), (Action.RECORD_CIVIL_DEFENCE, Role.BODY_OFFICER)}
"""Here the role alone does not decide: this inspector is not the one booked, this officer not of the body asked."""


def act_on_ones_own(scene: Scene, ledger: Ledger) -> None:
    """Where two pairs of eyes are asked for, one person tries both."""
    supervisor, till = Intruder("supervisor", "supervisor", "S1"), Intruder("supervisor", "supervisor_till", "S1")
    for thing, technique, who, staged in (
        ("action approve_fees", "own fees", supervisor, scene.stage.own_fees()),
        ("action approve_fees", "own visit", supervisor, scene.stage.own_visit()),
        ("action void_receipt", "own receipt", till, scene.stage.own_receipt(Action.VOID_RECEIPT)),
        ("action refund", "own receipt", till, scene.stage.own_receipt(Action.REFUND)),
        ("action record_approval", "another body's answer", Intruder("body officer", "officer_env", "L1"),
         scene.stage.awaiting_health()),
    ):  # fmt: skip
        scene.put(staged.facts)
        try_by(scene, ledger, staged, who, thing, technique)
        by_the_entitled(scene, ledger, staged, thing, technique)


def give_reserved_away(scene: Scene, ledger: Ledger) -> None:
    """A second split of a parent whose area an accepted request holds: by everyone who may accept at all."""
    first = scene.stage.walk("case-holds", Status.AWAITING_APPROVALS)
    second = Journey(first.centre, make_content(make_plan(parent=first.content.plan.parent_number)), "case-wants")
    second.lodge()
    staged = scene.stage.staged(second, Accept(second.id), "clerk")
    scene.put(scene.stage.staged(first, Accept(first.id), "clerk").facts + staged.facts)
    for login, device in (("clerk", "K1"), ("clerk2", "K2"), ("cashier", "K2")):
        who = Intruder("cashier" if login == "cashier" else "clerk", login, device)
        try_by(scene, ledger, staged, who, f"reserved area, as {login}", "give away twice")
    base = first.centre.base_of(Withdraw(first.id, "عدول"))
    sent = give(scene.hand("clerk", "K1"), Withdraw(first.id, "عدول"), base)
    scene.settle()
    assert scene.accepted(sent)
    by_the_entitled(scene, ledger, staged, "reserved area", "give away what was given back")


def lie_about_the_base(scene: Scene, ledger: Ledger, actions: list[Action]) -> None:
    """By the very person who may: but on another version than the one that stands."""
    for action in actions:
        staged = scene.stage.due(action, "-base")
        scene.put(staged.facts)
        login = staged.entitled
        role = "cashier" if login == "cashier" else STAFF[login].role.value
        for technique, base in {
            "base ahead": staged.base + 1,
            "base far ahead": 2**62,
            "base below nothing": -1,
            "base too large for the machine": 2**80,
        }.items():
            who = Intruder(role, login, DEVICE_OF[login])
            try_by(scene, ledger, staged, who, f"action {action.value}", technique, base=base)
        by_the_entitled(scene, ledger, staged, f"action {action.value}", "base as it stands")


def lie_about_the_time(scene: Scene, ledger: Ledger) -> None:
    """A device's clock a year off: the command counts, and nothing official bears the wrong year."""
    for technique, off in {"a year ago": -YEAR, "in a year": YEAR, "before the calendar": -YEAR * 1500}.items():
        for action in (Action.ACCEPT, Action.RECORD_PAYMENT, Action.RECORD_INSPECTION, Action.CONFIRM_PRINT,
                       Action.DELIVER, Action.EXPIRE):  # fmt: skip
            staged = scene.stage.due(action, f"-{technique.replace(' ', '-')}")
            if action is Action.EXPIRE:  # whose time has not run out
                early = scene.stage.walk(f"case-early-{off.days}", Status.AWAITING_PAYMENT)
                staged = scene.stage.staged(early, replace(staged.command, request_id=early.id), "supervisor")
            scene.put(staged.facts)
            made = scene.centre.clock.now() + off
            login = staged.entitled
            sent = give(scene.hand(login, DEVICE_OF[login]), staged.command, staged.base, made_at=made)
            scene.settle()
            stands = str(scene.one(
                "select body from tajzia.fact where kind = 'request' and id = %s", staged.command.request_id
            ))  # fmt: skip
            wrong = f'"{made.isoformat()[:10]}' in stands or (action is Action.EXPIRE and scene.accepted(sent))
            role = "cashier" if login == "cashier" else STAFF[login].role.value
            gained = "an official time is the lie" if wrong else ""
            ledger.enter(Attempt(role, f"action {action.value}", f"made {technique}"), gained)
            if action is not Action.EXPIRE and off.days > -1000:
                ledger.enter_entitled(f"action {action.value}", f"made {technique}, and counted", scene.accepted(sent))


def take_anothers_receipt_numbers(scene: Scene, ledger: Ledger) -> None:
    """A receipt number of another device's series, and one that a receipt has already."""
    who = Intruder("cashier", "cashier", "K2")
    foreign = scene.stage.payment("case-foreign-series", receipt_number="C-2026-08-L1-00007")
    scene.put(foreign.facts)
    try_by(scene, ledger, foreign, who, "action record_payment", "number of another device's series")
    first, second = scene.stage.payment("case-first"), scene.stage.payment("case-second")
    scene.put(first.facts + second.facts)
    by_the_entitled(scene, ledger, first, "action record_payment", "number of one's own series")
    assert isinstance(first.command, RecordPayment)
    assert isinstance(second.command, RecordPayment)
    again = replace(second, command=replace(second.command, receipt_number=first.command.receipt_number))
    try_by(scene, ledger, again, who, "action record_payment", "number that is taken")
    by_the_entitled(scene, ledger, second, "action record_payment", "next number of one's own series")


def every_action() -> list[Action]:
    return list(STAGES)
