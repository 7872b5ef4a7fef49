"""A line that can be made slow, thin, unsteady, cut or dead: everything between a workstation and the centre goes
through it, byte for byte."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from random import Random
from typing import Any, TypeVar

T = TypeVar("T")

_CHUNK = 4096
_SERVER_NOTICES_SECONDS = 2.0
"""After so long the server ends a session whose other end has vanished, as its keepalive does."""


class Way(Enum):
    """What a line does with connections, those that stand and those that are tried."""

    OPEN = "open"
    CUT = "cut"
    """Every connection is reset, and every new one at once."""
    DEAD = "dead"
    """Half-open: nobody is told anything, nothing arrives. What was connected then never comes back to life."""
    UNSTEADY = "unsteady"
    """Connections are reset a moment after they were made."""


@dataclass(frozen=True, slots=True)
class Weather:
    """`latency` in seconds for each chunk in each direction, `rate` in bytes a second (0: as fast as it goes)."""

    way: Way = Way.OPEN
    latency: float = 0.0
    rate: int = 0


FINE = Weather()


class FaultProxy:
    """Listens on a port of its own and passes on to `port`, in a thread of its own; to be closed."""

    def __init__(self, port: int, chance: Random) -> None:
        self.port = 0
        self._to = port
        self._chance = chance
        self._weather = FINE
        self._lines: set[_Line] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="fault-proxy")
        self._thread.start()
        self._server = self._run(asyncio.start_server(self._accept, "127.0.0.1", 0))
        self.port = self._server.sockets[0].getsockname()[1]

    def become(self, weather: Weather) -> None:
        """From now on, for what is connected as for what will be."""
        self._run(self._become(weather))

    def close(self) -> None:
        self._run(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _become(self, weather: Weather) -> None:
        self._weather = weather
        for line in tuple(self._lines):
            if weather.way is Way.CUT:
                line.reset()
            elif weather.way is Way.DEAD:
                line.die()

    async def _end(self) -> None:
        self._server.close()
        for line in tuple(self._lines):
            line.reset()
        mine = asyncio.current_task()
        others = [task for task in asyncio.all_tasks() if task is not mine]
        if others:
            await asyncio.wait(others)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        way = self._weather.way
        if way is Way.CUT:
            writer.transport.abort()
            return
        line = _Line(reader, writer)
        self._lines.add(line)
        try:
            if way is Way.DEAD:
                line.dead = True
                await line.ended.wait()
                return
            if way is Way.UNSTEADY:
                self._loop.call_later(self._chance.uniform(0.02, 0.8), line.reset)
            with suppress(OSError):
                await line.connect(self._to)
                await asyncio.gather(self._pass_on(line, up=True), self._pass_on(line, up=False))
        finally:
            line.reset()
            self._lines.discard(line)

    async def _pass_on(self, line: _Line, *, up: bool) -> None:
        source, target = line.ways(up=up)
        with suppress(OSError):
            while data := await source.read(_CHUNK):
                weather = self._weather
                if pause := weather.latency + (len(data) / weather.rate if weather.rate else 0.0):
                    await asyncio.sleep(pause)
                if line.dead:
                    continue
                target.write(data)
                await target.drain()
        if not line.dead:
            line.reset()
            return
        await line.ended.wait()

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()


class _Line:
    """One connection, and its continuation to the centre."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._near = (reader, writer)
        self._far: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self.dead = False
        self.ended = asyncio.Event()

    async def connect(self, port: int) -> None:
        self._far = await asyncio.open_connection("127.0.0.1", port)

    def ways(self, *, up: bool) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        assert self._far is not None
        return (self._near[0], self._far[1]) if up else (self._far[0], self._near[1])

    def die(self) -> None:
        self.dead = True
        if self._far is not None:
            asyncio.get_running_loop().call_later(_SERVER_NOTICES_SECONDS, self._far[1].transport.abort)

    def reset(self) -> None:
        self.ended.set()
        for end in (self._near, self._far):
            if end is not None:
                end[1].transport.abort()
