"""Any one thing done to a chain is found, and the first entry it was done to is named."""

from __future__ import annotations

from dataclasses import dataclass, replace

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.wire.audit import GENESIS, Cause, Entry, Mark, Record, What, make_entry
from desktop_app.wire.audit_check import Anchor, ChainCheck, Known
from desktop_app.wire.audit_findings import Wrong
from desktop_app.wire.codec import encode
from desktop_app.wire.digests import NOTHING, fact_digest, with_change

BRANCH = 8


def chain(length: int, *, first: int = 1, before: bytes = GENESIS, salt: str = "") -> list[Entry]:
    made: list[Entry] = []
    for position in range(first, first + length):
        marks = (Mark("event", f"c{position}", f"{position:064x}", ""),)
        cause = Cause(what=What.COMMAND, command_id=f"c{position}{salt}", author="clerk")
        record = Record(branch=BRANCH, position=position, cause=cause, facts=marks)
        made.append(make_entry(before, record))
        before = made[-1].hash
    return made


def end_of(entries: list[Entry]) -> Anchor:
    return Anchor(entries[-1].position, entries[-1].hash)


def check(entries: list[Entry], end: Anchor | None = None, known: dict[int, bytes] | None = None) -> ChainCheck:
    seen = {position: (Known("one", one),) for position, one in (known or {}).items()}
    made = ChainCheck(BRANCH, known=seen, end=end)
    for _ in made.checked(entries):
        pass
    return made


def test_a_whole_chain_is_well() -> None:
    whole = chain(20)
    done = check(whole, end_of(whole), {7: whole[6].hash, 20: whole[19].hash})
    assert (done.finding, done.last) == (None, end_of(whole))
    assert check([], Anchor()).finding is None


def test_the_hash_is_the_documented_one() -> None:
    """docs/audit.md: what a third party would write."""
    import hashlib

    record = b'{"branch":8,"position":1,"cause":{"what":"load"},"facts":[["licence","L-1","%s",""]]}' % (b"a" * 64)
    mark = Mark("licence", "L-1", "a" * 64, "")
    entry = make_entry(GENESIS, Record(branch=8, position=1, cause=Cause(what=What.LOAD), facts=(mark,)))
    assert entry.record == record
    assert entry.hash == hashlib.sha256(b"tajzia audit 1\n" + bytes(32) + record).digest()


@dataclass(frozen=True)
class Done:
    """What was done to a chain: the rows that are left, and which position must be named."""

    rows: list[Entry]
    named: int


def renumbered(rows: list[Entry]) -> list[Entry]:
    return [msgspec.structs.replace(row, position=at) for at, row in enumerate(rows, 1)]


def rewritten(row: Entry, **other: object) -> Entry:
    record = msgspec.json.decode(row.record)
    record["cause"]["author"] = "mallory"
    return msgspec.structs.replace(row, record=msgspec.json.encode(record), **other)


@st.composite
def mutations(draw: st.DrawFn) -> tuple[list[Entry], Done]:
    whole = chain(draw(st.integers(2, 12)))
    at = draw(st.integers(0, len(whole) - 1))
    row = whole[at]
    what = draw(
        st.sampled_from(
            ("record", "record and hash", "hash", "previous", "command", "remove", "remove and renumber", "insert",
             "insert own", "swap", "swap far", "append")
        )
    )  # fmt: skip
    changed = {
        "record": lambda: rewritten(row),
        "record and hash": lambda: make_entry(row.previous, msgspec.json.decode(rewritten(row).record, type=Record)),
        "hash": lambda: msgspec.structs.replace(
            row, hash=draw(st.binary(min_size=32, max_size=32).filter(lambda b: b != row.hash))
        ),
        "previous": lambda: msgspec.structs.replace(row, previous=bytes(31) + b"x"),
        "command": lambda: msgspec.structs.replace(row, command_id="another"),
    }
    if what in changed:
        return whole, Done([*whole[:at], changed[what](), *whole[at + 1 :]], at + 1)
    if what == "remove":
        return whole, Done([*whole[:at], *whole[at + 1 :]], at + 1)
    if what == "remove and renumber":
        return whole, Done(renumbered([*whole[:at], *whole[at + 1 :]]), at + 1)
    if what == "insert":
        return whole, Done(renumbered([*whole[:at], row, *whole[at:]]), at + 2)
    if what == "insert own":
        (own,) = chain(1, first=at + 1, before=row.previous, salt="x")
        return whole, Done(renumbered([*whole[:at], own, *whole[at:]]), at + 1)
    if what == "append":
        (own,) = chain(1, first=len(whole) + 1, before=whole[-1].hash, salt="x")
        return whole, Done([*whole, own], len(whole) + 1)
    other = at + 1 if what == "swap" else draw(st.integers(0, len(whole) - 1))
    first, second = sorted((at, other % len(whole)))
    if first == second:
        first, second = 0, 1
    rows = list(whole)
    rows[first], rows[second] = rows[second], rows[first]
    return whole, Done(renumbered(rows), first + 1)


@given(mutations())
def test_any_single_thing_done_to_a_chain_is_found_and_the_first_entry_named(made: tuple[list[Entry], Done]) -> None:
    whole, done = made
    found = check(done.rows, end_of(whole)).finding
    assert found is not None
    assert found.position == done.named


@given(st.integers(2, 12), st.data())
def test_a_chain_that_was_written_anew_from_somewhere_on_disagrees_with_what_was_signed(
    length: int, data: st.DataObject
) -> None:
    whole = chain(length)
    start = data.draw(st.integers(1, length))
    before = whole[start - 2].hash if start > 1 else GENESIS
    forged = whole[: start - 1] + chain(length - start + 1, first=start, before=before, salt="x")
    assert check(forged, end_of(forged)).finding is None, "the forger has moved the counter along"
    signed = sorted(data.draw(st.sets(st.integers(1, length))) | {length})
    known = {position: whole[position - 1].hash for position in signed}
    found = check(forged, end_of(forged), known).finding
    assert found is not None
    assert found.wrong is Wrong.REWRITTEN
    assert found.position == max((one for one in signed if one < start), default=0) + 1


@given(st.integers(1, 12), st.data())
def test_a_tail_that_was_cut_off_is_missed(length: int, data: st.DataObject) -> None:
    whole = chain(length)
    left = whole[: data.draw(st.integers(0, length - 1))]
    end = end_of(left) if left else Anchor()
    assert check(left, end).finding is None, "the forger has moved the counter back"
    found = check(left, end, {length: whole[-1].hash}).finding
    assert found is not None
    assert (found.wrong, found.position) == (Wrong.MISSING, len(left) + 1)


def test_a_pass_may_begin_at_a_place_that_is_known() -> None:
    whole = chain(9)
    done = ChainCheck(BRANCH, start=Anchor(4, whole[3].hash), end=end_of(whole))
    assert len(list(done.checked(whole[4:]))) == 5
    assert done.finding is None
    other = ChainCheck(BRANCH, start=Anchor(4, bytes(32)), end=end_of(whole))
    assert list(other.checked(whole[4:])) == []
    assert other.finding == replace(other.finding, wrong=Wrong.CHANGED, position=5) if other.finding else False


def test_what_a_restore_took_back_is_told_and_what_was_signed_before_it_still_counts() -> None:
    lost = chain(9)
    link = Record(branch=BRANCH, position=6, cause=Cause(what=What.EPOCH, epoch="two", epoch_before="one"), facts=())
    restored = [*lost[:5], make_entry(lost[4].hash, link)]
    restored += chain(4, first=7, before=restored[-1].hash, salt="y")
    known = {3: (Known("one", lost[2].hash),), 9: (Known("one", lost[8].hash), Known("two", restored[8].hash))}
    done = ChainCheck(BRANCH, known=known, end=end_of(restored))
    assert len(list(done.checked(restored))) == 10
    assert (done.finding, done.restored) == (None, [(BRANCH, 6, 4)])
    # An entry that speaks of a restore excuses nothing of what lies before it.
    forged = [*lost[:2], *chain(3, first=3, before=lost[1].hash, salt="x")]
    forged.append(make_entry(forged[-1].hash, link))
    found = ChainCheck(BRANCH, known=known)
    list(found.checked(forged))
    assert found.finding is not None
    assert (found.finding.wrong, found.finding.position) == (Wrong.REWRITTEN, 1)


def test_a_chain_of_another_branch_does_not_pass_for_this_one() -> None:
    whole = chain(3)
    done = ChainCheck(9, end=end_of(whole))
    assert list(done.checked(whole)) == []
    assert done.finding is not None
    assert (done.finding.wrong, done.finding.position) == (Wrong.OUT_OF_PLACE, 1)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz") | st.none()), max_size=30))
def test_a_sum_kept_by_steps_is_the_sum_of_what_stands(steps: list[tuple[str, str | None]]) -> None:
    stands: dict[str, int] = {}
    kept = NOTHING
    for identity, body in steps:
        after = fact_digest("event", identity, encode(body)) if body else None
        kept = with_change(kept, stands.pop(identity, None), after)
        if after is not None:
            stands[identity] = after
    anew = NOTHING
    for digest in reversed(stands.values()):
        anew = with_change(anew, None, digest)
    assert kept == anew
