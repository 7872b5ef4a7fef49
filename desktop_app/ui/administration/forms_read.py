"""What was typed into the forms of devices and staff, as values; or what is to be said beside which field."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.application.administering import (
    LONGEST_HOURS,
    PasswordTrouble,
    is_device_name,
    is_login,
    password_trouble,
)
from desktop_app.domain.actor import Actor, Role
from desktop_app.domain.digits import ascii_digits
from desktop_app.domain.lease import LONGEST_DAYS
from desktop_app.domain.messages import Message, message


@dataclass(frozen=True, slots=True)
class TypedDevice:
    name: str
    branch: int | None
    hours: str
    again: bool = False


@dataclass(frozen=True, slots=True)
class WantedDevice:
    name: str
    branch: int
    hours: int
    again: bool


@dataclass(frozen=True, slots=True)
class TypedPerson:
    """`fresh`: a person who is added, with a password; one who is changed may keep theirs."""

    login: str
    name: str
    role: Role | None
    branches: frozenset[int]
    all_branches: bool
    cashier: bool
    body: str
    password: str
    password_again: str
    fresh: bool


@dataclass(frozen=True, slots=True)
class WantedPerson:
    actor: Actor
    password: str


def read_device(typed: TypedDevice) -> tuple[WantedDevice | None, tuple[Message, ...]]:
    name = typed.name.strip().upper()
    hours = _count(typed.hours, LONGEST_HOURS)
    findings = []
    if not is_device_name(name):
        findings.append(message("administration.device_name", "name"))
    if typed.branch is None:
        findings.append(message("typed.not_chosen", "branch"))
    if hours is None:
        findings.append(message("administration.hours", "hours"))
    if findings or typed.branch is None or hours is None:
        return None, tuple(findings)
    return WantedDevice(name, typed.branch, hours, typed.again), ()


def read_person(typed: TypedPerson, known: Actor | None) -> tuple[WantedPerson | None, tuple[Message, ...]]:
    """`known` is the person as the centre has them, if it does."""
    login = typed.login.strip()
    findings = []
    if not is_login(login):
        findings.append(message("administration.login_form", "login"))
    elif typed.fresh and known is not None:
        findings.append(message("administration.login_known", "login"))
    if not typed.name.strip():
        findings.append(message("administration.name_missing", "name"))
    if typed.role is None:
        findings.append(message("typed.not_chosen", "role"))
    needs_place = typed.role is not Role.ADMINISTRATOR
    if needs_place and not typed.all_branches and not typed.branches:
        findings.append(message("administration.branch_missing", "branches"))
    if typed.role is Role.BODY_OFFICER and not typed.body:
        findings.append(message("typed.not_chosen", "body"))
    findings += _of_password(typed)
    if findings or typed.role is None:
        return None, tuple(findings)
    inspector = typed.role is Role.INSPECTOR
    districts = (known.districts & typed.branches if known is not None else frozenset[int]()) or typed.branches
    actor = Actor(
        id=login,
        name_ar=" ".join(typed.name.split()),
        role=typed.role,
        branches=typed.branches if needs_place and not typed.all_branches else frozenset(),
        all_branches=typed.all_branches and needs_place,
        cashier=typed.cashier and typed.role in (Role.CLERK, Role.INSPECTOR, Role.SUPERVISOR),
        body=typed.body if typed.role is Role.BODY_OFFICER else "",
        districts=districts if inspector else frozenset(),
    )
    return WantedPerson(actor, typed.password), ()


def _of_password(typed: TypedPerson) -> list[Message]:
    match password_trouble(typed.password, typed.password_again, needed=typed.fresh):
        case PasswordTrouble.SHORT:
            return [message("administration.password_short", "password")]
        case PasswordTrouble.DIFFERS:
            return [message("administration.password_differs", "password_again")]
        case None:
            return []


def read_lease_days(typed: str) -> int | None:
    return _count(typed, LONGEST_DAYS)


def _count(typed: str, most: int) -> int | None:
    plain = ascii_digits(typed).strip()
    if not plain.isdecimal() or len(plain) > 6:
        return None
    return int(plain) if 1 <= int(plain) <= most else None
