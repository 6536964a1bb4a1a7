"""The pipeline for programs without asyncio: the same, with calls that wait. Its loop runs in a thread of its own."""

import asyncio
import threading

from . import Pipeline as _Pipeline
from .sinks import Sink


class Pipeline:
    """`with Pipeline("queue.db", sinks=[...]) as p: p.put(21.5)`. Arguments as of pipeline.Pipeline; any thread may call."""

    def __init__(self, path: str, sinks: list[Sink] | tuple[Sink, ...] = (), **options) -> None:
        self._inner = _Pipeline(path, sinks, **options)
        self._loop = asyncio.new_event_loop()

    def __enter__(self) -> "Pipeline":
        self._thread = threading.Thread(target=self._loop.run_forever, name="pipeline", daemon=True)
        self._thread.start()
        try:
            self._wait(self._inner.__aenter__())
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(self, kind, error, trace) -> None:
        try:
            self._wait(self._inner.__aexit__(kind, error, trace))
        finally:
            self._stop()

    def _wait(self, work):
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    def _stop(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def put(self, value, time_ns: int | None = None) -> int:
        """Add a reading; return its sequence when it is on disk. See pipeline.Pipeline.put."""
        return self._wait(self._inner.put(value, time_ns))

    def put_many(self, values, time_ns: int | None = None) -> range:
        """Add readings, all or none; return their sequences when they are on disk."""
        return self._wait(self._inner.put_many(values, time_ns))

    def flush(self, timeout: float | None = None) -> None:
        """Wait until every sink has everything. TimeoutError: not within timeout seconds."""
        self._wait(self._inner.flush(timeout))

    def stats(self) -> dict:
        """See pipeline.Pipeline.stats."""
        return self._inner.stats()

    def refused(self) -> list[tuple[str, int, str, str]]:
        """What sinks will never take; see pipeline.Pipeline.refused."""
        return self._wait(self._inner.refused())
