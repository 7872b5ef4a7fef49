"""The ten members of staff of the demonstration, and the password they share.

The password is public on purpose: the demonstration's centre lives on this machine only, and only as long as the
program runs. Nothing outside `demo` and `tour` may use it.
"""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.domain.actor import Actor, Role

DEMO_PASSWORD = "tajzia-demo"  # noqa: S105 - well known, of sample data
HOME_BRANCH = 8
"""Zahran, where the demonstration's workstations stand."""

_EAST = frozenset({1, 2, 3, 4, 5, 9, 10, 16, 17, 18, 19, 20})
_WEST = frozenset({6, 7, 8, 11, 12, 13, 14, 15, 21, 22})
EVERYWHERE = _EAST | _WEST

STAFF: tuple[Actor, ...] = (
    Actor("rania", "رانيا حداد", Role.CLERK, frozenset({HOME_BRANCH})),
    Actor("omar", "عمر الخطيب", Role.CLERK, _EAST, cashier=True),
    Actor("sawsan", "سوسن القضاة", Role.CLERK, _WEST, cashier=True),
    Actor("yazan", "يزن المصري", Role.INSPECTOR, _WEST, districts=frozenset({6, 7, 8, 14, 22})),
    Actor("tareq", "طارق العبادي", Role.INSPECTOR, _EAST | {HOME_BRANCH}, districts=frozenset({8, 9, 16, 17, 18})),
    Actor("lina", "لينا الزعبي", Role.SUPERVISOR, frozenset({HOME_BRANCH})),
    Actor("basel", "باسل المجالي", Role.SUPERVISOR, all_branches=True),
    Actor("hiba", "هبة العمري", Role.BODY_OFFICER, all_branches=True, body="food_drug"),
    Actor("nidal", "نضال الطراونة", Role.AUDITOR, all_branches=True),
    Actor("muna", "منى النابلسي", Role.ADMINISTRATOR, all_branches=True),
)

AUDITOR = next(one.id for one in STAFF if one.role is Role.AUDITOR)


@dataclass(frozen=True, slots=True)
class DemoSignIn:
    """One line of the demonstration's sign-in screen."""

    login: str
    name_ar: str
    role: Role
    cashier: bool
    branch: int
    password: str


def demo_sign_ins() -> tuple[DemoSignIn, ...]:
    """Everyone who can sign in, in the order in which a request passes their desks. `branch` is where each sits."""
    return tuple(
        DemoSignIn(
            one.id,
            one.name_ar,
            one.role,
            one.cashier,
            HOME_BRANCH if one.serves(HOME_BRANCH) else min(one.branches),
            DEMO_PASSWORD,
        )
        for one in STAFF
    )
