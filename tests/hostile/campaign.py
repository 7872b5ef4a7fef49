"""All of it in order, against one centre; and what it came to."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from desktop_app.domain.actions import Action
from tests.hostile import administering, channels, commands, devices, pressing, reading, wire
from tests.hostile.ledger import Ledger
from tests.hostile.scene import OUTSIDERS, Scene
from tests.hostile.side_doors import side_doors
from tests.hostile.statements import try_all
from tests.hostile.tables import table_statements
from tests.postgres_fixture import SampleCentre


@dataclass(frozen=True, slots=True)
class Extent:
    """How much of it: every n-th statement, these actions, this many people to press, floods of this size."""

    stride: int = 1
    actions: tuple[Action, ...] = tuple(commands.every_action())
    base_actions: tuple[Action, ...] = tuple(commands.every_action())
    pressers: int = len(pressing.PRESSERS)
    colleagues: int = len(wire.COLLEAGUES)
    flood: int = 1000
    guesses: int = 100


WHOLE = Extent()
REDUCED = Extent(
    stride=7,
    actions=(Action.ACCEPT, Action.APPROVE_FEES, Action.VOID_RECEIPT, Action.RECORD_PAYMENT, Action.RECORD_INSPECTION),
    base_actions=(Action.ACCEPT,),
    pressers=2,
    colleagues=2,
    flood=200,
    guesses=10,
)


@dataclass
class Report:
    """What was tried and what came of it. `bugs` are commands that the registrar could not decide."""

    ledger: Ledger = field(default_factory=Ledger)
    bugs: int = 0
    registrar_lives: bool = False

    def told(self) -> dict[str, Any]:
        ledger = self.ledger
        return {
            "attempts": len(ledger.attempts),
            "succeeded": len(ledger.succeeded),
            "by_role": ledger.by_role(),
            "techniques": len(ledger.techniques()),
            "entitled": len(ledger.entitled),
            "entitled_refused": len(list(ledger.turned_away())),
            "registrar_lives": self.registrar_lives,
            "bugs": self.bugs,
        }

    @property
    def safe(self) -> bool:
        return (
            not self.ledger.succeeded and not list(self.ledger.turned_away()) and self.registrar_lives and not self.bugs
        )


def run(centre: SampleCentre, folder: Path, extent: Extent = WHOLE) -> Report:
    """The whole campaign. `folder` is for certificates that are made up."""
    report = Report()
    ledger = report.ledger
    scene = Scene(centre)
    with scene.serving():
        assert scene.good_command_is_decided()
        staged = scene.stage.due(Action.ACCEPT)
        scene.put(staged.facts)
        try_all(scene, ledger, islice(side_doors(), 0, None, extent.stride), OUTSIDERS)
        try_all(scene, ledger, islice(table_statements(), 0, None, extent.stride), OUTSIDERS)
        channels.come_from_channels(scene, ledger, extent.stride)
        reading.read_across(scene, ledger)
        reading.register_keys(scene, ledger)
        reading.tell_clocks(scene, ledger)
        commands.act_outside_role_and_branch(scene, ledger, list(extent.actions))
        commands.act_on_ones_own(scene, ledger)
        commands.give_reserved_away(scene, ledger)
        commands.lie_about_the_base(scene, ledger, list(extent.base_actions))
        commands.lie_about_the_time(scene, ledger)
        commands.take_anothers_receipt_numbers(scene, ledger)
        wire.forge(scene, ledger, wire.FORGERIES, wire.COLLEAGUES[: extent.colleagues])
        wire.bad_arguments(scene, ledger)
        wire.take_the_name_of_old_history(scene, ledger)
        devices.come_in(scene, ledger, folder)
        devices.push_from_a_revoked_device(scene, ledger)
        administering.knock(scene, ledger, extent.guesses)
        pressers = pressing.PRESSERS[: extent.pressers]
        pressing.hold(scene, ledger, pressers)
        pressing.never_end(scene, ledger, pressers)
        pressing.flood(scene, ledger, pressers, extent.flood)
        pressing.take_every_connection(scene, ledger)
        pressing.push_in_front(scene, ledger, extent.flood)
        pressing.fill_the_disk(scene, ledger)
        administering.administer(scene, ledger)
        report.registrar_lives = scene.good_command_is_decided()
        report.bugs = scene.one("select count(*) from tajzia.inbox where reason = 'bug'")
    return report
