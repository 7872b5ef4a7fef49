"""Stands between a loaded library and the functions it calls of the C library.

The dynamic linker writes the addresses of these functions into the library's own tables (global offset table, tables of
function pointers). Here another address is written in their place, in this process and for this library alone: every
call that its compiled code makes then comes by, as it is made, whatever layers lie above. Linux, 64 bit.
"""

from __future__ import annotations

import ctypes
import mmap
import struct
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

_PROGRAM_HEADER, _DYNAMIC = struct.Struct("<IIQQQQQQ"), struct.Struct("<QQ")
_SYMBOL, _RELOCATION = struct.Struct("<IBBHQQ"), struct.Struct("<QQq")
_DYNAMIC_SEGMENT = 2
_STRINGS, _SYMBOLS, _RELOCATIONS, _RELOCATIONS_SIZE, _CALLS, _CALLS_SIZE = 5, 6, 7, 8, 23, 2
_ADDRESSES = {0x3E: {1, 6, 7}, 0xB7: {257, 1025, 1026}}
"""By machine (x86-64, AArch64): the kinds of relocation that hold the address of a function."""
_WORD = 8


class _Loaded:
    """A library as it lies in memory. Raises OSError if it is not loaded."""

    def __init__(self, library: Path) -> None:
        self._base = _loaded_at(library)
        self._dynamic = dict(self._read_dynamic())

    def slots(self) -> Iterator[tuple[str, int]]:
        """Names, and places that hold the address of what is called so."""
        (machine,) = struct.unpack("<H", ctypes.string_at(self._base + 18, 2))
        for table, size in ((_RELOCATIONS, _RELOCATIONS_SIZE), (_CALLS, _CALLS_SIZE)):
            if table not in self._dynamic:
                continue
            raw = ctypes.string_at(self._at(table), self._dynamic[size])
            for offset, info, _ in _RELOCATION.iter_unpack(raw):
                if info & 0xFFFFFFFF in _ADDRESSES[machine]:
                    yield self._name(info >> 32), self._base + offset

    def _name(self, symbol: int) -> str:
        place = self._at(_SYMBOLS) + symbol * _SYMBOL.size
        name, *_ = _SYMBOL.unpack(ctypes.string_at(place, _SYMBOL.size))
        return ctypes.string_at(self._at(_STRINGS) + name).decode()

    def _at(self, tag: int) -> int:
        """The linker has made addresses of most of these values already."""
        value = self._dynamic[tag]
        return value if value >= self._base else self._base + value

    def _read_dynamic(self) -> Iterator[tuple[int, int]]:
        header = ctypes.string_at(self._base, 64)
        if header[:6] != b"\x7fELF\x02\x01":
            raise OSError("not a 64-bit ELF library")
        (first,), (count,) = struct.unpack_from("<Q", header, 32), struct.unpack_from("<H", header, 56)
        programs = ctypes.string_at(self._base + first, count * _PROGRAM_HEADER.size)
        for kind, _, _, address, _, _, size, _ in _PROGRAM_HEADER.iter_unpack(programs):
            if kind == _DYNAMIC_SEGMENT:
                yield from _DYNAMIC.iter_unpack(ctypes.string_at(self._base + address, size))


@cache
def slots_of(library: Path) -> Mapping[str, tuple[int, ...]]:
    """Where a loaded library keeps the addresses of the functions that it calls of others, by their names."""
    places = dict[str, tuple[int, ...]]()
    for name, place in _Loaded(library).slots():
        places[name] = (*places.get(name, ()), place)
    return MappingProxyType(places)


@contextmanager
def calling_by(library: Path, instead: Mapping[str, Any]) -> Iterator[None]:
    """While the block runs, `library` calls these functions (of `ctypes.CFUNCTYPE`) instead of those of the names.

    Raises KeyError for a name that it does not call.
    """
    slots, before = slots_of(library), list[tuple[int, int]]()
    try:
        for name, function in instead.items():
            address = ctypes.cast(function, ctypes.c_void_p).value
            assert address is not None
            before += [(place, _put(place, address)) for place in slots[name]]
        yield
    finally:
        for place, address in before:
            _put(place, address)


def _put(place: int, address: int) -> int:
    """Writes an address, and gives back the one before."""
    page = place & ~(mmap.PAGESIZE - 1)
    # The linker closes its tables when it is through with them.
    if _protect()(ctypes.c_void_p(page), place + _WORD - page, mmap.PROT_READ | mmap.PROT_WRITE):
        raise OSError(ctypes.get_errno(), "the library's tables cannot be written")
    slot = ctypes.c_uint64.from_address(place)
    before, slot.value = slot.value, address
    return before


def _protect() -> Callable[..., int]:
    protect = ctypes.CDLL(None, use_errno=True).mprotect
    protect.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int)
    return protect


def _loaded_at(library: Path) -> int:
    for line in Path("/proc/self/maps").read_text(encoding="utf-8").splitlines():
        where, _, offset, _, _, *path = line.split(maxsplit=5)
        if path and int(offset, 16) == 0 and Path(path[0]) == library.resolve():
            return int(where.split("-")[0], 16)
    raise OSError(f"{library} is not loaded")
