"""The scenes of a journey: which step is done at which desk. What it asks for, not what comes out."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from desktop_app.domain.licence import Licence
from desktop_app.domain.lodging import RequestContent
from desktop_app.domain.people import Capacity
from desktop_app.domain.reference import Reference
from desktop_app.tour.systems import Systems
from desktop_app.tour.workstation import Workstation


@dataclass(frozen=True, slots=True)
class Cast:
    """Who plays at which desk: logins with the names that the sign-in screen shows."""

    clerk: tuple[str, str] = ("rania", "رانيا حداد")
    cashier: tuple[str, str] = ("sawsan", "سوسن القضاة")
    inspectors: tuple[tuple[str, str], ...] = (("yazan", "يزن المصري"), ("tareq", "طارق العبادي"))
    supervisor: tuple[str, str] = ("lina", "لينا الزعبي")


@dataclass(frozen=True, slots=True)
class Script:
    """What the journey needs to know beforehand: what the applicant asks for, and what the rules will want of it."""

    parent: Licence
    content: RequestContent
    typed: dict[str, Any]
    reference: Reference
    has_dues: bool
    today: date
    lapsed: str = ""
    """The number of a request of the sample data that has run out of time, where the path needs one."""

    @property
    def vocations(self) -> tuple[str, ...]:
        return tuple(code for child in self.content.plan.children for code in child.all_vocations)

    @property
    def bodies(self) -> tuple[str, ...]:
        return self.reference.bodies_for(self.vocations)

    @property
    def needs_civil_defence(self) -> bool:
        return self.reference.needs_civil_defence(self.vocations)

    @property
    def asks_for_dues(self) -> bool:
        return self.has_dues and self.content.applicant.capacity is Capacity.OWNER


_LODGED, _PAID = "web/2026/1041", "EF-2026-778121"
"""The references of the website and of the payment system."""
ENDED = "request.history"
"""What stands on the screen of a request that asks nothing more."""


class Pictures:
    """Names of pictures, numbered in the order in which they are asked for."""

    def __init__(self) -> None:
        self.count = 0

    def name(self, what: str) -> str:
        self.count += 1
        return f"{self.count:02d}-{what}"


class Stage:
    """Three workstations and the way of one request through them."""

    def __init__(
        self,
        script: Script,
        settings: dict[str, str],
        secrets: dict[str, str],
        password: str,
        systems: Systems,
        out: Path,
        logs: Path,
    ) -> None:
        self.number = ""
        self._script = script
        self._password = password
        self._systems = systems
        self._pictures = Pictures()
        self._cast = Cast()
        self._at: dict[str, str] = {}
        self.counter = Workstation("K1", Path(settings["K1"]), secrets["K1"], out, logs / "K1.log")
        self.laptop = Workstation("L1", Path(settings["L1"]), secrets["L1"], out, logs / "L1.log")
        self.supervisor = Workstation("S1", Path(settings["S1"]), secrets["S1"], out, logs / "S1.log")

    @property
    def pictures(self) -> int:
        return self._pictures.count

    def play(self, path: Callable[[Stage], None]) -> None:
        """A whole journey. Raises StepFailedError at the first step that did not happen."""
        with ExitStack() as running:
            for workstation in (self.counter, self.laptop, self.supervisor):
                running.enter_context(workstation)
            path(self)

    def arrive(self) -> None:
        self.counter.do("see_sign_in", picture=self._pictures.name("sign-in"))
        self._sign_in(self.counter, self._cast.clerk, "today")
        self.counter.do("look_at", screen="queue", picture=self._pictures.name("queue"))

    def intake(self) -> None:
        """From the applicant's first word to the lodged request, its dues settled where it has some."""
        names = {vocation.code: vocation.name_ar for vocation in self._script.reference.vocations}
        typed = self._script.typed
        self.counter.do("begin_request", content=typed, picture=self._pictures.name("intake"))
        self.counter.do("fill_split", content=typed, names=names, picture=self._pictures.name("split-editor"))
        self.counter.do("lodge", picture=self._pictures.name("lodged"))
        if self._script.asks_for_dues:
            self.counter.do("settle_dues", reference="EF-2026-778120", picture=self._pictures.name("dues"))

    def arrive_from_the_portal(self) -> None:
        """Lodged on the municipality's website; the counter finds it in its queue, marked as such."""
        told = self._systems.lodge(_LODGED, self._script.typed)
        self.arrive()
        self.counter.do("open_request", number=told["reference"], picture=self._pictures.name("from-the-portal"))

    def pay_electronically(self) -> None:
        """The website shows what is due, the payment system brings it, and the licences are issued: nobody at a counter
        has a hand in it."""
        due = self._systems.look(_LODGED)["fees"]["due_fils"]
        self._systems.pay(_PAID, self.number, due)
        self._systems.look(_LODGED)

    def accept(self) -> None:
        then = "action.request_approval" if self._script.bodies else "action.schedule_inspection"
        self.act("accept", {}, then, "accepted")
        self.number = str(self.counter.do("read_number")["result"])

    def approvals(self) -> None:
        """Every outside body is written to and agrees."""
        self.write_to_bodies()
        day = self._script.today.strftime("%d/%m/%Y")
        for place, body in enumerate(self._script.bodies):
            last = place == len(self._script.bodies) - 1
            answer = {
                "body": body,
                "approved": "yes",
                "answer_number": f"{body.upper()}-{904 + place}",
                "answer_date": day,
            }
            then = "action.schedule_inspection" if last else "action.record_approval"
            self.act("record_approval", answer, then, "approved-by-body" if last else "")

    def write_to_bodies(self) -> None:
        day = self._script.today.strftime("%d/%m/%Y")
        for place, body in enumerate(self._script.bodies):
            letter = {"body": body, "letter_number": f"GAM/8/{2210 + place}", "letter_date": day}
            self.act("request_approval", letter, "action.record_approval", "letter-to-body" if not place else "")

    def body_refuses(self, reason: str) -> None:
        """The first outside body does not agree: that ends the request."""
        self.write_to_bodies()
        body = self._script.bodies[0]
        self.act("record_approval", {"body": body, **self._refusal(f"{body.upper()}-911", reason)}, ENDED, "refused")

    def book(self) -> str:
        booked = self.counter.do("book_visit", picture=self._pictures.name("calendar"))["result"]
        return str(booked["inspector"])

    def inspect(self, login: str, unmet: str = "") -> None:
        """The visit on the inspector's laptop. `unmet` is what must be put right of the first item, if it is unmet."""
        person = next(one for one in self._cast.inspectors if one[0] == login)
        self._sign_in(self.laptop, person, "")
        self.laptop.do("open_request", number=self.number)
        measured = [f"{child.area / 100:.2f}" for child in self._script.content.plan.children]
        self.laptop.do("record_visit", measured=measured, unmet=unmet, picture=self._pictures.name("visit"))

    def put_right(self) -> None:
        """The applicant says that it was put right; the next visit can be booked."""
        self.open_at_counter("to-be-put-right")
        self.act("confirm_rectification", {}, "action.schedule_inspection", "put-right")

    def civil_defence(self) -> None:
        self.open_at_counter("after-the-visit")
        if not self._script.needs_civil_defence:
            return
        self._write_to_civil_defence()
        day = self._script.today.strftime("%d/%m/%Y")
        answer = {"approved": "yes", "answer_number": "CD-5512", "answer_date": day}
        self.act("record_civil_defence", answer, "action.assess_fees", "civil-defence-approved")

    def civil_defence_refuses(self, reason: str) -> None:
        self.open_at_counter("after-the-visit")
        self._write_to_civil_defence()
        self.act("record_civil_defence", self._refusal("CD-5513", reason), ENDED, "refused")

    def _write_to_civil_defence(self) -> None:
        letter = {"letter_number": "GAM/8/2300", "letter_date": self._script.today.strftime("%d/%m/%Y")}
        self.act("request_civil_defence", letter, "action.record_civil_defence", "letter-to-civil-defence")

    def _refusal(self, number: str, reason: str) -> dict[str, str]:
        day = self._script.today.strftime("%d/%m/%Y")
        return {"approved": "no", "answer_number": number, "answer_date": day, "reason": reason}

    def fees(self) -> None:
        self.counter.do("assess", picture=self._pictures.name("fees-assessed"))
        self._sign_in(self.supervisor, self._cast.supervisor, "supervisor")
        self.supervisor.do("open_request", number=self.number)
        self.supervisor.do("approve", picture=self._pictures.name("fees-to-approve"))

    def payment(self) -> None:
        self._sign_in(self.counter, self._cast.cashier, "")
        self.counter.do("open_request", number=self.number)
        self.counter.do(
            "take_payment",
            method="card",
            reference="POS-88-4410",
            picture=self._pictures.name("payment"),
            after=self._pictures.name("paid-and-issued"),
        )

    def hand_over(self) -> None:
        self.counter.do("open_request", number=self.number, picture=self._pictures.name("issued"))
        count = len(self._script.content.plan.children) + 1
        serials = [f"{70215 + at:07d}" for at in range(count)]
        self.counter.do("print_certificates", serials=serials, picture=self._pictures.name("certificate"))
        self.counter.do("check_certificate", picture=self._pictures.name("checked"))
        self.counter.do("open_request", number=self.number)
        identity = self._script.content.applicant.person.identity.number
        self.act("deliver", {"identity": identity}, "request.history", "delivered")
        self.counter.do("look_at_licence", number=self._script.parent.number, picture=self._pictures.name("genealogy"))
        self.counter.do("look_at", screen="notices", picture=self._pictures.name("messages"))
        self.counter.do("look_at", screen="sync", picture=self._pictures.name("synchronisation"))
        self.supervisor.do("look_at_queue", picture=self._pictures.name("supervisor-queue"))

    def return_for_completion(self, missing: str, deed: str) -> None:
        """Returned to the applicant with what is missing, completed with another deed, and lodged again."""
        self.act("return", {"reason": missing}, "action.lodge", "returned")
        self.counter.do("lodge_again", title_deed=deed, picture=self._pictures.name("completed"))

    def end(self, action: str, reason: str) -> None:
        """An action of the counter that ends the request."""
        self.act(action, {"reason": reason}, ENDED, "ended")

    def refund(self, reason: str) -> None:
        """The supervisor gives the money back before a certificate is printed."""
        self.supervisor.do("open_request", number=self.number, picture=self._pictures.name("paid"))
        self._act_at(self.supervisor, "refund", {"reason": reason}, ENDED, "refunded")

    def expire(self, reason: str) -> None:
        """The supervisor closes a request whose applicant let the time pass."""
        self._sign_in(self.supervisor, self._cast.supervisor, "supervisor")
        self.supervisor.do("open_request", number=self._script.lapsed, picture=self._pictures.name("time-has-run-out"))
        self._act_at(self.supervisor, "expire", {"reason": reason}, ENDED, "expired")

    def look_at_what_is_left(self, workstation: Workstation | None = None) -> None:
        """The parent licence, with what is free of it, and the messages that went out."""
        at = workstation or self.counter
        at.do("look_at_licence", number=self._script.parent.number, picture=self._pictures.name("parent-licence"))
        at.do("look_at", screen="notices", picture=self._pictures.name("messages"))

    def open_at_counter(self, picture: str) -> None:
        self.counter.do("open_request", number=self.number, picture=self._pictures.name(picture))

    def _sign_in(self, workstation: Workstation, person: tuple[str, str], picture: str) -> None:
        """Whoever is signed in there goes first; who is there already stays."""
        login, name = person
        if self._at.get(workstation.name) == login:
            return
        if workstation.name in self._at:
            workstation.do("sign_out")
        self._at[workstation.name] = login
        workstation.do(
            "sign_in",
            login=login,
            name=name,
            password=self._password,
            picture=self._pictures.name(picture) if picture else "",
        )

    def act(self, action: str, fields: dict[str, str], then: str, picture: str) -> None:
        self._act_at(self.counter, action, fields, then, picture)

    def _act_at(self, at: Workstation, action: str, fields: dict[str, str], then: str, picture: str) -> None:
        name = self._pictures.name(picture) if picture else ""
        at.do("act", action=action, fields=fields, then=then, picture=name)
