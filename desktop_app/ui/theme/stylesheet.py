"""The one stylesheet, built from the tokens. What a palette can say is not said again here.

Widgets choose by property: ``kind`` for what a thing is, ``type`` for the size of type, ``tone`` for meaning.
Nothing names a left or a right side: asymmetric boxes would not turn over with the direction.
"""

from __future__ import annotations

from desktop_app.packaged import resources
from desktop_app.ui.theme.metrics import Metrics, Type
from desktop_app.ui.theme.tokens import Colours, Tone


def stylesheet(c: Colours, m: Metrics) -> str:
    return "\n".join((_type(c, m), _buttons(c, m), _fields(c, m), _surfaces(c, m), _tables(c, m)))


def _type(c: Colours, m: Metrics) -> str:
    sizes = "\n".join(f'QLabel[type="{t}"] {{ font-size: {m.points(t)}pt; }}' for t in Type)
    tones = "\n".join(f'QLabel[tone="{t}"] {{ color: {c.of(t)}; }}' for t in Tone)
    return f"""
{sizes}
QLabel[type="heading"], QLabel[type="title"], QLabel[strong="true"] {{ font-weight: 600; }}
{tones}
QToolTip {{ color: {c.ink}; background: {c.raised}; border: {m.hairline}px solid {c.field_line};
            padding: {m.space(0.5)}px; }}
"""


def _buttons(c: Colours, m: Metrics) -> str:
    return f"""
QPushButton {{ min-height: {m.control - 2 * m.hairline}px; padding: 0 {m.space(2)}px; color: {c.ink};
    background: {c.raised}; border: {m.hairline}px solid {c.field_line}; border-radius: {m.radius}px; }}
QPushButton:hover {{ background: {c.hover}; }}
QPushButton:pressed {{ background: {c.line}; }}
QPushButton:focus {{ border: {2 * m.hairline}px solid {c.accent}; }}
QPushButton:disabled {{ color: {c.muted}; background: {c.surface}; border-color: {c.line}; }}
QPushButton[kind="main"] {{ color: {c.on_accent}; background: {c.accent}; border-color: {c.accent};
    font-weight: 600; padding: 0 {m.space(3)}px; }}
QPushButton[kind="main"]:hover, QPushButton[kind="main"]:pressed {{ background: {c.accent_strong}; }}
QPushButton[kind="main"]:focus {{ border: {2 * m.hairline}px solid {c.ink}; }}
QPushButton[kind="main"]:disabled {{ color: {c.muted}; background: {c.hover}; border-color: {c.line}; }}
QPushButton[kind="destructive"] {{ color: {c.late}; border-color: {c.late}; }}
QPushButton[kind="destructive"]:hover {{ background: {c.late_soft}; }}
QPushButton[kind="destructive"]:disabled {{ color: {c.muted}; border-color: {c.line}; }}
QPushButton[kind="quiet"] {{ color: {c.accent}; background: transparent;
    border: {m.hairline}px solid transparent; padding: 0 {m.space(1)}px; }}
QPushButton[kind="quiet"]:hover {{ background: {c.hover}; }}
QPushButton[kind="quiet"]:focus {{ border: {2 * m.hairline}px solid {c.accent}; }}
QPushButton[kind="quiet"]:disabled {{ color: {c.muted}; }}
QPushButton[kind="view"] {{ color: {c.muted}; background: transparent; border: none; border-radius: 0;
    border-bottom: {2 * m.hairline}px solid transparent; padding: 0 {m.space(1.5)}px; }}
QPushButton[kind="view"]:hover {{ color: {c.ink}; background: {c.hover}; }}
QPushButton[kind="view"]:checked {{ color: {c.accent}; font-weight: 600; border-bottom-color: {c.accent}; }}
QPushButton[kind="view"]:focus {{ background: {c.accent_soft}; }}
QPushButton[kind="choice"] {{ min-height: {m.space(6)}px; min-width: {m.space(12)}px; }}
QPushButton[kind="choice"]:checked {{ color: {c.accent}; font-weight: 600; background: {c.accent_soft};
    border: {2 * m.hairline}px solid {c.accent}; }}
"""


def _fields(c: Colours, m: Metrics) -> str:
    # A style sheet takes a picture only from a file; its one grey is read on every ground.
    chevron = (resources() / "ui" / "chevron.svg").as_posix()
    lines = "QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox"
    return f"""
{lines} {{ color: {c.ink}; background: {c.raised}; border: {m.hairline}px solid {c.field_line};
    border-radius: {m.radius}px; padding: 0 {m.space(1)}px; selection-background-color: {c.accent};
    selection-color: {c.on_accent}; }}
QLineEdit, QComboBox, QAbstractSpinBox {{ min-height: {m.control - 2 * m.hairline}px; }}
QPlainTextEdit, QTextEdit {{ padding: {m.space(0.5)}px; }}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QAbstractSpinBox:focus {{
    border: {2 * m.hairline}px solid {c.accent}; }}
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"], QComboBox[wrong="true"] {{
    border: {2 * m.hairline}px solid {c.late}; }}
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled {{ color: {c.muted}; background: {c.surface};
    border-color: {c.line}; }}
QLineEdit:read-only {{ background: {c.surface}; }}
QComboBox::drop-down {{ border: none; background: transparent; width: {m.space(3)}px; }}
QComboBox::down-arrow {{ image: url("{chevron}"); width: {m.space(1.5)}px; height: {m.space(1.5)}px; }}
QComboBox QAbstractItemView {{ background: {c.raised}; border: {m.hairline}px solid {c.field_line}; }}
QProgressBar {{ min-height: {m.space(1)}px; max-height: {m.space(1)}px; background: {c.line}; border: none;
    border-radius: {m.radius}px; }}
QProgressBar::chunk {{ background: {c.accent}; border-radius: {m.radius}px; }}
QCheckBox, QRadioButton {{ spacing: {m.space(1)}px; min-height: {m.space(3)}px; }}
QCheckBox::indicator:unchecked {{ width: {m.space(1.75)}px; height: {m.space(1.75)}px;
    background: {c.raised}; border: {m.hairline}px solid {c.field_line}; }}
QCheckBox::indicator:unchecked:focus {{ border-color: {c.accent}; }}
"""


def _surfaces(c: Colours, m: Metrics) -> str:
    return f"""
QFrame[kind="card"] {{ background: {c.raised}; border: {m.hairline}px solid {c.line};
    border-radius: {m.radius}px; }}
QFrame[kind="bar"] {{ background: {c.raised}; border: none; }}
QFrame[kind="rule"] {{ background: {c.line}; border: none; }}
QFrame[kind="popup"] {{ background: {c.raised}; border: {m.hairline}px solid {c.field_line};
    border-radius: {m.radius}px; }}
QFrame[kind="drop"] {{ border: {m.hairline}px dashed {c.line}; border-radius: {m.radius}px; }}
QFrame[drop="true"] {{ border-color: {c.accent}; background: {c.accent_soft}; }}
QFrame[kind="note"] {{ border: {m.hairline}px solid {c.line}; border-radius: {m.radius}px; }}
{_notes(c)}
QScrollBar {{ background: transparent; border: none; margin: 0; }}
QScrollBar:vertical {{ width: {m.space(1.5)}px; }}
QScrollBar:horizontal {{ height: {m.space(1.5)}px; }}
QScrollBar::handle {{ background: {c.line}; border: {m.space(0.25)}px solid {c.surface};
    border-radius: {m.space(0.5)}px; min-height: {m.space(4)}px; min-width: {m.space(4)}px; }}
QScrollBar::handle:hover {{ background: {c.field_line}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QScrollArea, QScrollArea > QWidget > QWidget[kind="scrolled"] {{ background: transparent; border: none; }}
"""


def _notes(c: Colours) -> str:
    tones = (Tone.LATE, Tone.SOON, Tone.DONE, Tone.BLOCKED, Tone.ACCENT)
    return "\n".join(
        f'QFrame[kind="note"][tone="{t}"] {{ background: {c.soft(t)}; border-color: {c.of(t)}; }}' for t in tones
    )


def _tables(c: Colours, m: Metrics) -> str:
    return f"""
QTableView, QTreeView, QListView {{ background: {c.raised}; border: {m.hairline}px solid {c.line};
    alternate-background-color: {c.raised}; gridline-color: {c.line}; outline: none;
    selection-background-color: {c.accent_soft}; selection-color: {c.ink}; }}
QTableView::item {{ padding: 0 {m.space(0.75)}px; }}
QTableView::item:selected, QTreeView::item:selected, QListView::item:selected {{ background: {c.accent_soft};
    color: {c.ink}; }}
QListView::item {{ padding: {m.space(0.75)}px {m.space(1)}px; }}
QHeaderView::section {{ background: {c.surface}; color: {c.muted}; border: none;
    border-bottom: {m.hairline}px solid {c.line}; padding: {m.space(0.5)}px {m.space(1)}px;
    font-size: {m.points(Type.SMALL)}pt; font-weight: 500; }}
QHeaderView {{ background: {c.surface}; }}
QTableCornerButton::section {{ background: {c.surface}; border: none; }}
"""
