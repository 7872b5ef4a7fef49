"""Head and foot that the papers share."""

from __future__ import annotations

from datetime import date

from desktop_app.documents.fields import PAD, draw_label
from desktop_app.documents.fonts import Typeface
from desktop_app.documents.sheet import FRAME, Sheet
from desktop_app.documents.wording import Label, wording


def draw_head(
    sheet: Sheet, title: Label, subtitle: Label | None, margin: float, sample: bool, scale: float = 1.0
) -> None:
    """Municipality, title and, on a sample, the word for it."""
    words = wording()
    top = sheet.height - FRAME - 28 * scale
    right, left, middle = sheet.width - margin, margin, sheet.width / 2
    sheet.emblem(middle, top - 2 * scale, 15 * scale)
    sheet.ink("accent")
    sheet.text(words.municipality.ar, right, top, 14 * scale, Typeface.BODY_BOLD)
    sheet.text(words.municipality.en, left, top, 11 * scale, Typeface.BODY_BOLD, "left")
    sheet.ink("muted")
    sheet.text(words.department.ar, right, top - 17 * scale, 9.5 * scale, Typeface.BODY)
    sheet.text(words.department.en, left, top - 17 * scale, 8.5 * scale, Typeface.BODY, "left")
    sheet.ink("accent")
    with sheet.element("H1", title.ar):
        sheet.text(title.ar, middle, top - 54 * scale, 32 * scale, Typeface.TITLE, "middle")
    sheet.ink("muted")
    sheet.text(title.en, middle, top - 83 * scale, 11 * scale, Typeface.BODY_MEDIUM, "middle")
    if sample:
        draw_sample_tag(sheet, left, top - 52 * scale, scale)
    if subtitle:
        sheet.ink("muted")
        sheet.text(subtitle.ar, right, top - 101 * scale, 9.5 * scale, Typeface.BODY)
        sheet.text(subtitle.en, left, top - 101 * scale, 8.5 * scale, Typeface.BODY, "left")


def draw_running_head(sheet: Sheet, title: Label, number: str, margin: float) -> None:
    """What stands at the head of every page but the first: whose paper it is, and which."""
    y = sheet.height - FRAME - 22
    sheet.ink("accent")
    sheet.text(wording().municipality.ar, sheet.width - margin, y, 10, Typeface.BODY_BOLD)
    sheet.text(title.ar, sheet.width / 2, y, 10, Typeface.BODY_MEDIUM, "middle")
    sheet.text(number, margin, y, 10, Typeface.BODY_BOLD, "left")
    sheet.rule(margin, y - 9, sheet.width - margin, y - 9, "accent", 0.9)


def draw_sample_tag(sheet: Sheet, left: float, y: float, scale: float) -> None:
    """The word «نموذج» as text, which the watermark is not."""
    width, height = 62 * scale, 20 * scale
    sheet.outline(left, y, width, height, "accent", 0.8, 4 * scale)
    sheet.ink("accent")
    sheet.text(wording().sample_mark, left + width / 2, y + 6.2 * scale, 11.5 * scale, Typeface.BODY_BOLD, "middle")


def draw_copy_tag(sheet: Sheet, said: Label, right: float) -> None:
    """Which copy this is, at the right of the title."""
    width, height = 104.0, 40.0
    y = sheet.height - FRAME - 28 - 66
    middle = right - width / 2
    sheet.outline(right - width, y, width, height, "accent", 1.2, 4)
    sheet.ink("accent")
    sheet.text(said.ar, middle, y + 20, 14, Typeface.BODY_BOLD, "middle")
    sheet.text(said.en, middle, y + 7, 8.5, Typeface.BODY_MEDIUM, "middle")


def draw_signatures(
    sheet: Sheet, drawn_on: date, margin: float, bottom: float, height: float, beside: float = 0.0
) -> None:
    """Room for stamp and signature, the day of drawing, and a line for the number of the pre-printed sheet.

    `beside` is left free at the left margin.
    """
    label = wording().label
    width = sheet.width - 2 * margin - beside
    right = sheet.width - margin
    third = width / 3
    for index, key in enumerate(("signature", "stamp")):
        x = right - third * (index + 1)
        sheet.outline(x + 4, bottom, third - 8, height, "line", 0.6, 4)
        draw_label(sheet, label(key), x + 4 + PAD, x + third - 4 - PAD, bottom + height - 13, 7.4)
    x = right - width
    for row, (key, value) in enumerate((("drawn_on", f"{drawn_on:%d/%m/%Y}"), ("sheet", ""))):
        top = bottom + height - row * height / 2
        draw_label(sheet, label(key), x + 4 + PAD, x + third - 4 - PAD, top - 13, 7.4)
        sheet.ink("ink")
        if value:
            sheet.text(value, x + third - 4 - PAD, top - 30, 11, Typeface.BODY_MEDIUM)
        else:
            sheet.rule(x + 4 + PAD, top - 32, x + third - 4 - PAD, top - 32, "muted", 0.5)


def draw_sample_note(sheet: Sheet, margin: float, y: float, sample: bool) -> None:
    """What the screens say too: rates and rules are sample data."""
    if not sample:
        return
    words = wording()
    sheet.ink("accent")
    sheet.text(words.sample.ar, sheet.width - margin, y, 8.5, Typeface.BODY_MEDIUM)
    sheet.ink("muted")
    sheet.text(words.sample.en, margin, y, 7.5, Typeface.BODY, "left")
