"""Other systems that turn on the centre: with their own password and certificate at everything that is not theirs; and
staff at what is the channels'."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain, islice

import psycopg

from desktop_app.centre.channel_roles import FUNCTIONS
from tests.channels.requests import lodging
from tests.channels.systems import Systems
from tests.hostile.ledger import Attempt, Ledger
from tests.hostile.scene import INSIDERS, OUTSIDERS, Intruder, Scene
from tests.hostile.side_doors import side_doors
from tests.hostile.statements import Statement, try_all
from tests.hostile.tables import rows_of, table_statements

CALLS = {
    "portal.lodge": "select portal.lodge('mine/1', '{}')",
    "portal.find": "select portal.find('h0')",
    "epay.record_payment": "select epay.record_payment('mine/2', 'R-2026-08-000001', 1, now())",
    "epay.record_dues_payment": "select epay.record_dues_payment('mine/3', 'R-2026-08-000001', 1, now())",
    "epay.find": "select epay.find('mine/2')",
    "dues.put": "select dues.put('mine/4', '{}')",
    "dues.find": "select dues.find('mine/4')",
    "tajzia.scope": "select * from tajzia.scope()",
    "tajzia.pull": "select * from tajzia.pull(8, 0, 100)",
    "tajzia.report": "select * from tajzia.report('1')",
    "tajzia.submit": "select * from tajzia.submit(array['{}'::bytea], array['x'::bytea])",
    "tajzia.register_key": "select tajzia.register_key(sha256('mine'))",
    "tajzia.set_staff": "select tajzia.set_staff('evil', '{}', '')",
    "tajzia.take_message": "select tajzia.take_message('epay', 'payment', 'mine/5', '{}')",
    "tajzia.find_message": "select tajzia.find_message('portal', 'h0')",
    "tajzia.asking_channel": "select tajzia.asking_channel()",
}
"""Every function of every channel, inner ones and those of the workstations among them."""


def come_from_channels(scene: Scene, ledger: Ledger, stride: int) -> None:
    """Each channel at every table, function, role and at the other channels (all three together, where only some of it
    is tried); the staff at all channels; and each channel at what it is meant for, which must work."""
    systems = Systems(scene.centre)
    step = stride * (len(FUNCTIONS) if stride > 1 else 1)
    for at, kind in enumerate(FUNCTIONS):
        intruder = Intruder(f"channel {kind}", systems.login_of(kind), "")
        scene.take_session(intruder, systems.connect(kind))
        own = {function.partition("(")[0] for function in FUNCTIONS[kind]}
        everything = chain(table_statements(), side_doors())
        alien = [_call(name, text) for name, text in CALLS.items() if name not in own]
        # By whom each is meant for was tried with the staff's attempts.
        tried = (replace(one, entitled="") for one in islice(everything, at if stride > 1 else 0, None, step))
        try_all(scene, ledger, chain(alien, tried), [intruder])
        _come_with_anothers_certificate(systems, ledger, kind)
    of_channels = [_call(name, text) for name, text in CALLS.items() if name.partition(".")[0] in FUNCTIONS]
    try_all(scene, ledger, of_channels, (*OUTSIDERS, *INSIDERS))
    _do_what_is_theirs(scene, systems, ledger)


def _call(name: str, text: str) -> Statement:
    return Statement(f"function {name}", "call", text, rows_of("channel_message"), entitled="")


def _come_with_anothers_certificate(systems: Systems, ledger: Ledger, kind: str) -> None:
    other = "dues" if kind == "portal" else "portal"
    function = FUNCTIONS[kind][-1].partition("(")[0]
    gained = ""
    try:
        systems.connect(kind, certificate_of=other).execute(f"select {function}('x')".encode())
        gained = "was answered"
    except psycopg.Error:
        pass
    ledger.enter(Attempt(f"channel {kind}", f"function {function}", "with another channel's certificate"), gained)


def _do_what_is_theirs(scene: Scene, systems: Systems, ledger: Ledger) -> None:
    systems.lodge("hostile/1", lodging())
    systems.pay("hostile/2", "R-2026-08-000001", 1)
    systems.put_due("hostile/3", {})
    for reference in ("hostile/1", "hostile/2", "hostile/3"):
        taken = scene.one("select count(*) from tajzia.channel_message where reference = %s", reference) == 1
        ledger.enter_entitled("function of a channel", reference, taken)
    found = (systems.find("hostile/1"), systems.paid("hostile/2"), systems.due("hostile/3"))
    ledger.enter_entitled("function of a channel", "find", all(one["state"] == "waiting" for one in found))
