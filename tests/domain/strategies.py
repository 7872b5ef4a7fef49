"""Hypothesis strategies of the domain: parents, split plans of them, and instants."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from desktop_app.domain.licence import Licence
from desktop_app.domain.split import SplitPlan
from tests.domain.builders import VOCATIONS, make_child, make_licence

CODES = tuple(vocation.code for vocation in VOCATIONS if not vocation.needs_construction_certificate)
SIGNS = ("S1", "S2", "S3")

instants = st.integers(0, 60 * 24 * 3650).map(
    lambda minutes: datetime(2021, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
spans = st.integers(0, 60 * 60 * 24 * 30).map(lambda seconds: timedelta(seconds=seconds))


@st.composite
def parents(draw: st.DrawFn, *, smallest: int = 10) -> Licence:
    """A parent with one to four vocations and up to three signs."""
    vocations = draw(st.lists(st.sampled_from(CODES), min_size=1, max_size=4, unique=True))
    signs = draw(st.lists(st.sampled_from(SIGNS), max_size=3, unique=True))
    return make_licence(
        area=draw(st.integers(smallest, 100_000)), vocations=tuple(vocations), signs=tuple(sorted(signs))
    )


@st.composite
def plans_of(draw: st.DrawFn, parent: Licence, *, most: int = 3) -> SplitPlan:
    """Any plan, lawful or not: areas up to a little over the parent's, each vocation and sign given at random."""
    count = draw(st.integers(1, most))
    takers = st.integers(0, count)  # 0: the parent keeps it
    vocations = {code: draw(takers) for code in parent.vocations}
    signs = {sign.code: draw(takers) for sign in parent.signs}
    free = [code for code in CODES if code not in parent.vocations]
    shares = st.integers(1, max(2, parent.area // count + 1))
    fill = draw(st.booleans())
    areas = [int(draw(shares)) for _ in range(count)]
    if fill:
        areas[-1] = max(1, int(parent.area) - sum(areas[:-1]))
    children = []
    for at in range(1, count + 1):
        own = tuple(code for code, taker in vocations.items() if taker == at)
        added = tuple(draw(st.lists(st.sampled_from(free), max_size=1))) if free else ()
        taken = tuple(code for code, taker in signs.items() if taker == at)
        children.append(make_child(f"c{at}", areas[at - 1], own, added, taken))
    return SplitPlan(parent.number, tuple(children))


@st.composite
def parents_and_plans(draw: st.DrawFn) -> tuple[Licence, SplitPlan]:
    parent = draw(parents())
    return parent, draw(plans_of(parent))


@st.composite
def modest_plans_of(draw: st.DrawFn, parent: Licence) -> SplitPlan:
    """One child out of what is still free, lawful more often than not: some of it, all of it, or area alone."""
    free = [code for code in parent.vocations if not parent.holder_of_vocation(code)]
    signs = [sign.code for sign in parent.signs if not parent.holder_of_sign(sign.code)]
    left = max(1, int(parent.free_area))
    extra = next(code for code in ("smithy", *CODES) if code not in parent.vocations)
    match draw(st.sampled_from(["all", "some", "area alone"])):
        case "all":
            child = make_child("c1", left, tuple(free), () if free else (extra,), tuple(signs))
        case "some":
            some = draw(st.lists(st.sampled_from(free), min_size=1, unique=True)) if free else []
            taken = draw(st.lists(st.sampled_from(signs), unique=True)) if signs else []
            area = draw(st.integers(1, left))
            child = make_child("c1", area, tuple(some), () if some else (extra,), tuple(taken))
        case _:
            child = make_child("c1", draw(st.integers(1, left)), (), (extra,))
    return SplitPlan(parent.number, (child,))


@st.composite
def lawful_splits(draw: st.DrawFn) -> tuple[Licence, SplitPlan]:
    """A parent and a plan that no law refuses: one to three children, with a remainder or without."""
    parent = draw(parents())
    count, closes = draw(st.integers(1, 3)), draw(st.booleans())
    keeper = [] if closes else [0]
    takers = st.sampled_from([*keeper, *range(1, count + 1)])
    vocations = {code: draw(takers) for code in parent.vocations}
    if not closes:
        vocations[parent.vocations[0]] = 0  # the parent goes on with it
    signs = {sign.code: draw(takers) for sign in parent.signs}
    cuts = draw(st.sets(st.integers(1, int(parent.area) - 1), min_size=count - closes, max_size=count - closes))
    edges = [0, *sorted(cuts), *([int(parent.area)] if closes else [])]
    extra = next(code for code in ("smithy", *CODES) if code not in parent.vocations)
    children = []
    for at in range(1, count + 1):
        own = tuple(code for code, taker in vocations.items() if taker == at)
        taken = tuple(code for code, taker in signs.items() if taker == at)
        area = edges[at] - edges[at - 1]
        children.append(make_child(f"c{at}", area, own, () if own else (extra,), taken))
    return parent, SplitPlan(parent.number, tuple(children))
