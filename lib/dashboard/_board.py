"""The board view: pins in use, their modes and levels."""

from __future__ import annotations

from collections.abc import Callable

_MODES = ("in", "out", "open drain", "alternate", "analog")


def viewer(roles: dict[int | str, str], more: Callable[[], list[dict[str, object]]]) -> Callable[[], list[dict[str, object]]]:
    """A function that says what the pins are like now, and what more() tells of, which stands for a pin of the same name."""
    import machine

    def rows() -> list[dict[str, object]]:
        told = more()
        names = {row["name"] for row in told}
        return [_describe(pin, roles) for pin in machine.pins() if pin.name() not in names] + told

    return rows


def _describe(pin: object, roles: dict[int | str, str]) -> dict[str, object]:
    name = pin.name()
    try:
        level: int | None = pin.value()
    except OSError:
        level = None
    return {"name": name, "mode": _MODES[pin.mode()], "level": level, "role": roles.get(name) or roles.get(int(name) if name.isdecimal() else name, "")}
