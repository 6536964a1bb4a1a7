"""What a page can set: switches and sliders, over functions of the program."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Awaitable, Callable

from ._live import Refused

_PATIENCE = 2  # seconds to say how it is


class Actuator:
    """A switch, or a slider from low to high. get() says how it is, set(value) sets it; both may be coroutine functions."""

    def __init__(self, label: str, get: Callable[[], object], set: Callable[[object], object], low: float | None = None, high: float | None = None, unit: str = "") -> None:
        if not callable(get) or not callable(set):
            raise TypeError(f"{label}: get and set are functions, not {type(get).__name__} and {type(set).__name__}")
        if low is not None and not (math.isfinite(low) and math.isfinite(high) and low < high):
            raise ValueError(f"{label}: a slider goes from a number to a higher one, not from {low} to {high}")
        self.label, self.kind = label, "switch" if low is None else "slider"
        self._get, self._set, self._low, self._high, self._unit = get, set, low, high, unit

    async def read(self) -> object:
        """How it is: bool, or a number; None: that cannot be said now."""
        try:
            async with asyncio.timeout(_PATIENCE):
                value = await finish(self._get())
            return bool(value) if self.kind == "switch" else float(value)
        except Exception:
            return None

    async def write(self, value: object) -> None:
        """Set it. Refused: the value is not of its kind; otherwise whatever the program's function raises."""
        if self.kind == "switch":
            if type(value) is not bool:
                raise Refused(f"{self.label} is true or false, not {value!r:.40}")
        elif type(value) not in (int, float) or not self._low <= value <= self._high:
            raise Refused(f"{self.label} is a number from {self._low:g} to {self._high:g}, not {value!r:.40}")
        await finish(self._set(value))

    def describe(self) -> dict[str, object]:
        """For a page; without the value."""
        return {"label": self.label, "kind": self.kind, "min": self._low, "max": self._high, "unit": self._unit}


async def finish(result: object) -> object:
    """What a function returned, or what the coroutine that it returned does."""
    return await result if isinstance(result, Awaitable) else result
