"""Fills a store with any number of synthetic requests, quickly: rows as the projection would make them, bodies made
from one template, so that a million take a minute or two and not an hour."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any

from desktop_app.domain.request import Status
from desktop_app.domain.status import status_of
from desktop_app.storage.facts_writer import FactsWriter, Said
from desktop_app.storage.instants import to_text
from desktop_app.storage.kinds import upsert
from desktop_app.storage.projection import licence_row, request_row
from desktop_app.storage.store import Store
from desktop_app.storage.words import indexed
from desktop_app.wire.codec import encode
from desktop_app.wire.facts import EVERYWHERE, FactKind
from tests.domain import builders
from tests.workplaces import NAMES, STAFF, TRADES, parent_licence, sample_centre

OPEN_SHARE = 50
"""One request in so many is still open: about as many as a year's backlog of a large municipality."""
_CHUNK = 20_000
_CACHE_KIB = 512 * 1024
_ENDS = (Status.DELIVERED,) * 8 + (Status.REFUSED, Status.WITHDRAWN, Status.EXPIRED)


def fill_store(
    store: Store, requests: int, licences: int = 1_000, seed: int = 1, branches: int = 22, *, bodies: bool = True
) -> None:
    """Adds `requests` requests in `branches` branches, and `licences` licences for them to be on.

    Without `bodies` the requests can be listed, counted and searched but not opened, and the store is half the size.
    A fill that breaks off leaves the store as it was.
    """
    random = Random(seed)
    samples = _samples(bodies)
    reference = builders.make_reference()
    with store.writing() as writes:
        said = [Said(FactKind.REFERENCE, "current", EVERYWHERE, encode(reference))]
        said += [Said(FactKind.STAFF, one.id, EVERYWHERE, encode(one)) for one in STAFF]
        FactsWriter(writes).write(said)
        for start in range(0, licences, _CHUNK):
            numbers = range(start, min(licences, start + _CHUNK))
            rows = [licence_row(encode(replace(parent_licence(at), district=at % branches + 1))) for at in numbers]
            writes.driver.executemany(upsert(FactKind.LICENCE), rows)
        writes.driver.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        trigger = "SELECT sql FROM sqlite_master WHERE name = 'request_search_insert'"
        indexing = writes.driver.execute(trigger).fetchone()[0]
        writes.driver.execute("DROP TRIGGER request_search_insert")
        for start in range(0, requests, _CHUNK):
            rows = list(_rows(range(start, min(requests, start + _CHUNK)), samples, random, licences, branches))
            writes.driver.executemany(upsert(FactKind.REQUEST), rows)
        # Building the index at once takes a fraction of adding row by row.
        writes.driver.execute("INSERT INTO request_search(request_search) VALUES ('rebuild')")
        writes.driver.execute(indexing)
    with store.writing() as writes:
        writes.driver.execute("ANALYZE")


Sample = tuple[dict[str, Any], bytes]


def _samples(bodies: bool) -> dict[Status, Sample]:
    """For each status a row, and a body with places for what differs. The bodies are a draft's, whatever the row
    says: lists never read them, and a million whole ones would be seven gigabytes."""
    calendar = builders.make_reference().calendar
    requests = {status_of(one): one for one in sample_centre(each=1).centre.requests.values()}
    draft = requests[Status.DRAFT]
    plan = replace(draft.plan, parent_number="{parent}")
    body = encode(replace(draft, id="{id}", number="{number}", plan=plan)) if bodies else b""
    return {status: (request_row(one, b"", "", calendar), body) for status, one in requests.items()}


def _rows(
    numbers: range, samples: dict[Status, Sample], random: Random, licences: int, branches: int
) -> Iterator[dict[str, Any]]:
    open_ones = [status for status, (row, _) in samples.items() if row["is_open"]]
    for at in numbers:
        status = random.choice(open_ones) if random.randrange(OPEN_SHARE) == 0 else random.choice(_ENDS)
        row, body = samples[status]
        on = random.randrange(max(licences, 1))
        branch, name = on % branches + 1, f"{random.choice(NAMES)} {at % 997}"
        number, parent = f"R-2026-{branch:02d}-{at:06d}", f"L-2024-08-{on + 1:06d}"
        trade, due = TRADES[on % len(TRADES)], row["due"]
        if due != "~":
            due = to_text(builders.NOW + timedelta(minutes=random.randrange(-40_000, 6_000)))
        key = f"{at:08x}-0000-7000-8000-{random.getrandbits(48):012x}"
        for place, value in ((b"{id}", key), (b"{number}", number), (b"{parent}", parent)):
            body = body.replace(place, value.encode())
        yield row | {
            "id": key,
            "number": number,
            "branch": branch,
            "due": due,
            "visit_day": row["visit_day"] and f"2026-03-{at % 31 + 1:02d}",
            "applicant_ar": name,
            "parent_number": parent,
            "trade_name": trade,
            "sheets": 0,  # a draft has none
            "words": indexed(branch, number, name, parent, trade),
            "body": body,
        }
