"""Intake without a window, over a real store and the real rules."""

from __future__ import annotations

import errno
from dataclasses import replace

from desktop_app.application.ports.drafts import Drafts, FormDraft
from desktop_app.domain.lodging import RequestContent
from desktop_app.domain.notice_kinds import NoticeLanguage
from desktop_app.domain.people import Capacity
from desktop_app.domain.request import Status
from desktop_app.domain.status import status_of
from desktop_app.ui.frame.routes import Route
from desktop_app.ui.intake import form as fields
from desktop_app.ui.intake.looking import FORM
from desktop_app.ui.intake.presenter import IntakePresenter
from desktop_app.ui.messages import Level
from tests.ui.fakes import HeldBackground, ImmediateBackground, RecordedMessages
from tests.ui.intake.conftest import BUSY, ELSEWHERE, EXPIRED, FREE, OWED, OWING, fill
from tests.workplaces import TestWorkplace


def request_in(place: TestWorkplace, status: Status) -> str:
    return next(one.id for one in place.centre.centre.requests.values() if status_of(one) is status)


def test_a_whole_request_is_lodged(
    presenter: IntakePresenter, place: TestWorkplace, went: list[Route], messages: RecordedMessages
) -> None:
    presenter.open()
    fill(presenter)
    assert presenter.remaining == ()
    presenter.lodge()
    assert [route.screen for route in went] == ["request"]
    request = place.queries.get_request(went[0].args["id"]).request
    assert status_of(request) is Status.LODGED
    assert request.applicant.mobile == "+962791234567"
    assert request.requirements.title_deed == "2026/55"
    assert request.plan.children[0].area == 4050
    assert request.plan.children[0].holder.identity.number == "9861023344"
    assert request.reference.startswith("K1-")
    assert messages.notices[0].level is Level.DONE
    assert place.drafts.all_of(FORM) == (), "what is lodged is no draft any more"
    assert presenter.form.empty


def test_the_parent_is_looked_up_as_soon_as_its_number_is_whole(presenter: IntakePresenter) -> None:
    presenter.open()
    presenter.typed(fields.PARENT, FREE[:-1])
    assert parent_of(presenter) == ""
    assert presenter.problem_of(fields.PARENT) == "", "still being typed"
    presenter.typed(fields.PARENT, f" {FREE.lower()} ")
    assert parent_of(presenter) == FREE
    assert presenter.split.sharing.parent is not None


def test_an_unknown_and_an_expired_parent_are_told_beside_the_field(presenter: IntakePresenter) -> None:
    presenter.open()
    presenter.typed(fields.PARENT, "L-1999-01-000001")
    assert "لا رخصة معروفة" in presenter.problem_of(fields.PARENT)
    presenter.typed(fields.PARENT, EXPIRED)
    assert presenter.parent is not None
    said = presenter.problem_of(fields.PARENT)
    assert "٢٠٢٤" in said
    assert "٢٬٠٢٤" not in said, "a year is no quantity"


def test_a_licence_of_another_branch_is_told(presenter: IntakePresenter) -> None:
    presenter.open()
    presenter.typed(fields.PARENT, ELSEWHERE)
    assert len(presenter.general) == 1


def test_a_second_request_on_the_parent_names_the_first(
    presenter: IntakePresenter, place: TestWorkplace, went: list[Route]
) -> None:
    presenter.open()
    fill(presenter, BUSY)
    first = place.queries.get_request(request_in(place, Status.LODGED)).request
    assert first.shown_number in presenter.warning_of(fields.PARENT)
    assert presenter.duplicates.others[0].id == first.id, "the most alike stands first"
    presenter.open_request(first.id)
    assert went == [Route("request", {"id": first.id})]
    presenter.lodge()
    assert went[-1].screen == "request"
    assert went[-1].args["id"] != first.id


def test_nothing_shouts_before_it_was_touched_and_everything_after_an_attempt(presenter: IntakePresenter) -> None:
    presenter.open()
    presenter.typed(fields.PARENT, FREE)
    presenter.pause()
    assert presenter.problem_of(fields.TITLE_DEED) == ""
    assert len(presenter.say_remaining()) >= 5
    presenter.lodge()
    assert "سند ملكية" in presenter.problem_of(fields.TITLE_DEED)
    assert "خلوي" in presenter.problem_of(fields.MOBILE)
    assert presenter.split.general_problems == ("أضف رخصة جديدة واحدة على الأقل.",)
    presenter.split.add_unit()
    assert not presenter.split.general_problems, "it is not said of a split that has a child"


def test_bad_numbers_are_told_while_typing(presenter: IntakePresenter) -> None:
    presenter.open()
    presenter.typed(fields.IDENTITY, "٩٨٧")
    presenter.typed(fields.MOBILE, "0651234")
    presenter.pause()
    assert "عشر خانات" in presenter.problem_of(fields.IDENTITY)
    assert "خلوي" in presenter.problem_of(fields.MOBILE)
    presenter.typed(fields.MOBILE, "+962 78 123 4567")
    presenter.pause()
    assert presenter.problem_of(fields.MOBILE) == ""


def test_what_was_wrong_with_another_text_is_not_said_of_this_one(presenter: IntakePresenter) -> None:
    presenter.open()
    presenter.typed(fields.PARENT, FREE)
    presenter.pause()
    presenter.typed(fields.NAME, "سامر")
    assert presenter.problem_of(fields.NAME) == "", "it was empty when it was looked at, and is not now"
    presenter.typed(fields.MOBILE, "0651234")
    presenter.lodge()
    assert "خلوي" in presenter.problem_of(fields.MOBILE)
    presenter.typed(fields.MOBILE, "07912345")
    assert presenter.problem_of(fields.MOBILE) == "", "it is looked at again when typing rests"
    presenter.pause()
    assert "خلوي" in presenter.problem_of(fields.MOBILE)


def test_an_unreadable_area_is_never_lodged(
    presenter: IntakePresenter, went: list[Route], place: TestWorkplace
) -> None:
    presenter.open()
    fill(presenter)
    presenter.split.type_area("c1", "أربعون")
    presenter.lodge()
    assert went == []
    assert "ليست مساحة" in presenter.split.problem_of("c1", "area")
    presenter.typed(fields.TITLE_DEED, "")
    presenter.pause()
    presenter.lodge()
    assert "سند ملكية" in presenter.problem_of(fields.TITLE_DEED), "what else is missing is said as well"
    assert presenter.split.sharing.units[0].typed_area == "أربعون"


def test_areas_over_the_remainder_are_not_lodged(presenter: IntakePresenter, went: list[Route]) -> None:
    presenter.open()
    fill(presenter)
    presenter.split.type_area("c1", "9999")
    presenter.lodge()
    assert went == []
    assert len(presenter.split.over_allocated) == 1


def test_the_certificate_is_asked_for_only_where_a_vocation_needs_it(presenter: IntakePresenter) -> None:
    presenter.open()
    fill(presenter)
    needing = next(v for v in presenter.reference.vocations if v.needs_construction_certificate)
    before = presenter.needs_certificate
    presenter.split.add_vocation("c1", needing.code)
    if needing.code not in (presenter.parent.vocations if presenter.parent else ()):
        assert not before
    assert presenter.needs_certificate
    presenter.typed(fields.CERTIFICATE, "")
    presenter.pause()
    assert "الإنشائي" in presenter.problem_of(fields.CERTIFICATE)


def test_an_owner_s_dues_are_shown_and_hold_the_request(
    presenter: IntakePresenter, place: TestWorkplace, went: list[Route], messages: RecordedMessages
) -> None:
    presenter.open()
    fill(presenter, identity=OWING)
    assert list(presenter.dues) == list(OWED)
    presenter.typed(fields.CAPACITY, Capacity.TENANT.value)
    presenter.pause()
    assert len(presenter.dues) == 0, "only an owner is asked"
    presenter.typed(fields.CAPACITY, Capacity.OWNER.value)
    presenter.lodge()
    assert status_of(place.queries.get_request(went[0].args["id"]).request) is Status.DUES_OUTSTANDING
    told = messages.notices[-1]
    assert told.level is Level.DONE, "the request screen tells of the dues for as long as they are owed"


def test_the_applicant_s_language_goes_with_the_request_and_back_into_the_form(
    presenter: IntakePresenter, place: TestWorkplace, went: list[Route]
) -> None:
    presenter.open()
    fill(presenter)
    assert presenter.form.applicant().language is NoticeLanguage.ARABIC
    presenter.typed(fields.LANGUAGE, NoticeLanguage.ENGLISH.value)
    presenter.lodge()
    request = place.queries.get_request(went[0].args["id"]).request
    assert request.applicant.language is NoticeLanguage.ENGLISH
    again = fields.form_of(RequestContent(request.applicant, request.requirements, request.plan))
    assert again.get(fields.LANGUAGE) == "en"


def test_what_is_typed_is_kept_and_comes_back_as_it_was_typed(
    presenter: IntakePresenter,
    place: TestWorkplace,
    background: ImmediateBackground,
    messages: RecordedMessages,
) -> None:
    presenter.open()
    fill(presenter)
    presenter.typed(fields.MOBILE, "٠٧٩ ١٢")
    presenter.split.type_area("c1", "٤٠ونصف")
    presenter.pause()
    again = IntakePresenter(place, background, messages, lambda _: True)
    again.open()
    (draft,) = again.unfinished
    again.open_draft(draft.key)
    assert again.form == presenter.form
    assert again.split.sharing.units == presenter.split.sharing.units
    assert again.split.problem_of("c1", "area")
    assert again.unfinished == ()
    again.discard()
    assert place.drafts.all_of(FORM) == ()
    assert again.form.empty


def test_saving_a_draft_needs_only_the_parent(
    presenter: IntakePresenter, place: TestWorkplace, went: list[Route]
) -> None:
    presenter.open()
    presenter.typed(fields.NAME, "أحمد")
    presenter.save_draft()
    assert place.queries.open_requests_on(FREE) == ()
    presenter.typed(fields.PARENT, FREE)
    presenter.save_draft()
    assert presenter.request is not None
    assert status_of(presenter.request) is Status.DRAFT
    assert went == []
    fill(presenter)
    presenter.lodge()
    assert went[0].args["id"] == presenter_id(place)


def presenter_id(place: TestWorkplace) -> str:
    return next(one.id for one in place.queries.open_requests_on(FREE))


def test_a_returned_request_opens_with_its_reason_and_is_lodged_again(
    presenter: IntakePresenter, place: TestWorkplace, went: list[Route]
) -> None:
    returned = request_in(place, Status.RETURNED)
    presenter.open(returned)
    request = place.queries.get_request(returned).request
    assert presenter.returned_because == request.intake.reason != ""
    assert presenter.form.get(fields.PARENT) == request.plan.parent_number
    assert presenter.split.sharing.plan(request.plan.parent_number) == request.plan
    presenter.typed(fields.TITLE_DEED, "٩٩")
    presenter.pause()
    assert presenter.remaining == ()
    presenter.lodge()
    again = place.queries.get_request(returned).request
    assert status_of(again) is Status.LODGED
    assert again.requirements.title_deed == "99"
    assert again.reference == request.reference
    assert [route.args["id"] for route in went] == [returned]


def parent_of(presenter: IntakePresenter) -> str:
    """Read anew each time, as it changes behind a type checker's back."""
    return presenter.parent.number if presenter.parent else ""


class FullDisk:
    """Drafts on a disk that has no room, until it is given some."""

    def __init__(self, behind: Drafts) -> None:
        self.behind, self.full = behind, True

    def save(self, draft: FormDraft) -> None:
        if self.full:
            raise OSError(errno.ENOSPC, "no room")
        self.behind.save(draft)

    def find(self, form: str, key: str) -> FormDraft | None:
        return self.behind.find(form, key)

    def all_of(self, form: str) -> tuple[FormDraft, ...]:
        return self.behind.all_of(form)

    def discard(self, form: str, key: str) -> None:
        self.behind.discard(form, key)


def test_a_full_disk_is_told_and_what_was_typed_is_kept_once_there_is_room(
    place: TestWorkplace, background: ImmediateBackground, messages: RecordedMessages
) -> None:
    disk = FullDisk(place.drafts)
    presenter = IntakePresenter(replace(place, drafts=disk), background, messages, lambda _: True)
    presenter.open()
    presenter.typed(fields.NAME, "أحمد")
    presenter.pause()
    assert "القرص" in messages.notices[-1].happened or "قرص" in messages.notices[-1].happened
    assert presenter.form.get(fields.NAME) == "أحمد"
    disk.full = False
    presenter.pause()
    (draft,) = disk.all_of(FORM)
    assert draft.fields[fields.NAME] == "أحمد"


def test_an_answer_about_what_was_typed_before_is_not_shown(
    place: TestWorkplace, held: HeldBackground, messages: RecordedMessages
) -> None:
    presenter = IntakePresenter(place, held, messages, lambda _: True)
    presenter.open()
    held.release()
    presenter.typed(fields.PARENT, FREE)
    old = held.held
    held.held = []
    presenter.typed(fields.PARENT, BUSY)
    held.release()
    held.held = old
    held.release()
    assert presenter.parent is not None
    assert presenter.parent.number == BUSY


def test_a_second_click_lodges_nothing_twice(
    place: TestWorkplace, held: HeldBackground, messages: RecordedMessages
) -> None:
    presenter = IntakePresenter(place, held, messages, lambda _: True)
    presenter.open()
    held.release()
    presenter.typed(fields.PARENT, FREE)
    held.release()
    presenter.lodge()
    waiting = len(held.held)
    presenter.lodge()
    presenter.save_draft()
    assert len(held.held) == waiting


def test_what_is_typed_before_the_drafts_are_read_is_kept_and_has_a_name(
    place: TestWorkplace, held: HeldBackground, messages: RecordedMessages
) -> None:
    quick = IntakePresenter(place, held, messages, lambda route: True)
    quick.open()
    quick.typed(fields.PARENT, FREE)
    quick.typed(fields.NAME, "سعاد الكردي")
    held.release()
    held.release()
    assert quick.form.get(fields.NAME) == "سعاد الكردي"
    assert quick.key.removeprefix("new:"), "a form without a name could not be kept or lodged"
    assert quick.reference.vocations
