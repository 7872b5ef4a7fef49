"""The parent licence as it was found: enough to see that it is the right one."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame

from desktop_app.domain.licence import Licence, LicenceStatus
from desktop_app.domain.reference import Reference
from desktop_app.texts import current, name_of, tr
from desktop_app.texts.bidi import from_leading
from desktop_app.texts.clock_words import long_date
from desktop_app.texts.quantities import area, code, digits
from desktop_app.ui.theme import Tone
from desktop_app.ui.widgets.chip import Chip
from desktop_app.ui.widgets.labels import label
from desktop_app.ui.widgets.layouts import column, row
from desktop_app.ui.widgets.sections import Facts

_TONES = {LicenceStatus.ACTIVE: Tone.DONE, LicenceStatus.SUSPENDED: Tone.LATE, LicenceStatus.CLOSED: Tone.LATE}


class LicenceCard(QFrame):
    """Hidden while no licence is found."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self.trade_name = label(strong=True, wrap=True, selectable=True)
        self.status = Chip()
        self.facts = Facts()
        head = row(self.trade_name, self.status)
        head.setStretch(0, 1)
        self.setLayout(column(head, self.facts, gap=1, margin=1.5))
        self.setAccessibleName(tr("The parent licence"))
        self._shown: Licence | None = None
        self.hide()

    def show_licence(self, licence: Licence | None, reference: Reference) -> None:
        self.setVisible(licence is not None)
        if licence is None or licence == self._shown:
            return
        self._shown = licence
        self.trade_name.setText(licence.trade_name)
        self.status.show_status(name_of(licence.status), _TONES[licence.status])
        names = []
        for held in licence.vocations:
            vocation = reference.find_vocation(held)
            names.append(held if vocation is None else vocation.name_ar if current().arabic else vocation.name_en)
        district = reference.find_district(licence.district)
        self.facts.show_pairs(
            (tr("Number"), _from_leading(code(licence.number))),
            (tr("Holder"), licence.holder.name_ar),
            (tr("Area"), area(licence.area)),
            (tr("Free"), area(licence.free_area)),
            (tr("Vocations"), "، ".join(names)),
            (tr("Renewed for"), _from_leading(digits(str(licence.renewed_for)))),
            (tr("Renewed on"), long_date(licence.renewed_on) if licence.renewed_on else ""),
            (tr("Valid until"), long_date(licence.valid_until)),
            (tr("District"), district.name_ar if district else ""),
            (tr("Address"), digits(licence.address_ar)),
        )


def _from_leading(text: str) -> str:
    return from_leading(text, rtl=current().rtl)
