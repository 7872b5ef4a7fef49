"""Taking dues over: accounts by person, amounts in fils, nothing forgiven by accident."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.application.importing.dues import import_dues, parse_dues
from desktop_app.application.importing.dues_rows import COLUMNS
from desktop_app.domain.messages import InputError
from desktop_app.domain.money import Fils
from desktop_app.domain.tracks import Due, DueKind, DuesAccount
from desktop_app.texts import describe
from desktop_app.wire.codec import decode
from desktop_app.wire.facts import EVERYWHERE, FactKind
from tests.importing.memory_loading import DUE, MemoryLoading, dues_file

KEY = "national_number:9871012399"
FIRST = Due("M-2025-000077", DueKind.MUSAQQAFAT, Fils(120_500), "ضريبة أبنية وأراض عن سنة 2025")
SECOND = {"reference": "T-2024-1", "kind": "تحققات", "amount_jd": "١٢٫٥", "about": ""}


def account(loading: MemoryLoading, key: str = KEY) -> DuesAccount:
    return decode(loading.facts[FactKind.DUES, key].body or b"", DuesAccount)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1256", "utf-16"])
def test_a_persons_dues_come_into_one_account(loading: MemoryLoading, encoding: str) -> None:
    # Windows-1256 has no Eastern digits.
    second = {**SECOND, "amount_jd": "12.5"} if encoding == "cp1256" else SECOND
    report = import_dues(dues_file({}, second).encode(encoding), loading)
    assert (report.added, report.clean) == (2, True)
    assert account(loading) == DuesAccount(KEY, (FIRST, Due("T-2024-1", DueKind.TAHAQQUQAT, Fils(12_500), "")))
    assert loading.facts[FactKind.DUES, KEY].branch == EVERYWHERE


def test_the_same_file_twice_changes_nothing(loading: MemoryLoading) -> None:
    data = dues_file({}, SECOND, {"identity_number": "9871012398", "reference": "M-1"}).encode()
    import_dues(data, loading)
    before, loading.written = dict(loading.facts), 0
    again = import_dues(data, loading)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 3)
    assert loading.facts == before
    assert loading.written == 0


def test_an_amount_of_zero_takes_the_due_out(loading: MemoryLoading) -> None:
    import_dues(dues_file({}, SECOND).encode(), loading)
    paid = dues_file({"amount_jd": "0"}).encode()
    report = import_dues(paid, loading)
    assert (report.added, report.changed) == (0, 1)
    assert [due.reference for due in account(loading).dues] == ["T-2024-1"]
    assert import_dues(paid, loading).unchanged == 1


def test_what_the_file_does_not_name_is_still_owed(loading: MemoryLoading) -> None:
    import_dues(dues_file({}).encode(), loading)
    import_dues(dues_file(SECOND).encode(), loading)
    assert len(account(loading).dues) == 2


def test_a_new_amount_is_a_change(loading: MemoryLoading) -> None:
    import_dues(dues_file({}).encode(), loading)
    report = import_dues(dues_file({"amount_jd": "99.250"}).encode(), loading)
    assert (report.added, report.changed, report.unchanged) == (0, 1, 0)
    assert account(loading).dues[0].amount == 99_250


def test_zero_for_what_nobody_knows_is_nothing(loading: MemoryLoading) -> None:
    assert import_dues(dues_file({"amount_jd": "0"}).encode(), loading).unchanged == 1
    assert loading.written == 0


@pytest.mark.parametrize(
    ("spoilt", "column", "key"),
    [
        ({"amount_jd": "كثير"}, "amount_jd", "typed.not_an_amount"),
        ({"amount_jd": "1.2345"}, "amount_jd", "typed.not_an_amount"),
        ({"amount_jd": "-3"}, "amount_jd", "typed.not_an_amount"),
        ({"kind": "ضريبة"}, "kind", "import.not_one_of"),
        ({"reference": ""}, "reference", "import.cell_missing"),
        ({"identity_number": "12"}, "identity_number", "identity.national_number_form"),
        ({"reference": "M-1"}, "reference", "import.stands_twice"),
    ],
)
def test_a_bad_row_is_named_and_the_good_ones_are_taken(
    loading: MemoryLoading, spoilt: dict[str, str], column: str, key: str
) -> None:
    report = import_dues(dues_file({"reference": "M-1"}, spoilt, {"reference": "M-2"}).encode(), loading)
    [bad] = report.bad
    assert (bad.line, [(why.about, why.key) for why in bad.why]) == (3, [(column, key)])
    assert [due.reference for due in account(loading).dues] == ["M-1", "M-2"]


def test_a_bad_row_forgives_nobody(loading: MemoryLoading) -> None:
    import_dues(dues_file({}, SECOND).encode(), loading)
    import_dues(dues_file({"amount_jd": "?"}, SECOND).encode(), loading)
    assert len(account(loading).dues) == 2


def test_a_file_of_something_else_is_refused(loading: MemoryLoading) -> None:
    with pytest.raises(InputError) as refused:
        import_dues(b"a,b\n1,2\n", loading)
    assert refused.value.why.key == "import.columns_missing"
    said = describe(refused.value.why)
    assert [column.name for column in COLUMNS if column.required and column.name not in said] == []


@given(st.binary(max_size=300), st.booleans())
def test_no_bytes_make_the_reader_fall(data: bytes, headed: bool) -> None:
    heading = ",".join(column.name for column in COLUMNS).encode() + b"\n" if headed else b""
    try:
        _, bad = parse_dues(heading + data)
    except InputError:
        return
    assert all(one.why for one in bad)


CELLS = st.text(max_size=10) | st.sampled_from([*DUE.values(), "0", ""])


@given(st.lists(st.lists(CELLS, max_size=len(COLUMNS) + 1), max_size=5))
def test_twice_is_once_whatever_the_file_says(rows: list[list[str]]) -> None:
    text = "\n".join(",".join(row) for row in [[column.name for column in COLUMNS], *rows])
    data = text.encode("utf-8", "surrogatepass")
    loading = MemoryLoading(None)
    import_dues(data, loading)
    before, loading.written = dict(loading.facts), 0
    again = import_dues(data, loading)
    assert (again.added, again.changed, loading.written) == (0, 0, 0)
    assert loading.facts == before


def test_the_example_of_the_documentation_is_good(project: Path, loading: MemoryLoading) -> None:
    example = (project / "docs" / "import.md").read_text("utf-8").split("```csv\n")[2].split("```")[0]
    assert import_dues(example.encode(), loading).clean
    assert account(loading) == DuesAccount(KEY, (FIRST,))
