"""Whatever is done to a split, nothing of the parent is lost or given twice."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from desktop_app.domain.area import Area
from desktop_app.domain.split import check_conservation, remainder_of
from desktop_app.ui.split_editor.keeping import kept, restored
from desktop_app.ui.split_editor.presenter import SplitPresenter
from desktop_app.ui.split_editor.sharing import COARSE, FINE, Sharing, Unit, sharing_of
from tests.ui.split_editor.samples import HELD, REFERENCE, parent

CODES = ("V01", "V02", "V03", "V04", "V05", "V06")


class AnyEditing(RuleBasedStateMachine):
    """All that can be done in the editor, in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.parent = parent(held=(HELD,))
        self.presenter = SplitPresenter(REFERENCE)
        self.presenter.open(Sharing(self.parent))

    def _key(self, at: int) -> str | None:
        units = self.presenter.sharing.units
        return units[at % len(units)].key if units else None

    @precondition(lambda self: len(self.presenter.sharing.units) < 5)
    @rule()
    def add(self) -> None:
        self.presenter.add_unit()

    @rule(at=st.integers(0, 9))
    def remove(self, at: int) -> None:
        self.presenter.remove_unit(self._key(at) or "")

    @rule(
        at=st.integers(0, 9), text=st.one_of(st.integers(0, 40000).map(lambda n: f"{n / 100:.2f}"), st.text(max_size=6))
    )
    def type_area(self, at: int, text: str) -> None:
        self.presenter.type_area(self._key(at) or "", text)

    @rule(at=st.integers(-1, 5), to=st.integers(-500, 40000), step=st.sampled_from((COARSE, FINE)))
    def drag(self, at: int, to: int, step: int) -> None:
        before = self.presenter.sharing
        self.presenter.drag_border(at, to, step)
        after = self.presenter.sharing
        assert all(unit.area >= 0 for unit in after.units)
        assert after.left >= min(before.left, 0), "dragging never gives away more than there is"

    @rule(at=st.integers(0, 9))
    def take_rest(self, at: int) -> None:
        self.presenter.take_rest(self._key(at) or "")

    @rule(code=st.sampled_from(CODES), at=st.integers(0, 9), back=st.booleans(), origin=st.integers(0, 9))
    def move_vocation(self, code: str, at: int, back: bool, origin: int) -> None:
        self.presenter.move_vocation(code, self._key(origin), None if back else self._key(at))

    @rule(code=st.sampled_from(CODES), at=st.integers(0, 9))
    def add_vocation(self, code: str, at: int) -> None:
        self.presenter.add_vocation(self._key(at) or "", code)

    @rule(code=st.sampled_from(("S1", "S2", "S9")), at=st.integers(0, 9), back=st.booleans())
    def move_sign(self, code: str, at: int, back: bool) -> None:
        self.presenter.move_sign(code, None if back else self._key(at))

    @rule()
    def undo_and_redo(self) -> None:
        before = self.presenter.sharing
        if self.presenter.can_undo:
            self.presenter.undo()
            self.presenter.redo()
        assert self.presenter.sharing == before

    @rule()
    def undo(self) -> None:
        self.presenter.undo()

    @rule()
    def settle(self) -> None:
        self.presenter.settle()

    @invariant()
    def area_is_conserved(self) -> None:
        now = self.presenter.sharing
        assert sum(unit.area for unit in now.units) + now.left + now.reserved == self.parent.area
        assert now.left + now.reserved == remainder_of(self.parent, now.plan(self.parent.number)).area

    @invariant()
    def everything_is_at_one_place(self) -> None:
        now = self.presenter.sharing
        vocations = [c for unit in now.units for c in unit.vocations] + list(now.kept_vocations) + list(HELD.vocations)
        signs = [c for unit in now.units for c in unit.signs] + [s.code for s in now.kept_signs] + list(HELD.signs)
        assert sorted(vocations) == sorted(self.parent.vocations)
        assert sorted(signs) == sorted(sign.code for sign in self.parent.signs)

    @invariant()
    def only_children_s_own_faults_remain(self) -> None:
        now = self.presenter.sharing
        keys = {found.key for found in check_conservation(self.parent, now.plan(self.parent.number)).refusals}
        assert not keys & {
            "split.vocation_twice",
            "split.sign_twice",
            "split.vocation_not_parents",
            "split.added_twice",
        }
        assert not keys & {"split.vocation_reserved", "split.sign_reserved", "split.added_is_parents"}
        assert bool(self.presenter.over_allocated) == (now.left < 0 and bool(now.units))

    @invariant()
    def it_is_kept_and_restored_whole(self) -> None:
        units = self.presenter.sharing.units
        assert restored(kept(units)) == units


TestAnyEditing = AnyEditing.TestCase


@given(st.text())
def test_any_text_can_be_restored_from(text: str) -> None:
    assert isinstance(restored(text), tuple)


def test_restoring_what_another_program_wrote_keeps_what_can_be_read() -> None:
    (unit,) = restored('[{"key": "c1", "area": "much", "name_ar": "سمير", "vocations": ["V01", 7]}, 3, {"key": 4}]')
    assert unit == Unit("c1", name_ar="سمير", vocations=("V01",))


def test_dragging_snaps_to_half_metres_and_finely_to_hundredths() -> None:
    sharing = Sharing(parent(), (Unit("c1", Area(4025)), Unit("c2", Area(3000))))
    assert sharing.with_border(0, 4461).units[0].area == 4450
    assert sharing.with_border(0, 4461, FINE).units[0].area == 4461
    assert sharing.with_border(0, 4461).units[1].area == 7025 - 4450
    assert sharing.with_border(1, 99999).left == 0
    assert sharing.with_border(1, -5).units[1].area == 0


def test_a_drag_pulls_back_what_was_typed_too_much() -> None:
    sharing = Sharing(parent(), (Unit("c1", Area(30000)),))
    assert sharing.left == -6000
    assert sharing.with_border(0, 29900).left == 0


def test_another_parent_lets_go_only_what_it_does_not_have() -> None:
    sharing = Sharing(parent(), (Unit("c1", Area(500), name_ar="ليلى", vocations=("V01",), signs=("S1",)),))
    other = parent(number="L-2026-08-000124")
    assert sharing.with_parent(other).units == sharing.units
    assert sharing.with_parent(None).units == sharing.units


def test_a_plan_opened_and_given_back_is_the_same_plan() -> None:
    sharing = Sharing(
        parent(),
        (
            Unit(
                "c1", Area(4000), "", "ليلى  حداد", "national_number", "٩٨٥١٠٢٣٣٤٤", "محل", ("V01",), ("V05",), ("S1",)
            ),
        ),
    )
    plan = sharing.plan("L-2026-08-000123")
    assert plan.children[0].holder.identity.number == "9851023344"
    assert plan.children[0].holder.name_ar == "ليلى حداد"
    assert sharing_of(sharing.parent, plan).plan(plan.parent_number) == plan
