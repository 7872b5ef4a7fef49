"""The units as cards: the parent before, what it keeps after, and each child with its fields and chips."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFrame, QSizePolicy, QWidget

from desktop_app.domain.area import Area
from desktop_app.domain.digits import ascii_digits
from desktop_app.domain.licence import Sign
from desktop_app.domain.people import IdentityKind
from desktop_app.texts import isolate, name_of, tr
from desktop_app.texts.quantities import area, digits, number
from desktop_app.ui.icons import Icon
from desktop_app.ui.split_editor.moving_chip import Movers, Piece
from desktop_app.ui.split_editor.presenter import SplitPresenter
from desktop_app.ui.split_editor.sharing import Sharing, Unit
from desktop_app.ui.split_editor.shelf import Shelf
from desktop_app.ui.split_editor.vocation_search import VocationSearch
from desktop_app.ui.theme import Tone, Type
from desktop_app.ui.widgets.buttons import button
from desktop_app.ui.widgets.edits import AreaEdit, DigitsEdit, LineEdit
from desktop_app.ui.widgets.forms import Field
from desktop_app.ui.widgets.labels import label, set_property
from desktop_app.ui.widgets.layouts import column, row
from desktop_app.ui.widgets.sections import holding
from desktop_app.ui.widgets.tool_tip import plain_tool_tip


def child_title(sharing: Sharing, key: str) -> str:
    return tr("New licence {n}", n=number(sharing.number_of(key)))


def sign_text(sign: Sign) -> str:
    return tr("{text} · {size}", text=sign.text_ar, size=sign.area)


class UnitCard(QFrame):
    """What all cards share: a heading, an area in figures, shelves for vocations and signs; pieces are dropped here."""

    def __init__(self, key: str | None, title: str, movers: Movers, *middle: QWidget) -> None:
        super().__init__()
        self.key = key
        self.setProperty("kind", "card")
        # All cards of a row are equally wide, whatever lies in them.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.heading = label(title, strong=True)
        self.figure = label(kind=Type.HEADING)
        self.vocations = Shelf(tr("Vocations"), movers)
        self.signs = Shelf(tr("Signs"), movers)
        self.head = row(self.heading, 1, gap=0.5)
        self.body = column(self.head, *middle, self.vocations, self.signs, 1, gap=1, margin=1.5)
        self.setLayout(self.body)
        self.setAccessibleName(title)

    def stops(self) -> list[QWidget]:
        """Where Tab stops in this card, in reading order."""
        return [chip for chip in (*self.vocations.chips, *self.signs.chips) if chip.piece.movable]

    def show_target(self, wanted: bool) -> None:
        """A dragged piece is over this card, and would be put here."""
        set_property(self, "kind", "note" if wanted else "card")
        set_property(self, "tone", Tone.ACCENT.value if wanted else "")


class BeforeCard(UnitCard):
    """The parent as it stands, each piece with the place it goes to."""

    def __init__(self, movers: Movers) -> None:
        super().__init__(None, tr("Before: the parent licence"), movers)
        self.body.insertWidget(1, self.figure)
        self.held = label(kind=Type.SMALL, tone=Tone.BLOCKED, wrap=True)
        self.body.insertWidget(2, self.held)

    def show_split(self, presenter: SplitPresenter) -> None:
        parent = presenter.sharing.parent
        if parent is None:
            return
        self.figure.setText(area(parent.area))
        said = [
            tr("{size} held by request {request}", size=held.area, request=held.request_number)
            for held in parent.reservations
        ]
        self.held.setText("\n".join(said))
        self.held.setVisible(bool(said))
        self.vocations.show_pieces(
            tuple(Piece("vocation", code, presenter.vocation_name(code), movable=False) for code in parent.vocations)
        )
        self.signs.show_pieces(tuple(Piece("sign", s.code, sign_text(s), movable=False) for s in parent.signs))


class RemainderCard(UnitCard):
    """What the parent keeps; what other requests hold lies here and does not move."""

    def __init__(self, movers: Movers) -> None:
        super().__init__(None, tr("After: the parent keeps"), movers)
        self.said = label(kind=Type.SMALL, tone=Tone.MUTED, wrap=True)
        self.body.insertWidget(1, self.figure)
        self.body.insertWidget(2, self.said)

    def show_split(self, presenter: SplitPresenter) -> None:
        sharing = presenter.sharing
        parent = sharing.parent
        if parent is None:
            return
        over = sharing.left < 0
        self.figure.setText(tr("{size} too much", size=Area(-sharing.left)) if over else area(sharing.left))
        set_property(self.figure, "tone", (Tone.LATE if over else Tone.PLAIN).value)
        self.said.setText(_of_the_rest(sharing))
        self.said.setVisible(bool(self.said.text()))
        held_vocations = [c for c in parent.vocations if parent.holder_of_vocation(c)]
        held_signs = [s for s in parent.signs if parent.holder_of_sign(s.code)]
        self.vocations.show_pieces(
            (
                *(Piece("vocation", code, presenter.vocation_name(code)) for code in sharing.kept_vocations),
                *(
                    Piece("vocation", code, presenter.vocation_name(code), movable=False, note=_held_by(sharing, code))
                    for code in held_vocations
                ),
            )
        )
        self.signs.show_pieces(
            (
                *(Piece("sign", sign.code, sign_text(sign)) for sign in sharing.kept_signs),
                *(
                    Piece("sign", s.code, sign_text(s), movable=False, note=_held_by(sharing, s.code))
                    for s in held_signs
                ),
            )
        )


def _of_the_rest(sharing: Sharing) -> str:
    if sharing.left < 0:
        return tr("More is given away than there is: make a new licence smaller.")
    if sharing.left == 0 and sharing.units:
        return tr("Nothing is left: the parent licence will be closed.")
    return ""


def _held_by(sharing: Sharing, code: str) -> str:
    parent = sharing.parent
    held = (parent.holder_of_vocation(code) or parent.holder_of_sign(code)) if parent else None
    return tr("Held by request {request}", request=held.request_number) if held else ""


def child_pieces(
    presenter: SplitPresenter, unit: Unit, *, movable: bool
) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """A child's vocations (its own and the added) and signs."""
    parent = presenter.sharing.parent
    signs = {sign.code: sign for sign in parent.signs} if parent else {}
    name = presenter.vocation_name
    return (
        (
            *(Piece("vocation", code, name(code), unit.key, movable=movable) for code in unit.vocations),
            *(Piece("vocation", code, name(code), unit.key, added=True, movable=movable) for code in unit.added),
        ),
        tuple(
            Piece("sign", code, sign_text(signs[code]) if code in signs else code, unit.key, movable=movable)
            for code in unit.signs
        ),
    )


class ReadOnlyChildCard(UnitCard):
    """A child to look at."""

    def __init__(self, key: str, title: str, movers: Movers) -> None:
        super().__init__(key, title, movers)
        self.who = label(wrap=True, selectable=True)
        self.identity = label(kind=Type.SMALL, tone=Tone.MUTED, wrap=True, selectable=True)
        shown: tuple[QWidget, ...] = (self.figure, self.who, self.identity)
        for at, widget in enumerate(shown, 1):
            self.body.insertWidget(at, widget)

    def show_split(self, presenter: SplitPresenter) -> None:
        unit = presenter.sharing.find_unit(self.key or "")
        if unit is None:
            return
        self.heading.setText(child_title(presenter.sharing, unit.key))
        self.figure.setText(area(unit.area))
        self.who.setText("\n".join(filter(None, (unit.trade_name, unit.name_ar))))
        kind = name_of(IdentityKind(unit.identity_kind))
        self.identity.setText(
            tr("{kind}: {number}", kind=kind, number=_shown_identity(unit)) if unit.identity_number else ""
        )
        vocations, signs = child_pieces(presenter, unit, movable=False)
        self.vocations.show_pieces(vocations)
        self.signs.show_pieces(signs)


def _shown_identity(unit: Unit) -> str:
    latin = any(char.isascii() and char.isalpha() for char in unit.identity_number)
    return isolate(unit.identity_number) if latin else digits(unit.identity_number)


class ChildCard(UnitCard):
    """A child to fill in. Each keystroke goes to the presenter; what it says comes back beside the cursor."""

    def __init__(self, key: str, presenter: SplitPresenter, movers: Movers) -> None:
        self._presenter = presenter
        self.area = AreaEdit(placeholder="٠٫٠٠")
        self.trade_name = LineEdit()
        self.holder = LineEdit()
        self.kind = QComboBox()
        self.kind.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.kind.setMinimumContentsLength(6)
        for kind in IdentityKind:
            self.kind.addItem(name_of(kind), kind.value)
        self.identity = DigitsEdit()
        self.fields = {
            "area": Field("area", tr("Area (m²)"), self.area),
            "trade_name": Field("trade_name", tr("Trade name"), self.trade_name),
            "holder": Field("holder", tr("Holder's name"), self.holder),
            "kind": Field("kind", tr("Identity"), self.kind),
            "identity": Field("identity", tr("Its number"), self.identity),
        }
        for name, field in self.fields.items():
            field.edit.setObjectName(f"split.{key}.{name}")
        self.rest = button(tr("Take all that is left"), "quiet", None, lambda: presenter.take_rest(key))
        self.search = VocationSearch(
            lambda text: presenter.find_vocations(key, text), lambda code: presenter.add_vocation(key, code)
        )
        beside = column(label(" ", strong=True), self.rest, 1, gap=0.5)
        self.search.setObjectName(f"split.{key}.add_vocation")
        self.rest.setObjectName(f"split.{key}.take_rest")
        size = row(self.fields["area"], beside, gap=0.5)
        size.setAlignment(self.fields["area"], Qt.AlignmentFlag.AlignTop)
        size.setStretch(0, 1)
        who = row(self.fields["kind"], self.fields["identity"], gap=1)
        who.setStretch(0, 1)
        who.setStretch(1, 1)
        for name in ("kind", "identity"):
            who.setAlignment(self.fields[name], Qt.AlignmentFlag.AlignTop)
        super().__init__(key, "", movers)
        for at, item in enumerate((holding(size), self.fields["trade_name"], self.fields["holder"], holding(who)), 1):
            self.body.insertWidget(at, item)
        self.body.insertWidget(self.body.indexOf(self.vocations) + 1, self.search)
        self.remove = button("", "quiet", Icon.CLOSE, lambda: presenter.remove_unit(key))
        self.head.addWidget(self.remove)
        self._connect(key)

    def _connect(self, key: str) -> None:
        presenter = self._presenter
        self.area.textEdited.connect(lambda text: presenter.type_area(key, text))
        for edit, name in (
            (self.trade_name, "trade_name"),
            (self.holder, "name_ar"),
            (self.identity, "identity_number"),
        ):
            edit.textEdited.connect(lambda text, n=name: presenter.type_text(key, n, text))
        self.kind.activated.connect(lambda _: presenter.type_text(key, "identity_kind", str(self.kind.currentData())))
        touched = (
            (self.area, "area"),
            (self.trade_name, "trade_name"),
            (self.holder, "holder"),
            (self.identity, "identity"),
        )
        for line, about in touched:
            line.editingFinished.connect(lambda a=about: self._left(a))

    def stops(self) -> list[QWidget]:
        first = [self.area, self.rest, self.trade_name, self.holder, self.kind, self.identity]
        return [*first, *self.vocations.chips, self.search, *self.signs.chips, self.remove]

    def _left(self, about: str) -> None:
        """The user has been here and went on."""
        assert self.key is not None
        self._presenter.settle()
        edit = self.fields[about].edit
        if isinstance(edit, LineEdit) and edit.text():
            self._presenter.touch(self.key, about)
            self.show_problems()

    def show_split(self, presenter: SplitPresenter) -> None:
        unit = presenter.sharing.find_unit(self.key or "")
        if unit is None:
            return
        title = child_title(presenter.sharing, unit.key)
        self.heading.setText(title)
        self.setAccessibleName(title)
        said = tr("Remove {licence}", licence=title)
        self.remove.setAccessibleName(said)
        self.remove.setToolTip(plain_tool_tip(said))
        self.rest.setEnabled(presenter.sharing.left != 0)
        self.rest.setText(
            tr("Give back what is too much") if presenter.sharing.left < 0 else tr("Take all that is left")
        )
        self._show_area(unit)
        for edit, text in ((self.trade_name, unit.trade_name), (self.holder, unit.name_ar)):
            if edit.text() != text:
                edit.setText(text)
        if ascii_digits(self.identity.text()) != ascii_digits(unit.identity_number):
            self.identity.show_value(unit.identity_number)
        self.kind.setCurrentIndex(self.kind.findData(unit.identity_kind))
        vocations, signs = child_pieces(presenter, unit, movable=True)
        self.vocations.show_pieces(vocations)
        self.signs.show_pieces(signs)
        self.show_problems()

    def _show_area(self, unit: Unit) -> None:
        if unit.typed_area:
            if self.area.text() != unit.typed_area:
                self.area.setText(unit.typed_area)
        elif (self.area.find_value() or Area(0)) != unit.area or (self.area.problem and not unit.typed_area):
            self.area.show_value(unit.area or None)

    def show_problems(self) -> None:
        assert self.key is not None
        for name in ("area", "trade_name", "holder", "identity"):
            self.fields[name].show_problem(self._presenter.problem_of(self.key, name))
        self.vocations.problem.show_problem(self._presenter.problem_of(self.key, "vocations"))
        self.signs.problem.show_problem(self._presenter.problem_of(self.key, "signs"))
