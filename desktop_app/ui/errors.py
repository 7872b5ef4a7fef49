"""The three kinds of error and what each gets: input is shown where it was typed, the environment's trouble is
told with what was kept, a bug is logged under a reference, shown once and offered for saving."""

from __future__ import annotations

import errno
import sys
import threading
import traceback
from collections.abc import Callable
from enum import StrEnum
from types import TracebackType
from typing import Protocol

from PySide6.QtCore import QObject, Qt, Signal

from desktop_app.application.device_key import DeviceKeyMissingError
from desktop_app.application.ports.secrets import (
    KeyringLockedError,
    NoKeyringError,
    SealDamagedError,
    WrongPassphraseError,
)
from desktop_app.application.ports.store_trouble import (
    KeepsNoDocumentsError,
    LeaseLapsedError,
    ProgramTooOldError,
    StoreDamagedError,
    StoreInUseError,
    StoreIsNewerError,
    StoreIsPlainError,
    WrongStoreKeyError,
)
from desktop_app.application.store_key import StoreKeyMissingError
from desktop_app.domain.messages import InputError
from desktop_app.texts import describe, tr
from desktop_app.ui.messages import Level, MessageChannel, Notice


class Kind(StrEnum):
    INPUT = "input"
    ENVIRONMENT = "environment"
    BUG = "bug"


def kind_of(error: BaseException) -> Kind:
    """Sort an exception. What nobody foresaw is a bug, never the user's fault."""
    if isinstance(error, InputError):
        return Kind.INPUT
    if isinstance(error, OSError):
        return Kind.ENVIRONMENT
    return Kind.BUG


def explain(error: BaseException) -> Notice:
    """The notice for an error of input or environment. Raises the error itself if it is a bug."""
    match error:
        case InputError():
            return Notice(Level.WARNING, describe(error.why), kept=tr("What you typed is still in the form."))
        case StoreInUseError():
            return Notice(
                Level.ERROR,
                tr("The store of this workstation is open in another window of the program."),
                tr("Nothing was changed."),
                tr("Go to that window, or close it and begin again."),
            )
        case StoreIsNewerError():
            return Notice(
                Level.ERROR,
                tr("The store of this workstation was written by a newer version of the program."),
                tr("Nothing was changed."),
                tr("Have the program brought up to date."),
            )
        case ProgramTooOldError():
            return Notice(
                Level.ERROR,
                tr("This program is too old for the centre: you can look at everything and give nothing new."),
                tr("What was done here before is still delivered."),
                tr("Have the program brought up to date."),
            )
        case LeaseLapsedError():
            return Notice(
                Level.ERROR,
                tr("This computer has been without the centre for longer than it may."),
                tr("What was done here and what you typed is kept."),
                tr("Connect it to the centre and synchronise; then go on where you were."),
            )
        case KeepsNoDocumentsError():
            return Notice(
                Level.ERROR,
                tr("No documents can be kept here."),
                tr("The file was not touched, and what you typed is still in the form."),
                tr("Attach it at a workstation that keeps documents."),
            )
        case WrongStoreKeyError():
            return Notice(
                Level.ERROR,
                tr("The key that lies on this computer does not open the store of this workstation."),
                tr("Nothing was changed: whatever was done is in the store still, sealed."),
                tr("Bring back the keyring that belongs to it, or tell the system administrator."),
            )
        case StoreDamagedError():
            return Notice(
                Level.ERROR,
                tr("The store of this workstation is damaged."),
                tr("What can be read of it is kept, and nothing was written over it."),
                tr("Do not go on working on this computer; tell the system administrator."),
            )
        case StoreIsPlainError():
            return Notice(
                Level.ERROR,
                tr("The store of this workstation is not encrypted: a trial version of the program wrote it."),
                tr("Nothing was changed."),
                tr("Have the administrator put it away; the centre fills a new store."),
            )
        case StoreKeyMissingError() | DeviceKeyMissingError():
            return Notice(
                Level.ERROR,
                tr("The keys of this workstation are not on this computer: files were moved, or the keyring is new."),
                tr("Nothing was changed: whatever was done is in the store still, sealed."),
                tr("Bring back the keyring that belongs to it, or tell the system administrator."),
            )
        case KeyringLockedError():
            return Notice(
                Level.ERROR,
                tr("The keyring of this computer is locked, and the keys of this workstation are in it."),
                tr("Nothing was changed."),
                tr("Unlock the keyring, then try again."),
            )
        case NoKeyringError():
            return Notice(
                Level.ERROR,
                tr("The keyring that holds the keys of this workstation cannot be reached."),
                tr("Nothing was changed, and no other place is used instead."),
                tr("Begin a session with the keyring, then try again; else tell the system administrator."),
            )
        case WrongPassphraseError():
            return Notice(
                Level.WARNING,
                tr("This passphrase does not open the keys of this workstation."),
                tr("Nothing was changed."),
                tr("Look at the language of the keyboard, then type it again."),
            )
        case SealDamagedError():
            return Notice(
                Level.ERROR,
                tr("The file that holds the sealed keys of this workstation is damaged."),
                tr("Nothing was changed: whatever was done is in the store still, sealed."),
                tr("Bring the file back from a backup, or tell the system administrator."),
            )
        case OSError(errno=errno.ENOSPC):
            return Notice(
                Level.ERROR,
                tr("The disk of this computer is full, so nothing could be saved."),
                tr("What you typed is still in the form."),
                tr("Free some space, then try again."),
                passing=True,
            )
        case OSError(errno=errno.EROFS | errno.EACCES | errno.EPERM):
            return Notice(
                Level.ERROR,
                tr("This computer does not let the program write where it has to."),
                tr("Nothing was changed, and what you typed is still in the form."),
                tr("Have the system administrator make the folder writable, then try again."),
            )
        case ConnectionError() | TimeoutError():
            return Notice(
                Level.WARNING,
                tr("The centre cannot be reached."),
                tr("Your work is kept on this computer and is sent when the centre is back."),
                tr("You can go on working."),
            )
        case OSError():
            return Notice(
                Level.ERROR,
                tr("This computer could not read or write a file."),
                tr("What you typed is still in the form."),
                tr("Try again; if it happens again, tell the system administrator."),
            )
    raise error


class CrashSink(Protocol):
    """Where an unexpected exception is written. Must not raise."""

    def __call__(self, error: BaseException) -> str:
        """Log and keep the error, and give the reference under which it is found."""
        ...


class CrashHook(QObject):
    """Takes what nobody caught, on any thread, and reports it on the UI thread; the same fault is shown once."""

    _caught = Signal(object)

    def __init__(self, sink: CrashSink, messages: MessageChannel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sink = sink
        self._messages = messages
        self._shown: set[str] = set()
        self._before: tuple[Callable[..., object], Callable[..., object]] | None = None
        self._caught.connect(self.report, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Become the process's hook for uncaught exceptions, until ``remove``."""
        if self._before is None:
            self._before = (sys.excepthook, threading.excepthook)
            sys.excepthook = self._on_main
            threading.excepthook = self._on_thread

    def remove(self) -> None:
        if self._before is not None:
            sys.excepthook, threading.excepthook = self._before
            self._before = None

    def report(self, error: BaseException) -> str:
        """Write the error down and tell the user, unless the same fault was told already; gives the reference."""
        reference = self._sink(error)
        fault = _fault(error)
        if fault not in self._shown:
            self._shown.add(fault)
            self._messages.post(
                Notice(
                    Level.ERROR,
                    tr("The program made a mistake."),
                    tr("What was saved before is kept."),
                    tr("Close this screen and open it again; give the reference to support."),
                    reference,
                )
            )
        return reference

    def _on_main(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self._caught.emit(error)

    def _on_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self._caught.emit(args.exc_value)


def _fault(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    where = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else "nowhere"
    return f"{type(error).__name__}@{where}"
