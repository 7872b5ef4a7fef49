"""Records what the shipped SQLCipher asks of the operating system for the files of one folder."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ctypes import CFUNCTYPE, c_char_p, c_int, c_int64, c_size_t, c_ssize_t, c_uint, c_void_p
from functools import partial
from pathlib import Path
from typing import Any

from sqlcipher3 import _sqlite3

from tests.power.system_calls import calling_by, slots_of
from tests.power.tape import FolderSynced, Made, Moved, Removed, Resized, Synced, Tape, Written

LIBRARY = Path(_sqlite3.__file__)
_FOLDER = -1
_SHARED_MEMORY = "-shm"
"""Never synced, and made anew by whoever opens a store first."""
_KINDS: dict[str, tuple[Any, ...]] = {
    "open": (c_int, c_char_p, c_int, c_uint),
    "openat": (c_int, c_int, c_char_p, c_int, c_uint),
    "write": (c_ssize_t, c_int, c_void_p, c_size_t),
    "pwrite": (c_ssize_t, c_int, c_void_p, c_size_t, c_int64),
    "pwritev": (c_ssize_t, c_int, c_void_p, c_int, c_int64),
    "ftruncate": (c_int, c_int, c_int64),
    "fallocate": (c_int, c_int, c_int, c_int64, c_int64),
    "posix_fallocate": (c_int, c_int, c_int64, c_int64),
    "fsync": (c_int, c_int),
    "fdatasync": (c_int, c_int),
    "unlink": (c_int, c_char_p),
    "rename": (c_int, c_char_p, c_char_p),
    "close": (c_int, c_int),
    "mmap": (c_void_p, c_void_p, c_size_t, c_int, c_int, c_int, c_int64),
}
_NEEDED = {"open", "pwrite", "ftruncate", "unlink", "close", "fsync"}
_MAP_WRITABLE, _MAP_SHARED = 2, 1


class UnforeseenCallError(Exception):
    """The library asked for something that a recording would not show."""


class Recorder:
    """Hands each call on to the C library, and writes down what came of it."""

    def __init__(self, folder: Path, tape: Tape) -> None:
        self._folder = os.path.realpath(folder)
        self._tape = tape
        standing = sorted(name for name in os.listdir(folder) if not name.endswith(_SHARED_MEMORY))
        self._files = {name: number for number, name in enumerate(standing, 1)}
        self._open: dict[int, int] = {}
        self._made = len(self._files)
        self.trouble: list[BaseException] = []

    def call(self, name: str, real: Callable[..., Any], *arguments: Any) -> Any:
        """What the library calls instead of the C library's `name`."""
        try:
            known = getattr(self, f"on_{name}", None)
            return known(real, *arguments) if known else self._unforeseen(name, real, *arguments)
        except BaseException as why:  # noqa: BLE001 - it would be lost in the library; told when the recording ends
            self.trouble.append(why)
            return -1

    def _unforeseen(self, name: str, real: Callable[..., Any], descriptor: int, *arguments: Any) -> Any:
        if descriptor in self._open:
            raise UnforeseenCallError(name)
        return real(descriptor, *arguments)

    def on_openat(self, real: Callable[..., int], folder: int, path: bytes, flags: int, mode: int) -> int:
        if self._name(path) is not None:
            raise UnforeseenCallError("openat")
        return real(folder, path, flags, mode)

    def _name(self, path: bytes) -> str | None:
        place, name = os.path.split(os.path.realpath(os.fsdecode(path)))
        return name if place == self._folder else None

    def on_open(self, real: Callable[..., int], path: bytes, flags: int, mode: int) -> int:
        name = self._name(path)
        stood = os.path.lexists(path)
        descriptor = real(path, flags, mode)
        if descriptor < 0:
            return descriptor
        if os.path.realpath(os.fsdecode(path)) == self._folder:
            self._open[descriptor] = _FOLDER
        elif name is not None and not name.endswith(_SHARED_MEMORY):
            if flags & os.O_TRUNC:
                raise UnforeseenCallError("open with O_TRUNC")
            if not stood:
                self._made += 1
                self._files[name] = self._made
                self._tape.entries.append(Made(name, self._made))
            self._open[descriptor] = self._files[name]
        return descriptor

    def on_pwrite(self, real: Callable[..., int], descriptor: int, data: int, size: int, offset: int) -> int:
        written = real(descriptor, data, size, offset)
        if written > 0 and descriptor in self._open:
            self._wrote(descriptor, data, written, offset)
        return written

    def on_write(self, real: Callable[..., int], descriptor: int, data: int, size: int) -> int:
        offset = os.lseek(descriptor, 0, os.SEEK_CUR) if descriptor in self._open else 0
        written = real(descriptor, data, size)
        if written > 0 and descriptor in self._open:
            self._wrote(descriptor, data, written, offset)
        return written

    def _wrote(self, descriptor: int, data: int, written: int, offset: int) -> None:
        self._tape.entries.append(Written(self._open[descriptor], offset, ctypes.string_at(data, written)))

    def on_ftruncate(self, real: Callable[..., int], descriptor: int, size: int) -> int:
        status = real(descriptor, size)
        if status == 0 and descriptor in self._open:
            self._tape.entries.append(Resized(self._open[descriptor], size))
        return status

    def on_fsync(self, real: Callable[..., int], descriptor: int) -> int:
        status = real(descriptor)
        if status == 0 and descriptor in self._open:
            file = self._open[descriptor]
            self._tape.entries.append(FolderSynced() if file == _FOLDER else Synced(file))
        return status

    on_fdatasync = on_fsync

    def on_unlink(self, real: Callable[..., int], path: bytes) -> int:
        name = self._name(path)
        status = real(path)
        if status == 0 and name is not None and not name.endswith(_SHARED_MEMORY):
            del self._files[name]
            self._tape.entries.append(Removed(name))
        return status

    def on_rename(self, real: Callable[..., int], path: bytes, to: bytes) -> int:
        before, after = self._name(path), self._name(to)
        status = real(path, to)
        if status == 0 and (before is not None or after is not None):
            if before is None or after is None:
                raise UnforeseenCallError("rename out of the folder or into it")
            self._files[after] = self._files.pop(before)
            self._tape.entries.append(Moved(before, after))
        return status

    def on_close(self, real: Callable[..., int], descriptor: int) -> int:
        self._open.pop(descriptor, None)
        return real(descriptor)

    def on_mmap(
        self, real: Callable[..., int | None], at: int, size: int, manner: int, flags: int, descriptor: int, offset: int
    ) -> int | None:
        if descriptor in self._open and manner & _MAP_WRITABLE and flags & _MAP_SHARED:
            raise UnforeseenCallError("mmap for writing")
        return real(at, size, manner, flags, descriptor, offset)


@contextmanager
def recording(folder: Path, tape: Tape) -> Iterator[None]:
    """While the block runs, `tape` takes down every call that changes a file in `folder`. Files that stand there have
    the numbers 1, 2, 3 by their names; what is open already is not seen.

    Raises UnforeseenCallError at the end, if there was one.
    """
    recorder = Recorder(folder, tape)
    slots, system = slots_of(LIBRARY), ctypes.CDLL(None, use_errno=True)
    instead, seen = dict[str, Any](), set[str]()
    for name, (result, *arguments) in _KINDS.items():
        for called in (name, f"{name}64"):
            if called not in slots:
                continue
            seen.add(name)
            real = getattr(system, called)
            real.restype, real.argtypes = result, arguments
            instead[called] = CFUNCTYPE(result, *arguments, use_errno=True)(partial(recorder.call, name, real))
    if missing := _NEEDED - seen:
        raise LookupError(f"the library does not call {missing}")
    with calling_by(LIBRARY, instead):
        yield
    if recorder.trouble:
        raise recorder.trouble[0]
