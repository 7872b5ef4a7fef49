"""English templates of what an import may say of a file and its rows, by key."""

from __future__ import annotations

from desktop_app.texts.sentences import N_

IMPORT_TEMPLATES: dict[str, str] = {
    "import.cell_missing": N_("This cell may not be empty."),
    "import.code_twice": N_("A code stands twice in this cell."),
    "import.column_missing": N_("The heading lacks the column “{column}”."),
    "import.columns_missing": N_("The heading lacks these columns: {columns}."),
    "import.column_twice": N_("The heading has the column “{column}” twice."),
    "import.dates_reversed": N_("The licence ends before it was issued."),
    "import.district_differs": N_("The licence number names another district."),
    "import.district_unknown": N_("There is no such district: they are numbered from 1 to 22."),
    "import.licence_number_form": N_("A licence number is written L-2026-08-000123: year, district, serial."),
    "import.no_heading": N_("The file has no line of column headings."),
    "import.no_reference_data": N_("The centre has no reference data yet: prepare it with `tajzia centre init`."),
    "import.not_one_of": N_("Write one of these: {words}."),
    "import.not_positive": N_("This must be more than zero."),
    "import.cell_too_long": N_("A cell of this line is longer than {most} characters."),
    "import.row_unreadable": N_("This line is torn: a quotation mark is not closed, or something follows it."),
    "import.sign_form": N_("Write a sign as text|m²|lit or text|m²|unlit, and semicolons between signs."),
    "import.stands_twice": N_("This stands in line {line} of the file already."),
    "import.strange_character": N_("The cell holds a character that no keyboard writes."),
    "import.year_out_of_range": N_("This year cannot be right."),
}
