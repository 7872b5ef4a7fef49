"""A request's letters in words: to whom, since when the answer is awaited, who reminded, what was answered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from desktop_app.domain.actor import Actor, Role
from desktop_app.domain.calendar import AMMAN
from desktop_app.domain.letters import CIVIL_DEFENCE_BODY, AwaitedLetter, days_waited, find_awaited, remind_from
from desktop_app.domain.request import Request
from desktop_app.domain.tracks import Approval, CivilDefence, CivilDefenceState
from desktop_app.texts import name_of, ntr, tr
from desktop_app.texts.clock_words import long_date
from desktop_app.texts.quantities import code
from desktop_app.ui.request.naming import Naming
from desktop_app.ui.theme import Tone
from desktop_app.wire.facts import StoredPaper

KINDS = ("letter", "reminder")
"""The papers that are letters."""


@dataclass(frozen=True, slots=True)
class LetterPaper:
    """A letter that the centre has drawn; `digest` opens it."""

    digest: str
    title: str


@dataclass(frozen=True, slots=True)
class LetterShown:
    """What passed between the municipality and one body. `scan` is the digest of the answer's scan, "" without one."""

    body: str
    title: str
    state: str
    tone: Tone
    lines: tuple[str, ...]
    waits: str
    waits_tone: Tone
    papers: tuple[LetterPaper, ...]
    scan: str


def letters_shown(
    request: Request, papers: Iterable[StoredPaper], naming: Naming, actor: Actor, now: datetime
) -> tuple[LetterShown, ...]:
    """One for each body that must be asked; an officer sees their own body's alone."""
    asked: list[tuple[str, Approval | CivilDefence]] = [(one.body, one) for one in request.approvals]
    if request.civil_defence.state is not CivilDefenceState.NOT_NEEDED:
        asked.append((CIVIL_DEFENCE_BODY, request.civil_defence))
    mine = [pair for pair in asked if actor.role is not Role.BODY_OFFICER or actor.body == pair[0]]
    drawn = [paper for paper in papers if paper.kind in KINDS]
    return tuple(_shown(body, track, request, drawn, naming, now) for body, track in mine)


def waiting_words(letter: AwaitedLetter, naming: Naming, today: date) -> tuple[str, Tone]:
    """For how long a letter has waited, and whether it is time to remind."""
    days = days_waited(letter, naming.reference, today)
    said = ntr("no answer for {n} working day", "no answer for {n} working days", days)
    if days == 0:
        said = tr("sent today")
    if today < remind_from(letter, naming.reference):
        return said, Tone.MUTED
    return tr("{waiting}; a reminder is due", waiting=said), Tone.LATE


def _shown(
    body: str,
    track: Approval | CivilDefence,
    request: Request,
    drawn: list[StoredPaper],
    naming: Naming,
    now: datetime,
) -> LetterShown:
    letter = find_awaited(request, body)
    waits, waits_tone = ("", Tone.MUTED)
    if letter is not None:
        waits, waits_tone = waiting_words(letter, naming, now.astimezone(AMMAN).date())
    return LetterShown(
        body=body,
        title=naming.body(body),
        state=name_of(track.state),
        tone=_TONES.get(track.state.value, Tone.MUTED),
        lines=_lines(track, naming),
        waits=waits,
        waits_tone=waits_tone,
        papers=tuple(LetterPaper(one.id, _title(one)) for one in sorted(drawn, key=_order) if one.part == body),
        scan=track.scan,
    )


_TONES = {"approved": Tone.DONE, "refused": Tone.LATE, "requested": Tone.ACCENT}


def _lines(track: Approval | CivilDefence, naming: Naming) -> tuple[str, ...]:
    lines = []
    if track.letter_date is not None:
        lines.append(tr("Letter {number} of {day}", number=code(track.letter_number), day=long_date(track.letter_date)))
    lines += [
        tr(
            "Reminder {number} of {day}, {who}",
            number=code(one.number),
            day=long_date(one.dated),
            who=naming.person(one.by),
        )
        for one in track.reminders
    ]
    if track.answer_date is not None:
        lines.append(tr("Answer {number} of {day}", number=code(track.answer_number), day=long_date(track.answer_date)))
        if not track.scan:
            lines.append(tr("No scan of the answer"))
    if track.reason:
        lines.append(track.reason)
    return tuple(lines)


def _title(paper: StoredPaper) -> str:
    if paper.kind == "reminder":
        return tr("Reminder {number}", number=code(paper.number))
    return tr("Letter {number}", number=code(paper.number))


def _order(paper: StoredPaper) -> tuple[datetime, str]:
    return paper.drawn_at, paper.id
