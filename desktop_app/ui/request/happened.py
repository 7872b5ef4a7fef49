"""The history in words: what happened, when, by whom, from which status to which."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.domain.actions import Action
from desktop_app.domain.deciding import Outcome
from desktop_app.domain.history import Event
from desktop_app.domain.request import ENDED, Status
from desktop_app.texts import N_, name_of, tr
from desktop_app.texts.clock_words import date_and_time
from desktop_app.texts.quantities import code
from desktop_app.ui.request.naming import Naming, listed

_SENTENCES = {
    Action.SAVE_DRAFT: N_("A draft was saved"),
    Action.LODGE: N_("The request was lodged"),
    Action.ATTACH_DOCUMENT: N_("A document was attached"),
    Action.REMOVE_DOCUMENT: N_("A document was taken back"),
    Action.SETTLE_DUES: N_("The payment of dues was recorded"),
    Action.ACCEPT: N_("The request was accepted"),
    Action.RETURN: N_("The request was returned for completion"),
    Action.REFUSE: N_("The request was refused"),
    Action.WITHDRAW: N_("The request was withdrawn"),
    Action.EXPIRE: N_("The request was closed for lapse of time"),
    Action.REQUEST_APPROVAL: N_("An outside body was written to"),
    Action.RECORD_APPROVAL: N_("An outside body answered"),
    Action.REMIND_BODY: N_("An outside body was reminded"),
    Action.SCHEDULE_INSPECTION: N_("A visit was booked"),
    Action.RECORD_INSPECTION: N_("The visit was recorded"),
    Action.CONFIRM_RECTIFICATION: N_("It was confirmed that the conditions were put right"),
    Action.EXTEND_RECTIFICATION: N_("More time was given to put the conditions right"),
    Action.REQUEST_CIVIL_DEFENCE: N_("The Civil Defence was written to"),
    Action.RECORD_CIVIL_DEFENCE: N_("The Civil Defence answered"),
    Action.REMIND_CIVIL_DEFENCE: N_("The Civil Defence was reminded"),
    Action.ASSESS_FEES: N_("The fees were assessed"),
    Action.APPROVE_FEES: N_("The request and its fees were approved"),
    Action.RETURN_FEES: N_("The fees were returned"),
    Action.RECORD_PAYMENT: N_("The payment was recorded"),
    Action.VOID_RECEIPT: N_("The receipt was voided"),
    Action.REFUND: N_("The money was given back and the request cancelled"),
    Action.CONFIRM_PRINT: N_("A certificate sheet was recorded"),
    Action.ORDER_COPY: N_("A copy of a certificate was made"),
    Action.DELIVER: N_("The certificates were handed over"),
}


@dataclass(frozen=True, slots=True)
class Happened:
    """One line of the history, in words. `moved` says from which status to which, "" where it stayed."""

    what: str
    when: str
    who: str
    moved: str
    summary: str
    ended: bool
    done: bool
    proof: str = ""


def sentence_of(action: str) -> str:
    """What was done, as a sentence. An action that this version does not know is named as it stands."""
    return tr(_SENTENCES[Action(action)]) if action in set(Action) else action


def said_of(event: Event) -> str:
    """What came of it, as a sentence: certificates that were refused were not handed over."""
    if event.action == Action.DELIVER and event.after is not Status.DELIVERED:
        return tr("The certificates were refused and wait on")
    return sentence_of(event.action)


def done_in(outcome: Outcome, action: Action) -> str:
    """The same of an outcome that was accepted."""
    return said_of(outcome.event) if outcome.event else sentence_of(action.value)


def happened(event: Event, naming: Naming, proof: str = "") -> Happened:
    who = listed((event.by_name, name_of(event.role), tr("device {device}", device=code(event.device))))
    moved = ""
    if event.before is not None and event.before is not event.after:
        moved = tr("from “{before}” to “{after}”", before=event.before, after=event.after)
    elif event.before is None:
        moved = tr("now “{after}”", after=event.after)
    return Happened(
        what=said_of(event),
        when=date_and_time(event.at),
        who=who,
        moved=moved,
        summary=" · ".join(naming.say(one) for one in (event.summary, event.given_back) if one is not None),
        ended=event.after in ENDED and event.after is not Status.DELIVERED,
        done=event.after in (Status.DELIVERED, Status.ISSUED, Status.PRINTED),
        proof=proof,
    )
