"""The split editor by hand: typing, dragging with the mouse, and the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from desktop_app.domain.area import Area
from desktop_app.domain.digits import ascii_digits
from desktop_app.texts import strip_marks
from desktop_app.ui.split_editor.cards import ChildCard, UnitCard
from desktop_app.ui.split_editor.editor import SplitEditor
from desktop_app.ui.split_editor.moving_chip import MovingChip
from desktop_app.ui.split_editor.presenter import SplitPresenter
from desktop_app.ui.split_editor.sharing import Sharing, Unit
from tests.ui.split_editor.hands import LEFT, drag_along, type_text
from tests.ui.split_editor.samples import HELD, REFERENCE, parent

Show = Callable[[QWidget], QWidget]


@pytest.fixture
def presenter() -> SplitPresenter:
    made = SplitPresenter(REFERENCE)
    made.open(Sharing(parent(), (Unit("c1", Area(6000)), Unit("c2", Area(4000)))))
    return made


@pytest.fixture
def editor(presenter: SplitPresenter, shown: Show) -> SplitEditor:
    made = SplitEditor(presenter)
    shown(made)
    return made


def card(editor: SplitEditor, key: str) -> ChildCard:
    found = editor.children_cards[key]
    assert isinstance(found, ChildCard)
    return found


def chip(at: UnitCard, code: str) -> MovingChip:
    return next(one for shelf in (at.vocations, at.signs) for one in shelf.chips if one.piece.code == code)


def test_typing_an_area_in_eastern_digits_moves_the_bar(editor: SplitEditor, presenter: SplitPresenter) -> None:
    area = card(editor, "c1").area
    area.clear()
    type_text(area, "٧٠٫٢٥")
    assert presenter.sharing.units[0].area == 7025
    assert presenter.sharing.left == 24000 - 7025 - 4000
    assert editor.left.text == "المتبقي ١٢٩٫٧٥ م²"


def test_what_cannot_be_read_stays_as_typed_and_is_said(editor: SplitEditor, presenter: SplitPresenter) -> None:
    area = card(editor, "c1").area
    area.clear()
    type_text(area, "ستون")
    assert area.text() == "ستون"
    assert "ليست مساحة" in card(editor, "c1").fields["area"].problem
    assert [found.about for found in presenter.unreadable] == ["children.c1.area"]


def test_too_much_given_away_cannot_be_left_unseen(editor: SplitEditor, presenter: SplitPresenter) -> None:
    assert not editor.alarm.isVisible()
    presenter.type_area("c2", "200")
    assert editor.alarm.isVisible()
    assert "٢٠٫٠٠ م²" in editor.alarm_text.text()
    assert "زيادة" in editor.left.text
    presenter.take_rest("c2")
    assert not editor.alarm.isVisible()
    assert presenter.sharing.units[1].area == 18000


def test_the_reserved_part_is_named_by_its_request(presenter: SplitPresenter, editor: SplitEditor) -> None:
    presenter.open(Sharing(parent(held=(HELD,)), (Unit("c1", Area(20001)),)))
    assert "R-2026-08-000077" in ascii_digits(strip_marks(editor.alarm_text.text()))
    assert "R-2026-08-000077" in ascii_digits(strip_marks(editor.bar.accessibleDescription()))
    held = chip(editor.remainder, "V04")
    assert not held.piece.movable
    QTest.keyClick(held, Qt.Key.Key_1)
    assert presenter.sharing.units[0].vocations == ()


def test_a_border_is_dragged_by_the_mouse(editor: SplitEditor, presenter: SplitPresenter) -> None:
    bar = editor.bar
    drag_along(bar, bar.x_of(6000), bar.x_of(8000))
    first, second = presenter.sharing.units
    assert abs(first.area - 8000) <= 100
    assert first.area % 50 == 0
    assert first.area + second.area == 10000
    presenter.undo()
    assert presenter.sharing.units[0].area == 6000, "one drag is one step"


def test_with_control_a_border_is_dragged_to_the_hundredth(editor: SplitEditor, presenter: SplitPresenter) -> None:
    bar = editor.bar
    to = next(x for x in range(bar.x_of(8000), 0, -1) if bar.size_at(x) % 50)
    drag_along(bar, bar.x_of(6000), to, Qt.KeyboardModifier.ControlModifier)
    assert presenter.sharing.units[0].area == bar.size_at(to)


def test_the_bar_begins_at_the_leading_side(editor: SplitEditor) -> None:
    assert editor.bar.x_of(0) > editor.bar.x_of(24000), "from the right in Arabic"
    editor.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    assert editor.bar.x_of(0) < editor.bar.x_of(24000)


def test_borders_are_moved_by_keys(editor: SplitEditor, presenter: SplitPresenter) -> None:
    bar = editor.bar
    bar.setFocus()
    QTest.keyClick(bar, Qt.Key.Key_Left)
    assert presenter.sharing.units[0].area == 6050, "away from the beginning, which is at the right"
    QTest.keyClick(bar, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert presenter.sharing.units[0].area == 6049
    QTest.keyClick(bar, Qt.Key.Key_Down)
    QTest.keyClick(bar, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert presenter.sharing.units[1].area == 4950, "ten metres more than 39.51, on the half metre"
    QTest.keyClick(bar, Qt.Key.Key_Home)
    assert bar.chosen == 0


def test_a_chip_is_carried_to_a_child_by_the_mouse(editor: SplitEditor, presenter: SplitPresenter) -> None:
    piece = chip(editor.remainder, "V02")
    target = card(editor, "c2")
    here = QPoint(piece.width() // 2, piece.height() // 2)
    there = piece.mapFromGlobal(target.mapToGlobal(QPoint(40, 20)))
    QTest.mousePress(piece, LEFT, pos=here)
    QTest.mouseMove(piece, here + QPoint(30, 0))
    QTest.mouseMove(piece, there)
    assert target.property("kind") == "note", "the card over which it is shows that it would take it"
    QTest.mouseRelease(piece, LEFT, pos=there)
    assert presenter.sharing.units[1].vocations == ("V02",)
    assert "V02" not in presenter.sharing.kept_vocations
    assert target.property("kind") == "card"


def test_a_chip_let_go_beside_the_cards_stays(editor: SplitEditor, presenter: SplitPresenter) -> None:
    piece = chip(editor.remainder, "V02")
    nowhere = piece.mapFromGlobal(editor.bar.mapToGlobal(QPoint(10, 10)))
    QTest.mousePress(piece, LEFT, pos=QPoint(5, 5))
    QTest.mouseMove(piece, QPoint(60, 5))
    QTest.mouseMove(piece, nowhere)
    QTest.mouseRelease(piece, LEFT, pos=nowhere)
    assert "V02" in presenter.sharing.kept_vocations


def test_a_chip_is_moved_by_one_key_and_keeps_the_focus(editor: SplitEditor, presenter: SplitPresenter) -> None:
    chip(editor.remainder, "V01").setFocus()
    type_text(chip(editor.remainder, "V01"), "٢")
    assert presenter.sharing.units[1].vocations == ("V01",)
    moved = chip(card(editor, "c2"), "V01")
    assert moved.hasFocus()
    QTest.keyClick(moved, Qt.Key.Key_Delete)
    assert "V01" in presenter.sharing.kept_vocations


def test_a_chip_s_menu_lists_the_places(editor: SplitEditor, presenter: SplitPresenter) -> None:
    sign = chip(editor.remainder, "S1")
    QTest.keyClick(sign, Qt.Key.Key_Return)
    assert sign.menu is not None
    menu = sign.menu
    assert [action.text() for action in menu.actions()] == ["انقل إلى: رخصة جديدة ١", "انقل إلى: رخصة جديدة ٢"]
    menu.actions()[0].trigger()
    menu.close()
    assert presenter.sharing.units[0].signs == ("S1",)


def test_a_vocation_is_found_by_folded_name_and_added(editor: SplitEditor, presenter: SplitPresenter) -> None:
    search = card(editor, "c1").search
    type_text(search, "اصلاح")
    assert [one.code for one in presenter.find_vocations("c1", "اصلاح")] == ["V06"]
    QTest.keyClick(search, Qt.Key.Key_Return)
    assert presenter.sharing.units[0].added == ("V06",)
    assert chip(card(editor, "c1"), "V06").piece.added
    assert presenter.find_vocations("c1", "إصلاح") == (), "it has it now"
    assert presenter.find_vocations("c1", "مخبز") == (), "the parent's own are moved, not added"


def test_children_are_added_and_removed_and_it_is_undone(editor: SplitEditor, presenter: SplitPresenter) -> None:
    presenter.move_vocation("V02", None, "c1")
    editor.add.click()
    assert card(editor, "c3").area.hasFocus()
    card(editor, "c1").remove.click()
    assert "V02" in presenter.sharing.kept_vocations
    assert presenter.sharing.left == 20000
    editor.undo.click()
    assert presenter.sharing.units[0].vocations == ("V02",)
    editor.redo.click()
    assert [unit.key for unit in presenter.sharing.units] == ["c2", "c3"]
    assert card(editor, "c2").heading.text() == "رخصة جديدة ١"


def test_typing_does_not_disturb_the_cursor(editor: SplitEditor, presenter: SplitPresenter) -> None:
    name = card(editor, "c1").trade_name
    type_text(name, "محل")
    name.setCursorPosition(0)
    type_text(name, "الـ")
    assert name.cursorPosition() == 3
    assert presenter.sharing.units[0].trade_name == "الـمحل"
    area = card(editor, "c2").area
    area.clear()
    type_text(area, "12.")
    assert area.text() == "12."


def test_everything_has_a_name_for_those_who_do_not_see_it(editor: SplitEditor) -> None:
    edits = [field.edit for one in ("c1", "c2") for field in card(editor, one).fields.values()]
    named: list[QWidget] = [editor.bar, *edits, card(editor, "c1").search, card(editor, "c1").remove]
    named += [*editor.remainder.vocations.chips, *editor.remainder.signs.chips]
    assert all(widget.accessibleName() for widget in named)
    assert "١: ٦٠٫٠٠ م²" in editor.bar.accessibleDescription()


def test_to_look_at_only(presenter: SplitPresenter, shown: Show) -> None:
    editor = SplitEditor(presenter, read_only=True)
    shown(editor)
    assert not editor.add.isVisible()
    assert editor.bar.focusPolicy() is Qt.FocusPolicy.NoFocus
    drag_along(editor.bar, editor.bar.x_of(6000), editor.bar.x_of(8000))
    assert presenter.sharing.units[0].area == 6000


def test_without_a_parent_it_waits(shown: Show) -> None:
    presenter = SplitPresenter(REFERENCE)
    editor = SplitEditor(presenter)
    shown(editor)
    assert editor.waiting.isVisible()
    presenter.show_parent(parent())
    assert not editor.waiting.isVisible()
    assert editor.add.isVisible()
