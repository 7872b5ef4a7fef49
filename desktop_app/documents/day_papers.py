"""The papers of a working day: an inspector's list of visits, and a cashier's close."""

from __future__ import annotations

from collections.abc import Iterable

from desktop_app.application.ports.office_papers import DailyListContent, DayCloseContent, TakenReceipt
from desktop_app.documents.fields import Field, Heading, Row
from desktop_app.documents.flow import Paper, draw_paper
from desktop_app.documents.fonts import Typeface
from desktop_app.documents.table import Column, Table
from desktop_app.documents.wording import wording
from desktop_app.domain.tracks import PaymentMethod
from desktop_app.texts.clock_words import in_amman
from desktop_app.texts.digits import scaled


def draw_daily_list(content: DailyListContent) -> bytes:
    """One row for each visit, room to write beside it. Raises ValueError for characters without a glyph."""
    label = wording().label
    medium = Typeface.BODY_MEDIUM
    table = Table(
        (
            Column(label("turn"), 0.35),
            Column(label("window"), 0.85, typeface=medium),
            Column(label("request_number"), 1.35, typeface=medium),
            Column(label("trade_name"), 1.7, typeface=medium),
            Column(label("applicant"), 1.5),
            Column(label("mobile"), 1.0),
            Column(label("address"), 2.2),
            Column(label("units_count"), 0.55),
            Column(label("visit_ordinal"), 0.55),
            Column(label("outcome"), 1.1),
        ),
        tuple(
            (
                str(turn),
                visit.window,
                visit.request_number,
                visit.trade_name,
                visit.applicant_ar,
                visit.mobile,
                visit.place_ar,
                str(visit.units),
                str(visit.ordinal),
                "",
            )
            for turn, visit in enumerate(content.visits, 1)
        ),
        size=9,
    )
    return draw_paper(
        Paper(
            title=label("daily_list_title"),
            number=f"{content.day:%d/%m/%Y}",
            drawn_on=content.day,
            blocks=(
                Row(
                    (
                        Field(
                            label("inspector"), content.inspector_ar, size=12.5, typeface=Typeface.BODY_BOLD, share=2
                        ),
                        Field(label("day"), f"{content.day:%d/%m/%Y}", size=12.5, typeface=Typeface.BODY_BOLD),
                        Field(label("district"), content.district.name_ar, content.district.name_en, size=11),
                        Field(label("visits_count"), str(len(content.visits)), size=12.5),
                    ),
                    tint=True,
                ),
                table,
            ),
            sample=content.sample,
            wide=True,
        )
    )


def draw_day_close(content: DayCloseContent) -> bytes:
    """Receipts in turn, sums by way of payment, room to count the cash. Raises ValueError for what has no glyph."""
    words, label = wording(), wording().label
    medium = Typeface.BODY_MEDIUM
    listed = Table(
        (
            Column(label("receipt_number"), 1.9, typeface=medium),
            Column(label("taken_at"), 0.6),
            Column(label("request_number"), 1.6),
            Column(label("payer"), 1.8),
            Column(label("method"), 0.9),
            Column(label("amount"), 1.0, at_left=True, typeface=medium),
        ),
        tuple(
            (
                one.number,
                f"{in_amman(one.taken_at):%H:%M}",
                one.request_number,
                one.payer_ar,
                label("voided").ar if one.voided else words.method(one.method.value).ar,
                scaled(0 if one.voided else one.amount, 3, arabic=False),
            )
            for one in content.receipts
        ),
        total=(label("total").ar, "", "", "", "", _sum(content.receipts)),
    )
    by_method = Table(
        (
            Column(label("method"), 2, typeface=medium),
            Column(label("receipts_count"), 1, at_left=True),
            Column(label("amount"), 1, at_left=True, typeface=medium),
        ),
        tuple(
            (words.method(method.value).ar, str(len(of_it)), _sum(of_it))
            for method in PaymentMethod
            for of_it in [[one for one in content.receipts if one.method is method and not one.voided]]
        ),
    )
    cash = [one for one in content.receipts if one.method is PaymentMethod.CASH]
    return draw_paper(
        Paper(
            title=label("day_close_title"),
            number=f"{content.day:%d/%m/%Y}",
            drawn_on=content.drawn_on,
            blocks=(
                Row(
                    (
                        Field(label("cashier"), content.cashier_ar, size=12.5, typeface=Typeface.BODY_BOLD, share=1.8),
                        Field(label("day"), f"{content.day:%d/%m/%Y}", size=12.5, typeface=Typeface.BODY_BOLD),
                        Field(label("district"), content.district.name_ar, content.district.name_en, size=11),
                    ),
                    tint=True,
                ),
                Heading(label("receipts_of_day")),
                listed,
                Heading(label("by_method")),
                by_method,
                Row(
                    (
                        Field(label("cash_due"), _sum(cash), size=12.5, typeface=Typeface.BODY_BOLD),
                        Field(label("cash_counted"), "", size=12.5),
                        Field(label("cash_difference"), "", size=12.5),
                    )
                ),
            ),
            sample=content.sample,
            signatures=(label("cashier_signature"), label("supervisor_signature")),
        )
    )


def _sum(receipts: Iterable[TakenReceipt]) -> str:
    return scaled(sum(one.amount for one in receipts if not one.voided), 3, arabic=False)
