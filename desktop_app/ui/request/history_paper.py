"""The history of a request as it goes to paper."""

from __future__ import annotations

from desktop_app.application.office_papers import premises_of
from desktop_app.application.ports.office_papers import HistoryContent, HistoryEntry
from desktop_app.application.workplace import Workplace
from desktop_app.domain.calendar import AMMAN
from desktop_app.domain.digits import ascii_digits
from desktop_app.domain.history import Event
from desktop_app.domain.status import status_of
from desktop_app.texts import name_of
from desktop_app.texts.clock_words import short_moment
from desktop_app.ui.request.happened import happened
from desktop_app.ui.request.naming import Naming, listed
from desktop_app.ui.request.proof_words import proof_words


def drawn_history(request_id: str, workplace: Workplace) -> bytes:
    """The PDF of all that this workstation knows to have happened. Raises KeyError for a request that has gone,
    ValueError for what the fonts cannot set."""
    queries = workplace.queries
    view, reference = queries.get_request(request_id), queries.reference()
    naming = Naming(reference, {one.id: one.name_ar for one in queries.staff()}, view.parent)
    session = workplace.session
    content = HistoryContent(
        premises=premises_of(view, reference),
        applicant=view.request.applicant.person,
        status=name_of(status_of(view.request)),
        entries=tuple(_entry(one, naming, workplace) for one in sorted(view.history, key=lambda one: one.at)),
        drawn_by=listed((session.actor.name_ar, name_of(session.actor.role), session.device)),
        drawn_on=workplace.clock.now().astimezone(AMMAN).date(),
        sample=not reference.verified,
    )
    return workplace.office.history(content)


def _entry(event: Event, naming: Naming, workplace: Workplace) -> HistoryEntry:
    # Papers bear the figures that systems and readers of PDF know.
    shown, proof = happened(event, naming), workplace.proofs.proof_of(event.id)
    return HistoryEntry(
        when=ascii_digits(short_moment(event.at)),
        what=shown.what,
        who=listed((event.by_name, name_of(event.role))),
        device=event.device,
        detail=ascii_digits(" · ".join(filter(None, (shown.summary, shown.moved)))),
        proof=ascii_digits(proof_words(proof)),
        hash=proof.hash,
    )
