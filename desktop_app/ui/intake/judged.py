"""What the rules say of the form, and what of it is said now: not every word while one is still typing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from desktop_app.domain.deciding import Outcome
from desktop_app.domain.messages import Message
from desktop_app.ui.intake import form as fields
from desktop_app.ui.intake.form import IntakeForm
from desktop_app.ui.intake.looking import Looked

WHOLE_NUMBER = len("L-2026-08-000123")

Say = Callable[[Message], str]


@dataclass(slots=True)
class Judged:
    """`looked` is what is known about the texts of `at`; `touched` names the fields that the user has been at;
    `insist` once they tried to lodge."""

    looked: Looked | None = None
    at: IntakeForm = field(default_factory=IntakeForm)
    touched: set[str] = field(default_factory=set)
    insist: bool = False

    def refused(self, outcome: Outcome, form: IntakeForm) -> None:
        """The rules refused what stood in `form`."""
        if self.looked is not None:
            self.looked, self.at = replace(self.looked, outcome=outcome), form

    @property
    def refusals(self) -> tuple[Message, ...]:
        return self.looked.outcome.refusals if self.looked else ()

    def problem_of(self, name: str, form: IntakeForm, remaining: tuple[Message, ...], say: Say) -> str:
        """What is wrong with a field, once the user has been at it or has tried to lodge."""
        if not self.insist and name not in self.touched:
            return ""
        if name == fields.PARENT and not self.insist and len(form.parent_number) < WHOLE_NUMBER:
            return ""  # still being typed
        if form.get(name) != self.at.get(name):
            return ""  # what is known is about a text that stands here no more
        return "\n".join(say(message) for message in remaining if message.about == name)

    def warning_of(self, name: str, say: Say) -> str:
        found = self.looked.outcome.warnings if self.looked else ()
        return "\n".join(dict.fromkeys(say(message) for message in found if message.about == name))
