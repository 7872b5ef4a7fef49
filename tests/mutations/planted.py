"""One planted mutation for each rule of the card: what the rule says, how it is broken, which tests must turn red."""

from __future__ import annotations

from dataclasses import dataclass

REQUIREMENTS = "test_card_requirements.py::"
DUES = "test_card_dues.py::"
DOCUMENTS = "test_card_documents.py::"
DUPLICATES = "test_duplicates.py::"
ACCEPTANCE = "test_card_acceptance.py::"
APPROVALS = "test_card_approvals.py::"
VISIT = "test_card_inspection.py::"
ENDS = "test_card_ends.py::"
LETTERS = "test_letters.py::"
FEES = "test_card_fees.py::"
PAYMENT = "test_card_payment_and_issue.py::"
LAWS = "test_split_laws.py::"
TIME = "test_time.py::"
TABLE = "test_table.py::"
WALKS = "test_random_walks.py::"
NOTICE_WALKS = "test_notice_walks.py::"


@dataclass(frozen=True, slots=True)
class Mutation:
    """`old` stands exactly once in `file` (of the domain); with `new` in its place every one of `tests` fails."""

    rule: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]


MUTATIONS = (
    Mutation(
        "ادخال رقم الرخصة … على ان تكون فعاله: the licence to split is active",
        "conditions.py",
        '        case LicenceStatus.SUSPENDED:\n            return message("parent.suspended"',
        '        case LicenceStatus.SUSPENDED if False:\n            return message("parent.suspended"',
        (REQUIREMENTS + "test_the_licence_to_split_must_be_active",),
    ),
    Mutation(
        "a scan that the municipality asks for is there before the request is accepted, and it is said which",
        "conditions.py",
        'return message("document.required", requirements=named(lacking)) if lacking else None',
        "return None",
        (DOCUMENTS + "test_where_the_municipality_asks_for_a_scan_the_request_waits_for_it_and_is_told_which",),
    ),
    Mutation(
        "what is accepted on its reference number alone is named",
        "commands/accept.py",
        "findings.warnings + warn_of_lacking(request, context.reference)",
        "findings.warnings",
        (DOCUMENTS + "test_acceptance_names_what_stands_on_its_reference_alone_and_goes_through",),
    ),
    Mutation(
        "what a request was accepted on stays with it",
        "actions.py",
        "frozenset({S.DRAFT, S.LODGED, S.DUES_OUTSTANDING, S.RETURNED}),\n        (when.some_document_is_attached,)",
        "_OPEN,\n        (when.some_document_is_attached,)",
        (DOCUMENTS + "test_a_document_is_taken_back_until_acceptance_and_the_history_keeps_its_name",),
    ),
    Mutation(
        "a possible duplicate is found however the applicant's name was written",
        "duplicates.py",
        "Likeness.NAME: first.name and first.name == second.name,",
        "Likeness.NAME: one.applicant.person.name_ar == other.applicant.person.name_ar,",
        (DUPLICATES + "test_an_applicant_is_found_however_the_name_was_written",),
    ),
    Mutation(
        "a possible duplicate is found however the deed's reference was written",
        "duplicates.py",
        'return "".join(sign for sign in fold(reference) if sign.isalnum())',
        "return reference",
        (DUPLICATES + "test_a_deed_is_found_however_its_reference_was_typed",),
    ),
    Mutation(
        "و مجدده: it is renewed for the current year",
        "conditions.py",
        "parent.renewed_for < context.today.year or ",
        "",
        (REQUIREMENTS + "test_the_licence_to_split_must_be_renewed",),
    ),
    Mutation(
        "الرقم المرجعي لسند ملكيه العقار: the title deed's reference is given",
        "lodging.py",
        "if not content.requirements.title_deed.strip():",
        "if not content.requirements.title_deed:",
        (REQUIREMENTS + "test_the_title_deed_reference_is_required",),
    ),
    Mutation(
        "شهادة الترخيص الانشائي للمهن التي تتطلب: asked where a vocation needs it",
        "reference.py",
        "return any(v.needs_construction_certificate for",
        "return all(v.needs_construction_certificate for",
        (REQUIREMENTS + "test_the_construction_certificate_is_required_where_a_vocation_needs_it",),
    ),
    Mutation(
        "الأفراد، قطاع الاعمال، القطاع الحكومي: each is identified in the way of its kind",
        "lodging.py",
        "if applicant.person.identity.kind not in IDENTITIES_OF[applicant.kind]:",
        "if applicant.person.identity.kind not in sum(IDENTITIES_OF.values(), ()):",
        (REQUIREMENTS + "test_whoever_asks_gives_who_they_are",),
    ),
    Mutation(
        "استلام رسالة نصية: a mobile of the Kingdom, in ASCII digits",
        "identifiers.py",
        r"\+9627[789][0-9]{7}",
        r"\+9627[789]\d{7}",
        (REQUIREMENTS + "test_whoever_asks_gives_who_they_are",),
    ),
    Mutation(
        "في حال كان مقدم الطلب مالك: only owners are asked for dues",
        "dues.py",
        "applicant.capacity is Capacity.OWNER else ()",
        "applicant.capacity else ()",
        (DUES + "test_only_owners_are_asked_for_dues",),
    ),
    Mutation(
        "اظهار اشعار على الشاشة بالقيم المالية: each amount is shown",
        "dues.py",
        "            for due in dues\n",
        "            for due in dues[:1]\n",
        (DUES + "test_the_screen_shows_each_amount_and_that_it_is_paid_electronically",),
    ),
    Mutation(
        "وضرورة دفعها الكترونياً: that it is paid electronically is shown at lodging",
        "commands/lodge.py",
        "warnings=findings.warnings + told",
        "warnings=findings.warnings",
        (DUES + "test_lodging_shows_an_owner_the_notice_and_holds_the_request",),
    ),
    Mutation(
        "the request is not accepted before the dues are paid",
        "actions.py",
        "            when.dues_are_settled,\n",
        "",
        (DUES + "test_a_request_is_not_accepted_before_the_dues_are_paid",),
    ),
    Mutation(
        "بعد قبول الطلب، رسالة نصية برقم الطلب: notice 1",
        "commands/accept.py",
        'notice(accepted, NoticeKind.ACCEPTED, "1", context.now, number=accepted.shown_number)',
        'notice(accepted, NoticeKind.ACCEPTED, "1", context.now, number=accepted.reference)',
        (ACCEPTANCE + "test_acceptance_numbers_the_request_and_tells_the_applicant",),
    ),
    Mutation(
        "في حال الحاجة الى موافقات خارجية، رسالة نصية بالموافقة المطلوبة: notice 2",
        "reference.py",
        "return tuple(body.code for body in self.bodies if body.code in wanted)",
        "return tuple(body.code for body in self.bodies if body.code in wanted)[:1]",
        (APPROVALS + "test_each_outside_body_that_a_vocation_needs_is_asked_and_told_of_once",),
    ),
    Mutation(
        "عدم موافقة الجهة الخارجية، رسالة نصية بعدم الموافقة: notice 3",
        "commands/record_approval.py",
        "    if not command.approved:\n        notices = (",
        "    if command.approved:\n        notices = (",
        (APPROVALS + "test_a_body_that_refuses_ends_the_request_and_the_applicant_is_told",),
    ),
    Mutation(
        "a refusal by an outside body ends the request and gives back what it held",
        "concluding.py",
        "        Status.REFUSED_BY_BODY,\n",
        "",
        (ACCEPTANCE + "test_a_request_that_ends_without_issue_gives_back_what_it_held[refused_by_body]",),
    ),
    Mutation(
        "outside approvals before the visit is held",
        "status.py",
        "return Status.AWAITING_APPROVALS",
        "return Status.TO_SCHEDULE",
        ("test_journey.py::test_every_status_is_reached_by_commands_alone[awaiting_approvals]",),
    ),
    Mutation(
        "استلام رسالة نصية بموعد الكشف: notice 4, of day and window",
        "commands/schedule_inspection.py",
        "notices=(told,) if moved else (),",
        "notices=(),",
        (VISIT + "test_the_applicant_is_told_day_and_window_of_the_visit",),
    ),
    Mutation(
        "visits are booked within an inspector's capacity",
        "booking.py",
        "if taken >= known.capacity:",
        "if taken > known.capacity:",
        (VISIT + "test_a_window_holds_no_more_visits_than_it_has_room_for",),
    ),
    Mutation(
        "visits are booked on working days",
        "booking.py",
        "elif not context.reference.calendar.is_working_day(day):",
        "elif False:",
        (VISIT + "test_a_visit_is_booked_on_a_working_day_to_come_with_an_inspector_of_the_branch",),
    ),
    Mutation(
        "عدم مطابقة الشروط: an unmet condition makes the visit non-compliant",
        "visiting.py",
        "if compliant and blocked:",
        "if compliant and blocked and not items:",
        (VISIT + "test_a_record_of_a_visit_is_whole_and_does_not_contradict_itself",),
    ),
    Mutation(
        "رسالة نصية لتصويب الاوضاع: notice 5, what to rectify and by when",
        "visiting.py",
        "for finding in visit.findings if not finding.met)",
        "for finding in visit.findings if finding.met)",
        (APPROVALS + "test_a_non_compliant_visit_opens_a_rectification_and_tells_what_and_until_when",),
    ),
    Mutation(
        "تمديد مهلة التصويب: more time, told by notice 5 with its new day",
        "commands/extend_rectification.py",
        "        rectify_by=command.until,\n",
        "",
        (
            ENDS + "test_a_supervisor_gives_more_time_and_the_applicant_is_told_the_new_day",
            ENDS + "test_an_extended_rectification_expires_only_after_its_new_last_day",
        ),
    ),
    Mutation(
        "a letter is reminded of after its period, and again after as long",
        "letters.py",
        "for one in letter.reminders)",
        "for one in ())",
        (LETTERS + "test_a_reminder_goes_out_after_its_time_and_again_after_as_long",),
    ),
    Mutation(
        "an answer's scan is of the body that answers",
        "answers.py",
        " or scan.part != body:",
        ":",
        (LETTERS + "test_an_answer_brings_its_scan_among_the_documents",),
    ),
    Mutation(
        "after rectification another visit, which shows the earlier findings",
        "commands/confirm_rectification.py",
        "visits = (*case.request.visits[:-1], done, following)",
        "visits = (*case.request.visits[:-1], following)",
        (APPROVALS + "test_the_next_visit_shows_the_earlier_findings",),
    ),
    Mutation(
        "the visit, then the Civil Defence, before approval",
        "commands/accept.py",
        "CivilDefenceState.NEEDED if civil_defence else CivilDefenceState.NOT_NEEDED",
        "CivilDefenceState.NOT_NEEDED if civil_defence else CivilDefenceState.NOT_NEEDED",
        (APPROVALS + "test_the_civil_defence_is_asked_after_a_compliant_visit_and_before_the_fees",),
    ),
    Mutation(
        "عدم موافقة الدفاع المدني، رسالة نصية: notice 6",
        "commands/record_civil_defence.py",
        "NoticeKind.CIVIL_DEFENCE_REFUSED",
        "NoticeKind.BODY_REFUSED",
        (APPROVALS + "test_a_refusal_of_the_civil_defence_ends_the_request_and_is_told",),
    ),
    Mutation(
        "بعد الموافقة على الطلب، رسالة نصية بالرسوم المطلوبة: notice 7",
        "commands/approve_fees.py",
        "notices=(told,),",
        "notices=(),",
        (FEES + "test_approval_tells_the_applicant_the_fees_due",),
    ),
    Mutation(
        "whoever assessed or adjusted cannot approve",
        "commands/assess_fees.py",
        "(*request.fees.touched_by, context.actor.id)",
        "(context.actor.id,)",
        (FEES + "test_whoever_assessed_cannot_approve_even_after_another_assessed_anew",),
    ),
    Mutation(
        "the inspector of a visit does not approve that request",
        "actions.py",
        "(when.actor_did_not_touch_fees, when.actor_did_not_inspect, ",
        "(when.actor_did_not_touch_fees, ",
        (FEES + "test_the_inspector_of_a_visit_does_not_approve_that_request",),
    ),
    Mutation(
        "the schedule is the one in force on the filing date",
        "fees/schedule.py",
        "on < self.superseded",
        "on <= self.superseded",
        (FEES + "test_the_schedule_is_the_one_in_force_on_the_filing_date",),
    ),
    Mutation(
        "one rounding rule: halves away from zero, line by line",
        "money.py",
        "(doubled.numerator + doubled.denominator) //",
        "(doubled.numerator + doubled.denominator - 1) //",
        (FEES + "test_each_line_says_which_article_base_and_rate_made_it",),
    ),
    Mutation(
        "several vocations of one person in one premises: the highest",
        "fees/unit_lines.py",
        "amount > best[0]:",
        "amount < best[0]:",
        (FEES + "test_of_several_vocations_in_one_premises_the_highest_fee_counts",),
    ),
    Mutation(
        "اتمام عملية الدفع: the whole bill is paid before issue",
        "commands/record_payment.py",
        "if command.amount != bill.total:",
        "if command.amount > bill.total:",
        (PAYMENT + "test_a_payment_is_the_whole_bill_with_its_reference_and_a_number_of_the_series",),
    ),
    Mutation(
        "رسالة نصية بصدور الرخصة: notice 8, with the licences' numbers",
        "commands/record_payment.py",
        "        licences=numbers,\n",
        "        licences=issued.shown_number,\n",
        (PAYMENT + "test_payment_issues_at_once_and_the_applicant_is_told_the_numbers",),
    ),
    Mutation(
        "a cashier does not void their own receipt",
        "conditions.py",
        "if receipt.cashier == context.actor.id:",
        "if receipt.device == context.actor.id:",
        (PAYMENT + "test_a_cashier_does_not_void_or_refund_their_own_receipt",),
    ),
    Mutation(
        "area is conserved to the hundredth of a square metre",
        "split.py",
        "if plan.area > parent.area:",
        "if plan.area > parent.area + 1:",
        (LAWS + "test_each_law_is_named_when_it_is_broken",),
    ),
    Mutation(
        "each vocation goes to exactly one child",
        "split.py",
        "for code in _repeated(plan.vocations)]",
        "for code in ()]",
        (LAWS + "test_each_law_is_named_when_it_is_broken",),
    ),
    Mutation(
        "signs are conserved",
        "issuing.py",
        "if sign.code in unit.signs)",
        "if sign.code not in unit.signs)",
        (PAYMENT + "test_the_children_take_their_shares_and_the_parent_is_amended",),
    ),
    Mutation(
        "a remainder of nothing closes the parent",
        "issuing.py",
        "LicenceStatus.CLOSED if rest.closes_parent else parent.status",
        "parent.status",
        (PAYMENT + "test_a_remainder_of_nothing_closes_the_parent",),
    ),
    Mutation(
        "nothing is given twice: acceptance reserves",
        "commands/accept.py",
        "            request.plan.reservation(request.id, accepted.shown_number),\n",
        "",
        (
            ACCEPTANCE + "test_acceptance_reserves_area_vocations_and_signs",
            ACCEPTANCE + "test_area_that_another_request_holds_is_refused_and_the_holder_named",
        ),
    ),
    Mutation(
        "nothing is given twice: a vocation that is held is refused",
        "licence.py",
        "(held for held in self.reservations if code in held.vocations)",
        "(held for held in self.reservations if code in held.signs)",
        (ACCEPTANCE + "test_a_vocation_or_sign_that_another_request_holds_is_refused_and_the_holder_named",),
    ),
    Mutation(
        "vocations are not all given away beside a request that only holds area",
        "split.py",
        "for one in parent.reservations if one.vocations))",
        "for one in parent.reservations))",
        (LAWS + "test_vocations_are_not_all_given_away_beside_a_request_that_may_end_and_give_area_back",),
    ),
    Mutation(
        "a refund makes the parent whole",
        "issuing.py",
        "area=parent.area + request.plan.area,",
        "area=parent.area,",
        (PAYMENT + "test_a_refund_ends_the_request_and_makes_the_parent_whole",),
    ),
    Mutation(
        "genealogy: a child knows its parent",
        "issuing.py",
        "        parent_number=parent.number,\n",
        "",
        (PAYMENT + "test_the_children_take_their_shares_and_the_parent_is_amended",),
    ),
    Mutation(
        "٣ أيام عمل: three working days from acceptance",
        "calendar.py",
        "PROMISED_WORKING_DAYS = 3",
        "PROMISED_WORKING_DAYS = 4",
        (TIME + "test_three_working_days_from_acceptance",),
    ),
    Mutation(
        "the week is Sunday to Thursday",
        "calendar.py",
        "frozenset({4, 5})",
        "frozenset({5, 6})",
        (TIME + "test_the_week_is_sunday_to_thursday_without_holidays",),
    ),
    Mutation(
        "time that the applicant takes is not the municipality's",
        "waiting.py",
        "    Desk.CASHIER: WaitingFor.APPLICANT,\n",
        "",
        (TIME + "test_the_ledger_says_whom_a_request_waits_for[awaiting_payment-applicant]",),
    ),
    Mutation(
        "rights hold within a branch",
        "actor.py",
        "return self.active and (self.all_branches or branch in self.branches)",
        "return self.active",
        (TABLE + "test_rights_hold_within_a_branch_unless_wider",),
    ),
    Mutation(
        "an outside body's officer answers for that body only",
        "actor.py",
        '(self.body == body and body != "")',
        'self.body != ""',
        (APPROVALS + "test_an_officer_speaks_for_their_own_body_only",),
    ),
    Mutation(
        "an auditor writes nothing, an administrator does no case work: not even at the till",
        "actor.py",
        "return self.cashier and self.role in (Role.CLERK, Role.INSPECTOR, Role.SUPERVISOR)",
        "return self.cashier",
        (PAYMENT + "test_money_is_taken_only_with_the_right_of_the_till",),
    ),
    Mutation(
        "the actions table is obeyed: only a supervisor refuses",
        "rights.py",
        "Action.REFUSE: Right(SUPERVISOR)",
        "Action.REFUSE: Right(COUNTER_OR_SUPERVISOR)",
        (TABLE + "test_a_command_is_decided_exactly_as_the_table_says[to_schedule]",),
    ),
    Mutation(
        "two people conflict on the same track",
        "decide.py",
        "if stands != context.base:",
        "if stands < context.base:",
        (WALKS + "test_the_same_command_on_the_version_it_was_based_on_is_refused_the_second_time",),
    ),
    Mutation(
        "each notice is sent once per occasion",
        "commands/schedule_inspection.py",
        'f"{booked.ordinal}.{booked.version}",',
        'f"{booked.ordinal}",',
        (VISIT + "test_a_visit_that_is_booked_anew_is_told_anew_but_not_for_another_inspector_alone",),
    ),
    Mutation(
        "an occasion is told once, whatever is done in which order",
        "commands/approve_fees.py",
        "notices=(told,),",
        "notices=(told, replace(told, id=told.id + told.id)),",
        (NOTICE_WALKS + "test_whatever_is_legally_done_each_occasion_is_told_once_and_the_request_ends",),
    ),
    Mutation(
        "a second request on the same licence is warned of, and the first is named",
        "lodging.py",
        'message("parent.second_request", "parent_number", request=rival.shown_number) for rival in case.rivals',
        'message("parent.second_request", "parent_number", request="") for rival in case.rivals',
        (REQUIREMENTS + "test_a_second_request_on_the_same_licence_is_lodged_with_a_warning_that_names_the_first",),
    ),
    Mutation(
        "a licence that nobody knows is not split",
        "commands/save_draft.py",
        'return refused(message("parent.unknown", "parent_number"))',
        "pass",
        (REQUIREMENTS + "test_an_unknown_licence_is_refused_whether_saved_or_lodged",),
    ),
    Mutation(
        "دفعها الكترونياً: dues are settled by the reference of an electronic payment",
        "commands/settle_dues.py",
        "if not command.payment_reference.strip():",
        "if command.payment_reference is None:",
        (DUES + "test_a_settlement_needs_its_electronic_reference",),
    ),
    Mutation(
        "a letter to an outside body goes out before its answer comes",
        "conditions.py",
        "a.state is ApprovalState.REQUESTED and context.actor.speaks_for(a.body)",
        "context.actor.speaks_for(a.body)",
        (APPROVALS + "test_an_answer_is_recorded_only_after_its_letter_went_out",),
    ),
    Mutation(
        "only the inspector who was booked records the visit",
        "conditions.py",
        "if visit is not None and visit.inspector != context.actor.id:",
        "if visit is None:",
        (VISIT + "test_only_the_inspector_who_was_booked_records_the_visit",),
    ),
    Mutation(
        "the rectification period is over only after its last day",
        "conditions.py",
        "context.today <= last:",
        "context.today < last:",
        (APPROVALS + "test_a_rectification_that_never_comes_expires_only_after_its_last_day",),
    ),
    Mutation(
        "a licensed hauler's contract exempts from the waste fee",
        "fees/unit_lines.py",
        "if unit.waste_contract:",
        "if unit.waste_contract and not unit.vocations:",
        (FEES + "test_a_licensed_haulers_contract_exempts_from_the_waste_fee",),
    ),
    Mutation(
        "lit and unlit signs have rates of their own",
        "fees/unit_lines.py",
        "if one.lit is lit), None)",
        "if one.lit is not lit), None)",
        (FEES + "test_each_line_says_which_article_base_and_rate_made_it",),
    ),
    Mutation(
        "bands of area hold up to and including their limit",
        "fees/unit_lines.py",
        "area <= band.up_to:",
        "area < band.up_to:",
        (FEES + "test_the_area_chooses_the_band_up_to_and_including_its_limit",),
    ),
    Mutation(
        "adjustment, exemption and fine: each with its reason",
        "fees/adjustment.py",
        "if not one.reason.strip():",
        "if not one.kind:",
        (FEES + "test_an_adjustment_has_a_reason_and_the_sign_of_its_kind",),
    ),
    Mutation(
        "every licence is printed on a fine sheet before delivery",
        "commands/confirm_print.py",
        "for one in sheets if one.fine}",
        "for one in sheets}",
        (PAYMENT + "test_every_licence_needs_a_fine_sheet_before_delivery",),
    ),
    Mutation(
        "delivered to whom, with the identity that was seen",
        "commands/deliver.py",
        "if not command.identity.strip():",
        "if not command.delivered_to:",
        (PAYMENT + "test_delivery_says_to_whom_and_which_identity_was_seen",),
    ),
    Mutation(
        "public holidays do not count",
        "calendar.py",
        "day.weekday() not in WEEKEND and self.holiday_name(day) is None",
        "day.weekday() not in WEEKEND",
        (TIME + "test_the_week_is_sunday_to_thursday_without_holidays",),
    ),
    Mutation(
        "the Civil Defence's time is not the municipality's",
        "waiting.py",
        "    Desk.CIVIL_DEFENCE: WaitingFor.CIVIL_DEFENCE,\n",
        "",
        (TIME + "test_the_civil_defences_time_is_not_the_municipalitys",),
    ),
    Mutation(
        "Eastern digits are accepted everywhere and stored as ASCII",
        "identifiers.py",
        "ascii_digits(text)).upper()",
        "text).upper()",
        ("test_text_forms.py::test_eastern_and_persian_digits_are_taken_everywhere_and_kept_as_ascii",),
    ),
    Mutation(
        "names are searched with ة and ه as one",
        "names.py",
        '"ة": "ه", ',
        "",
        ("test_text_forms.py::test_forms_that_people_mix_up_are_found_as_one",),
    ),
    Mutation(
        "receipts carry the device's own series",
        "identifiers.py",
        "return found is not None and found[1] == device.upper()",
        "return found is not None",
        (PAYMENT + "test_a_payment_is_the_whole_bill_with_its_reference_and_a_number_of_the_series",),
    ),
    Mutation(
        "an officer sees only what awaits that body",
        "permissions.py",
        "return approval is not None and approval.state is ApprovalState.REQUESTED",
        "return approval is not None",
        ("test_permissions.py::test_an_officer_sees_nothing_that_no_letter_was_written_for",),
    ),
)
