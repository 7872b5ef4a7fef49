"""Whatever happens in whatever order: once drained, every workstation shows what the centre says, no command is lost
or done twice, and every refused one is kept whole."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from desktop_app.domain.commands import Command
from desktop_app.domain.commands.accept import Accept
from desktop_app.domain.commands.lodge import Lodge
from desktop_app.domain.commands.refuse import Refuse
from desktop_app.domain.commands.request_approval import RequestApproval
from desktop_app.domain.commands.return_for_completion import ReturnForCompletion
from desktop_app.domain.commands.save_draft import SaveDraft
from desktop_app.domain.commands.withdraw import Withdraw
from desktop_app.sync.centre_link import CentreUnreachableError
from desktop_app.wire.codec import encode
from desktop_app.wire.envelope import open_payload
from desktop_app.wire.facts import FactKind
from tests.domain.builders import TODAY
from tests.sync.fake_centre import FakeCentre
from tests.sync.stations import Station, said, visible
from tests.workplaces import content_for, sample_centre

PARENTS = 3
STATIONS = st.integers(0, 1)
_STEPS: tuple[Callable[[str], Command], ...] = (
    Accept,
    lambda one: Withdraw(one, "عدول"),
    lambda one: ReturnForCompletion(one, "سند ناقص"),
    lambda one: RequestApproval(one, "health", "OUT-1", TODAY),
)


class Convergence(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.centre: FakeCentre = sample_centre(each=0, spare_licences=PARENTS)
        self.stations = [
            Station(self.folder / "K1.db", self.centre, "K1", "clerk"),
            Station(self.folder / "K2.db", self.centre, "K2", "supervisor"),
        ]
        self.stations[1].change_user("assessor")
        self.requests: list[str] = []
        self.given: dict[str, bytes] = {}
        self.backup: FakeCentre | None = None

    def _give(self, station: Station, command: Command) -> None:
        outcome = station.desk.give(command)
        if outcome.accepted:
            assert outcome.event is not None
            self.given[outcome.event.id] = encode(command)

    @rule(at=STATIONS, parent=st.integers(0, PARENTS - 1), draft=st.booleans())
    def open_request(self, at: int, parent: int, draft: bool) -> None:
        station = self.stations[at]
        request_id = station.desk.new_request_id()
        kind = SaveDraft if draft else Lodge
        self._give(station, kind(request_id, station.desk.next_reference(), content_for(parent)))
        self.requests.append(request_id)

    @precondition(lambda self: self.requests)
    @rule(at=STATIONS, which=st.integers(0, 50), step=st.sampled_from(_STEPS))
    def take_a_step(self, at: int, which: int, step: Callable[[str], Command]) -> None:
        self._give(self.stations[at], step(self.requests[which % len(self.requests)]))

    @precondition(lambda self: self.requests)
    @rule(which=st.integers(0, 50))
    def a_supervisor_refuses(self, which: int) -> None:
        station = self.stations[1]
        station.change_user("supervisor")
        self._give(station, Refuse(self.requests[which % len(self.requests)], "مخالفة"))
        station.change_user("assessor")

    @rule(at=STATIONS, calls=st.one_of(st.none(), st.integers(0, 12)), page=st.sampled_from([None, 1, 2, 7]))
    def make_a_round(self, at: int, calls: int | None, page: int | None) -> None:
        station = self.stations[at]
        station.cut.after, station.page = calls, page
        try:
            station.round()
        except CentreUnreachableError:
            assert calls is not None
        station.cut.after = None

    @rule()
    def the_registrar_decides(self) -> None:
        self.centre.decide_all()

    @rule(at=STATIONS)
    def start_the_program_again(self, at: int) -> None:
        old = self.stations[at]
        old.close()
        self.stations[at] = fresh = Station.__new__(Station)
        fresh.__dict__ = old.__dict__
        fresh.reopen()

    @rule(at=STATIONS, both=st.booleans())
    def the_scope_changes(self, at: int, both: bool) -> None:
        self.stations[at].branches = (8, 9) if both else (9,)

    @rule(number=st.integers(0, PARENTS - 1))
    def the_centre_changes_a_licence(self, number: int) -> None:
        key = content_for(number).plan.parent_number
        held = self.centre.centre.licences[key]
        changed = replace(held, trade_name=held.trade_name + "١" if len(held.trade_name) < 20 else "محل")
        self.centre.centre.licences[key] = changed
        self.centre.publish(FactKind.LICENCE, key, 8, encode(changed))

    @rule()
    def the_centre_is_backed_up(self) -> None:
        self.backup = self.centre.backup()

    @precondition(lambda self: self.backup is not None)
    @rule()
    def the_centre_is_restored(self) -> None:
        assert self.backup is not None
        keys = self.centre.keys
        self.centre.restore(self.backup)
        self.centre.keys = keys  # keys are registered anew at the next sign-in; here nobody signs in again

    @invariant()
    def every_command_that_was_given_is_kept_somewhere(self) -> None:
        kept: dict[str, bytes] = {}
        for station in self.stations:
            with station.store.reading() as reads:
                for command in reads.commands(("waiting", "sent", "confirmed", "refused")):
                    kept[command.command_id] = bytes(open_payload(command.signed.payload).body)
        assert kept == self.given

    @invariant()
    def counts_equal_a_recount(self) -> None:
        for station in self.stations:
            with station.store.reading() as reads:
                held = reads.driver.execute("SELECT branch, status, held FROM queue_count WHERE held <> 0")
                counted = reads.driver.execute("SELECT branch, status, count(*) FROM request GROUP BY 1, 2")
                assert sorted(held.fetchall()) == sorted(counted.fetchall())

    def teardown(self) -> None:
        try:
            self._drain()
            self._all_is_well()
        finally:
            for station in self.stations:
                station.close()
            shutil.rmtree(self.folder)

    def _drain(self) -> None:
        for _ in range(2):
            for station in self.stations:
                station.branches, station.page, station.cut.after = (8, 9), None, None
                station.drain()

    def _all_is_well(self) -> None:
        for station in self.stations:
            assert visible(station.store) == said(self.centre)
            tally = station.store.tally()
            assert (tally.waiting, tally.sent) == (0, 0)
            refused = {one.command_id: one for one in station.queries.refused_commands()}
            assert all(one.body == self.given[key] and one.reasons for key, one in refused.items())
            assert tally.refused == len(refused)
        events = [event.id for event in self.centre.centre.events]
        assert len(events) == len(set(events))
        refused_anywhere = {one.command_id for station in self.stations for one in station.queries.refused_commands()}
        assert set(events) | refused_anywhere == set(self.given)
        assert not set(events) & refused_anywhere


TestConvergence = Convergence.TestCase
TestConvergence.settings = settings(max_examples=25, stateful_step_count=30)
