"""What deciding many commands will look at, read in a few statements.

A guess and no more: whatever is missing here is read when a rule asks for it, so nothing decided depends upon it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

import msgspec
from psycopg import Connection

from desktop_app.application.ports.centre import Submission
from desktop_app.centre.facts import CentreFacts
from desktop_app.centre.letters import Letters
from desktop_app.wire.facts import FactKind


class _Identity(msgspec.Struct):
    kind: str = ""
    number: str = ""


class _Person(msgspec.Struct):
    identity: _Identity = msgspec.field(default_factory=_Identity)


class _Applicant(msgspec.Struct):
    person: _Person = msgspec.field(default_factory=_Person)


class _Plan(msgspec.Struct):
    parent_number: str = ""


class _Content(msgspec.Struct):
    applicant: _Applicant = msgspec.field(default_factory=_Applicant)
    plan: _Plan = msgspec.field(default_factory=_Plan)


class _Body(msgspec.Struct):
    content: _Content | None = None


class _Glance(msgspec.Struct):
    """The few names in a payload that other facts are found by."""

    author: str = ""
    request_id: str = ""
    body: _Body = msgspec.field(default_factory=_Body)


def read_ahead(
    connection: Connection[Any], facts: CentreFacts, letters: Letters, submissions: Collection[Submission]
) -> dict[tuple[str, str], tuple[bytes, ...]]:
    """Reads into `facts` and `letters`; returns the keys of the authors, by login and device."""
    glances = [(one, glance) for one in submissions if (glance := _glance(one.signed.payload)) is not None]
    contents = [glance.body.content for _, glance in glances if glance.body.content is not None]
    requests = {glance.request_id for _, glance in glances}
    known = [(FactKind.REQUEST, name) for name in requests]
    known += [(kind, one.command_id) for one, _ in glances for kind in (FactKind.EVENT, FactKind.OUTCOME)]
    known += [(FactKind.STAFF, glance.author) for _, glance in glances]
    facts.read_ahead(known)
    parents = {content.plan.parent_number for content in contents}
    people = {_key_of(content.applicant.person.identity) for content in contents}
    for name in requests:
        request = facts.find_request(name)
        if request is not None:
            parents.add(request.plan.parent_number)
            people.add(request.applicant.person.identity.key)
    facts.read_ahead([*((FactKind.LICENCE, one) for one in parents), *((FactKind.DUES, one) for one in people)])
    facts.read_sets_ahead(FactKind.REQUEST, "is_open and parent_number", parents)
    facts.read_sets_ahead(FactKind.LICENCE, "made_by", requests)
    letters.read_ahead(requests)
    return _keys(connection, {(glance.author, one.device) for one, glance in glances})


def _glance(payload: bytes) -> _Glance | None:
    try:
        return msgspec.json.decode(payload, type=_Glance)
    except msgspec.MsgspecError:
        return None  # whoever verifies it will say so


def _key_of(identity: _Identity) -> str:
    return f"{identity.kind}:{identity.number}"


def _keys(connection: Connection[Any], people: Iterable[tuple[str, str]]) -> dict[tuple[str, str], tuple[bytes, ...]]:
    asked = sorted(people)
    keys: dict[tuple[str, str], tuple[bytes, ...]] = dict.fromkeys(asked, ())
    rows = connection.execute(
        "select k.login, k.device, k.public_key from tajzia.author_key k"
        " where (k.login, k.device) in (select * from unnest(%s::text[], %s::text[]))"
        " order by k.registered_at desc",
        ([login for login, _ in asked], [device for _, device in asked]),
    )
    for login, device, key in rows:
        keys[login, device] = (*keys[login, device], bytes(key))
    return keys
