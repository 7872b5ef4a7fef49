"""Nothing is given twice: many requests on one parent, accepted, ended, issued and taken back in any order."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from desktop_app.domain.commands.accept import Accept
from desktop_app.domain.commands.lodge import Lodge
from desktop_app.domain.commands.refund import Refund
from desktop_app.domain.commands.refuse import Refuse
from desktop_app.domain.commands.void_receipt import VoidReceipt
from desktop_app.domain.commands.withdraw import Withdraw
from desktop_app.domain.licence import Licence, LicenceStatus
from desktop_app.domain.request import Requirements, Status
from desktop_app.domain.status import status_of
from tests.domain.builders import PARENT, clerk, make_content, supervisor
from tests.domain.centre_in_memory import Centre
from tests.domain.journey import Journey
from tests.domain.strategies import modest_plans_of, parents, plans_of


class OneParent(RuleBasedStateMachine):
    """Requests walk on by one step of their own at a time; each step may be refused, none may break a law."""

    @initialize(data=st.data())
    def begin(self, data: st.DataObject) -> None:
        self.parent: Licence = data.draw(parents(smallest=40))
        self.centre = Centre(self.parent)
        self.journeys: list[Journey] = []

    @rule(data=st.data())
    def lodge(self, data: st.DataObject) -> None:
        """Lodged against the parent as it was at first, as a counter does that has been offline since."""
        stands = self.centre.licences[PARENT]
        self.centre.licences[PARENT] = self.parent
        name = f"r{len(self.centre.requests)}"
        content = make_content(data.draw(plans_of(self.parent, most=2)))
        if self.centre.give(clerk(), Lodge(name, name, content)).accepted:
            walked = Journey(self.centre, content, name)
            self.journeys.append(walked)
        self.centre.licences[PARENT] = stands

    @rule(data=st.data())
    def lodge_what_is_free(self, data: st.DataObject) -> None:
        """As a counter does that knows how the parent stands, and accepts at once."""
        name = f"r{len(self.centre.requests)}"
        plan = data.draw(modest_plans_of(self.centre.licences[PARENT]))
        content = replace(make_content(plan), requirements=Requirements("TD-1", "CC-1"))
        if self.centre.give(clerk(), Lodge(name, name, content)).accepted:
            walked = Journey(self.centre, content, name)
            self.journeys.append(walked)
            self.centre.give(clerk(), Accept(name))

    @precondition(lambda self: self.journeys)
    @rule(data=st.data())
    def accept(self, data: st.DataObject) -> None:
        walked = data.draw(st.sampled_from(self.journeys))
        refused = self.centre.give(clerk(), Accept(walked.id)).refusals
        for why in refused:
            if why.key.endswith("_reserved"):
                holders = {held.request_number for held in self.centre.licences[PARENT].reservations}
                assert set(str(why.args.get("request")).split("، ")) <= holders

    @precondition(lambda self: self.journeys)
    @rule(data=st.data())
    def issue(self, data: st.DataObject) -> None:
        walked = data.draw(st.sampled_from(self.journeys))
        if walked.status in (Status.AWAITING_APPROVALS, Status.TO_SCHEDULE):
            walked.pass_days(1)
            walked.to_payment()
        if walked.status is Status.AWAITING_PAYMENT:
            walked.pay()

    @precondition(lambda self: self.journeys)
    @rule(data=st.data(), how=st.sampled_from([Withdraw, Refuse, VoidReceipt, Refund]))
    def end(self, data: st.DataObject, how: type[Withdraw | Refuse | VoidReceipt | Refund]) -> None:
        walked = data.draw(st.sampled_from(self.journeys))
        actor = clerk() if how is Withdraw else supervisor()
        self.centre.give(actor, how(walked.id, "سبب"))

    def _live(self) -> list[Licence]:
        return [one for one in self.centre.licences.values() if one.status is LicenceStatus.ACTIVE]

    @invariant()
    def area_vocations_and_signs_are_conserved(self) -> None:
        if not hasattr(self, "centre"):
            return
        live = self._live()
        added = [
            code
            for one in live
            if one.made_by_request
            for child in self.centre.requests[one.made_by_request].plan.children
            if any(
                issued.number == one.number and issued.unit == child.key
                for issued in self.centre.requests[one.made_by_request].issue.licences
            )
            for code in child.added_vocations
        ]
        assert sum(one.area for one in live) == self.parent.area
        assert sorted(code for one in live for code in one.vocations) == sorted((*self.parent.vocations, *added))
        signs = sorted(sign.code for one in live for sign in one.signs)
        assert signs == sorted(sign.code for sign in self.parent.signs)

    @invariant()
    def nothing_is_promised_twice(self) -> None:
        if not hasattr(self, "centre"):
            return
        parent = self.centre.licences[PARENT]
        assert parent.free_area >= 0
        promised = [code for held in parent.reservations for code in held.vocations]
        assert len(promised) == len(set(promised))
        assert set(promised) <= set(parent.vocations)
        signs = [code for held in parent.reservations for code in held.signs]
        assert len(signs) == len(set(signs))
        assert set(signs) <= {sign.code for sign in parent.signs}

    @invariant()
    def only_accepted_requests_that_are_not_issued_hold_anything(self) -> None:
        if not hasattr(self, "centre"):
            return
        holding = {held.request_id for held in self.centre.licences[PARENT].reservations}
        before = {Status.LODGED, Status.RETURNED}
        after = {Status.ISSUED, Status.REFUSED, Status.WITHDRAWN, Status.REFUNDED}
        open_ones = {one.id for one in self.centre.requests.values() if status_of(one) not in before | after}
        assert holding == open_ones

    @invariant()
    def a_parent_that_goes_on_has_a_vocation_to_go_on_with(self) -> None:
        if not hasattr(self, "centre"):
            return
        parent = self.centre.licences[PARENT]
        assert (parent.area == 0) == (parent.status is LicenceStatus.CLOSED)
        assert bool(parent.vocations) == (parent.area > 0)


TestOneParent = OneParent.TestCase
TestOneParent.settings = settings(max_examples=200, stateful_step_count=25)
