"""Writes down what the shipped SQLCipher asks of the disk, by standing between it and its own file layer.

The very library that `sqlcipher3` brings exports SQLite's table of file functions. Ours takes its place for as long as
a recording lasts: each call is written down and handed on, so that what runs is the shipped build with its real locks
and shared memory.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import CFUNCTYPE, POINTER, Structure, c_char_p, c_int, c_int64, c_void_p
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from sqlcipher3 import _sqlite3

from tests.power.disk import Disk

OPEN_DELETES_ON_CLOSE = 0x8
_OPEN = CFUNCTYPE(c_int, c_void_p, c_void_p, c_void_p, c_int, c_void_p)
_DELETE = CFUNCTYPE(c_int, c_void_p, c_char_p, c_int)
_CLOSE = CFUNCTYPE(c_int, c_void_p)
_WRITE = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)
_TRUNCATE = CFUNCTYPE(c_int, c_void_p, c_int64)
_SYNC = CFUNCTYPE(c_int, c_void_p, c_int)
_METHODS = (
    "close", "read", "write", "truncate", "sync", "size", "lock", "unlock", "reserved", "control", "sector_size",
    "characteristics", "shm_map", "shm_lock", "shm_barrier", "shm_unmap", "fetch", "unfetch",
)  # fmt: skip


class _Vfs(Structure):
    """`sqlite3_vfs`, version 3."""

    _fields_ = (
        ("version", c_int), ("file_bytes", c_int), ("longest", c_int), ("next", c_void_p), ("name", c_char_p),
        ("data", c_void_p), ("open", c_void_p), ("delete", c_void_p), ("rest", c_void_p * 13),
    )  # fmt: skip


class _Methods(Structure):
    """`sqlite3_io_methods`, version 3."""

    _fields_ = (("version", c_int), *((name, c_void_p) for name in _METHODS))


Kind = Literal["create", "write", "truncate", "sync", "delete", "sync folder", "done"]


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that was asked of the disk, or, of kind "done", that somebody was told something: `name` says what."""

    kind: Kind
    name: str = ""
    at: int = 0
    data: bytes = b""

    def carry_out(self, disk: Disk) -> None:
        match self.kind:
            case "create":
                disk.create(self.name)
            case "write":
                disk.write(self.name, self.at, self.data)
            case "truncate":
                disk.truncate(self.name, self.at)
            case "sync":
                disk.sync(self.name)
            case "delete":
                disk.delete(self.name)
            case "sync folder":
                disk.sync_folder()


class Recording:
    """All that was asked of the disk for files in `folder`, in order."""

    def __init__(self, folder: Path) -> None:
        self.asked: list[Asked] = []
        self._folder = os.path.realpath(folder)
        self._files: dict[int, str] = {}
        self._copies: dict[int, _Methods] = {}
        self._originals: dict[int, _Methods] = {}
        self._unsynced_names: set[str] = set()
        self._kept: list[Any] = []

    def done(self, what: str) -> None:
        """Somebody was told that this is done."""
        self.asked.append(Asked("done", what))

    @contextmanager
    def running(self) -> Iterator[None]:
        """Connections that are opened in the block are recorded."""
        library = ctypes.CDLL(_sqlite3.__file__)
        library.sqlite3_vfs_find.restype = POINTER(_Vfs)
        shipped = library.sqlite3_vfs_find(None)
        ours = _Vfs.from_buffer_copy(shipped.contents)
        ours.name = b"recorded"
        self._opens, self._deletes = _OPEN(shipped.contents.open), _DELETE(shipped.contents.delete)
        self._shipped = ctypes.addressof(shipped.contents)
        opening, deleting = _OPEN(self._open), _DELETE(self._delete)
        ours.open, ours.delete = (ctypes.cast(one, c_void_p).value for one in (opening, deleting))
        self._writing = (_CLOSE(self._close), _WRITE(self._write), _TRUNCATE(self._truncate), _SYNC(self._sync))
        self._kept += [ours, opening, deleting, library]
        library.sqlite3_vfs_register(ctypes.byref(ours), 1)
        try:
            yield
        finally:
            library.sqlite3_vfs_unregister(ctypes.byref(ours))
            library.sqlite3_vfs_register(shipped, 1)

    def _open(self, _vfs: int, name: int | None, file: int, flags: int, told: int | None) -> int:
        path = ctypes.string_at(name).decode() if name else ""
        stood = os.path.exists(path)
        status = int(self._opens(self._shipped, name, file, flags, told))
        if status == 0 and os.path.dirname(path) == self._folder and not flags & OPEN_DELETES_ON_CLOSE:
            short = os.path.basename(path)
            if not stood:
                self.asked.append(Asked("create", short))
                self._unsynced_names.add(short)
            self._files[file] = short
            methods = c_void_p.from_address(file)
            assert methods.value is not None
            methods.value = ctypes.addressof(self._copy_of(methods.value))
        return status

    def _copy_of(self, address: int) -> _Methods:
        if address not in self._copies:
            original = _Methods.from_address(address)
            copy = _Methods.from_buffer_copy(original)
            names = ("close", "write", "truncate", "sync")
            for name, function in zip(names, self._writing, strict=True):
                setattr(copy, name, ctypes.cast(function, c_void_p).value)
            self._copies[address] = copy
            self._originals[ctypes.addressof(copy)] = original
        return self._copies[address]

    def _original(self, file: int) -> _Methods:
        return self._originals[c_void_p.from_address(file).value or 0]

    def _close(self, file: int) -> int:
        original = self._original(file)
        del self._files[file]
        return int(_CLOSE(original.close)(file))

    def _write(self, file: int, data: int, length: int, offset: int) -> int:
        self.asked.append(Asked("write", self._files[file], offset, ctypes.string_at(data, length)))
        return int(_WRITE(self._original(file).write)(file, data, length, offset))

    def _truncate(self, file: int, size: int) -> int:
        self.asked.append(Asked("truncate", self._files[file], size))
        return int(_TRUNCATE(self._original(file).truncate)(file, size))

    def _sync(self, file: int, flags: int) -> int:
        status = int(_SYNC(self._original(file).sync)(file, flags))
        name = self._files[file]
        self.asked.append(Asked("sync", name))
        # SQLite syncs the folder with the first sync of a journal or WAL that it made.
        if name in self._unsynced_names and name.endswith(("-wal", "-journal")):
            self._unsynced_names.discard(name)
            self.asked.append(Asked("sync folder"))
        return status

    def _delete(self, _vfs: int, name: bytes, sync_folder: int) -> int:
        path = name.decode()
        stood = os.path.exists(path)
        status = int(self._deletes(self._shipped, name, sync_folder))
        if status == 0 and stood and os.path.dirname(path) == self._folder:
            self.asked.append(Asked("delete", os.path.basename(path)))
            if sync_folder:
                self.asked.append(Asked("sync folder"))
        return status
