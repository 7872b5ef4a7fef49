"""What one certificate holds. It is a single sheet: what it could not show is refused before anybody pays for it."""

from __future__ import annotations

from desktop_app.domain.licence import Licence
from desktop_app.domain.messages import Message, message
from desktop_app.domain.split import SplitPlan, remainder_of
from desktop_app.domain.texts_within import texts_within
from desktop_app.domain.writing import LONGEST_REGISTERED, why_not_written

MOST_VOCATIONS = 40
MOST_SIGNS = 20
MOST_CHILDREN = 20


def check_room(parent: Licence, plan: SplitPlan) -> tuple[Message, ...]:
    """Why a licence of this split, the remainder's included, would not fit on its certificate. Empty where all fit.

    What the register says of the premises stands on every one of them, so it must be possible to write it.
    """
    found: list[Message] = []
    if len(plan.children) > MOST_CHILDREN:
        found.append(message("split.too_many_children", "children", most=MOST_CHILDREN))
    for child in plan.children:
        found += _too_many(len(child.all_vocations), len(child.signs), child.trade_name, f"children.{child.key}")
    rest = remainder_of(parent, plan)
    if not rest.closes_parent:
        found += _too_many(len(rest.vocations), len(rest.signs), parent.trade_name, "children")
    for _, text in texts_within((parent.holder, parent.trade_name, parent.address_ar, parent.parcel, parent.signs)):
        found += why_not_written(text, LONGEST_REGISTERED, "parent_number")
    return tuple(found)


def _too_many(vocations: int, signs: int, unit: str, about: str) -> list[Message]:
    within = about.startswith("children.")
    found = []
    if vocations > MOST_VOCATIONS:
        where = f"{about}.vocations" if within else about
        found.append(message("split.too_many_vocations", where, unit=unit, count=vocations, most=MOST_VOCATIONS))
    if signs > MOST_SIGNS:
        where = f"{about}.signs" if within else about
        found.append(message("split.too_many_signs", where, unit=unit, count=signs, most=MOST_SIGNS))
    return found
