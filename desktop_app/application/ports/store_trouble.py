"""What a store may fail with. By itself, so that a window can tell of it without loading what a store holds."""

from __future__ import annotations

import errno


class StoreFailedError(OSError):
    """The disk would not take or give what was asked of it. Nothing was half-saved.

    `errno` is ENOSPC where the disk (or the quota) is full, EIO otherwise.
    """

    @classmethod
    def full(cls) -> StoreFailedError:
        return cls(errno.ENOSPC, "the disk is full")

    @classmethod
    def broken(cls, why: str) -> StoreFailedError:
        return cls(errno.EIO, why)


class StoreDamagedError(StoreFailedError):
    """Pages of the store are not as they were written. Nothing was written over them."""

    def __init__(self, why: str) -> None:
        super().__init__(errno.EIO, why)


class KeepsNoDocumentsError(StoreFailedError):
    """This workplace has no place for documents, as a simulation's has none. Nothing was kept."""

    def __init__(self) -> None:
        super().__init__(errno.EOPNOTSUPP, "this workplace keeps no documents")


class WrongStoreKeyError(OSError):
    """The key that lies here opens nothing of this store: it is another workstation's. The store was not touched."""

    def __init__(self, place: str) -> None:
        super().__init__(errno.EACCES, "the store has another key", place)


class StoreIsPlainError(OSError):
    """The file is not encrypted: a version before the first release wrote it. It was not touched."""

    def __init__(self, place: str) -> None:
        super().__init__(errno.EPROTO, "the store is not encrypted", place)


class StoreInUseError(OSError):
    """Another process has this store open. The store was not touched."""

    def __init__(self, place: str) -> None:
        super().__init__(errno.EBUSY, "the store is open in another process", place)


class LeaseLapsedError(OSError):
    """This workstation has been without the centre for longer than it may. What lies in its store is kept."""

    def __init__(self) -> None:
        super().__init__(errno.EACCES, "the lease of this workstation has lapsed")


class ProgramTooOldError(OSError):
    """The centre takes nothing new of a program as old as this one. What lies in its store is kept and delivered."""

    def __init__(self) -> None:
        super().__init__(errno.EPROTONOSUPPORT, "the centre speaks newer versions of the protocol only")


class StoreIsNewerError(OSError):
    """A later version of this program has written the store; this one must not touch it."""

    def __init__(self, place: str) -> None:
        super().__init__(errno.EPROTO, "the store belongs to a later version of the program", place)
