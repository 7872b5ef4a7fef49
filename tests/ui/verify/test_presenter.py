"""Checking certificates without any widget: each verdict, each trouble, one check at a time, what is kept of them."""

from __future__ import annotations

import io
import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image

from desktop_app.application.certificate_checking import FolderChecks
from desktop_app.application.certificate_trust import OFFERED
from desktop_app.application.certificate_verifying import GreyPicture
from desktop_app.application.ports.camera import CameraTrouble
from desktop_app.application.ports.checking import NoChecks
from desktop_app.domain.certificate_check import LISTS_OLD_AFTER, Verdict
from desktop_app.texts import name_of, strip_marks
from desktop_app.ui.theme import Tone
from desktop_app.ui.verify.presenter import MOST_FILES, MOST_KEPT, VerifyPresenter
from desktop_app.ui.verify.shown import MOST_LISTED
from desktop_app.ui.verify.watching import FORGOTTEN_AFTER, REST
from tests.application.test_scanner_text import WINDOWS
from tests.ui.fakes import HeldBackground, ImmediateBackground, RecordedMessages
from tests.ui.verify.centre import NOW, ACentre
from tests.ui.verify.fakes import ACamera, AView, Watch
from tests.workplaces import TestWorkplace


class Bench:
    def __init__(self, workplace: TestWorkplace, background: ImmediateBackground) -> None:
        self.view, self.watch = AView(), Watch()
        self.presenter = VerifyPresenter(self.view, workplace, background, self.watch)

    @property
    def sentence(self) -> str:
        assert self.view.check is not None
        return strip_marks(self.view.check.head.sentence)

    def verdict(self) -> Verdict:
        assert self.view.check is not None
        return self.view.check.head.verdict

    def lists_tone(self) -> Tone:
        assert self.view.lists is not None
        return self.view.lists.tone

    def facts(self) -> dict[str, str]:
        assert self.view.check is not None
        pairs = (*self.view.check.head.facts, *self.view.check.about)
        return {strip_marks(name): strip_marks(value) for name, value in pairs}


@pytest.fixture
def bench(workplace: TestWorkplace, background: ImmediateBackground) -> Bench:
    return Bench(workplace, background)


@pytest.mark.parametrize("verdict", Verdict)
def test_each_verdict_comes_with_its_word_colour_icon_and_sentence(
    verdict: Verdict, bench: Bench, centre: ACentre
) -> None:
    bench.presenter.check_files([centre.file(centre.of(verdict))])
    check = bench.view.check
    assert check is not None
    assert (check.head.verdict, check.head.title) == (verdict, name_of(verdict))
    assert check.head.sentence
    known = {Verdict.VALID, Verdict.REVOKED, Verdict.SUPERSEDED, Verdict.EXPIRED, Verdict.UNSIGNED}
    assert bool(check.head.facts) is (verdict in known), "what nobody proved is not told"
    assert bench.view.history == (check,)
    assert bench.view.awaited > 0


def test_verdicts_are_told_apart_by_icon_and_word_not_by_colour_alone(bench: Bench, centre: ACentre) -> None:
    looks = set()
    for verdict in Verdict:
        bench.presenter.check_files([centre.file(centre.of(verdict))])
        assert bench.view.check is not None
        looks.add((bench.view.check.head.icon, bench.view.check.head.title))
        assert (bench.view.check.head.tone is Tone.DONE) is (verdict is Verdict.VALID)
    assert len({icon for icon, _ in looks}) == len({title for _, title in looks}) == len(Verdict)


def test_what_the_licence_says_stands_there(bench: Bench, centre: ACentre) -> None:
    bench.presenter.check_files([centre.file(centre.valid)])
    said, facts = centre.contents[0], bench.facts()
    assert facts["صاحب الرخصة"] == said.holder.name_ar
    assert [one.name_ar in facts["المهن"] for one in said.vocations] == [True, True]
    assert facts["المنطقة"] == "زهران"
    assert {"الرخصة", "المساحة", "سارية حتى", "الرخصة الأم", "وقت الإصدار", "وقت الفحص"} <= facts.keys()
    assert "وقّعته الأمانة" in facts["الملف"]
    assert facts["المصدر"] == "شهادة.pdf"
    bench.presenter.check_files([centre.file(centre.draw(centre.contents[5]))])
    assert bench.view.check is not None
    assert "نموذج" in bench.view.check.head.title
    assert bench.view.check.head.tone is Tone.SOON
    assert "تجريبية" in bench.facts()["نوع البيانات"]


def test_a_scanner_a_picture_and_a_camera_come_to_the_same(bench: Bench, centre: ACentre, camera: ACamera) -> None:
    code = centre.code()
    bench.presenter.check_typed(code)
    bench.presenter.check_picture(centre.picture)
    bench.presenter.check_picture(lambda: centre.picture(kind="JPEG"))
    bench.presenter.start_camera()
    camera.hold_up(centre.grey())
    assert [one.head.verdict for one in bench.view.history] == [Verdict.VALID] * 4
    assert len({one.head.facts for one in bench.view.history}) == 1
    assert len({one.about[1] for one in bench.view.history}) == 3, "each says where it came from"


def test_a_scanner_under_an_arabic_keyboard_is_understood_or_told_what_to_do(bench: Bench, centre: ACentre) -> None:
    bench.presenter.check_typed("".join(WINDOWS[one] for one in centre.code()))
    assert bench.verdict() is Verdict.VALID
    bench.presenter.check_typed("ىةوضشسيبلاتنم")
    assert bench.verdict() is Verdict.UNREADABLE
    assert "الإنجليزية" in bench.sentence
    bench.presenter.check_typed("https://example.org")
    assert "ليس رمز شهادة" in bench.sentence
    kept = bench.view.history
    bench.presenter.check_typed("  ")
    assert bench.view.history == kept


def test_several_certificates_in_a_file_have_a_verdict_each(bench: Bench, centre: ACentre) -> None:
    bench.presenter.check_files([centre.file(centre.scan(), "مسح.tiff")])
    check = bench.view.check
    assert check is not None
    assert [one.verdict for one in check.findings] == [Verdict.VALID, Verdict.REVOKED, Verdict.VALID]
    assert len({one.page for one in check.findings}) == 3
    assert check.head.verdict is Verdict.REVOKED, "the worst is the file's"
    assert any("٢" in note or "١" in note for note in check.notes)


def test_of_very_many_certificates_the_worst_are_listed(bench: Bench, centre: ACentre) -> None:
    sheets = (centre.page(), centre.page(centre.of(Verdict.REVOKED)))
    pages = [one.convert("1", dither=Image.Dither.NONE) for one in (*[sheets[0]] * (MOST_LISTED + 4), sheets[1])]
    held = io.BytesIO()
    pages[0].save(held, "TIFF", compression="group4", save_all=True, append_images=pages[1:])
    bench.presenter.check_files([centre.file(held.getvalue())])
    check = bench.view.check
    assert check is not None
    assert len(check.findings) == MOST_LISTED
    assert [one.verdict for one in check.findings[-2:]] == [Verdict.VALID, Verdict.REVOKED]
    assert any("٥" in note for note in check.notes), "how many more there are"


def test_the_lists_are_looked_at_again_with_each_check(
    workplace: TestWorkplace, background: ImmediateBackground, tmp_path: Path
) -> None:
    centre = ACentre(tmp_path)
    bench = Bench(replace(workplace, checks=centre.checks), background)
    bench.presenter.open()
    assert bench.lists_tone() is Tone.LATE
    centre.write_lists()
    bench.presenter.check_typed(centre.code())
    assert bench.lists_tone() is Tone.MUTED


def test_of_several_files_the_worst_is_shown_and_all_are_kept(bench: Bench, centre: ACentre, tmp_path: Path) -> None:
    files = [
        centre.file(centre.of(Verdict.REVOKED), "أ.pdf"),
        centre.file(centre.valid, "ب.pdf"),
        str(tmp_path / "ليس هنا.pdf"),
    ]
    bench.presenter.check_files(files)
    assert [one.head.verdict for one in bench.view.history] == [Verdict.UNREADABLE, Verdict.VALID, Verdict.REVOKED]
    assert bench.verdict() is Verdict.UNREADABLE
    bench.presenter.look_again(bench.view.history[1])
    assert bench.verdict() is Verdict.VALID
    bench.presenter.check_files([])
    assert len(bench.view.history) == 3
    bench.presenter.check_files([files[2]] * (MOST_FILES + 5))
    assert len(bench.view.history) == 3 + MOST_FILES
    assert bench.view.problem


def test_trouble_of_the_disk_is_told_and_the_next_check_works(
    workplace: TestWorkplace, centre: ACentre, background: ImmediateBackground
) -> None:
    bench = Bench(replace(workplace, checks=NoChecks()), background)
    bench.presenter.check_typed(centre.code())
    assert bench.view.check is None
    assert not bench.view.busy
    assert bench.view.problem
    assert bench.presenter.clean
    assert bench.view.awaited > 0


def test_what_is_no_file_is_not_waited_for(bench: Bench, tmp_path: Path) -> None:
    pipe, folder = tmp_path / "pipe", tmp_path / "folder"
    os.mkfifo(pipe)
    folder.mkdir()
    for place in (pipe, folder, tmp_path / "gone"):
        bench.presenter.check_files([str(place)])
        assert bench.verdict() is Verdict.UNREADABLE
        assert "قراءة الملف" in bench.sentence


def test_the_sitting_keeps_no_more_than_it_shows(bench: Bench) -> None:
    for _ in range(MOST_KEPT + 3):
        bench.presenter.check_typed("x")
    assert len(bench.view.history) == MOST_KEPT


def test_what_is_asked_for_meanwhile_takes_the_place(
    workplace: TestWorkplace, centre: ACentre, held: HeldBackground
) -> None:
    bench = Bench(workplace, held)
    bench.presenter.check_files([centre.file(centre.of(Verdict.REVOKED)), centre.file(centre.valid)])
    bench.presenter.check_typed(centre.code())
    assert bench.view.check is None
    assert bench.view.busy
    held.release()
    held.release()
    assert bench.verdict() is Verdict.VALID
    assert len(bench.view.history) == 1, "of what was let go nothing is told"
    bench.presenter.check_typed("x")
    assert [bench.presenter.clean] == [False]
    bench.presenter.clear()
    held.release()
    assert bench.view.check is None
    assert [bench.presenter.clean] == [True]
    assert len(bench.view.history) == 1


def test_without_lists_nothing_is_valid_and_it_says_what_to_do(
    workplace: TestWorkplace, centre: ACentre, background: ImmediateBackground, tmp_path: Path
) -> None:
    empty = FolderChecks(centre.checks.verifier, tmp_path / "none")
    bench = Bench(replace(workplace, checks=empty), background)
    bench.presenter.open()
    assert (bench.lists_tone(), bool(bench.view.lists and bench.view.lists.todo)) == (Tone.LATE, True)
    bench.presenter.check_files([centre.file(centre.valid)])
    assert bench.verdict() is Verdict.UNKNOWN_KEY
    assert "لا قوائم" in bench.facts()["القوائم"]
    for file in centre.lists_folder.iterdir():
        (tmp_path / "none").mkdir(exist_ok=True)
        (tmp_path / "none" / file.name).write_bytes(file.read_bytes())
    bench.presenter.reload()
    assert bench.lists_tone() is Tone.MUTED
    (tmp_path / "none" / "revocations.cose").write_bytes(b"damaged")
    bench.presenter.reload()
    assert bench.lists_tone() is Tone.LATE
    assert bench.view.lists is not None
    assert "تالفة" in bench.view.lists.sentence
    bench.presenter.check_files([centre.file(centre.valid)])
    assert bench.verdict() is Verdict.UNKNOWN_KEY


def test_old_lists_and_a_strange_list_key_are_a_warning(
    workplace: TestWorkplace, background: ImmediateBackground, tmp_path: Path
) -> None:
    centre = ACentre(tmp_path)
    bench = Bench(replace(workplace, checks=centre.checks), background)
    for age, tone in ((LISTS_OLD_AFTER, Tone.MUTED), (LISTS_OLD_AFTER + timedelta(seconds=1), Tone.SOON)):
        centre.write_lists(NOW - age)
        bench.presenter.reload()
        assert bench.lists_tone() is tone
        assert bool(bench.view.lists and bench.view.lists.todo) is (tone is Tone.SOON)
    (centre.lists_folder / OFFERED).write_text("00" * 32, encoding="ascii")
    bench.presenter.reload()
    assert bench.lists_tone() is Tone.LATE


def test_the_camera_looks_at_the_newest_frame_and_not_too_often(
    workplace: TestWorkplace, centre: ACentre, camera: ACamera, held: HeldBackground
) -> None:
    bench = Bench(workplace, held)
    nothing = GreyPicture(40, 30, bytes(1_200))
    bench.presenter.start_camera()
    assert [bench.view.watching] == [True]
    held.release()
    first = camera.hold_up(nothing)
    bench.watch.now += REST
    passed = [camera.hold_up(nothing) for _ in range(30)]
    bench.watch.now -= REST
    held.release()
    assert (first.read, [one.read for one in passed]) == (1, [0] * 30)
    too_soon = camera.hold_up(nothing)
    bench.watch.now += REST
    newest = camera.hold_up(centre.grey())
    held.release()
    assert (too_soon.read, newest.read) == (0, 1)
    assert len(bench.view.frames) == 2
    held.release()
    assert bench.verdict() is Verdict.VALID
    bench.watch.now += REST
    late = camera.hold_up(centre.grey(centre.of(Verdict.REVOKED)))
    bench.presenter.leave()
    held.release()
    held.release()
    assert not camera.on
    assert [bench.view.watching] == [False]
    assert late.read == 1, "what was being looked through when it was switched off"
    assert len(bench.view.frames) == 2
    assert bench.verdict() is Verdict.VALID


def test_a_sheet_that_is_held_still_is_checked_once_and_the_next_at_once(
    bench: Bench, centre: ACentre, camera: ACamera
) -> None:
    bench.presenter.start_camera()
    first, second = centre.grey(), centre.grey(centre.of(Verdict.REVOKED))
    nothing = GreyPicture(40, 30, bytes(1_200))
    for picture in (first, first, first, second, second, nothing):
        bench.watch.now += REST
        camera.hold_up(picture)
    assert [one.head.verdict for one in bench.view.history] == [Verdict.REVOKED, Verdict.VALID]
    bench.watch.now += FORGOTTEN_AFTER + REST
    camera.hold_up(second)
    assert len(bench.view.history) == 3, "taken away and held up again"
    assert [bench.view.watching] == [True]
    camera.hold_up(None)  # a frame that cannot be read ends nothing
    assert camera.on


@pytest.mark.parametrize("why", [*CameraTrouble])
def test_no_camera_is_told_plainly(why: CameraTrouble, bench: Bench, camera: ACamera) -> None:
    if why is CameraTrouble.NO_PART:
        camera.part = False
    elif why is not CameraTrouble.FAILED:
        camera.trouble = why
    bench.presenter.start_camera()
    if why is CameraTrouble.FAILED:
        assert [bench.view.watching] == [True]
        camera.unplug()
    assert [bench.view.watching] == [False]
    assert "كاميرا" in bench.view.problem.lower()
    assert not camera.on
    bench.presenter.check_typed("x")
    assert bench.view.problem == ""


def test_nothing_personal_is_written_to_the_log(
    bench: Bench, centre: ACentre, caplog: pytest.LogCaptureFixture, messages: RecordedMessages
) -> None:
    with caplog.at_level(0):
        for verdict in Verdict:
            bench.presenter.check_files([centre.file(centre.of(verdict))])
        bench.presenter.check_typed(centre.code())
    assert centre.contents[0].holder.name_ar not in caplog.text
    assert centre.contents[0].number not in caplog.text
    assert messages.notices == []
