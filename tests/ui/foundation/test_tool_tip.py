"""What others have written is shown in a tool tip as it is, and loads nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLabel, QToolTip

import desktop_app
from desktop_app.ui.widgets.tool_tip import plain_tool_tip


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    image = QImage(400, 300, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    file = tmp_path / "picture.png"
    assert image.save(str(file))
    return file


def shown(text: str) -> QLabel:
    QToolTip.showText(QPoint(10, 10), text)
    labels = [one for one in QApplication.allWidgets() if isinstance(one, QLabel)]
    (tip,) = [one for one in labels if one.isVisible() and one.objectName() == "qtooltip_label"]
    return tip


def test_a_name_with_a_picture_in_it_draws_none(picture: Path, qapp: QApplication) -> None:
    name = f'<img src="{picture}">أحمد'
    assert shown(name).sizeHint().height() > 290, "Qt would: this is what it is kept from"
    QToolTip.hideText()
    tip = shown(plain_tool_tip(name))
    assert tip.sizeHint().height() < 200
    QToolTip.hideText()


@pytest.mark.parametrize("text", ["", "أحمد", "أحمد & شركاه", "سطر\nآخر"])
def test_what_is_no_markup_stays_as_it_is(text: str) -> None:
    assert plain_tool_tip(text) == text


def test_lines_stay_lines() -> None:
    assert plain_tool_tip("<b>أ</b>\nب") == "<qt>&lt;b&gt;أ&lt;/b&gt;<br>ب</qt>"
    assert plain_tool_tip("٣ < ٤") == "<qt>٣ &lt; ٤</qt>"


def test_no_tool_tip_is_given_but_the_programs_own_words_and_what_was_made_plain() -> None:
    """By reading the sources: each `setToolTip` takes `tr(...)`, `plain_tool_tip(...)` or a shortcut."""
    sources = Path(desktop_app.__file__).parent / "ui"
    given = [
        found[1]
        for file in sources.rglob("*.py")
        for found in re.finditer(r"\.setToolTip\((\w[\w.]*)", file.read_text("utf-8"))
    ]
    assert len(given) > 10
    assert {one for one in given if one not in ("tr", "plain_tool_tip")} == {"entry.shortcut"}
