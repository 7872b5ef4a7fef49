"""The background synchronisation: one thread makes rounds, another listens for the centre's news.

A round is made at the start, whenever something was given here or told there, and after a pause when the centre could
not be reached. Rounds never overlap, whoever asks for them.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import ExitStack, closing, suppress
from datetime import datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Protocol

from desktop_app.sync.backing_off import pause_before
from desktop_app.sync.centre_link import CentreUnreachableError, EpochChangedError, NotAdmittedError, TamperingError
from desktop_app.sync.kept_link import KeptLink
from desktop_app.sync.progress import ProgressBoard
from desktop_app.sync.status import CLOCK, SyncState, SyncStatus
from desktop_app.sync.tally import Tally
from desktop_app.wire.versions import Standing, standing

if TYPE_CHECKING:
    from desktop_app.sync.centre_link import CentreLink

Told = Callable[[SyncStatus], None]

LISTEN_SECONDS = 0.5
"""How long one listening call may block: as long as stopping may take."""
SETTLE_TRIES, SETTLE_SECONDS = 5, 1.0
"""How long `run_once` waits for the registrar's word on what it has just sent."""


CLOCK_TOLERANCE = timedelta(minutes=10)


def _clock_is_off(began: datetime, centre: datetime, ended: datetime) -> bool:
    """The centre looked at its clock at some moment of the round, however long that was."""
    return centre < began - CLOCK_TOLERANCE or centre > ended + CLOCK_TOLERANCE


class _StoppingError(Exception):
    """The runner was stopped while a connection was being made: nobody is there any more to use it."""


class Rounds(Protocol):
    """The engine."""

    def round(self, link: CentreLink) -> object: ...


class SyncRunner:
    """`application.workplace.SyncControl`. `tally` reads the counts from the store.

    `crashed` is given an exception that nobody foresaw (the runner then goes on as after an unreachable centre);
    `board` is where the engine tells how far it is in taking over what the centre holds.
    """

    def __init__(
        self,
        engine: Rounds,
        connect: Callable[[], CentreLink],
        tally: Callable[[], Tally],
        now: Callable[[], datetime],
        random: Random,
        crashed: Callable[[Exception], object],
        monotonic: Callable[[], float] = time.monotonic,
        board: ProgressBoard | None = None,
    ) -> None:
        self._engine = engine
        self._connect = connect
        self._tally = tally
        self._now = now
        self._random = random
        self._crashed = crashed
        self._monotonic = monotonic
        self._one_round = threading.Lock()
        self._wake = threading.Condition()
        self._asked = True
        self._stopping = False
        self._offline_wanted = False
        self._state = SyncState.OFFLINE
        self._trouble = ""
        self._reached = False
        self._barred = False
        self._not_before = 0.0
        self._next_try: datetime | None = None
        self._standing = ""
        self._failures = 0
        self._deaf = 0
        self._last_tally = Tally(0, 0, 0, 0, None)
        self._listeners: list[Told] = []
        self._board = board or ProgressBoard()
        self._leave_board = self._board.listen(self._tell_listeners)
        self._threads: tuple[threading.Thread, ...] = ()
        self._gone: set[threading.Thread] = set()
        self._connecting: set[threading.Thread] = set()
        self._kept = KeptLink(monotonic)

    def start(self, first_after: float = 0.0) -> None:
        """Begins to synchronise in the background, with the first round so many seconds from now: a window that is
        being built has the processor for itself until then. To be stopped by `stop`."""
        self._not_before = self._monotonic() + first_after
        self._threads = (
            threading.Thread(target=lambda: self._live(self._make_rounds), name="sync", daemon=True),
            threading.Thread(target=lambda: self._live(self._listen), name="sync-news", daemon=True),
        )
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Ends both threads; a round that is under way is finished first. A thread that only waits for a connection
        is left to itself: it touches nothing any more, neither the store nor a listener."""
        with self._wake:
            self._stopping = True
            self._wake.notify_all()
            self._wake.wait_for(lambda: all(one in self._gone or one in self._connecting for one in self._threads))
        self._leave_board()
        self._threads = ()

    def status(self) -> SyncStatus:
        """As it was last told; reads nothing, so that a window may ask."""
        with self._wake:
            tally = self._last_tally
            return SyncStatus(
                state=SyncState.WORKING_OFFLINE if self._offline_wanted else self._state,
                last_contact=tally.last_contact,
                waiting=tally.waiting,
                sent=tally.sent,
                confirmed=tally.confirmed,
                refused=tally.refused,
                next_try=self._next_try,
                trouble=self._trouble,
                bootstrap=self._board.find(),
                care=tally.care,
            )

    def sync_now(self) -> None:
        """A pause after failures ends at once; working offline stays as it is."""
        with self._wake:
            self._asked, self._barred = True, False
            self._end_pause()
            self._wake.notify_all()

    def given(self) -> None:
        """Something was given on this device. During a pause after failures it waits like the rest."""
        self._ask()
        self._tell()

    def work_offline(self, wanted: bool) -> None:
        with self._wake:
            self._offline_wanted = wanted
            self._asked, self._barred = self._asked or not wanted, False
            self._end_pause()
            self._wake.notify_all()
        self._tell_listeners()

    def listen(self, told: Told) -> Callable[[], None]:
        self._listeners = [*self._listeners, told]

        def end() -> None:
            self._listeners = [one for one in self._listeners if one is not told]

        return end

    def run_once(self) -> SyncStatus:
        """One whole round in the caller's thread, and, where something was sent, the registrar's word on it if that
        comes within a few seconds. Does nothing while working offline."""
        if not self._offline_wanted:
            self._round(settle=True)
        self._count()
        return self.status()

    # In the threads

    def _live(self, work: Callable[[], None]) -> None:
        try:
            with suppress(_StoppingError):
                work()
        finally:
            with self._wake:
                self._gone.add(threading.current_thread())
                self._wake.notify_all()

    def _connected(self) -> CentreLink:
        """A connection, which may take as long as the network lets one wait. Raises _StoppingError when the runner was
        stopped meanwhile, whatever came of it."""
        thread, link = threading.current_thread(), None
        with self._wake:
            if self._stopping and thread in self._threads:
                raise _StoppingError
            self._connecting.add(thread)
            self._wake.notify_all()
        try:
            link = self._connect()
        finally:
            with self._wake:
                self._connecting.discard(thread)
                stopped = self._stopping
            if stopped:
                if link is not None:
                    link.close()
                raise _StoppingError
        return link

    def _make_rounds(self) -> None:
        try:
            while self._wait_until_due():
                self._round(settle=False, keep=True)
        finally:
            self._kept.let_go()

    def _wait_until_due(self) -> bool:
        """Blocks until a round is due; False once the runner stops."""
        with self._wake:
            while not self._stopping:
                if self._offline_wanted or self._barred:
                    self._kept.let_go()
                    self._wake.wait()
                elif not self._asked:
                    if not self._wake.wait(self._kept.patience):
                        self._kept.let_go()
                elif (left := self._not_before - self._monotonic()) > 0:
                    self._wake.wait(left)
                else:
                    self._asked = False
                    return True
            return False

    def _round_over_a_link(self, *, settle: bool, keep: bool) -> None:
        """Over the connection that was kept, where there is one and it still stands; else over one of its own."""
        with ExitStack() as ending:
            link = self._kept.take() if keep else None
            if link is not None:
                try:
                    self._round_over(link)
                except CentreUnreachableError:
                    link.close()
                    link = None  # it broke while nobody used it: that says nothing of the centre
                except BaseException:
                    link.close()
                    raise
            if link is None:
                if keep:
                    self._kept.begin()
                link = self._connected()
                ending.callback(link.close)
                self._round_over(link)
            for _ in range(SETTLE_TRIES if settle else 0):
                if not self._tally().sent:
                    break
                link.wait_for_news(SETTLE_SECONDS)
                self._round_over(link)
            if keep:
                self._kept.keep(link)
                ending.pop_all()

    def _round(self, *, settle: bool, keep: bool = False) -> None:
        with self._one_round:
            self._became(SyncState.SYNCING)
            try:
                self._round_over_a_link(settle=settle, keep=keep)
            except _StoppingError:
                raise
            except NotAdmittedError:
                self._turned_away("not_admitted")
            except TamperingError:
                self._turned_away("tampering")
            except CentreUnreachableError:
                self._failed("unreachable")
            except OSError:
                self._failed("store")
            except Exception as error:  # noqa: BLE001 - a bug must neither end the thread nor pass unseen
                self._failed("bug")
                self._crashed(error)
            else:
                self._failures = 0
                self._became(SyncState.SYNCED, self._standing, reached=True)

    def _round_over(self, link: CentreLink) -> None:
        began = self._now()
        try:
            done = self._engine.round(link)
        except EpochChangedError:
            done = self._engine.round(link)
        # A round has been made: the engine is here by now, which no window waits for.
        from desktop_app.sync.engine import Round

        stands = standing(done.scope.spoken) if isinstance(done, Round) else Standing.FITS
        self._standing = "" if stands is Standing.FITS else stands.value
        if isinstance(done, Round) and not self._standing and _clock_is_off(began, done.scope.server_time, self._now()):
            self._standing = CLOCK

    def _failed(self, trouble: str) -> None:
        self._failures += 1
        with self._wake:
            self._asked = True
            self._pause(self._failures)
        self._became(SyncState.OFFLINE, trouble)

    def _turned_away(self, trouble: str) -> None:
        """Trying again would not help before somebody has done something about it and asks for it."""
        with self._wake:
            self._barred = True
        self._became(SyncState.REFUSED, trouble)

    def _pause(self, attempt: int) -> None:
        seconds = pause_before(attempt, self._random)
        self._not_before = self._monotonic() + seconds
        self._next_try = self._now() + timedelta(seconds=seconds)

    def _end_pause(self) -> None:
        self._not_before, self._next_try = 0.0, None

    def _became(self, state: SyncState, trouble: str = "", *, reached: bool = False) -> None:
        with self._wake:
            self._state, self._trouble = state, trouble
            if state is not SyncState.SYNCING:
                self._reached = reached
            if state is not SyncState.OFFLINE:
                self._end_pause()
            self._wake.notify_all()
        self._tell()

    def _tell(self) -> None:
        self._count()
        self._tell_listeners()

    def _count(self) -> None:
        try:
            tally = self._tally()
        except OSError:
            with self._wake:
                self._trouble = self._trouble or "store"
        except Exception as error:  # noqa: BLE001 - as below
            self._crashed(error)
        else:
            with self._wake:
                self._last_tally = tally

    def _tell_listeners(self) -> None:
        status = self.status()
        for told in self._listeners:
            try:
                told(status)
            except Exception as error:  # noqa: BLE001 - what a window makes of it must not end the synchronisation
                self._crashed(error)

    def _listen(self) -> None:
        while self._wait_until(self._may_listen):
            try:
                with closing(self._connected()) as link:
                    # What was told between the last round and this connection was told to nobody.
                    self._ask()
                    while self._may_listen():
                        if link.wait_for_news(LISTEN_SECONDS):
                            self._ask()
                        self._deaf = 0
            except _StoppingError:
                raise
            except (OSError, NotAdmittedError):
                self._went_deaf()
            except Exception as error:  # noqa: BLE001 - as above
                self._went_deaf()
                self._crashed(error)

    def _may_listen(self) -> bool:
        """Listens only while rounds succeed: their pauses decide when to try again."""
        return self._reached and not self._stopping and not self._offline_wanted

    def _went_deaf(self) -> None:
        """The next round finds out whether the centre is there; listening begins again when it was."""
        self._deaf += 1
        with self._wake:
            self._reached = False
            self._asked = True
            self._pause(self._deaf)
            self._wake.notify_all()

    def _wait_until(self, condition: Callable[[], bool]) -> bool:
        """Blocks until `condition` holds; False once the runner stops."""
        with self._wake:
            self._wake.wait_for(lambda: self._stopping or condition())
            return not self._stopping

    def _ask(self) -> None:
        with self._wake:
            self._asked = True
            self._wake.notify_all()
