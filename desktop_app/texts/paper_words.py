"""What stands on papers besides their content: English here, Arabic in the catalogue, both on the sheet.

Whatever language the program speaks; so words are looked up by `documents/wording.py` and not by `tr`.
"""

from __future__ import annotations

from desktop_app.texts.sentences import CN_

SAMPLE = CN_("paper", "Sample data, to be confirmed by the municipality")
SAMPLE_MARK = CN_("paper", "Sample")

WORDS: dict[str, str] = {
    "history_title": CN_("paper", "History of the request"),
    "history_events": CN_("paper", "What has happened"),
    "when": CN_("paper", "When"),
    "what_happened": CN_("paper", "What happened"),
    "by_whom": CN_("paper", "By whom"),
    "on_device": CN_("paper", "Device"),
    "proof": CN_("paper", "Proof in the audit chain"),
    "chain_hash": CN_("paper", "Hash"),
    "stands": CN_("paper", "Status"),
    "drawn_by": CN_("paper", "Printed by"),
    "licence_title": CN_("paper", "Vocational Licence"),
    "licence_child": CN_("paper", "Issued from the split of an existing licence"),
    "licence_amended": CN_("paper", "Amended after the split of a part of it"),
    "copy": CN_("paper", "Copy"),
    "copy_number": CN_("paper", "Copy no."),
    "licence_number": CN_("paper", "Licence no."),
    "issued_on": CN_("paper", "Issued on"),
    "valid_until": CN_("paper", "Valid until"),
    "holder": CN_("paper", "Licence holder"),
    "trade_name": CN_("paper", "Trade name"),
    "district": CN_("paper", "District"),
    "address": CN_("paper", "Address"),
    "area": CN_("paper", "Area in square metres"),
    "parent_number": CN_("paper", "Parent licence no."),
    "request_number": CN_("paper", "Split request no."),
    "directorate": CN_("paper", "Registration"),
    "village": CN_("paper", "Village"),
    "basin": CN_("paper", "Basin"),
    "quarter": CN_("paper", "Quarter"),
    "plate": CN_("paper", "Plate"),
    "parcel": CN_("paper", "Parcel"),
    "premises": CN_("paper", "Licensed premises"),
    "vocations": CN_("paper", "Licensed vocations"),
    "signs": CN_("paper", "Signs"),
    "sign_lit": CN_("paper", "Lit"),
    "sign_unlit": CN_("paper", "Unlit"),
    "children": CN_("paper", "Licences issued from this split"),
    "stamp": CN_("paper", "Official stamp"),
    "signature": CN_("paper", "Authorised signature"),
    "drawn_on": CN_("paper", "Drawn on"),
    "sheet": CN_("paper", "Sheet no."),
    "receipt_title": CN_("paper", "Receipt"),
    "receipt_number": CN_("paper", "Receipt no."),
    "taken_on": CN_("paper", "Received on"),
    "taken_at": CN_("paper", "Time"),
    "payer": CN_("paper", "Received from"),
    "method": CN_("paper", "Payment method"),
    "reference": CN_("paper", "Payment reference"),
    "bill": CN_("paper", "Fees paid"),
    "total": CN_("paper", "Total in JOD"),
    "in_words": CN_("paper", "Amount in words"),
    "cashier": CN_("paper", "Cashier"),
    "device": CN_("paper", "Device"),
    "letter_title": CN_("paper", "Official letter"),
    "reminder_title": CN_("paper", "Reminder"),
    "letter_number": CN_("paper", "Letter no."),
    "letter_date": CN_("paper", "Date"),
    "addressee": CN_("paper", "To"),
    "subject": CN_("paper", "Subject"),
    "asked": CN_("paper", "What is asked"),
    "applicant": CN_("paper", "Applicant"),
    "holder_name": CN_("paper", "Name"),
    "vocations_asked": CN_("paper", "Vocations that need your approval"),
    "units": CN_("paper", "Licences the split is to make"),
    "unit_area": CN_("paper", "Area m²"),
    "unit_vocations": CN_("paper", "Vocations"),
    "reminds_of": CN_("paper", "Our letter no."),
    "reminds_of_date": CN_("paper", "Dated"),
    "reminder_ordinal": CN_("paper", "Reminder no."),
    "visited_on": CN_("paper", "Found in order on"),
    "answer_with": CN_("paper", "When answering"),
    "page_of": CN_("paper", "Page {page} of {pages}"),
    "fee_notice_title": CN_("paper", "Fee notice"),
    "approved_on": CN_("paper", "Approved on"),
    "pay_by": CN_("paper", "To be paid by"),
    "bill_due": CN_("paper", "Fees due"),
    "bill_for": CN_("paper", "For"),
    "bill_unit": CN_("paper", "Unit"),
    "bill_article": CN_("paper", "Article"),
    "amount": CN_("paper", "Amount"),
    "rectification_title": CN_("paper", "Rectification notice"),
    "held_on": CN_("paper", "Visited on"),
    "rectify_by": CN_("paper", "To be put right by"),
    "rectification_list": CN_("paper", "What must be put right"),
    "unmet": CN_("paper", "Condition not met"),
    "to_rectify": CN_("paper", "To be done"),
    "inspection_title": CN_("paper", "Inspection report"),
    "outcome": CN_("paper", "Outcome"),
    "compliant": CN_("paper", "In order"),
    "non_compliant": CN_("paper", "Not in order"),
    "inspector": CN_("paper", "Inspector"),
    "visit_ordinal": CN_("paper", "Visit no."),
    "areas": CN_("paper", "Areas"),
    "unit": CN_("paper", "Unit"),
    "area_asked": CN_("paper", "Asked m²"),
    "area_measured": CN_("paper", "Measured m²"),
    "checklist": CN_("paper", "Checklist"),
    "checked": CN_("paper", "Condition"),
    "found": CN_("paper", "Found"),
    "met": CN_("paper", "Met"),
    "not_met": CN_("paper", "Not met"),
    "remarks": CN_("paper", "Remarks"),
    "inspector_signature": CN_("paper", "Inspector's signature"),
    "received_by": CN_("paper", "Received by"),
    "daily_list_title": CN_("paper", "Daily list of visits"),
    "day": CN_("paper", "Day"),
    "visits_count": CN_("paper", "Visits"),
    "turn": CN_("paper", "No."),
    "window": CN_("paper", "Appointment"),
    "mobile": CN_("paper", "Mobile"),
    "units_count": CN_("paper", "Units"),
    "day_close_title": CN_("paper", "Day close"),
    "receipts_of_day": CN_("paper", "Receipts"),
    "receipts_count": CN_("paper", "Number of receipts"),
    "by_method": CN_("paper", "Sums by way of payment"),
    "voided": CN_("paper", "Voided"),
    "cash_due": CN_("paper", "Cash that should be there"),
    "cash_counted": CN_("paper", "Cash counted"),
    "cash_difference": CN_("paper", "Difference"),
    "cashier_signature": CN_("paper", "Cashier's signature"),
    "supervisor_signature": CN_("paper", "Supervisor's signature"),
}

SENTENCES: dict[str, str] = {
    "history_proof": CN_(
        "paper",
        "Each entry bears a hash into which the hash before it goes, so that none is changed or removed "
        "unseen. What is not yet verified is what the centre has signed no head for since, or what this "
        "workstation did not follow.",
    ),
    "approval_subject": CN_("paper", "Approval of vocations in the split of an existing vocational licence"),
    "approval_asked": CN_(
        "paper",
        "Please state whether you approve of the vocations below on these premises, with your reasons "
        "where you do not.",
    ),
    "civil_defence_subject": CN_("paper", "Civil Defence opinion on the public safety of premises after a split"),
    "civil_defence_asked": CN_(
        "paper",
        "The premises were visited and found in order. Please state whether you approve of the vocations"
        " below, with your reasons where you do not.",
    ),
    "reminder_asked": CN_(
        "paper",
        "We have had no answer to the letter named above. Please answer it, so that the request can go on.",
    ),
    "answer_words": CN_("paper", "Please quote the number of this letter and of the split request."),
    "fee_notice_says": CN_(
        "paper",
        "Your request to split the licence below was approved. Please pay the fees listed; the licences "
        "are issued as soon as payment is recorded.",
    ),
    "rectification_says": CN_(
        "paper",
        "The visit found that the conditions listed are not met. Please put all of them right before the"
        " day above; the premises will then be visited again.",
    ),
    "rectification_next": CN_("paper", "When all is done, please tell the office, which will book the next visit."),
}
"""What letters and notices say: their subjects, and what is asked of whom they go to."""

IDENTITIES: dict[str, str] = {
    "national_number": CN_("paper", "National no."),
    "residency_number": CN_("paper", "Residency no."),
    "passport": CN_("paper", "Passport no."),
    "establishment_number": CN_("paper", "Establishment no."),
    "government_letter": CN_("paper", "Official letter no."),
}
"""By `IdentityKind`."""

METHODS: dict[str, str] = {
    "cash": CN_("paper", "Cash"),
    "card": CN_("paper", "Card"),
    "electronic": CN_("paper", "Electronic payment"),
}
"""By `PaymentMethod`."""
