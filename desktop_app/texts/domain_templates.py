"""English templates of the domain's messages by key."""

from __future__ import annotations

from desktop_app.texts.sentences import N_

TEMPLATES: dict[str, str] = {
    "typed.not_an_area": N_("This is not an area: write square metres, with at most two decimals, such as 120.50."),
    "typed.not_an_amount": N_("This is not an amount: write dinars, with at most three decimals, such as 12.500."),
    "typed.not_a_number": N_("This is not a whole number."),
    "typed.not_a_date": N_("This is not a date: write day/month/year, such as 22/11/2026."),
    "typed.no_such_day": N_("There is no such day in the calendar: check the day and the month."),
    "typed.not_chosen": N_("Choose one of these."),
    "action.not_in_status": N_("“{action}” is not possible while the request is “{status}”."),
    "action.not_your_branch": N_("This belongs to the branch of {branch}, which you do not serve."),
    "action.not_your_role": N_("“{action}” is not among the rights of your role."),
    "applicant.authority_missing": N_("Write the number of the power of attorney or of the body's letter."),
    "applicant.identity_kind": N_("This kind of identity does not go with this kind of applicant."),
    "applicant.mobile_form": N_("This is not a Jordanian mobile number: write it as 0791234567."),
    "applicant.name_missing": N_("Write the applicant's name."),
    "applicant.signatory_missing": N_("Write the name of the authorised signatory."),
    "child.holder_missing": N_("Write the name of the new licence's holder."),
    "child.key_reserved": N_("A new licence carries a mark that is not free: remove it and add it again."),
    "child.key_twice": N_("Two of the new licences carry the same mark: remove one and add it again."),
    "child.trade_name_missing": N_("Write the trade name."),
    "dues.none_unpaid": N_("No dues are unpaid."),
    "dues.owed": N_("{kind} ({what}): {amount}, reference {reference}."),
    "dues.pay_electronically": N_("{amount} in all are to be paid electronically before the request is accepted."),
    "dues.outstanding": N_("The owner still owes {amount}, to be paid electronically before the request is accepted."),
    "dues.reference_missing": N_("Write the reference of the electronic payment."),
    "identity.establishment_form": N_("An establishment number consists of digits."),
    "identity.establishment_length": N_("Establishment numbers usually have 9 digits: check it once more."),
    "identity.missing": N_("Write the identity's number."),
    "identity.national_number_form": N_("A national number has exactly 10 digits."),
    "identity.passport_form": N_("A passport number has 5 to 15 Latin letters and digits."),
    "identity.residency_form": N_("A residency number has 6 to 12 digits."),
    "parent.not_active": N_("Licence {number} is not active, so nothing can be split from it."),
    "parent.not_renewed": N_(
        "Licence {number} was last renewed for the year {year} and ended on {until}: it is to be renewed first."
    ),
    "parent.second_request": N_(
        "Request {request} on the same licence is already open. This one can be lodged, and is accepted only within what is left."
    ),
    "parent.unknown": N_("No licence of this number is known here: check the number."),
    "reason.missing": N_("Write the reason."),
    "requirements.construction_certificate_missing": N_(
        "A chosen vocation needs the reference number of the construction-licensing certificate."
    ),
    "requirements.title_deed_missing": N_("Write the reference number of the property title deed."),
    "split.added_is_parents": N_("“{vocation}” is one of the parent's own vocations: move it instead of adding it."),
    "split.added_twice": N_("“{vocation}” is added twice."),
    "split.area_not_positive": N_("Give this licence an area."),
    "split.area_over_parent": N_("{over} more is given away than the {parent} that the parent has."),
    "split.area_reserved": N_("Only {free} are free: request {request} holds the rest of the area."),
    "split.child_without_vocation": N_("Give this licence at least one vocation."),
    "split.no_children": N_("Add at least one new licence."),
    "split.remainder_without_vocation": N_(
        "The parent keeps an area and no vocation: leave it one, or give the whole area away."
    ),
    "split.sign_left_over": N_(
        "The parent's whole area is given away, and sign “{sign}” is left over: move it to a new licence."
    ),
    "split.sign_not_parents": N_("Sign “{sign}” is not one of the parent's."),
    "split.sign_reserved": N_("Sign “{sign}” is held by request {request}."),
    "split.sign_twice": N_("Sign “{sign}” is given twice."),
    "split.vocation_left_over": N_(
        "The parent's whole area is given away, and vocation “{vocation}” is left over: move it to a new licence."
    ),
    "split.vocation_not_parents": N_("“{vocation}” is not one of the parent's vocations."),
    "split.vocation_reserved": N_("“{vocation}” is held by request {request}."),
    "split.vocation_twice": N_("“{vocation}” is given twice."),
    "track.moved_on": N_(
        "Somebody changed this part of the request meanwhile: look at it as it stands now, then do it again."
    ),
    "vocation.unknown": N_("The vocation “{vocation}” is not in the table of vocations."),
    "approvals.all_letters_out": N_("Every outside body has been written to."),
    "approvals.another_body": N_("Only the officer of this body, or the counter, records its answer."),
    "approvals.letter_not_due": N_("This body needs no letter now."),
    "approvals.none_awaited": N_("No answer is awaited: write to the body first."),
    "approvals.not_awaited": N_("No answer of this body is awaited."),
    "civil_defence.already_requested": N_("The Civil Defence has been written to."),
    "civil_defence.another_body": N_("Only the Civil Defence's officer, or the counter, records its answer."),
    "civil_defence.not_requested": N_("Write to the Civil Defence first."),
    "delivery.identity_missing": N_("Write the number of the identity that was shown."),
    "delivery.name_missing": N_("Write the name of whoever receives the certificates."),
    "expiry.not_yet": N_("The applicant has until {until}: it can be closed only after that day."),
    "fees.own_assessment": N_("Whoever assessed or adjusted the fees does not approve them: another supervisor does."),
    "fees.own_inspection": N_("Whoever inspected the premises does not approve the request: another supervisor does."),
    "history.body": N_("{body}"),
    "history.body_answer": N_("{body}: {answer}"),
    "history.civil_defence_answer": N_("The Civil Defence: {answer}"),
    "history.fees": N_("Fees of {total}"),
    "history.payment": N_("Receipt {receipt}, {amount}"),
    "history.receipt_voided": N_("Receipt {receipt} was voided"),
    "history.refund": N_("{amount} was given back"),
    "history.sheet": N_("Licence {number} on sheet {serial}"),
    "history.visit": N_("{day}, {inspector}"),
    "history.visit_outcome": N_("Outcome: {outcome}"),
    "inspection.another_inspectors": N_("This visit is booked for {inspector}, who records it."),
    "letter.date_in_future": N_("The letter's date lies in the future: check it."),
    "letter.number_missing": N_("Write the letter's number."),
    "payment.licence_in_use": N_("Licence {number} has been used since, so the issue cannot be taken back."),
    "payment.no_receipt": N_("There is no receipt."),
    "payment.own_receipt": N_("Whoever took the money does not void or refund the receipt: another supervisor does."),
}
