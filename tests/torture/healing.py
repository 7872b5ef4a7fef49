"""After the last step: everything works again, and what is pending is carried out."""

from __future__ import annotations

from dataclasses import replace

from tests.torture.beginning import EVERYBODY_SEES, STAFF
from tests.torture.tables import Transaction
from tests.torture.world import World


def heal(world: World) -> None:
    """Late messages arrive, other writers end, disks have room, everybody signs in once more at the centre."""
    world.healed, world.fuse_left, world.deep = True, None, True
    world.deliver_late()
    for writer in world.writers:
        writer.close()
    world.writers = []
    for station in world.stations:
        if station.disk_full:
            station.store.fill_disk(False)
            station.disk_full = False
        for login in (*station.keys, EVERYBODY_SEES):
            world.sign_in(station, STAFF[login])


def drain(world: World, rounds: int = 8) -> None:
    """Until nothing is pending, or for so many rounds; and one more for everybody."""
    busy = world.stations
    for _ in range(rounds):
        for station in busy:
            station.round(world.line(station))
        _take_up_again(world)
        decided = world.registrar.drain()
        busy = [station for station in world.stations if world.pending(station)]
        if not decided and not busy:
            break
    for station in world.stations:
        station.round(world.line(station))


def _take_up_again(world: World) -> None:
    """What the operator does with commands whose key a restored backup did not hold, as docs/centre.md says. (Where it
    holds an older key of that person there, they are put aside as forged; they are verified again all the same.)"""
    transaction = Transaction(world.tables)
    for row in list(transaction.rows("inbox")):
        if row.state == "quarantined" and row.reason in ("no_key", "forged"):
            transaction.put("inbox", row.command_id, replace(row, state="waiting", reason=""))
    transaction.commit()
