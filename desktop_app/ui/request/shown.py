"""Everything the request screen shows, in words: made off the UI thread, so that showing it costs nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from desktop_app.application.auditing.proof import Proof
from desktop_app.application.office_papers import OfficePaper, office_papers
from desktop_app.application.ports.queries import RefusedCommand, RequestView
from desktop_app.domain.actions import Action, Availability
from desktop_app.domain.actor import Actor
from desktop_app.domain.calendar import AMMAN
from desktop_app.domain.deciding import Case
from desktop_app.domain.documents_asked import rules_for, warn_of_lacking
from desktop_app.domain.dues import holding_dues
from desktop_app.domain.duplicates import possible_duplicates
from desktop_app.domain.history import Event
from desktop_app.domain.licence import Licence
from desktop_app.domain.notices import NoticeState
from desktop_app.domain.request import ENDED, Request, Status
from desktop_app.domain.split import remainder_of
from desktop_app.domain.status import status_of
from desktop_app.domain.tracks import Due, VisitState
from desktop_app.domain.waiting import Desk, desk_of
from desktop_app.texts import name_of, ntr, tr
from desktop_app.texts.clock_words import date_and_time, long_date, short_moment
from desktop_app.texts.quantities import area, code, digits
from desktop_app.ui.duplicates.comparing import Comparison, comparison_of
from desktop_app.ui.letters.shown import KINDS, LetterShown, letters_shown
from desktop_app.ui.promise import Promise, promise_of
from desktop_app.ui.request.action_choice import ActionShown, arranged
from desktop_app.ui.request.clock_shown import ClockShown, clock_shown
from desktop_app.ui.request.happened import Happened, happened, sentence_of
from desktop_app.ui.request.naming import Naming, listed
from desktop_app.ui.request.proof_words import proof_with_hash
from desktop_app.ui.request.steps import step_now, steps_of, title_of
from desktop_app.ui.widgets.steps import Step

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class UnitShown:
    """One licence of the split; `state` is a word such as "new" or "stays"."""

    state: str
    title: str
    holder: str
    area: str
    vocations: str
    signs: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class MessageShown:
    """One message to the applicant."""

    kind: str
    when: str
    text: str
    state: NoticeState


@dataclass(frozen=True, slots=True)
class PaperShown:
    """A paper that the centre drew; `number` opens it."""

    kind: str
    number: str
    title: str
    when: str


@dataclass(frozen=True, slots=True)
class RefusalShown:
    """A command that the centre did not take: what it was, when, and why not."""

    command_id: str
    what: str
    when: str
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RequestShown:
    """`request` is what commands are based on; the rest is words."""

    request: Request
    naming: Naming
    number: str
    applicant: str
    status: Status
    promise: Promise
    holder: str
    pending: int
    step: str
    what_now: str
    steps: tuple[Step, ...]
    main: ActionShown | None
    others: tuple[ActionShown, ...]
    identity: Pairs
    person: Pairs
    premises: Pairs
    references: Pairs
    whole: Licence | None
    before: UnitShown | None
    after: tuple[UnitShown, ...]
    rivals: tuple[tuple[str, str], ...]
    duplicates: Comparison
    unpaid: tuple[Due, ...]
    papers: tuple[PaperShown, ...]
    office: tuple[OfficePaper, ...]
    letters: tuple[LetterShown, ...]
    messages: tuple[MessageShown, ...]
    refusals: tuple[RefusalShown, ...]
    history: tuple[Happened, ...]
    clock: ClockShown = field(default_factory=ClockShown)

    def find_action(self, action: Action) -> ActionShown | None:
        """The action if it appears at all."""
        shown = (self.main, *self.others)
        return next((one for one in shown if one is not None and one.action is action), None)


def shown_of(
    view: RequestView,
    available: tuple[Availability, ...],
    naming: Naming,
    actor: Actor,
    now: datetime,
    alike: tuple[Request, ...] = (),
    proof_of: Callable[[str], Proof] | None = None,
) -> RequestShown:
    """`alike` are open requests that may be duplicates of this one."""
    request = view.request
    status = status_of(request)
    promise = promise_of(request.clock, naming.reference.calendar, now)
    main, others = arranged(available, naming)
    step = step_now(request)
    return RequestShown(
        request=request,
        naming=naming,
        number=code(request.shown_number),
        applicant=request.applicant.person.name_ar,
        status=status,
        promise=promise,
        holder=_holder(request, naming),
        pending=view.pending,
        step=title_of(step) if step else name_of(status),
        what_now=_what_now(request, bool(main), naming, now),
        steps=steps_of(request, naming),
        main=main,
        others=others,
        identity=_identity(view, promise, naming),
        person=_person(request),
        premises=_premises(view, naming),
        references=_references(request),
        whole=whole_parent(view.parent, request),
        before=_parent_unit(view.parent, request, naming),
        after=_units(view, naming),
        rivals=tuple((rival.id, _rival(rival)) for rival in view.rivals),
        duplicates=comparison_of(request, possible_duplicates(request, alike, request.id), naming.reference),
        unpaid=holding_dues(Case(request=request, parent=view.parent, dues=view.dues)),
        papers=tuple(
            PaperShown(paper.kind, paper.number, _paper_title(paper.kind, paper.number), short_moment(paper.drawn_at))
            for paper in view.papers
            if paper.kind not in KINDS
        ),
        office=office_papers(request),
        letters=letters_shown(request, view.papers, naming, actor, now),
        messages=tuple(
            MessageShown(
                name_of(notice.kind), short_moment(notice.sent_at or notice.made_at), notice.text_ar, notice.stands
            )
            for notice in sorted(view.notices, key=lambda one: one.made_at, reverse=True)
        ),
        refusals=tuple(refusal_of(one, naming) for one in view.refusals),
        history=tuple(happened(event, naming, _proved(event, proof_of)) for event in _newest_first(view.history)),
        clock=clock_shown(request, naming.reference.calendar, now),
    )


def _proved(event: Event, proof_of: Callable[[str], Proof] | None) -> str:
    return proof_with_hash(proof_of(event.id)) if proof_of else ""


def _newest_first(events: tuple[Event, ...]) -> list[Event]:
    """Of two at the same moment the one that was written down later comes first."""
    ordered = list(reversed(events))
    ordered.sort(key=lambda one: one.at, reverse=True)
    return ordered


def refusal_of(command: RefusedCommand, naming: Naming) -> RefusalShown:
    why = tuple(naming.say(reason) for reason in command.reasons)
    what = name_of(Action(command.action)) if command.action in set(Action) else sentence_of(command.action)
    return RefusalShown(command.command_id, what, date_and_time(command.made_at), why)


def _identity(view: RequestView, promise: Promise, naming: Naming) -> Pairs:
    request = view.request
    return (
        (tr("Parent licence"), code(request.plan.parent_number)),
        (tr("District"), naming.district(request.branch)),
        *(((tr("Came in by"), tr("The portal")),) if request.from_portal else ()),
        *(((tr("Held by"), held),) if (held := _holder(request, naming)) else ()),
        *(((tr("Net time"), promise.net), (tr("Gross time"), promise.gross)) if promise.gross else ()),
    )


def _holder(request: Request, naming: Naming) -> str:
    visit = request.visit
    if status_of(request) is Status.INSPECTION_SCHEDULED and visit is not None:
        return naming.person(visit.inspector)
    desk = desk_of(request)
    return "" if desk is Desk.NOBODY else name_of(desk)


def _what_now(request: Request, has_action: bool, naming: Naming, now: datetime) -> str:
    """One sentence under the heading of the step: whose turn it is."""
    status = status_of(request)
    if status in ENDED:
        return tr("Nothing is left to do on this request.")
    if status is Status.RETURNED and request.intake.answer_by is not None:
        return tr("The applicant completes the request by {day}.", day=request.intake.answer_by)
    visit = request.visit
    if status is Status.RECTIFICATION and visit is not None and visit.rectify_by is not None:
        unmet = listed(tuple(finding.rectify for finding in visit.findings if not finding.met))
        if visit.extensions:
            return tr(
                "The time was extended; the applicant puts right by {day}: {conditions}",
                day=visit.rectify_by,
                conditions=unmet,
            )
        return tr("The applicant puts right by {day}: {conditions}", day=visit.rectify_by, conditions=unmet)
    if status is Status.FEES_TO_ASSESS and request.fees.reason:
        return tr("The supervisor returned the fees: {reason}", reason=request.fees.reason)
    if (
        status is Status.INSPECTION_SCHEDULED
        and visit is not None
        and visit.state is VisitState.SCHEDULED
        and visit.day
    ):
        return tr(
            "{inspector} visits on {day}, {window}.",
            inspector=naming.person(visit.inspector),
            day=visit.day,
            window=naming.window(visit.window),
        )
    if has_action and status in (Status.LODGED, Status.DUES_OUTSTANDING):
        rules = rules_for(request, naming.reference, now.astimezone(AMMAN).date())
        return " ".join(naming.say(one) for one in warn_of_lacking(request, rules))
    if has_action:
        return ""
    return tr("This waits for {desk}; you have nothing to do here now.", desk=name_of(desk_of(request)))


def _person(request: Request) -> Pairs:
    applicant = request.applicant
    return (
        (tr("Name"), applicant.person.name_ar),
        (name_of(applicant.person.identity.kind), code(applicant.person.identity.number)),
        (tr("Kind"), name_of(applicant.kind)),
        (tr("Capacity"), name_of(applicant.capacity)),
        (tr("Mobile"), code(applicant.mobile)),
        (tr("Signatory"), applicant.signatory_ar),
        (tr("Authority"), code(applicant.authority_reference)),
    )


def _premises(view: RequestView, naming: Naming) -> Pairs:
    parent = view.parent
    if parent is None:
        return ((tr("Parent licence"), code(view.request.plan.parent_number)),)
    parcel = parent.parcel
    return (
        (tr("Trade name"), parent.trade_name),
        (tr("Holder"), parent.holder.name_ar),
        (tr("Address"), listed((digits(parent.address_ar), naming.district(parent.district)))),
        (tr("Basin"), listed((code(parcel.basin_number), parcel.basin_ar))),
        (tr("Quarter"), parcel.quarter_ar),
        (tr("Plate and parcel"), listed((code(parcel.plate), code(parcel.number)))),
        (tr("Licence"), name_of(parent.status)),
        (tr("Renewed for"), code(str(parent.renewed_for))),
        (tr("Renewed on"), long_date(parent.renewed_on) if parent.renewed_on else ""),
    )


def _references(request: Request) -> Pairs:
    return (
        (tr("Title deed"), code(request.requirements.title_deed)),
        (tr("Construction certificate"), code(request.requirements.construction_certificate)),
        (tr("Device reference"), code(request.reference)),
    )


def whole_parent(parent: Licence | None, request: Request) -> Licence | None:
    """The parent as the split finds it: after issue what the children took is counted back in, and what this request
    itself holds counts as free."""
    if parent is None:
        return None
    free = parent.without_reservation(request.id)
    if request.id not in parent.amended_by_requests:
        return free
    vocations = tuple(dict.fromkeys((*parent.vocations, *request.plan.vocations)))
    return replace(free, area=parent.area + request.plan.area, vocations=vocations)


def _parent_unit(parent: Licence | None, request: Request, naming: Naming) -> UnitShown | None:
    whole = whole_parent(parent, request)
    if parent is None or whole is None:
        return None
    taken = request.id in parent.amended_by_requests
    signs = len(parent.signs) + (len(request.plan.signs) if taken else 0)
    return UnitShown(
        tr("before"),
        whole.trade_name,
        whole.holder.name_ar,
        area(whole.area),
        naming.vocations(whole.vocations),
        _signs(signs),
    )


def _units(view: RequestView, naming: Naming) -> tuple[UnitShown, ...]:
    request, parent = view.request, view.parent
    numbers = {one.unit: one.number for one in request.issue.licences}
    made = [
        UnitShown(
            tr("new {n}", n=place),
            child.trade_name,
            child.holder.name_ar,
            area(child.area),
            naming.vocations(child.all_vocations),
            _signs(len(child.signs)),
            code(numbers.get(child.key, "")),
        )
        for place, child in enumerate(request.plan.children, 1)
    ]
    if parent is not None:
        made.append(_remainder(request, parent, naming))
    return tuple(made)


def _remainder(request: Request, parent: Licence, naming: Naming) -> UnitShown:
    if request.id in parent.amended_by_requests:
        left, codes, signs = parent.area, parent.vocations, len(parent.signs)
    else:
        rest = remainder_of(parent, request.plan)
        left, codes, signs = rest.area, rest.vocations, len(rest.signs)
    state = tr("stays with the parent") if left else tr("the parent is closed")
    return UnitShown(
        state,
        parent.trade_name,
        parent.holder.name_ar,
        area(left),
        naming.vocations(codes),
        _signs(signs),
        code(parent.number),
    )


def _signs(count: int) -> str:
    return ntr("{n} sign", "{n} signs", count) if count else ""


def _rival(rival: Request) -> str:
    return tr("{number}, {status}", number=code(rival.shown_number), status=status_of(rival))


def _paper_title(kind: str, number: str) -> str:
    if kind == "receipt":
        return tr("Receipt {number}", number=code(number))
    if kind == "copy":
        return tr("Copy {number} of a certificate", number=code(number))
    return tr("Certificate of licence {number}", number=code(number))
