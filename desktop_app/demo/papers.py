"""The papers of sample requests that were issued: drawn while the demonstration already runs, a request at a time."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager

from desktop_app.application.papers import draw_what_stands
from desktop_app.application.ports.papers import PaperRenderer
from desktop_app.centre.loading import PostgresLoading
from desktop_app.demo.sample import SampleData
from desktop_app.domain.letters import awaited_letters

Opening = Callable[[], AbstractContextManager[PostgresLoading]]


class SamplePapers:
    """Draws in a thread of its own from entering the block; leaving it stops after the request in hand."""

    def __init__(self, sample: SampleData, renderer: PaperRenderer, opening: Opening) -> None:
        self._sample = sample
        self._renderer = renderer
        self._opening = opening
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._draw, name="sample-papers", daemon=True)

    def __enter__(self) -> SamplePapers:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopping.set()
        self._thread.join()

    def _draw(self) -> None:
        world = self._sample.world
        staff = {actor.id: actor for actor in world.staff}
        for request in list(world.requests.values()):
            if self._stopping.is_set():
                return
            if request.issue.issued_at is None and not awaited_letters(request):
                continue
            with self._opening() as loading:
                loading.put(draw_what_stands(self._renderer, loading, request, world.licences, staff, world.data))
