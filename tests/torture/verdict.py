"""What a healed schedule must look like, and what does not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from desktop_app.domain.actions import row_of
from desktop_app.domain.commands import kind_of
from desktop_app.domain.request import Request
from desktop_app.storage.store import Store
from desktop_app.wire.codec import decode
from desktop_app.wire.envelope import command_of, open_payload
from desktop_app.wire.facts import FactKind, StoredOutcome
from tests.sync.stations import visible
from tests.torture.beginning import STAFF
from tests.torture.door import visible_facts
from tests.torture.tables import FactRecord, InboxRow, Tables
from tests.torture.workstation import Workstation
from tests.torture.world import World


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is wrong, by kind; nothing where all is well."""

    lost: tuple[str, ...] = ()
    diverged: tuple[str, ...] = ()
    stuck: tuple[str, ...] = ()
    double_applied: tuple[str, ...] = ()

    @property
    def well(self) -> bool:
        return not (self.lost or self.diverged or self.stuck or self.double_applied)


def judge(world: World) -> Verdict:
    """Of a world that was healed and drained."""
    outcomes = outcomes_at(world.tables)
    diverged = [line for station in world.stations for line in _diverged(world, station, outcomes)]
    diverged += [line for station in world.stations for line in station.differences]
    lost = [
        f"{one.device}: {line}"
        for one in world.stations
        for line in lost_of(one.given, one.store.store, world.tables, outcomes)
    ]
    return Verdict(
        lost=tuple(lost),
        diverged=tuple(diverged),
        stuck=tuple(_stuck(world)),
        double_applied=tuple(_double(world, outcomes)),
    )


def outcomes_at(tables: Tables) -> dict[str, StoredOutcome]:
    """What the centre has decided, by command."""
    return {
        fact.said.id: decode(fact.said.body, StoredOutcome)
        for fact in _facts(tables, FactKind.OUTCOME)
        if fact.said.body is not None
    }


def _facts(tables: Tables, kind: FactKind) -> list[FactRecord]:
    return [fact for fact in tables.committed["fact"].values() if fact.said.kind is kind]


def lost_of(given: Iterable[str], store: Store, tables: Tables, outcomes: dict[str, StoredOutcome]) -> list[str]:
    """What was acknowledged in `store`, and neither has an effect, nor a refusal that is kept, nor is it pending."""
    events = {fact.said.id for fact in _facts(tables, FactKind.EVENT)}
    with store.reading() as reads:
        states: dict[str, str] = dict(reads.driver.execute("SELECT id, state FROM command"))
        kept = {command_id for (command_id,) in reads.driver.execute("SELECT command_id FROM refusal")}
    lost = []
    for command_id in given:
        outcome = outcomes.get(command_id)
        effect = outcome is not None and outcome.accepted and command_id in events
        if not (effect or command_id in kept or states.get(command_id, "") in ("waiting", "sent")):
            lost.append(f"{command_id} is {states.get(command_id)}, outcome {outcome}")
    return lost


def _diverged(world: World, station: Workstation, outcomes: dict[str, StoredOutcome]) -> list[str]:
    assert station.actor is not None
    return diverged_from(world.tables, station.actor.id, station.device, station.store.store, outcomes)


def diverged_from(
    tables: Tables, login: str, device: str, store: Store, outcomes: dict[str, StoredOutcome]
) -> list[str]:
    """Where `store` shows anything else than what the centre shows this person on this device."""
    here = visible(store)
    there = visible_facts(tables, login, device)
    name = f"{device} ({login})"
    wrong = [f"{name}: does not hold {key}" for key in there.keys() - here.keys()]
    wrong += [f"{name}: still holds {key}" for key in here.keys() - there.keys()]
    wrong += [f"{name}: another {key}" for key in here.keys() & there.keys() if here[key] != there[key]]
    with store.reading() as reads:
        ask = reads.driver.execute
        held = sorted(ask("SELECT branch, status, held FROM queue_count WHERE held <> 0"))
        if held != sorted(ask("SELECT branch, status, count(*) FROM request GROUP BY 1, 2")):
            wrong.append(f"{name}: the counts of the queue are not those of the requests")
        told = ask("SELECT id, state FROM command WHERE state IN ('confirmed', 'refused')").fetchall()
    for command_id, state in told:
        outcome = outcomes.get(command_id)
        if outcome is not None and outcome.accepted != (state == "confirmed"):
            wrong.append(f"{name}: {command_id} is {state} here and {outcome.accepted=} at the centre")
    return wrong


def _stuck(world: World) -> list[str]:
    stuck = [f"{one.device}: {world.pending(one)} pending" for one in world.stations if world.pending(one)]
    for station in world.stations:
        with station.store.reading() as reads:
            if beneath := reads.driver.execute("SELECT count(*) FROM base").fetchone()[0]:
                stuck.append(f"{station.device}: {beneath} facts still lie beneath")
    stuck += [
        f"{row.command_id} is {row.state} ({row.reason}) in the inbox"
        for row in world.tables.committed["inbox"].values()
        if row.state != "decided"
    ]
    return stuck + world.tampering


def _double(world: World, outcomes: dict[str, StoredOutcome]) -> list[str]:
    twice = [f"{one} was reported as not stored" for one in world.phantoms]
    twice += [f"{station.device}: {one}" for station in world.stations for one in _not_given(station)]
    return twice + doubled_at(world.tables, outcomes)


def doubled_at(tables: Tables, outcomes: dict[str, StoredOutcome]) -> list[str]:
    """What took effect at the centre twice, or without a decision, or used up a number for nothing."""
    inbox = tables.committed["inbox"].values()
    twice = [f"{row.command_id} was decided {row.taken} times" for row in inbox if row.taken > 1]
    requests = [decode(fact.said.body, Request) for fact in _facts(tables, FactKind.REQUEST) if fact.said.body]
    receipts = Counter(receipt.number for one in requests for receipt in one.payment.receipts)
    twice += [f"receipt {number} stands {count} times" for number, count in receipts.items() if count > 1]
    twice += _numbers(tables, requests)
    told = {row[0].notice_id for row in tables.committed["outbox"].values()}
    accepted = {one.id for one in outcomes.values() if one.accepted}
    ours = {row.command_id for row in inbox}
    twice += _on_one_version([row for row in inbox if row.command_id in accepted])
    events = {fact.said.id for fact in _facts(tables, FactKind.EVENT)} & ours
    if events != accepted:
        twice.append(f"events and acceptances differ in {events ^ accepted}")
    untold = told - {fact.said.id for fact in _facts(tables, FactKind.NOTICE)}
    return twice + [f"notice {one} was queued, and no history has it" for one in untold]


def _on_one_version(accepted: Iterable[InboxRow]) -> list[str]:
    """Of two commands that were given on the same version of a track, at most one takes effect."""
    bases: Counter[tuple[str, str, str, int]] = Counter()
    for row in accepted:
        envelope = open_payload(row.signed.payload)
        command = command_of(envelope)
        kind = kind_of(command)
        part = kind.part(command)
        bases[envelope.request_id, row_of(kind.action).track.value, part, envelope.base] += 1
    return [f"{count} commands took effect on one version: {key}" for key, count in bases.items() if count > 1]


def _not_given(station: Workstation) -> list[str]:
    with station.store.reading() as reads:
        held = {identity for (identity,) in reads.driver.execute("SELECT id FROM command")}
    return [f"{one} lies in the log and nobody gave it" for one in held - station.given.keys()]


def _numbers(tables: Tables, requests: list[Request]) -> list[str]:
    """Each number once, and none left out."""
    wrong = []
    for series, numbers in (
        ("request", [one.number for one in requests if one.number]),
        ("licence", [issued.number for one in requests for issued in one.issue.licences]),
    ):
        given = Counter(
            (int(year), int(district), int(serial))
            for number in numbers
            if (match := re.fullmatch(r"[RL]-(\d{4})-(\d\d)-(\d{6})", number))
            for year, district, serial in (match.groups(),)
        )
        if series == "request":
            wrong += [f"{series} {key} was given {count} times" for key, count in given.items() if count > 1]
        for (of, year, district), last in tables.committed["number"].items():
            missing = {(year, district, serial) for serial in range(1, last + 1)} - given.keys()
            if of == series and missing:
                wrong.append(f"{series}: {sorted(missing)} were used up and belong to nothing")
    return wrong


def narrow(world: World) -> list[str]:
    """One device passes to somebody who sees less: what left the scope must leave the device."""
    station = world.chance.choice(world.stations)
    world.sign_in(station, STAFF[world.chance.choice(("clerk", "clerk9", "officer-health"))])
    for _ in range(2):
        station.round(world.line(station))
    return _diverged(world, station, {}) + station.differences
