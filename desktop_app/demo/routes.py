"""The way of a sample request to the status it shall have, passage by passage in the order of the card."""

from __future__ import annotations

from datetime import datetime
from random import Random

from desktop_app.demo.story import Premise, Story
from desktop_app.domain.calendar import AMMAN
from desktop_app.domain.request import Status

S = Status
_DETOURS: dict[Status, tuple[Status, ...]] = {
    S.REFUSED: (S.LODGED, S.TO_SCHEDULE, S.FEES_TO_APPROVE, S.RECTIFICATION),
    S.WITHDRAWN: (S.LODGED, S.TO_SCHEDULE, S.RECTIFICATION, S.AWAITING_PAYMENT),
    S.EXPIRED: (S.RETURNED, S.RECTIFICATION, S.AWAITING_PAYMENT),
    S.REFUNDED: (S.ISSUED, S.PRINTED),
}
"""Statuses that a request comes to from several others."""


def follow(goal: Status, story: Story, premise: Premise, owes: bool, random: Random, as_of: datetime) -> None:
    """Writes all steps of `story` until it has reached `goal`. `owes`: the applicant is an owner with dues."""
    before = random.choice(_DETOURS[goal]) if goal in _DETOURS else goal
    _Way(before, story, premise, owes, random, as_of).walk()
    match goal:
        case S.REFUSED:
            story.refuse()
        case S.WITHDRAWN:
            story.withdraw()
        case S.REFUNDED:
            story.refund()
        case S.EXPIRED:
            # One day over the periods of the reference data: completion 10, rectification 5 and the 3
            # that `Story.extend` adds, payment 30.
            story.expire({S.RETURNED: 11, S.RECTIFICATION: 9}.get(before, 31))
        case _:
            pass


class _Way:
    """The straight way: each passage returns whether the goal has been reached with it."""

    def __init__(
        self, goal: Status, story: Story, premise: Premise, owes: bool, random: Random, as_of: datetime
    ) -> None:
        self._owes = owes
        self._goal = goal
        self._story = story
        self._premise = premise
        self._random = random
        self._as_of = as_of

    def walk(self) -> None:
        for passage in (
            self._intake,
            self._acceptance,
            self._approvals,
            self._visits,
            self._fire,
            self._fees,
            self._issue,
        ):
            if passage():
                return

    def _often(self, share: float) -> bool:
        return self._random.random() < share

    def _intake(self) -> bool:
        if self._goal is S.DRAFT or self._often(0.2):
            self._story.draft()
        if self._goal is S.DRAFT:
            return True
        self._story.gather_papers()
        self._story.lodge()
        if self._goal is S.RETURNED:
            self._story.send_back()
        elif self._goal is not S.LODGED and self._often(0.06):
            self._story.send_back()
            self._story.complete()
        return self._goal in (S.LODGED, S.DUES_OUTSTANDING, S.RETURNED)

    def _acceptance(self) -> bool:
        if self._owes:
            self._story.settle_dues()
        self._story.accept()
        return False

    def _approvals(self) -> bool:
        """An open request waits for its first letter, or for the answer of the last body."""
        bodies = self._premise.bodies
        waits = self._goal is S.AWAITING_APPROVALS
        if waits and self._often(0.3):
            return True
        for body in bodies:
            self._story.ask_body(body)
        for place, body in enumerate(bodies):
            last = place == len(bodies) - 1
            if waits and last:
                if self._often(0.3):
                    self._story.remind_body(body)
                return True
            refuses = last and self._goal is S.REFUSED_BY_BODY
            self._story.body_answers(body, not refuses)
            if refuses:
                return True
        return False

    def _visits(self) -> bool:
        story = self._story
        if self._goal is S.TO_SCHEDULE:
            return True
        if self._goal is S.INSPECTION_SCHEDULED:
            story.book_ahead(self._as_of.astimezone(AMMAN).date())
            return True
        visit = story.book()
        if self._often(0.08):
            visit = story.book()
        if self._goal is S.RECTIFICATION or self._often(0.12):
            story.visit(visit, compliant=False)
            if self._often(0.3):
                story.extend()
            if self._goal is S.RECTIFICATION:
                return True
            story.rectify()
            visit = story.book()
        story.visit(visit, compliant=True)
        return False

    def _fire(self) -> bool:
        if not self._premise.needs_civil_defence:
            return False
        waits = self._goal is S.AWAITING_CIVIL_DEFENCE
        if waits and self._often(0.3):
            return True
        self._story.ask_civil_defence()
        if waits:
            if self._often(0.3):
                self._story.remind_civil_defence()
            return True
        refuses = self._goal is S.REFUSED_BY_CIVIL_DEFENCE
        self._story.civil_defence_answers(not refuses)
        return refuses

    def _fees(self) -> bool:
        story = self._story
        if self._goal is S.FEES_TO_ASSESS:
            return True
        story.assess()
        if self._often(0.08):
            story.send_back_fees()
            story.assess()
        if self._goal is S.FEES_TO_APPROVE:
            return True
        story.approve()
        return self._goal is S.AWAITING_PAYMENT

    def _issue(self) -> bool:
        story = self._story
        story.pay()
        if self._often(0.04):
            story.void()
            story.pay()
        if self._goal is S.ISSUED:
            return True
        story.print_all()
        if self._goal is S.DELIVERED:
            story.deliver()
        return True
