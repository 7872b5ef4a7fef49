"""What the split editor knows and does; without widgets, read-only in the request's screen."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol

from desktop_app.application.spoken import spoken
from desktop_app.domain.area import Area
from desktop_app.domain.licence import Licence
from desktop_app.domain.messages import InputError, Message
from desktop_app.domain.names import fold
from desktop_app.domain.reference import Reference, Vocation
from desktop_app.domain.split import check_conservation
from desktop_app.texts import current, describe
from desktop_app.texts.typed import read_area
from desktop_app.ui.split_editor.sharing import COARSE, Sharing
from desktop_app.ui.split_editor.steps_back import StepsBack

ALWAYS_SHOWN = frozenset({"split.area_over_parent", "split.area_reserved"})
"""An area given away that is not there cannot be left unseen, whether or not its field was touched."""
FOUND_AT_MOST = 12


class SplitView(Protocol):
    def show_split(self) -> None:
        """The presenter changed: show what it says now."""


class _NoView:
    def show_split(self) -> None: ...


class SplitPresenter:
    """`changed` is called after every change by the user, undo and redo among them."""

    def __init__(self, reference: Reference, changed: Callable[[], None] = lambda: None) -> None:
        self.reference = reference
        self.view: SplitView = _NoView()
        self._changed = changed
        self._steps: StepsBack[Sharing] = StepsBack(Sharing())
        self._refusals: tuple[Message, ...] = ()
        self._touched: set[str] = set()
        self._insist = False
        self._judged: Sharing | None = None

    # -- what stands -----------------------------------------------------------------------------------------

    @property
    def sharing(self) -> Sharing:
        return self._steps.present

    @property
    def can_undo(self) -> bool:
        return bool(self._steps.past)

    @property
    def can_redo(self) -> bool:
        return bool(self._steps.future)

    def open(self, sharing: Sharing, *, insist: bool = False) -> None:
        """Begin with a sharing and no history. `insist` shows what is missing of untouched fields too."""
        self._steps = StepsBack(sharing)
        self._refusals, self._touched, self._insist = (), set(), insist
        self.view.show_split()

    def show_reference(self, reference: Reference) -> None:
        """The reference data came, or came anew."""
        self.reference = reference
        self.view.show_split()

    def show_parent(self, parent: Licence | None) -> None:
        """The parent was looked up. It is not a step to undo: it is not the editor's to change."""
        if parent != self.sharing.parent:
            self._steps = StepsBack(self.sharing.with_parent(parent))
            self.view.show_split()

    def show_refusals(self, refusals: Iterable[Message], *, insist: bool = False) -> None:
        """What the rules said about the children; `insist` from the first attempt to lodge on."""
        self._refusals = tuple(m for m in refusals if m.about.startswith("children") and m.key not in ALWAYS_SHOWN)
        self._insist = self._insist or insist
        self._judged = self.sharing
        self.view.show_split()

    @property
    def over_allocated(self) -> tuple[str, ...]:
        """Sentences for areas given away that are not there; known at once, without asking anyone."""
        parent = self.sharing.parent
        if parent is None:
            return ()
        found = check_conservation(parent, self.sharing.plan(parent.number)).refusals
        return tuple(self._say(message) for message in found if message.key in ALWAYS_SHOWN)

    @property
    def general_problems(self) -> tuple[str, ...]:
        """Sentences about the split as a whole, beside those of `over_allocated`; none that is about a split of other
        children than stand here now."""
        if not self._insist and not self._touched:
            return ()
        if self._judged is None or _shares(self._judged) != _shares(self.sharing):
            return ()
        found = (self._say(message) for message in self._refusals if message.about == "children")
        return tuple(dict.fromkeys(found))

    def problem_of(self, key: str, name: str) -> str:
        """What is wrong with a child's area, vocations, signs, holder, identity or trade_name ("" for nothing)."""
        unit = self.sharing.find_unit(key)
        if unit is not None and name == "area" and unit.typed_area:
            return _why_no_area(unit.typed_area)
        about = f"children.{key}.{name}"
        if not self._insist and about not in self._touched:
            return ""
        return "\n".join(self._say(message) for message in self._refusals if message.about == about)

    @property
    def unreadable(self) -> tuple[Message, ...]:
        """Areas that were typed and cannot be read: nothing is lodged with them."""
        return tuple(
            found
            for unit in self.sharing.units
            if unit.typed_area and (found := _unreadable(unit.typed_area, f"children.{unit.key}.area"))
        )

    # -- names -----------------------------------------------------------------------------------------------

    def vocation_name(self, code: str) -> str:
        found = self.reference.find_vocation(code)
        return code if found is None else found.name_ar if current().arabic else found.name_en

    def find_vocations(self, key: str, text: str) -> tuple[Vocation, ...]:
        """Vocations that the child could add, by folded name or code; those that begin so come first."""
        wanted = fold(text)
        unit = self.sharing.find_unit(key)
        if not wanted or unit is None:
            return ()
        parent = self.sharing.parent
        have = {*unit.added, *unit.vocations, *(parent.vocations if parent else ())}
        hits = []
        for vocation in self.reference.vocations:
            names = (fold(vocation.name_ar), fold(vocation.name_en), fold(vocation.code))
            if vocation.code not in have and any(wanted in name for name in names):
                begins = any(name.startswith(wanted) for name in names)
                hits.append((not begins, names[0], vocation))
        return tuple(vocation for *_, vocation in sorted(hits, key=lambda hit: hit[:2])[:FOUND_AT_MOST])

    # -- what the user does ----------------------------------------------------------------------------------

    def add_unit(self) -> str:
        """One more child; gives its key."""
        self._do(self.sharing.with_unit())
        return self.sharing.units[-1].key

    def remove_unit(self, key: str) -> None:
        self._do(self.sharing.without_unit(key))

    def type_area(self, key: str, text: str) -> None:
        """Every keystroke: what can be read counts at once, what cannot stays as typed."""
        self.touch(key, "area")
        if not text.strip():
            self._do(self.sharing.with_area(key, Area(0)), f"area {key}")
            return
        try:
            area = read_area(text)
        except InputError:
            self._do(self.sharing.with_typed_area(key, text), f"area {key}")
        else:
            self._do(self.sharing.with_area(key, area), f"area {key}")

    def type_text(self, key: str, name: str, text: str) -> None:
        self._do(self.sharing.with_text(key, name, text), f"{name} {key}")

    def drag_border(self, at: int, to: int, step: int = COARSE) -> None:
        """One drag is one step to undo, until `settle`."""
        if 0 <= at < len(self.sharing.units):
            self.touch(self.sharing.units[at].key, "area")
        self._do(self.sharing.with_border(at, to, step), f"border {at}")

    def settle(self) -> None:
        """A drag or a line of typing ended."""
        self._steps = self._steps.settled()

    def take_rest(self, key: str) -> None:
        self.touch(key, "area")
        self._do(self.sharing.with_rest_in(key))

    def move_vocation(self, code: str, origin: str | None, to: str | None) -> None:
        """Between units; an added vocation goes from the child that has it (`origin`), and to None it is dropped."""
        unit = self.sharing.find_unit(origin) if origin else None
        if unit is not None and code in unit.added:
            taken = self.sharing.without_added(unit.key, code)
            self._do(taken.with_added(to, code) if to is not None else taken)
        else:
            self._do(self.sharing.with_vocation_at(code, to))

    def move_sign(self, code: str, to: str | None) -> None:
        self._do(self.sharing.with_sign_at(code, to))

    def add_vocation(self, key: str, code: str) -> None:
        self._do(self.sharing.with_added(key, code))

    def undo(self) -> None:
        self._go(self._steps.back())

    def redo(self) -> None:
        self._go(self._steps.forward())

    def touch(self, key: str, name: str) -> None:
        """The user has been at this field: from now on it says what is wrong with it."""
        self._touched.add(f"children.{key}.{name}")

    # ---------------------------------------------------------------------------------------------------------

    def _do(self, to: Sharing, tag: str = "") -> None:
        self._go(self._steps.step(to, tag))

    def _go(self, steps: StepsBack[Sharing]) -> None:
        before, self._steps = self._steps.present, steps
        self.view.show_split()
        if steps.present != before:
            self._changed()

    def _say(self, message: Message) -> str:
        return spoken(message, self.reference, self.sharing.parent)


def _shares(sharing: Sharing) -> tuple[tuple[object, ...], ...]:
    """Which children there are, and what of the parent each has."""
    return tuple((unit.key, unit.vocations, unit.added, unit.signs) for unit in sharing.units)


def _unreadable(text: str, about: str) -> Message | None:
    try:
        read_area(text, about)
    except InputError as error:
        return error.why
    return None


def _why_no_area(text: str) -> str:
    found = _unreadable(text, "")
    return describe(found) if found else ""
