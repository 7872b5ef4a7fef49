"""The words of the notices: which count, what is typed instead, and who changed what. Saving needs the centre."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from desktop_app.application.workplace import Workplace
from desktop_app.domain.notice_kinds import NoticeKind, NoticeLanguage
from desktop_app.domain.notice_templates import OFFERED, NoticeTemplate, TemplateChange, check_template
from desktop_app.domain.reference import Reference
from desktop_app.texts import name_of, tr
from desktop_app.texts.clock_words import date_and_time
from desktop_app.ui.administration.centre_away import tell_refused, why_away
from desktop_app.ui.background import Background
from desktop_app.ui.kept_form import KeptForm
from desktop_app.ui.messages import MessageChannel
from desktop_app.ui.notice_words.judged import JudgedWords, cost_parts, judge, own_words
from desktop_app.ui.widgets.timeline import Event

FORM = "notice_words"
CHANGES = 5000
"""All of the history in practice: sixteen texts, seldom changed."""


@dataclass(frozen=True, slots=True)
class WordsLine:
    """One text of the list: `id` is "kind language"."""

    id: str
    title: str
    language: str
    own: bool
    parts: int


@dataclass(frozen=True, slots=True)
class WordsShown:
    """The chosen text. `standing` are the words that count, the program's own where nobody wrote others."""

    id: str
    title: str
    arabic: bool
    places: tuple[str, ...]
    standing: str
    own: bool
    history: tuple[Event, ...]


class WordsDisplay(Protocol):
    def show_loading(self) -> None: ...

    def show_offline(self, sentence: str) -> None: ...

    def show_lines(self, lines: tuple[WordsLine, ...]) -> None: ...

    def show_chosen(self, shown: WordsShown, typed: str) -> None:
        """Another text was chosen; `typed` stands in the field."""

    def show_standing(self, shown: WordsShown) -> None:
        """What counts changed; what stands in the field stays."""

    def show_judged(self, judged: JudgedWords, *, may_save: bool) -> None: ...


class WordsPresenter:
    def __init__(
        self, display: WordsDisplay, workplace: Workplace, background: Background, messages: MessageChannel
    ) -> None:
        self._display, self._workplace = display, workplace
        self._background, self._messages = background, messages
        self._kept = KeptForm(FORM, workplace, background)
        self._changes: tuple[TemplateChange, ...] | None = None
        self._names: dict[str, str] = {}
        self._reference = Reference()
        self._chosen: tuple[NoticeKind, NoticeLanguage] = (NoticeKind.ACCEPTED, NoticeLanguage.ARABIC)
        self._opened = self._typing = self._saving = False
        self._typed = ""

    def look(self) -> None:
        """Asks the centre which words count."""
        if self._changes is None:
            self._display.show_loading()
        self._background.read(self._read, self._show, self._unreachable)

    def choose(self, identity: str) -> None:
        """Another text: what was typed into this one before comes back."""
        kind, language = identity.split(" ")
        wanted = NoticeKind(kind), NoticeLanguage(language)
        if self._opened and wanted == self._chosen:
            return
        self._chosen, self._opened, self._typing = wanted, True, False
        self._open(self._standing(), identity)

    def typing(self, words: str) -> None:
        """Judges what stands in the field now."""
        self._typed, self._typing = words, True
        self._judge()

    def keep(self, words: str) -> None:
        """Typing rests."""
        fresh = words.strip() != self._standing()
        self._kept.keep(self._identity(), {"words": words if fresh else ""})

    def save(self) -> None:
        """Has the centre use the typed words from its next decision on."""
        words = self._typed.strip()
        kind, language = self._chosen
        if words and not check_template(NoticeTemplate(kind, language, words)):
            self._set("" if words == own_words(kind, language) else words)

    def use_own(self) -> None:
        """Brings the words back that travel with the program."""
        self._set("")

    def _set(self, words: str) -> None:
        if self._saving:
            return
        self._saving = True
        template, identity, given = NoticeTemplate(*self._chosen, words), self._identity(), self._typed
        seen = self._written(*self._chosen)

        def work() -> tuple[bool, object]:
            before = self._read()
            if _newest(before[0], template.kind, template.language) not in (seen, words):
                return False, before
            self._workplace.administration.set_template(template)
            self._kept.discard(identity)
            return True, self._read()

        def then(came: tuple[bool, object]) -> None:
            self._saving = False
            done, read = came
            self._take(read)
            if not done:
                self._messages.warning(
                    tr("A colleague changed these words meanwhile: nothing was changed."),
                    kept=tr("What you typed is kept."),
                    todo=tr("Look at the history, then save again."),
                )
                return
            if self._identity() == identity and self._typed == given:
                self._typing = False
                self._put(self._standing())
            self._messages.done(tr("These words are sent from the centre's next decision on."))

        self._background.write(work, then, self._refused, busy=tr("Asking the centre…"))

    def _read(self) -> tuple[tuple[TemplateChange, ...], dict[str, str], Reference]:
        centre = self._workplace.administration
        names = {one.actor.id: one.actor.name_ar for one in centre.staff()}
        return centre.template_history(CHANGES), names, self._workplace.queries.reference()

    def _show(self, read: object) -> None:
        self._take(read)
        if not self._opened:
            self._opened = True
            self._open(self._standing(), self._identity())

    def _take(self, read: object) -> None:
        self._changes, self._names, self._reference = read  # type: ignore[misc]
        self._display.show_lines(tuple(self._line(kind, lang) for kind in NoticeKind for lang in NoticeLanguage))
        if self._opened:
            self._display.show_standing(self._shown())
            self._judge()

    def _open(self, standing: str, identity: str) -> None:
        self._put(standing)
        self._kept.restore(identity, lambda fields: self._found(identity, fields))

    def _found(self, identity: str, fields: dict[str, str]) -> None:
        # What is struck meanwhile, or another text that was chosen, counts for more than what was kept.
        if fields.get("words") and identity == self._identity() and not self._typing:
            self._put(fields["words"])

    def _put(self, words: str) -> None:
        self._typed = words
        self._display.show_chosen(self._shown(), words)
        self._judge()

    def _judge(self) -> None:
        judged = judge(*self._chosen, self._typed.strip(), self._reference)
        changed = self._typed.strip() not in ("", self._standing())
        self._display.show_judged(judged, may_save=changed and not judged.findings)

    def _identity(self) -> str:
        return _identity(*self._chosen)

    def _written(self, kind: NoticeKind, language: NoticeLanguage) -> str:
        return _newest(self._changes or (), kind, language)

    def _standing(self) -> str:
        return self._written(*self._chosen) or own_words(*self._chosen)

    def _line(self, kind: NoticeKind, language: NoticeLanguage) -> WordsLine:
        written = NoticeTemplate(kind, language, self._written(kind, language))
        counts = written.words if not check_template(written) else ""
        parts = cost_parts(kind, language, counts, self._reference)
        return WordsLine(_identity(kind, language), name_of(kind), name_of(language), bool(counts), parts)

    def _shown(self) -> WordsShown:
        kind, language = self._chosen
        return WordsShown(
            id=self._identity(),
            title=f"{name_of(kind)} · {name_of(language)}",
            arabic=language is NoticeLanguage.ARABIC,
            places=tuple(OFFERED[kind]),
            standing=self._standing(),
            own=bool(self._written(kind, language)),
            history=tuple(self._event(one) for one in self._changes or () if (one.kind, one.language) == self._chosen),
        )

    def _event(self, change: TemplateChange) -> Event:
        what = tr("Other words") if change.after else tr("The program's own words again")
        return Event(what, date_and_time(change.at), self._names.get(change.by, change.by), change.after)

    def _unreachable(self, error: Exception) -> None:
        self._display.show_offline(
            why_away(error, tr("The words of messages are changed at the centre, which cannot be reached now."))
        )

    def _refused(self, error: Exception) -> None:
        self._saving = False
        tell_refused(error, self._messages)


def _newest(changes: tuple[TemplateChange, ...], kind: NoticeKind, language: NoticeLanguage) -> str:
    return next((one.after for one in changes if one.kind is kind and one.language is language), "")


def _identity(kind: NoticeKind, language: NoticeLanguage) -> str:
    return f"{kind.value} {language.value}"
