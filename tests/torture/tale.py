"""What a schedule tells of itself, and the plain papers and words of its centre."""

from __future__ import annotations

from dataclasses import dataclass, field

from desktop_app.application.papers import stored_paper_fact
from desktop_app.application.ports.centre import CentreWork
from desktop_app.application.ports.loading import LoadedFact
from desktop_app.domain.deciding import Case, Context, Outcome
from desktop_app.domain.notices import Notice
from desktop_app.domain.reference import Reference


@dataclass(slots=True)
class Tale:
    """What happened, for whoever replays a failing seed; and how many faults there were."""

    lines: list[str] = field(default_factory=list)
    faults: int = 0
    steps: int = 0

    def fault(self, what: str) -> None:
        self.faults += 1
        self.lines.append(f"    fault: {what}")

    def say(self, what: str) -> None:
        self.lines.append(what)


class PlainPapers:
    """Papers that say which paper they are."""

    def draw(self, outcome: Outcome, case: Case, context: Context, work: CentreWork) -> tuple[LoadedFact, ...]:
        assert outcome.request is not None
        branch = outcome.request.branch
        return tuple(
            stored_paper_fact(work, order, f"{order.kind} {order.number} {context.now}".encode(), branch, context.now)
            for order in outcome.papers
        )


def notice_words(notice: Notice, reference: Reference) -> str:
    return f"{notice.kind.value} {notice.request_id}"
