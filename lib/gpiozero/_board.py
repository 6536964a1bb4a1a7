"""Several components as one: boards of lights, bars, robots."""

from collections import namedtuple

from gpiozero._error import OutputDeviceBadValue
from gpiozero._output import LED, PWMLED, Composite, Motor, Sequence, repeat


def _value_type(kind: type, names: tuple[str, ...]) -> type:
    return namedtuple(kind.__name__ + "Value", names)


class LEDBoard(Composite):
    """Several lights, of pins, or of boards; those given by keyword are attributes, in order of their names. value is a tuple with a name for each. pwm: of
    brightnesses."""

    def __init__(self, *pins, pwm: bool = False, active_high: bool = True, initial_value=False, _order: tuple[str, ...] | None = None, **named) -> None:
        kind = PWMLED if pwm else LED
        self._names = tuple(_order or sorted(named))
        parts = []
        try:
            for pin in (*pins, *(named[name] for name in self._names)):
                parts.append(pin if isinstance(pin, LEDBoard) else kind(pin, active_high=active_high, initial_value=initial_value))
        except BaseException:
            for part in parts:
                part.close()
            raise
        self._parts = tuple(parts)
        self._sequence = None
        unnamed = tuple(f"device_{i}" for i in range(len(pins)))
        self._value_type = _value_type(type(self), unnamed + self._names)
        for name, part in zip(self._names, self._parts[len(pins):]):
            setattr(self, name, part)

    @property
    def leds(self) -> tuple:
        """The lights, also those of boards on this one."""
        return tuple(light for part in self._parts for light in (part.leds if isinstance(part, LEDBoard) else (part,)))

    @property
    def namedtuple(self) -> type:
        """The type of value."""
        return self._value_type

    @property
    def value(self) -> tuple:
        """The value of each."""
        return self._value_type(*(part.value for part in self._parts))

    @value.setter
    def value(self, values) -> None:
        self._stop()
        for part, value in zip(self._parts, values):
            part.value = value

    @property
    def is_active(self) -> bool:
        return any(light.value for light in self.leds)

    @property
    def is_lit(self) -> bool:
        """Does any of them shine?"""
        return self.is_active

    def _stop(self) -> None:
        if self._sequence is not None:
            self._sequence.stop()
            self._sequence = None

    def on(self, *which: int) -> None:
        """Switch on: those of these numbers, or all."""
        self._stop()
        for part in self._chosen(which):
            part.on()

    def off(self, *which: int) -> None:
        """Switch off."""
        self._stop()
        for part in self._chosen(which):
            part.off()

    def toggle(self, *which: int) -> None:
        """Switch over."""
        self._stop()
        for part in self._chosen(which):
            part.toggle()

    def _chosen(self, which):
        return [self._parts[i] for i in which] if which else self._parts

    def blink(self, on_time: float = 1, off_time: float = 1, n: int | None = None, background: bool = True) -> None:
        """All of them together."""
        self._stop()

        def write(value) -> None:
            for light in self.leds:
                light.value = value

        self._sequence = Sequence(repeat(lambda: ((1, on_time), (0, off_time)), n, 0), write)
        if not background:
            self._sequence.wait()

    def close(self) -> None:
        self._stop()
        super().close()


class TrafficLights(LEDBoard):
    """Three lights: red, amber (or yellow), green."""

    def __init__(self, red=None, amber=None, green=None, *, yellow=None, pwm: bool = False, initial_value=False) -> None:
        middle = "amber" if yellow is None else "yellow"
        super().__init__(red=red, green=green, **{middle: amber if yellow is None else yellow}, pwm=pwm, initial_value=initial_value, _order=("red", middle, "green"))

    def __getattr__(self, name: str):
        if name in ("amber", "yellow"):  # the same light
            return self._parts[1]
        raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")


class LEDBarGraph(LEDBoard):
    """A row of lights that shows a share: value is 0 to 1, or -1 to 0 from the other end. pwm: the last light shines in part."""

    def __init__(self, *pins, pwm: bool = False, active_high: bool = True, initial_value: float = 0.0) -> None:
        super().__init__(*pins, pwm=pwm, active_high=active_high)
        self.value = initial_value

    @property
    def value(self) -> float:
        """The share that shines; below 0: from the last light on."""
        return self._shown

    @value.setter
    def value(self, value: float) -> None:
        if not -1 <= value <= 1:
            raise OutputDeviceBadValue("LEDBarGraph value must be between -1 and 1")
        self._stop()
        count = len(self._parts)
        for i, light in enumerate(self._parts if value >= 0 else reversed(self._parts)):
            share = min(max(abs(value) * count - i, 0), 1)
            light.value = share if isinstance(light, PWMLED) else share >= 1
        self._shown = value

    @property
    def lit_count(self) -> float:
        """How many lights shine, below 0 from the other end."""
        share = self.value * len(self._parts)
        return share if isinstance(self._parts[0], PWMLED) else int(share)

    @lit_count.setter
    def lit_count(self, count: float) -> None:
        self.value = count / len(self._parts)


class Robot(Composite):
    """Two motors, one on each side: each a Motor, or its pins."""

    _names = ("left_motor", "right_motor")

    def __init__(self, left=None, right=None, *, pwm: bool = True) -> None:
        self.left_motor, self.right_motor = (side if isinstance(side, Composite) else Motor(*side, pwm=pwm) for side in (left, right))
        self._parts = (self.left_motor, self.right_motor)
        self._value_type = _value_type(type(self), self._names)

    @property
    def value(self) -> tuple:
        """The speeds of both, -1 to 1."""
        return self._value_type(self.left_motor.value, self.right_motor.value)

    @value.setter
    def value(self, speeds) -> None:
        self.left_motor.value, self.right_motor.value = speeds

    def _curved(self, left: float, right: float, speed: float) -> tuple[float, float]:
        if not 0 <= left <= 1 or not 0 <= right <= 1:
            raise ValueError(f"curve_left and curve_right must be between 0 and 1, not {left} and {right}")
        if left and right:
            raise ValueError("curve_left and curve_right can't be used at the same time")
        return speed * (1 - left), speed * (1 - right)

    def forward(self, speed: float = 1, *, curve_left: float = 0, curve_right: float = 0) -> None:
        """Drive, with a speed of 0 to 1; curve_left, curve_right: how much slower that side is."""
        left, right = self._curved(curve_left, curve_right, speed)
        self.left_motor.forward(left)
        self.right_motor.forward(right)

    def backward(self, speed: float = 1, *, curve_left: float = 0, curve_right: float = 0) -> None:
        """Drive back."""
        left, right = self._curved(curve_left, curve_right, speed)
        self.left_motor.backward(left)
        self.right_motor.backward(right)

    def left(self, speed: float = 1) -> None:
        """Turn on the spot."""
        self.right_motor.forward(speed)
        self.left_motor.backward(speed)

    def right(self, speed: float = 1) -> None:
        """Turn on the spot the other way."""
        self.left_motor.forward(speed)
        self.right_motor.backward(speed)

    def reverse(self) -> None:
        """Turn both motors the other way."""
        self.value = (-self.left_motor.value, -self.right_motor.value)

    def stop(self) -> None:
        """Stand still."""
        self.left_motor.stop()
        self.right_motor.stop()
