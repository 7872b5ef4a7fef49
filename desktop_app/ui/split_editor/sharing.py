"""A split while it is being made: raw text beside exact areas, changed only by operations that lose nothing.

Whatever is done, the children's areas, what is left and what other requests hold add up to the parent's area, in
hundredths of a m²; a vocation or a sign of the parent is always at exactly one place.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from desktop_app.domain.area import Area, total_area
from desktop_app.domain.digits import ascii_digits
from desktop_app.domain.licence import Licence, Sign
from desktop_app.domain.people import IdentityKind, Person
from desktop_app.domain.split import ChildUnit, SplitPlan
from desktop_app.ui.split_editor.typed_identity import identity_of

COARSE = Area(50)
"""The step of dragging: half a square metre."""
FINE = Area(1)
NO_AREA = Area(0)


@dataclass(frozen=True, slots=True)
class Unit:
    """One child as it is typed. `typed_area` is kept only while it cannot be read; `area` is then the last that could
    be."""

    key: str
    area: Area = NO_AREA
    typed_area: str = ""
    name_ar: str = ""
    identity_kind: str = IdentityKind.NATIONAL_NUMBER.value
    identity_number: str = ""
    trade_name: str = ""
    vocations: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()


TEXTS = frozenset({"name_ar", "identity_kind", "identity_number", "trade_name"})


@dataclass(frozen=True, slots=True)
class Sharing:
    """The parent as the request sees it (without what the request itself holds) and the children."""

    parent: Licence | None = None
    units: tuple[Unit, ...] = ()

    @property
    def given(self) -> Area:
        return total_area(tuple(unit.area for unit in self.units))

    @property
    def reserved(self) -> Area:
        return self.parent.reserved_area if self.parent else Area(0)

    @property
    def left(self) -> Area:
        """What the parent keeps and no request holds; negative while too much is given away."""
        free = self.parent.free_area if self.parent else Area(0)
        return free - self.given

    def find_unit(self, key: str) -> Unit | None:
        return next((unit for unit in self.units if unit.key == key), None)

    def number_of(self, key: str) -> int:
        """A child's place among the children, from 1. 0 for a child that is not there."""
        return next((at for at, unit in enumerate(self.units, 1) if unit.key == key), 0)

    @property
    def kept_vocations(self) -> tuple[str, ...]:
        """The parent's vocations that no child takes and no other request holds."""
        if self.parent is None:
            return ()
        gone = {code for unit in self.units for code in unit.vocations}
        return tuple(c for c in self.parent.vocations if c not in gone and not self.parent.holder_of_vocation(c))

    @property
    def kept_signs(self) -> tuple[Sign, ...]:
        if self.parent is None:
            return ()
        gone = {code for unit in self.units for code in unit.signs}
        return tuple(s for s in self.parent.signs if s.code not in gone and not self.parent.holder_of_sign(s.code))

    # -- operations ------------------------------------------------------------------------------------------

    def with_unit(self) -> Sharing:
        """One more child, with nothing yet."""
        taken = {unit.key for unit in self.units}
        number = next(n for n in range(1, len(taken) + 2) if f"c{n}" not in taken)
        return replace(self, units=(*self.units, Unit(f"c{number}")))

    def without_unit(self, key: str) -> Sharing:
        """All that the child took falls back to the parent."""
        return replace(self, units=tuple(unit for unit in self.units if unit.key != key))

    def with_area(self, key: str, area: Area) -> Sharing:
        """What was typed, even if it is more than there is: that is shown, never trimmed in silence."""
        return self._changed(key, area=max(Area(0), area), typed_area="")

    def with_typed_area(self, key: str, text: str) -> Sharing:
        """A text that is no area stays as typed; the area remains the last that could be read."""
        return self._changed(key, typed_area=text)

    def with_text(self, key: str, name: str, text: str) -> Sharing:
        """One of `TEXTS`. Raises KeyError for another name."""
        if name not in TEXTS:
            raise KeyError(name)
        return self._changed(key, **{name: text})

    def border(self, at: int) -> Area:
        """Where the child at this place ends, counted from the beginning of the bar."""
        return total_area(tuple(unit.area for unit in self.units[: at + 1]))

    def with_border(self, at: int, to: int, step: int = COARSE) -> Sharing:
        """Move the border after the child at place `at` to about `to`, so that this child has a multiple of `step`.

        What one side loses the other gains: the next child, or after the last one the remainder. A border never
        passes its neighbours; where it reaches one it stands exactly there, whatever the step.
        """
        if not 0 <= at < len(self.units):
            return self
        begin = self.border(at) - self.units[at].area
        last = at == len(self.units) - 1
        end = max(self.border(at) + self.left, begin) if last else self.border(at + 1)
        wanted = begin + (to - begin + step // 2) // step * step
        if to <= begin or wanted <= begin:
            wanted = begin
        elif to >= end or wanted >= end:
            wanted = end
        moved = Area(wanted) - self.border(at)
        units = list(self.units)
        units[at] = replace(units[at], area=units[at].area + moved, typed_area="")
        if not last:
            units[at + 1] = replace(units[at + 1], area=units[at + 1].area - moved, typed_area="")
        return replace(self, units=tuple(units))

    def with_rest_in(self, key: str) -> Sharing:
        """The child takes all that is left, or gives back what was given too much, as far as it has it."""
        unit = self.find_unit(key)
        return self if unit is None else self.with_area(key, unit.area + self.left)

    def with_vocation_at(self, code: str, key: str | None) -> Sharing:
        """The vocation moves to a child, or back to the parent (None). What another request holds does not move."""
        parent = self.parent
        if key is not None and self.find_unit(key) is None:
            return self
        if parent is not None and code in parent.vocations:
            if parent.holder_of_vocation(code):
                return self
            return self._placed("vocations", code, key)
        return self._placed("added", code, key)

    def with_sign_at(self, code: str, key: str | None) -> Sharing:
        """Signs move as vocations do."""
        parent = self.parent
        if parent is None or code not in {sign.code for sign in parent.signs} or parent.holder_of_sign(code):
            return self
        if key is not None and self.find_unit(key) is None:
            return self
        return self._placed("signs", code, key)

    def with_added(self, key: str, code: str) -> Sharing:
        """A vocation new to the child; one of the parent's own is moved instead. Children may each add the same."""
        unit = self.find_unit(key)
        if unit is None or code in unit.added or (self.parent and code in self.parent.vocations):
            return self.with_vocation_at(code, key) if unit and code not in unit.added else self
        return self._changed(key, added=(*unit.added, code))

    def without_added(self, key: str, code: str) -> Sharing:
        unit = self.find_unit(key)
        return self if unit is None else self._changed(key, added=tuple(c for c in unit.added if c != code))

    def with_parent(self, parent: Licence | None) -> Sharing:
        """Another parent: areas and names stay as typed; what the new parent does not have is let go."""
        if parent is None or parent == self.parent:
            return replace(self, parent=parent)
        signs = {sign.code for sign in parent.signs}
        units = tuple(
            replace(
                unit,
                vocations=tuple(code for code in unit.vocations if code in parent.vocations),
                signs=tuple(code for code in unit.signs if code in signs),
            )
            for unit in self.units
        )
        return replace(self, parent=parent, units=units)

    # -- to and from the domain ------------------------------------------------------------------------------

    def plan(self, parent_number: str) -> SplitPlan:
        """What would be lodged."""
        return SplitPlan(parent_number, tuple(_child(unit) for unit in self.units))

    def _changed(self, key: str, **what: Any) -> Sharing:
        return replace(self, units=tuple(replace(u, **what) if u.key == key else u for u in self.units))

    def _placed(self, kind: str, code: str, key: str | None) -> Sharing:
        units = []
        for unit in self.units:
            codes: tuple[str, ...] = tuple(one for one in getattr(unit, kind) if one != code)
            codes = (*codes, code) if unit.key == key else codes
            what: dict[str, Any] = {kind: codes}
            units.append(replace(unit, **what))
        return replace(self, units=tuple(units))


def _child(unit: Unit) -> ChildUnit:
    return ChildUnit(
        key=unit.key,
        holder=Person(" ".join(unit.name_ar.split()), identity_of(unit.identity_kind, unit.identity_number)),
        trade_name=" ".join(unit.trade_name.split()),
        area=unit.area,
        vocations=unit.vocations,
        added_vocations=unit.added,
        signs=unit.signs,
    )


def sharing_of(parent: Licence | None, plan: SplitPlan) -> Sharing:
    """A plan that exists, opened for looking at or changing."""
    return Sharing(
        parent,
        tuple(
            Unit(
                key=child.key,
                area=child.area,
                name_ar=child.holder.name_ar,
                identity_kind=child.holder.identity.kind.value,
                identity_number=ascii_digits(child.holder.identity.number),
                trade_name=child.trade_name,
                vocations=child.vocations,
                added=child.added_vocations,
                signs=child.signs,
            )
            for child in plan.children
        ),
    )
