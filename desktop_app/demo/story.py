"""One sample request as a sequence of commands: each method writes down the steps of one passage of its way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

from desktop_app.demo.desks import Desks
from desktop_app.demo.itinerary import BookedVisit, Itinerary
from desktop_app.demo.visits import visit_record
from desktop_app.demo.world import World
from desktop_app.domain.commands.accept import Accept
from desktop_app.domain.commands.approve_fees import ApproveFees
from desktop_app.domain.commands.assess_fees import AssessFees
from desktop_app.domain.commands.confirm_print import ConfirmPrint
from desktop_app.domain.commands.confirm_rectification import ConfirmRectification
from desktop_app.domain.commands.deliver import Deliver
from desktop_app.domain.commands.expire import Expire
from desktop_app.domain.commands.extend_rectification import ExtendRectification
from desktop_app.domain.commands.lodge import Lodge
from desktop_app.domain.commands.record_approval import RecordApproval
from desktop_app.domain.commands.record_civil_defence import RecordCivilDefence
from desktop_app.domain.commands.record_inspection import RecordInspection
from desktop_app.domain.commands.record_payment import RecordPayment
from desktop_app.domain.commands.refund import Refund
from desktop_app.domain.commands.refuse import Refuse
from desktop_app.domain.commands.remind_body import RemindBody
from desktop_app.domain.commands.remind_civil_defence import RemindCivilDefence
from desktop_app.domain.commands.request_approval import RequestApproval
from desktop_app.domain.commands.request_civil_defence import RequestCivilDefence
from desktop_app.domain.commands.return_fees import ReturnFees
from desktop_app.domain.commands.return_for_completion import ReturnForCompletion
from desktop_app.domain.commands.save_draft import SaveDraft
from desktop_app.domain.commands.schedule_inspection import ScheduleInspection
from desktop_app.domain.commands.settle_dues import SettleDues
from desktop_app.domain.commands.void_receipt import VoidReceipt
from desktop_app.domain.commands.withdraw import Withdraw
from desktop_app.domain.fees.adjustment import Adjustment
from desktop_app.domain.fees.calculation import LineKind
from desktop_app.domain.lodging import RequestContent
from desktop_app.domain.money import Fils
from desktop_app.domain.tracks import PaymentMethod

_ADJUSTMENTS = (
    Adjustment(LineKind.EXEMPTION, Fils(-10_000), "إعفاء جزئي بموجب كتاب رئيس القسم"),
    Adjustment(LineKind.FINE, Fils(100_000), "تغيير في الموقع قبل الترخيص"),
)
_BODY_REFUSALS = ("الموقع لا يحقق المسافات المطلوبة", "نقص في المخططات المرفقة", "ملف المنشأة غير مكتمل")
_FIRE_REFUSALS = ("مخرج الطوارئ الثاني غير منفذ", "شبكة الإنذار غير مطابقة للمخطط")


@dataclass
class Premise:
    """What the story is about: the request's identity, where it is made, and what it asks for."""

    request_id: str
    branch: int
    content: RequestContent
    bodies: tuple[str, ...]
    needs_civil_defence: bool
    closes_parent: bool


class Story:
    """Writes the steps of one request into an itinerary. The order of the calls is the order of the card."""

    def __init__(self, premise: Premise, desks: Desks, itinerary: Itinerary, random: Random) -> None:
        self._about = premise
        self._id = premise.request_id
        self._desks = desks
        self._way = itinerary
        self._random = random
        self._clerk = desks.clerk(premise.branch)
        self._supervisor = desks.supervisor(premise.branch)

    def draft(self) -> None:
        """Typed and put aside."""
        self._way.then(self._clerk, lambda world: SaveDraft(self._id, self._reference(world), self._about.content))

    def gather_papers(self) -> None:
        """The applicant looks for a number; the counter waits."""
        self._way.pass_minutes(2, 45)

    def lodge(self) -> None:
        self._way.then(self._clerk, lambda world: Lodge(self._id, self._reference(world), self._about.content))

    def send_back(self) -> None:
        self._way.pass_minutes(5, 60)
        why = self._random.choice(("صورة سند الملكية غير واضحة", "يلزم إرفاق عقد الإيجار", "توقيع المفوض ناقص"))
        self._way.then(self._clerk, lambda world: ReturnForCompletion(self._id, why))

    def complete(self) -> None:
        """The applicant brings what was missing: the request is lodged anew."""
        self._way.pass_days(1, 4)
        self.lodge()

    def settle_dues(self) -> None:
        self._way.pass_minutes(60, 900)
        proof = f"EF-{self._random.randrange(10**8):08d}"
        self._way.then(self._clerk, lambda world: SettleDues(self._id, proof))

    def accept(self) -> None:
        self._way.pass_minutes(4, 90)
        self._way.then(self._clerk, lambda world: Accept(self._id))

    def ask_body(self, body: str) -> None:
        self._way.pass_minutes(8, 70)
        number, day = self._letter("ق.م"), self._way.day
        self._way.then(self._clerk, lambda world: RequestApproval(self._id, body, number, day))

    def body_answers(self, body: str, approved: bool) -> None:
        self._way.pass_minutes(200, 1100)
        number, day = self._letter("ج"), self._way.day
        why = "" if approved else self._random.choice(_BODY_REFUSALS)
        seat = self._desks.answering(body, self._about.branch)
        self._way.then(seat, lambda world: RecordApproval(self._id, body, approved, number, day, why))

    def remind_body(self, body: str) -> None:
        """No answer came for as long as one waits before reminding."""
        self._way.pass_days(4, 5)
        number, day = self._letter("ق.م"), self._way.day
        self._way.then(self._clerk, lambda world: RemindBody(self._id, body, number, day))

    def book(self) -> BookedVisit:
        """Books a visit on one of the next two working days."""
        self._way.pass_minutes(10, 90)
        return self._agree(self._way.tomorrow, 2)

    def book_ahead(self, first: date) -> BookedVisit:
        """Books a visit in the week from `first` on, never on the day of the booking itself."""
        self._way.pass_minutes(10, 150)
        wanted = self._way.working_day(first, self._random.choice((0, 0, 0, 1, 1, 2, 3, 4)))
        return self._agree(max(wanted, self._way.tomorrow), 5)

    def _agree(self, first: date, days: int) -> BookedVisit:
        visit = self._way.agree_visit(self._desks.inspectors(self._about.branch), first, days)
        self._way.then(
            self._clerk,
            lambda world: ScheduleInspection(self._id, visit.seat.actor.id, visit.day, visit.window),
        )
        return visit

    def visit(self, visit: BookedVisit, compliant: bool) -> None:
        self._way.go_to_visit(visit)

        def make(world: World) -> RecordInspection:
            request = world.requests[self._id]
            parent = world.licences[request.plan.parent_number]
            return visit_record(request, parent, world.data, compliant, self._random)

        self._way.then(visit.seat, make)

    def extend(self) -> None:
        """The applicant asks for more time, and gets it."""
        self._way.pass_minutes(60, 600)

        def make(world: World) -> ExtendRectification:
            visit = world.requests[self._id].visit
            assert visit is not None
            assert visit.rectify_by is not None
            until = world.data.calendar.add_working_days(visit.rectify_by, 3)
            return ExtendRectification(self._id, until, "مواد البناء لم تصل بعد")

        self._way.then(self._supervisor, make)

    def rectify(self) -> None:
        self._way.pass_days(1, 4)
        self._way.then(self._clerk, lambda world: ConfirmRectification(self._id))

    def ask_civil_defence(self) -> None:
        self._way.pass_minutes(15, 150)
        number, day = self._letter("د.م"), self._way.day
        self._way.then(self._clerk, lambda world: RequestCivilDefence(self._id, number, day))

    def remind_civil_defence(self) -> None:
        self._way.pass_days(4, 5)
        number, day = self._letter("د.م"), self._way.day
        self._way.then(self._clerk, lambda world: RemindCivilDefence(self._id, number, day))

    def civil_defence_answers(self, approved: bool) -> None:
        self._way.pass_minutes(200, 1300)
        number, day = self._letter("م.د"), self._way.day
        why = "" if approved else self._random.choice(_FIRE_REFUSALS)
        self._way.then(self._clerk, lambda world: RecordCivilDefence(self._id, approved, number, day, why))

    def assess(self) -> None:
        self._way.pass_minutes(20, 200)
        adjustments = (self._random.choice(_ADJUSTMENTS),) if self._random.random() < 0.12 else ()
        contracts = tuple(child.key for child in self._about.content.plan.children if self._random.random() < 0.08)
        self._way.then(self._clerk, lambda world: AssessFees(self._id, adjustments, contracts))

    def send_back_fees(self) -> None:
        self._way.pass_minutes(15, 120)
        self._way.then(self._supervisor, lambda world: ReturnFees(self._id, "يراجع عقد نقل النفايات"))

    def approve(self) -> None:
        self._way.pass_minutes(15, 240)

        def make(world: World) -> ApproveFees:
            bill = world.requests[self._id].fees.calculation
            assert bill is not None
            return ApproveFees(self._id, bill.total)

        self._way.then(self._supervisor, make)

    def pay(self) -> None:
        self._way.pass_minutes(15, 1000)
        method = self._random.choice(tuple(PaymentMethod))
        proof = "" if method is PaymentMethod.CASH else f"EF-{self._random.randrange(10**8):08d}"
        year = self._way.day.year

        def make(world: World) -> RecordPayment:
            bill = world.requests[self._id].fees.calculation
            assert bill is not None
            number = self._desks.receipt(self._about.branch, year)
            return RecordPayment(self._id, number, bill.total, method, proof)

        self._way.then(self._desks.cashier(self._about.branch), make)

    def void(self) -> None:
        self._way.pass_minutes(3, 30)
        self._way.then(self._supervisor, lambda world: VoidReceipt(self._id, "طريقة الدفع مدخلة خطأ"))

    def refund(self) -> None:
        self._way.pass_minutes(30, 900)
        self._way.then(self._supervisor, lambda world: Refund(self._id, "عدل مقدم الطلب عن التجزئة"))

    def print_all(self) -> None:
        """Every certificate of the split; now and then a sheet is spoilt first."""
        count = len(self._about.content.plan.children) + (not self._about.closes_parent)
        for place in range(count):
            if self._random.random() < 0.06:
                self._print(place, fine=False)
            self._print(place, fine=True)

    def deliver(self) -> None:
        self._way.pass_minutes(5, 500)
        applicant = self._about.content.applicant
        receiver = applicant.signatory_ar or applicant.person.name_ar
        seen = applicant.person.identity.number
        self._way.then(self._clerk, lambda world: Deliver(self._id, receiver, seen))

    def withdraw(self) -> None:
        self._way.pass_minutes(30, 1500)
        self._way.then(self._clerk, lambda world: Withdraw(self._id, "بطلب خطي من مقدم الطلب"))

    def refuse(self) -> None:
        self._way.pass_minutes(30, 600)
        self._way.then(self._supervisor, lambda world: Refuse(self._id, "التنظيم لا يسمح بفصل الموقع"))

    def expire(self, days: int) -> None:
        """The centre closes the request, `days` working days after the last step."""
        self._way.pass_days(days, days + 2)
        self._way.then(self._desks.centre(), lambda world: Expire(self._id, "انتهت المهلة دون مراجعة"))

    def _print(self, place: int, *, fine: bool) -> None:
        self._way.pass_minutes(1, 6)

        def make(world: World) -> ConfirmPrint:
            number = world.requests[self._id].issue.licences[place].number
            return ConfirmPrint(self._id, number, self._desks.sheet(self._about.branch), fine)

        self._way.then(self._clerk, make)

    def _reference(self, world: World) -> str:
        known = world.requests.get(self._id)
        return known.reference if known else self._desks.reference(self._about.branch)

    def _letter(self, sender: str) -> str:
        return f"{sender}/{self._random.randrange(100, 9999)}/{self._way.day.year}"
