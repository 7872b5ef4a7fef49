"""The request screen for the frame."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop_app.application.office_papers import OfficePaper, draw_office_paper
from desktop_app.application.workplace import Workplace
from desktop_app.domain.calendar import AMMAN
from desktop_app.domain.rights import Action
from desktop_app.texts import tr
from desktop_app.ui.documents.card import calls_of
from desktop_app.ui.documents.presenter import DocumentsPresenter
from desktop_app.ui.frame.routes import Route
from desktop_app.ui.letters.card import LettersCalls
from desktop_app.ui.letters.presenter import LettersPresenter
from desktop_app.ui.request.form_panel import FormCalls
from desktop_app.ui.request.history_paper import drawn_history
from desktop_app.ui.request.presenter import RequestPresenter
from desktop_app.ui.request.side import office_title
from desktop_app.ui.request.view import RequestCalls, RequestWidget
from desktop_app.ui.screens import Ports


def _drawn(paper: OfficePaper, request_id: str, workplace: Workplace) -> bytes:
    queries = workplace.queries
    names = {one.id: one.name_ar for one in queries.staff()}
    today = workplace.clock.now().astimezone(AMMAN).date()
    view, reference = queries.get_request(request_id), queries.reference()
    return draw_office_paper(paper, view, reference, lambda login: names.get(login, login), today, workplace.office)


class RequestScreen:
    """Route "request" with the request's "id"."""

    def __init__(self, ports: Ports) -> None:
        self._view = RequestWidget()
        self._presenter = presenter = RequestPresenter(
            self._view, ports.workplace, ports.background, ports.messages, ports.go, ports.retitle
        )
        letters = LettersPresenter(self._view, ports.workplace, ports.background, ports.messages)
        self._view.attach(
            RequestCalls(
                start=presenter.start,
                form=FormCalls(give=presenter.give, cancel=presenter.cancel, keep=presenter.keep),
                papers=presenter.go_to_papers,
                licence=presenter.go_to_licence,
                request=presenter.go_to_request,
                conflicts=presenter.go_to_conflicts,
                print_letter=letters.print,
                save_letter=letters.save,
                draw_history=lambda: letters.draw(
                    tr("History of the request"), lambda: drawn_history(presenter.request_id, ports.workplace)
                ),
                draw=lambda paper: letters.draw(
                    office_title(paper), lambda: _drawn(paper, presenter.request_id, ports.workplace)
                ),
            )
        )
        documents = DocumentsPresenter(self._view.side.documents, ports.workplace, ports.background, ports.messages)
        self._view.side.documents.attach(calls_of(documents))
        self._view.letters.attach(
            LettersCalls(
                look=lambda digest: letters.look(digest, presenter.title_of_letter(digest)), scan=documents.open
            )
        )
        presenter.on_shown = documents.show
        documents.changed = lambda _: presenter.reload()
        self._on_stage = False
        ports.on_news(self._news)

    @property
    def title(self) -> str:
        return self._presenter.title

    def widget(self) -> QWidget:
        return self._view

    def activate(self, route: Route) -> None:
        self._on_stage = True
        begin = route.args.get("action", "")
        self._presenter.open(route.args["id"], Action(begin) if begin else None)

    def deactivate(self) -> bool:
        if self._view.form is not None and self._view.form.typing:
            self._view.form.keep()
        self._on_stage = False
        return True

    def _news(self) -> None:
        if self._on_stage:
            self._presenter.reload()
