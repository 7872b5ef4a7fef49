"""Taking licences over: what a good row becomes, what a bad one is told, and that a second time changes nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.application.importing.licence_rows import COLUMNS
from desktop_app.application.importing.licences import import_licences, parse_licences
from desktop_app.application.ports.loading import LoadedFact, NumberCounter, NumberSeries
from desktop_app.application.reference_data import build_reference
from desktop_app.domain.area import Area
from desktop_app.domain.licence import Licence, LicenceStatus, Parcel, Reservation, Sign
from desktop_app.domain.messages import InputError
from desktop_app.domain.people import Identity, IdentityKind, Person
from desktop_app.domain.reference import Reference
from desktop_app.texts import describe, using
from desktop_app.wire.codec import decode, encode
from desktop_app.wire.facts import FactKind
from tests.domain import builders
from tests.importing.memory_loading import LICENCE, MemoryLoading, licence_file

NUMBER = LICENCE["number"]
EXPECTED = Licence(
    number=NUMBER,
    district=8,
    holder=Person(
        "سامر خالد محمود العبادي",
        Identity(IdentityKind.NATIONAL_NUMBER, "9871012399"),
        "Samer Khaled Mahmoud Al-Abbadi",
    ),
    trade_name="بقالة النور",
    area=Area(12_050),
    vocations=("grocery", "stationery"),
    signs=(Sign("S1", "بقالة النور", Area(240), True), Sign("S2", "النور", Area(100), False)),
    parcel=Parcel("تسجيل أراضي عمان", "عمان", "12", "المدرج", "جبل عمان", "7", "455"),
    address_ar="جبل عمان، شارع الرينبو، بناية 12",
    status=LicenceStatus.ACTIVE,
    renewed_for=2026,
    issued_on=date(2020, 4, 5),
    valid_until=date(2026, 12, 31),
    renewed_on=date(2026, 1, 15),
)


def only(text: str | bytes, reference: Reference) -> Licence:
    good, bad = parse_licences(text if isinstance(text, bytes) else text.encode(), reference)
    assert not bad
    [(_, licence)] = good
    return licence


def standing(loading: MemoryLoading, number: str = NUMBER) -> Licence:
    return decode(loading.facts[FactKind.LICENCE, number].body or b"", Licence)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1256", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_a_row_in_every_encoding(reference: Reference, encoding: str, delimiter: str) -> None:
    assert only(licence_file({}, delimiter=delimiter).encode(encoding), reference) == EXPECTED


def test_semicolons_between_cells(reference: Reference) -> None:
    text = licence_file({"signs": "", "vocations": "grocery,stationery"}, delimiter=";")
    assert only(text, reference) == replace(EXPECTED, signs=())


def test_eastern_digits_arabic_words_and_headings(reference: Reference) -> None:
    text = licence_file(
        {
            "number": "L-٢٠٢٠-٠٨-٠٠٠١٢٣",
            "district": "٨",
            "identity_kind": "رقم وطني",
            "identity_number": "٩٨٧١٠١٢٣٩٩",
            "area_m2": "١٢٠٫٥",
            "status": "فعّالة",
            "renewed_for": "٢٠٢٦",
            "issued_on": "٥/٤/٢٠٢٠",
            "valid_until": "",
            "vocations": "grocery، stationery",
            "signs": "بقالة النور|٢٫٤|مضيئة;النور|١|غير مضيئة",
            "parcel": "٤٥٥",
        }
    )
    heading, _, rest = text.partition("\r\n")
    for column in COLUMNS:
        heading = heading.replace(f'"{column.name}"', f'"{column.heading_ar}"')
    assert only(heading + "\r\n" + rest, reference) == EXPECTED


def test_columns_in_another_order_and_strange_ones_beside(reference: Reference) -> None:
    lines = [line.split('","') for line in licence_file({}).strip().replace("\r\n", "\n").split("\n")]
    turned = [['"?', *reversed([cell.strip('"') for cell in line])] for line in lines]
    text = "\n".join('","'.join(line) + '"' for line in turned)
    assert only(text, reference) == EXPECTED


BAD = [
    ({"number": "12345"}, "number", "import.licence_number_form"),
    ({"number": "L-2020-08-000000"}, "number", "import.licence_number_form"),
    ({"number": "L-0001-08-000001"}, "number", "import.licence_number_form"),
    ({"number": "L-2020-09-000123"}, "district", "import.district_differs"),
    ({"number": "L-2020-77-000123", "district": "77"}, "district", "import.district_unknown"),
    ({"number": ""}, "number", "import.cell_missing"),
    ({"district": "زهران"}, "district", "typed.not_a_number"),
    ({"identity_kind": "بطاقة"}, "identity_kind", "import.not_one_of"),
    ({"identity_number": "123"}, "identity_number", "identity.national_number_form"),
    ({"holder_ar": "  "}, "holder_ar", "import.cell_missing"),
    ({"trade_name": ""}, "trade_name", "import.cell_missing"),
    ({"trade_name": "بقالة\x00النور"}, "trade_name", "import.strange_character"),
    ({"area_m2": "كبيرة"}, "area_m2", "typed.not_an_area"),
    ({"area_m2": "-5"}, "area_m2", "typed.not_an_area"),
    ({"area_m2": "0"}, "area_m2", "import.not_positive"),
    ({"area_m2": "12.345"}, "area_m2", "typed.not_an_area"),
    ({"vocations": ""}, "vocations", "import.cell_missing"),
    ({"vocations": "9999"}, "vocations", "vocation.unknown"),
    ({"vocations": "grocery;grocery"}, "vocations", "import.code_twice"),
    ({"signs": "بلا مساحة"}, "signs", "import.sign_form"),
    ({"signs": "نور|2|ساطعة"}, "signs", "import.sign_form"),
    ({"signs": "نور|0|lit"}, "signs", "import.sign_form"),
    ({"status": "ربما"}, "status", "import.not_one_of"),
    ({"renewed_for": "226"}, "renewed_for", "import.year_out_of_range"),
    ({"issued_on": "قريبا"}, "issued_on", "typed.not_a_date"),
    ({"issued_on": "31/04/2020"}, "issued_on", "typed.no_such_day"),
    ({"issued_on": "01/01/2027"}, "valid_until", "import.dates_reversed"),
]


@pytest.mark.parametrize(("spoilt", "column", "key"), BAD)
def test_a_bad_row_is_named_and_the_good_ones_are_taken(
    loading: MemoryLoading, spoilt: dict[str, str], column: str, key: str
) -> None:
    text = licence_file({"number": "L-2020-08-000001"}, spoilt, {"number": "L-2020-08-000003"})
    report = import_licences(text.encode(), loading)
    [bad] = report.bad
    assert bad.line == 3
    assert (column, key) in {(why.about, why.key) for why in bad.why}
    assert (report.added, report.clean) == (2, False)
    assert {fact_id for kind, fact_id in loading.facts if kind is FactKind.LICENCE} == {
        "L-2020-08-000001",
        "L-2020-08-000003",
    }


@pytest.mark.parametrize(("spoilt", "column", "key"), BAD)
def test_every_reason_has_words_in_both_languages(
    reference: Reference, spoilt: dict[str, str], column: str, key: str
) -> None:
    _, [bad] = parse_licences(licence_file(spoilt).encode(), reference)
    for why in bad.why:
        said = set()
        for language in ("ar", "en"):
            with using(language):
                said.add(describe(why))
        assert len(said) == 2


def test_all_reasons_of_a_row_are_told_together(reference: Reference) -> None:
    text = licence_file({"area_m2": "x", "status": "y", "issued_on": "z"})
    _, [bad] = parse_licences(text.encode(), reference)
    assert [why.about for why in bad.why] == ["issued_on", "area_m2", "status"]


def test_lines_are_those_of_the_file_even_below_a_cell_of_two_lines(reference: Reference) -> None:
    text = licence_file({"address": "جبل عمان\r\nبناية 5"}, {"number": "L-2020-08-000124", "area_m2": "?"})
    good, [bad] = parse_licences(text.encode(), reference)
    assert [licence.address_ar for _, licence in good] == ["جبل عمان بناية 5"]
    assert bad.line == 4


def test_empty_lines_are_no_rows(reference: Reference) -> None:
    heading, _, rest = licence_file({}, {"number": "x"}).partition("\r\n")
    good, [bad] = parse_licences(f"\r\n{heading}\r\n\r\n,,,\r\n{rest}\r\n\r\n".encode(), reference)
    assert ([line for line, _ in good], bad.line) == ([5], 6)


def test_a_number_twice_in_one_file_is_taken_once(loading: MemoryLoading) -> None:
    report = import_licences(licence_file({}, {"trade_name": "غيره"}).encode(), loading)
    [bad] = report.bad
    assert (bad.line, bad.why[0].key, bad.why[0].args.get("line")) == (3, "import.stands_twice", 2)
    assert standing(loading).trade_name == "بقالة النور"


def test_a_torn_line_costs_only_itself(reference: Reference) -> None:
    text = licence_file({}) + '"a"b,c\r\n' + licence_file({"number": "L-2020-08-000124"}).partition("\r\n")[2]
    good, [bad] = parse_licences(text.encode(), reference)
    assert ([line for line, _ in good], bad.line, bad.why[0].key) == ([2, 4], 3, "import.row_unreadable")


def test_a_cell_without_end_is_called_that(reference: Reference) -> None:
    text = licence_file({}) + licence_file({"holder_ar": "س" * 200_000}).partition("\r\n")[2]
    good, [bad] = parse_licences(text.encode(), reference)
    assert ([line for line, _ in good], bad.line, bad.why[0].key) == ([2], 3, "import.cell_too_long")


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "import.no_heading"),
        ("\n\n  \n", "import.no_heading"),
        ("number,district\n", "import.columns_missing"),
        (licence_file({}).replace('"holder_ar"', '"holder"', 1), "import.column_missing"),
        (licence_file({}).replace('"basin"', '"number"', 1), "import.column_twice"),
    ],
)
def test_a_file_that_is_no_table_of_licences(loading: MemoryLoading, text: str, key: str) -> None:
    with pytest.raises(InputError) as refused:
        import_licences(text.encode(), loading)
    assert refused.value.why.key == key
    assert loading.written == 0


def test_a_centre_without_reference_data_takes_nothing() -> None:
    with pytest.raises(InputError) as refused:
        import_licences(licence_file({}).encode(), MemoryLoading(None))
    assert refused.value.why.key == "import.no_reference_data"


def test_the_same_file_twice_changes_nothing(loading: MemoryLoading) -> None:
    data = licence_file({}, {"number": "L-2021-09-000007", "district": "9"}).encode()
    first = import_licences(data, loading)
    before, loading.written = dict(loading.facts), 0
    second = import_licences(data, loading)
    assert (first.added, first.changed, first.unchanged) == (2, 0, 0)
    assert (second.added, second.changed, second.unchanged) == (0, 0, 2)
    assert loading.facts == before
    assert loading.written == 0


def test_a_changed_row_changes_its_licence_only(loading: MemoryLoading) -> None:
    other = {"number": "L-2020-08-000124"}
    import_licences(licence_file({}, other).encode(), loading)
    loading.written = 0
    report = import_licences(licence_file({"status": "suspended"}, other).encode(), loading)
    assert (report.changed, report.unchanged, loading.written) == (1, 1, 1)
    assert standing(loading).status is LicenceStatus.SUSPENDED


def test_counters_are_raised_to_the_last_number(loading: MemoryLoading) -> None:
    rows = ({"number": f"L-{year}-08-{serial:06d}"} for year, serial in ((2020, 5), (2020, 71), (2021, 2)))
    import_licences(licence_file(*rows).encode(), loading)
    assert loading.counters == {
        NumberCounter(NumberSeries.LICENCE, 2020, 8): 71,
        NumberCounter(NumberSeries.LICENCE, 2021, 8): 2,
    }


@pytest.mark.parametrize(
    "ours",
    [
        replace(EXPECTED, reservations=(Reservation("r", "R-2026-08-000001", Area(2_000), ("grocery",), ("S1",)),)),
        replace(EXPECTED, area=Area(8_000), vocations=("stationery",), signs=(), amended_by_requests=("r",)),
        replace(EXPECTED, made_by_request="r", parent_number="L-2019-08-000001"),
    ],
)
def test_a_file_does_not_undo_a_split(loading: MemoryLoading, ours: Licence) -> None:
    loading.put([LoadedFact(FactKind.LICENCE, NUMBER, 8, encode(ours))])
    renewed = {"renewed_for": "2027", "valid_until": "31/12/2027", "renewed_on": "3/2/2027"}
    data = licence_file({"area_m2": "300", **renewed}).encode()
    report = import_licences(data, loading)
    assert [(one.line, one.number) for one in report.kept] == [(2, NUMBER)]
    assert report.clean
    assert standing(loading) == replace(
        ours, renewed_for=2027, valid_until=date(2027, 12, 31), renewed_on=date(2027, 2, 3)
    )


def test_a_file_says_what_is_not_ours_and_its_copies_are_counted_on(loading: MemoryLoading) -> None:
    loading.put([LoadedFact(FactKind.LICENCE, NUMBER, 8, encode(replace(EXPECTED, copies=2)))])
    report = import_licences(licence_file({"area_m2": "300"}).encode(), loading)
    assert report.kept == ()
    assert standing(loading) == replace(EXPECTED, area=Area(30_000), copies=2)


def test_a_file_does_not_take_a_renewal_back(loading: MemoryLoading) -> None:
    later = replace(EXPECTED, renewed_for=2027, valid_until=date(2027, 12, 31), renewed_on=date(2027, 2, 3))
    ours = replace(later, amended_by_requests=("r",))
    loading.put([LoadedFact(FactKind.LICENCE, NUMBER, 8, encode(ours))])
    loading.written = 0
    assert import_licences(licence_file({}).encode(), loading).unchanged == 1
    assert loading.written == 0


def test_a_file_that_does_not_know_the_day_of_the_renewal_takes_none_away(loading: MemoryLoading) -> None:
    ours = replace(EXPECTED, amended_by_requests=("r",))
    loading.put([LoadedFact(FactKind.LICENCE, NUMBER, 8, encode(ours))])
    assert import_licences(licence_file({"renewed_on": ""}).encode(), loading).clean
    assert standing(loading) == ours
    loading.put([LoadedFact(FactKind.LICENCE, NUMBER, 8, encode(replace(ours, renewed_on=None)))])
    assert import_licences(licence_file({}).encode(), loading).clean
    assert standing(loading) == ours


CELLS = st.text(max_size=12) | st.sampled_from([*LICENCE.values(), "", '"', "٣", "2026", "|;|"])


@given(st.lists(st.lists(CELLS, min_size=0, max_size=len(COLUMNS) + 2), max_size=4), st.sampled_from(",;\t"))
def test_no_table_makes_the_reader_fall(rows: list[list[str]], delimiter: str) -> None:
    heading = delimiter.join(column.name for column in COLUMNS)
    text = "\n".join([heading, *(delimiter.join(row) for row in rows)])
    good, bad = parse_licences(text.encode("utf-8", "surrogatepass"), builders.make_reference())
    assert all(one.why for one in bad)
    assert len({licence.number for _, licence in good}) == len(good)


@given(st.binary(max_size=300), st.booleans())
def test_no_bytes_make_the_reader_fall(data: bytes, headed: bool) -> None:
    heading = ",".join(column.name for column in COLUMNS).encode() + b"\n" if headed else b""
    try:
        good, bad = parse_licences(heading + data, builders.make_reference())
    except InputError as refused:
        words = in_both_languages(refused)
    else:
        assert not good
        assert all(one.why for one in bad)
        return
    assert len(words) == 2


def in_both_languages(refused: InputError) -> set[str]:
    words = set()
    for language in ("ar", "en"):
        with using(language):
            words.add(describe(refused.why))
    return words


def test_the_example_of_the_documentation_is_good(project: Path) -> None:
    example = (project / "docs" / "import.md").read_text("utf-8").split("```csv\n")[1].split("```")[0]
    licence = only(example, build_reference(years=()))
    assert (licence.area, licence.vocations) == (12_050, ("1302", "5401"))
