"""The parts shown by the gallery; sample data throughout."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QRadioButton, QWidget

from desktop_app.domain.area import Area
from desktop_app.domain.messages import message
from desktop_app.domain.money import Fils
from desktop_app.texts.clock_words import short_date
from desktop_app.texts.durations import working_days_left
from desktop_app.texts.quantities import amount, area, code
from desktop_app.ui.frame.routes import Route
from desktop_app.ui.icons import Icon
from desktop_app.ui.tables.columns import ChipOf, Column
from desktop_app.ui.tables.model import LazyTableModel, Page
from desktop_app.ui.tables.view import TableView
from desktop_app.ui.theme import Tone, Type, space
from desktop_app.ui.widgets.buttons import Action, ActionBar, button
from desktop_app.ui.widgets.chip import Chip
from desktop_app.ui.widgets.edits import AreaEdit, DateEdit, DigitsEdit, LineEdit, MoneyEdit, TextArea
from desktop_app.ui.widgets.filters import FilterStrip, ViewTabs
from desktop_app.ui.widgets.forms import Field, Form
from desktop_app.ui.widgets.identity import IdentityBar
from desktop_app.ui.widgets.labels import label
from desktop_app.ui.widgets.layouts import column, row, scrolled
from desktop_app.ui.widgets.sections import Card, Facts, holding, page
from desktop_app.ui.widgets.states import empty, loading, offline, refused
from desktop_app.ui.widgets.steps import Step, StepState, TaskList
from desktop_app.ui.widgets.time_left import TimeLeft
from desktop_app.ui.widgets.timeline import Event, Timeline


class GalleryScreen:
    """A screen that only stands there."""

    def __init__(self, title: str, content: QWidget) -> None:
        self.title = title
        self._content = content

    def widget(self) -> QWidget:
        return self._content

    def activate(self, route: Route) -> None:
        return

    def deactivate(self) -> bool:
        return True


def _nothing() -> None:
    return


@dataclass(frozen=True, slots=True)
class _Line:
    number: str
    applicant: str
    licence: str
    district: str
    status: ChipOf
    waits: str
    left: str
    tone: Tone
    fees: int


_STATUSES = (
    ChipOf("مقبول", Tone.ACCENT),
    ChipOf("بانتظار موافقة", Tone.BLOCKED),
    ChipOf("رسوم للاعتماد", Tone.SOON),
    ChipOf("صدرت الرخص", Tone.DONE),
    ChipOf("متأخر", Tone.LATE),
)
_NAMES = ("ليلى حدّاد", "سامر عبد الله الخطيب", "مؤسسة النور للتجارة العامة", "هبة الزعبي", "شركة Petra Foods ذ.م.م")


def _lines() -> tuple[_Line, ...]:
    return tuple(
        _Line(
            code(f"R-2026-{at % 22 + 1:02d}-{at:05d}"),
            _NAMES[at % 5],
            code(f"L-{2020 + at % 6}-{at % 22 + 1:02d}-{at * 37:06d}"),
            ("زهران", "العبدلي", "بدر", "تلاع العلي وأم السماق وخلدا")[at % 4],
            _STATUSES[at % 5],
            ("اعتماد الرسوم", "وزارة الصحة", "كشف", "—", "الدفاع المدني")[at % 5],
            working_days_left(2 - at % 5),
            (Tone.DONE, Tone.DONE, Tone.SOON, Tone.LATE, Tone.LATE)[at % 5],
            125_500 + 12_250 * at,
        )
        for at in range(60)
    )


class _AtOnce:
    """The gallery's rows are at hand."""

    def read(self, work, on_done, on_error=None, *, owner=None, busy=""):  # type: ignore[no-untyped-def]
        on_done(work())
        return self

    write = read

    def cancel(self) -> None:
        return


def queue() -> QWidget:
    tabs = ViewTabs(
        ("new", "جديدة"),
        ("approvals", "بانتظار موافقات"),
        ("visits", "كشف اليوم"),
        ("fees", "رسوم للاعتماد"),
        ("late", "متأخرة"),
    )
    for name, count in (("new", 12), ("approvals", 7), ("visits", 17), ("fees", 6), ("late", 1)):
        tabs.show_count(name, count)
    strip = FilterStrip()
    strip.add_choice("district", "كل المناطق", (("1", "زهران"), ("2", "العبدلي")))
    strip.add_choice("status", "كل الحالات", (("a", "مقبول"),))
    columns: list[Column[_Line]] = [
        Column("number", "الرقم", lambda r: r.number, 16),
        Column("applicant", "مقدم الطلب", lambda r: r.applicant),
        Column("licence", "الرخصة الأم", lambda r: r.licence, 18),
        Column("district", "المنطقة", lambda r: r.district, 16),
        Column("status", "الحالة", lambda r: r.status.text, 17, chip=lambda r: r.status),
        Column("waits", "بانتظار", lambda r: r.waits, 14),
        Column("left", "المتبقي", lambda r: r.left, 16, tone=lambda r: r.tone),
        Column("fees", "الرسوم (دينار)", lambda r: amount(r.fees), 14, number=True),
    ]
    model: LazyTableModel[_Line] = LazyTableModel(columns, lambda r: r.number, _AtOnce())
    view = TableView(model)
    model.setParent(view)
    model.show(lambda after, count: Page(_lines()))
    view.select_id(model.id_at(2))
    return page(tabs, strip, view, gap=1, margin=3)


def case() -> QWidget:
    bar = IdentityBar()
    bar.show_time("بقي يوما عمل", 0.35, Tone.DONE)
    bar.show_case(
        code("R-2026-05-00042"),
        "سامر عبد الله الخطيب",
        ("رسوم للاعتماد", Tone.SOON),
        ("الرخصة الأم", code("L-2024-05-001517")),
        ("المنطقة", "زهران"),
        ("المساحة", area(Area(12050))),
        ("بعهدة", "ليلى حدّاد"),
    )
    steps = TaskList()
    steps.show_steps(
        (
            Step("intake", "تقديم الطلب وقبوله", StepState.DONE, "قبل في ٢٢ تشرين الثاني ٢٠٢٦، ٩:١٥ ص"),
            Step("approvals", "الموافقات الخارجية", StepState.DONE, "وزارة الصحة"),
            Step("visit", "الكشف", StepState.NOW, "موعد اليوم بين ١٠:٠٠ و١٢:٠٠"),
            Step("cd", "الدفاع المدني", StepState.NOT_NEEDED),
            Step("fees", "الرسوم واعتمادها", StepState.BLOCKED, "ينتظر نتيجة الكشف"),
            Step("payment", "الدفع", StepState.LATER),
            Step("issue", "إصدار الرخص", StepState.LATER),
        )
    )
    history = Timeline()
    history.show_events(
        (
            Event(
                "سجلت نتيجة الكشف: مطابق",
                "٢٢ تشرين الثاني ٢٠٢٦، ١١:٤٠ ص",
                "رائد العجارمة، مفتش",
                pending="بانتظار الإرسال",
                tone=Tone.SOON,
            ),
            Event(
                "وافقت وزارة الصحة",
                "٢٢ تشرين الثاني ٢٠٢٦، ١٠:٠٥ ص",
                "مندوب وزارة الصحة",
                f"كتاب رقم ٥٥١٢ تاريخ {short_date(date(2026, 11, 22))}",
                Tone.DONE,
            ),
            Event("قبل الطلب", "٢٢ تشرين الثاني ٢٠٢٦، ٩:١٥ ص", "ليلى حدّاد، كاونتر", tone=Tone.DONE),
        )
    )
    actions = ActionBar()
    actions.show_actions(
        Action(
            "approve", "اعتمد الرسوم", _nothing, Icon.DONE, missing=("لا يعتمد الرسوم من قدّرها: يعتمدها مشرف آخر.",)
        ),
        (
            Action("return", "أعد للتقدير", _nothing, Icon.RETURNED),
            Action("refuse", "ارفض الطلب", _nothing, Icon.REFUSED, destructive=True),
        ),
    )
    facts = Facts(("الرقم الوطني", code("9841012345")), ("الهاتف", code("+962 79 555 0123")), ("الصفة", "مالك"))
    main = Card(
        "اعتماد الرسوم", label("مجموع الرسوم", Type.SMALL, Tone.MUTED), label("١٢٥٫٥٠٠ دينار", Type.TITLE), actions
    )
    side = column(Card("مقدم الطلب", facts), Card("السجل", history), 1, gap=2)
    middle = row(Card("الخطوات", steps), column(main, 1, gap=2), side, gap=2)
    assert isinstance(middle, QHBoxLayout)
    for at, stretch in enumerate((4, 6, 5)):
        middle.setStretch(at, stretch)
    return scrolled(page(bar, middle, 1, margin=3))


def form() -> QWidget:
    agree = QCheckBox("تحققت من هوية مقدم الطلب")
    agree.setChecked(True)
    owner = QRadioButton("مالك")
    owner.setChecked(True)
    capacity = holding(row(owner, QRadioButton("مستأجر"), QRadioButton("وكيل"), 1, gap=2))
    district = QComboBox()
    district.addItems(["زهران", "العبدلي"])
    note = TextArea("ملاحظة طويلة تكتب هنا")
    fields = (
        Field("licence", "رقم الرخصة الأم", DigitsEdit("L-2024-05-001517"), "كما هو مطبوع على الرخصة"),
        Field("area", "المساحة (م²)", AreaEdit(Area(12050))),
        Field("fee", "الرسوم (دينار)", MoneyEdit(Fils(12500))),
        Field("date", "تاريخ الكتاب", DateEdit(None)),
        Field("district", "المنطقة", district),
        Field("agent", "اسم الوكيل", LineEdit("", "الاسم من أربعة مقاطع"), optional=True),
        Field("note", "ملاحظات", note, optional=True),
    )
    date_edit = fields[3].edit
    assert isinstance(date_edit, DateEdit)
    date_edit.setText("٣١/٠٤/٢٠٢٦")
    made = Form(*fields)
    made.show_findings([message("typed.no_such_day", "date")], [message("typed.not_a_number", "licence")])
    actions = ActionBar()
    actions.show_actions(Action("lodge", "قدّم الطلب", _nothing), (Action("keep", "احفظ مسودة", _nothing),))
    card = Card("بيانات الطلب", *fields, capacity, agree, actions, gap=1.5)
    made.setParent(card)
    card.setFixedWidth(space(70))
    return scrolled(page(row(card, 1), 1, margin=3))


def pieces() -> QWidget:
    chips = row(
        *(
            Chip(word, tone)
            for word, tone in zip(
                ("مسودة", "معلق", "مقبول", "متأخر", "يستحق اليوم", "صدرت", "متوقف"), Tone, strict=True
            )
        ),
        1,
    )
    kinds = row(
        button("اقبل الطلب", "main", Icon.DONE),
        button("احجز موعد كشف", "plain", Icon.CALENDAR),
        button("إلغاء", "quiet"),
        button("ارفض", "destructive", Icon.REFUSED),
        1,
        gap=1.5,
    )
    dead = button("اعتمد الرسوم", "main")
    dead.setEnabled(False)
    off = button("أعد", "plain")
    off.setEnabled(False)
    times = row(
        TimeLeft("بقي يوما عمل", 0.3, Tone.DONE),
        TimeLeft("يستحق اليوم", 0.9, Tone.SOON),
        TimeLeft("متأخر ٣ ساعات", 1, Tone.LATE),
        1,
        gap=3,
    )
    sizes = column(*(label("تجزئة رخصة مهن ٠١٢٣٤٥٦٧٨٩ — Petra Foods (2026)", kind) for kind in Type), gap=0.5)
    tones = row(*(label(f"كلمة {tone.value}", tone=tone) for tone in Tone), 1, gap=2)
    from desktop_app.ui.widgets.states import IconView

    glyphs = list(Icon)
    lines = [
        row(*(IconView(icon, 3, Tone.PLAIN) for icon in glyphs[at : at + 30]), 1, gap=1)
        for at in range(0, len(glyphs), 30)
    ]
    return page(
        Card("الحالات", chips, times),
        Card("الأزرار", kinds, row(dead, off, 1)),
        Card("الخط", sizes, tones),
        Card("الأيقونات", *lines),
        1,
        margin=3,
    )


def states() -> QWidget:
    act = Action("new", "ابدأ طلبا جديدا", _nothing, Icon.ADD)
    first = row(
        Card("", empty("لا طلبات في هذا العرض", "كل ما وصل أنجز. تظهر الطلبات الجديدة هنا حال وصولها.", act)),
        Card("", loading()),
        gap=2,
    )
    second = row(
        Card("", offline()),
        Card("", refused("لا تملك صلاحية الاطلاع على هذا الطلب.", "اطلب من مشرف المنطقة فتحه لك.")),
        gap=2,
    )
    return page(holding(first), holding(second), margin=3)


PARTS = (
    ("queue", "الطلبات", Icon.REQUESTS, queue),
    ("case", "الطلب", Icon.INSPECTION, case),
    ("form", "طلب جديد", Icon.INTAKE, form),
    ("pieces", "القطع", Icon.SETTINGS, pieces),
    ("states", "الأحوال", Icon.EMPTY, states),
    ("messages", "الرسائل", Icon.MESSAGES, states),
)
