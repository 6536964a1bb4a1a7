"""Components that a program drives: LEDs, buzzers, motors, servos."""

import machine
import time
from machine import Pin, Timer

from gpiozero._device import Device, GPIODevice, _pin_name
from gpiozero._error import OutputDeviceBadValue, PWMError

_FADE_STEPS = 25  # a second


class Sequence:
    """(value, seconds) one after the other, by a timer; set(value) is called for each. wait() blocks until the end."""

    def __init__(self, steps, set_value) -> None:
        self._steps = iter(steps)
        self._set = set_value
        self._timer = Timer()
        self.running = True
        self._next()

    def _next(self, timer=None) -> None:
        for value, seconds in self._steps:
            self._set(value)
            if seconds > 0:
                self._timer.init(mode=Timer.ONE_SHOT, period=seconds * 1000, callback=self._next)
                return
        self.running = False

    def stop(self) -> None:
        self._timer.deinit()
        self.running = False

    def wait(self) -> None:
        while self.running:
            time.sleep(0.001)


def repeat(cycle, count: int | None, end):
    """The steps of a cycle count times (None: for ever), then the value `end`."""
    n = 0
    while count is None or n < count:
        yield from cycle()
        n += 1
    yield end, 0


class OutputDevice(GPIODevice):
    """A pin that is switched. initial_value: False, True, or None for as it is."""

    def __init__(self, pin=None, *, active_high: bool = True, initial_value: bool | None = False) -> None:
        super().__init__(pin)
        self._active_high = bool(active_high)
        if initial_value is None:
            self._pin.init(Pin.OUT)
        else:
            self._pin.init(Pin.OUT, value=bool(initial_value) == self._active_high)

    def on(self) -> None:
        """Make it active."""
        self.value = 1

    def off(self) -> None:
        """Make it inactive."""
        self.value = 0

    def toggle(self) -> None:
        """Make it what it is not."""
        self.value = not self.value

    @property
    def value(self) -> int:
        """1 if it is active, else 0; setting it makes it so."""
        self._check_open()
        return int(bool(self._pin.value()) == self._active_high)

    @value.setter
    def value(self, value) -> None:
        self._check_open()
        self._pin.value(bool(value) == self._active_high)

    @GPIODevice.active_high.setter
    def active_high(self, value: bool) -> None:
        state = self.value
        self._active_high = bool(value)
        self.value = state

    def close(self) -> None:
        if not self._closed:
            self._pin.init(Pin.IN)
        super().close()

    def __repr__(self) -> str:
        if self._closed:
            return super().__repr__()
        return f"<gpiozero.{type(self).__name__} object on pin {_pin_name(self._pin)}, active_high={self.active_high}, is_active={self.is_active}>"


class DigitalOutputDevice(OutputDevice):
    """An output that can blink."""

    _sequence = None

    def _stop(self) -> None:
        if self._sequence is not None:
            self._sequence.stop()
            self._sequence = None

    def _run(self, steps, set_value, background: bool) -> None:
        self._sequence = Sequence(steps, set_value)
        if not background:
            self._sequence.wait()

    @property
    def value(self) -> int:
        """1 if it is active, else 0; setting it makes it so, and ends blinking."""
        return OutputDevice.value.fget(self)

    @value.setter
    def value(self, value) -> None:
        self._stop()
        self._write(value)

    def _write(self, value) -> None:
        OutputDevice.value.fset(self, value)

    def toggle(self) -> None:
        self._stop()
        super().toggle()

    def blink(self, on_time: float = 1, off_time: float = 1, n: int | None = None, background: bool = True) -> None:
        """Switch on and off, n times (None: for ever), for so many seconds each. background=False: return when it is over."""
        self._check_open()
        self._stop()
        self._run(repeat(lambda: ((1, on_time), (0, off_time)), n, 0), self._write, background)

    def close(self) -> None:
        self._stop()
        super().close()


class LED(DigitalOutputDevice):
    """A light: is_lit is is_active."""

    @property
    def is_lit(self) -> bool:
        """Does it shine?"""
        return self.is_active


class Buzzer(DigitalOutputDevice):
    """Something that makes a noise while it is on."""

    beep = DigitalOutputDevice.blink


class PWMOutputDevice(DigitalOutputDevice):
    """An output whose value is 0 to 1: the part of the time in which it is active. frequency: Hz."""

    def __init__(self, pin=None, *, active_high: bool = True, initial_value: float = 0, frequency: float = 100) -> None:
        if not 0 <= initial_value <= 1:
            raise OutputDeviceBadValue("initial_value must be between 0 and 1")
        GPIODevice.__init__(self, pin)
        self._active_high = bool(active_high)
        self._pwm = None
        self._duty = 0.0
        self._frequency = frequency
        self._pwm = machine.PWM(self._pin, freq=frequency, duty_u16=self._raw(initial_value))
        self._duty = float(initial_value)

    def _raw(self, value: float) -> int:
        return round((value if self._active_high else 1 - value) * 65535)

    @property
    def value(self) -> float:
        """0 to 1; setting it ends blinking. OutputDeviceBadValue: something else."""
        self._check_open()
        return self._duty

    @value.setter
    def value(self, value: float) -> None:
        self._stop()
        self._write(value)

    def _write(self, value: float) -> None:
        self._check_open()
        if not 0 <= value <= 1:
            raise OutputDeviceBadValue("PWM value must be between 0 and 1")
        self._pwm.duty_u16(self._raw(value))
        self._duty = float(value)

    def on(self) -> None:
        self.value = 1.0

    def off(self) -> None:
        self.value = 0.0

    def toggle(self) -> None:
        self.value = 1 - self.value

    @property
    def frequency(self) -> float:
        """Of the pulses, in Hz."""
        return self._frequency

    @frequency.setter
    def frequency(self, value: float) -> None:
        if not value:
            raise PWMError("frequency must be above 0")
        self._pwm.freq(value)
        self._frequency = value

    def blink(self, on_time: float = 1, off_time: float = 1, fade_in_time: float = 0, fade_out_time: float = 0, n: int | None = None,
              background: bool = True) -> None:
        """Switch on and off, by fading in and out in so many seconds."""
        self._check_open()
        self._stop()
        cycle = lambda: (*fade(0.0, 1.0, fade_in_time), (1.0, on_time), *fade(1.0, 0.0, fade_out_time), (0.0, off_time))
        self._run(repeat(cycle, n, 0.0), self._write, background)

    def pulse(self, fade_in_time: float = 1, fade_out_time: float = 1, n: int | None = None, background: bool = True) -> None:
        """Fade in and out again and again."""
        self.blink(0, 0, fade_in_time, fade_out_time, n, background)

    def close(self) -> None:
        if not self._closed and self._pwm is not None:
            self._stop()
            self._pwm.deinit()
        GPIODevice.close(self)


def _mix(a, b, share: float):
    if isinstance(a, tuple):
        return tuple(x + (y - x) * share for x, y in zip(a, b))
    return a + (b - a) * share


def fade(start, end, seconds: float):
    steps = round(_FADE_STEPS * seconds)
    return [(_mix(start, end, i / steps), 1 / _FADE_STEPS) for i in range(steps)]


class PWMLED(PWMOutputDevice):
    """A light whose brightness is its value."""

    @property
    def is_lit(self) -> bool:
        """Does it shine at all?"""
        return self.is_active


def containing(self, names) -> str:
    """What a component that is made of others looks like."""
    text = f"{len(names)} devices: {', '.join(names)}" if names else f"{len(self)} unnamed devices"
    return f"<gpiozero.{type(self).__name__} object containing {text}>"


class Composite(Device):
    """A component made of others, in self._parts; those of _names have names."""

    _names: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return super().__repr__() if self._closed else containing(self, self._names)

    def close(self) -> None:
        if not self._closed:
            for part in self._parts:
                part.close()
        super().close()

    def __iter__(self):
        return iter(self._parts)

    def __len__(self) -> int:
        return len(self._parts)

    def __getitem__(self, index):
        return self._parts[index]

    @property
    def is_active(self) -> bool:
        return any(self.value)


class RGBLED(Composite):
    """A light of three colours, each 0 to 1: color, red, green, blue."""

    def __init__(self, red=None, green=None, blue=None, *, active_high: bool = True, initial_value=(0, 0, 0), pwm: bool = True) -> None:
        kind = PWMLED if pwm else LED
        self._pwm = pwm
        self._sequence = None
        self._parts = tuple(kind(pin, active_high=active_high) for pin in (red, green, blue))
        self.value = initial_value

    __repr__ = Device.__repr__

    @property
    def value(self) -> tuple:
        """(red, green, blue), each 0 to 1."""
        return tuple(part.value for part in self._parts)

    @value.setter
    def value(self, colour) -> None:
        self._stop()
        self._write(colour)

    color = value

    def _write(self, colour) -> None:
        self._check_open()
        colour = tuple(colour)
        if len(colour) != 3 or not all(0 <= part <= 1 for part in colour):
            raise OutputDeviceBadValue("each RGB color component must be between 0 and 1")
        if not self._pwm and any(part not in (0, 1) for part in colour):
            raise OutputDeviceBadValue("each RGB color component must be 0 or 1 with non-PWM RGBLEDs")
        for part, value in zip(self._parts, colour):
            part.value = value

    def _stop(self) -> None:
        if self._sequence is not None:
            self._sequence.stop()
            self._sequence = None

    @property
    def is_lit(self) -> bool:
        """Does it shine at all?"""
        return self.is_active

    def on(self) -> None:
        """White."""
        self.value = (1, 1, 1)

    def off(self) -> None:
        """Black."""
        self.value = (0, 0, 0)

    def toggle(self) -> None:
        """Each colour becomes what is missing of it to 1."""
        self.value = tuple(1 - part for part in self.value)

    def blink(self, on_time: float = 1, off_time: float = 1, fade_in_time: float = 0, fade_out_time: float = 0, on_color=(1, 1, 1), off_color=(0, 0, 0),
              n: int | None = None, background: bool = True) -> None:
        """Switch between two colours, by fading in and out in so many seconds."""
        if not self._pwm and (fade_in_time or fade_out_time):
            raise ValueError("fading needs pwm=True")
        self._check_open()
        self._stop()
        on_color, off_color = tuple(map(float, on_color)), tuple(map(float, off_color))
        cycle = lambda: (*fade(off_color, on_color, fade_in_time), (on_color, on_time), *fade(on_color, off_color, fade_out_time), (off_color, off_time))
        self._sequence = Sequence(repeat(cycle, n, off_color), self._write)
        if not background:
            self._sequence.wait()

    def pulse(self, fade_in_time: float = 1, fade_out_time: float = 1, on_color=(1, 1, 1), off_color=(0, 0, 0), n: int | None = None,
              background: bool = True) -> None:
        """Fade between two colours again and again."""
        self.blink(0, 0, fade_in_time, fade_out_time, on_color, off_color, n, background)

    def close(self) -> None:
        self._stop()
        super().close()


def _part_of(part, name: str) -> property:
    return property(lambda self: self.value[part],
                    lambda self, value: setattr(self, "value", tuple(value if i == part else v for i, v in enumerate(self.value))), None, name)


RGBLED.red, RGBLED.green, RGBLED.blue = _part_of(0, "The red part."), _part_of(1, "The green part."), _part_of(2, "The blue part.")


class Motor(Composite):
    """A motor behind an H-bridge: value is -1 (backward) to 1 (forward)."""

    _names = ("forward_device", "backward_device")

    def __init__(self, forward=None, backward=None, *, enable=None, pwm: bool = True) -> None:
        kind = PWMOutputDevice if pwm else DigitalOutputDevice
        self._pwm = pwm
        self.forward_device, self.backward_device = kind(forward), kind(backward)
        self._parts = [self.forward_device, self.backward_device]
        if enable is not None:
            self._parts.append(DigitalOutputDevice(enable, initial_value=True))
            self._names = (*Motor._names, "enable_device")

    @property
    def value(self) -> float:
        """Speed and direction, -1 to 1."""
        return self.forward_device.value - self.backward_device.value

    @value.setter
    def value(self, value: float) -> None:
        if not -1 <= value <= 1:
            raise OutputDeviceBadValue("Motor value must be between -1 and 1")
        if value > 0:
            self.forward(value)
        elif value < 0:
            self.backward(-value)
        else:
            self.stop()

    @property
    def is_active(self) -> bool:
        return self.value != 0

    def _check_speed(self, speed: float, direction: str) -> None:
        if not 0 <= speed <= 1:
            raise ValueError(f"{direction} speed must be between 0 and 1")
        if not self._pwm and speed not in (0, 1):
            raise ValueError(f"{direction} speed must be 0 or 1 with non-PWM Motors")

    def forward(self, speed: float = 1) -> None:
        """Turn, with a speed of 0 to 1."""
        self._check_speed(speed, "forward")
        self.backward_device.off()
        self.forward_device.value = speed

    def backward(self, speed: float = 1) -> None:
        """Turn the other way."""
        self._check_speed(speed, "backward")
        self.forward_device.off()
        self.backward_device.value = speed

    def reverse(self) -> None:
        """Turn the other way, as fast as now."""
        self.value = -self.value

    def stop(self) -> None:
        """Stand still."""
        self.forward_device.off()
        self.backward_device.off()


class PhaseEnableMotor(Composite):
    """A motor whose driver has a pin for the direction and one for the speed."""

    _names = ("phase_device", "enable_device")

    def __init__(self, phase=None, enable=None, *, pwm: bool = True) -> None:
        self.phase_device = DigitalOutputDevice(phase)
        self.enable_device = (PWMOutputDevice if pwm else DigitalOutputDevice)(enable)
        self._parts = [self.phase_device, self.enable_device]

    @property
    def value(self) -> float:
        """Speed and direction, -1 to 1."""
        return -self.enable_device.value if self.phase_device.value else self.enable_device.value

    @value.setter
    def value(self, value: float) -> None:
        if not -1 <= value <= 1:
            raise OutputDeviceBadValue("Motor value must be between -1 and 1")
        self.enable_device.off()
        self.phase_device.value = value < 0
        self.enable_device.value = abs(value)

    @property
    def is_active(self) -> bool:
        return self.value != 0

    def forward(self, speed: float = 1) -> None:
        """Turn, with a speed of 0 to 1."""
        self.value = speed

    def backward(self, speed: float = 1) -> None:
        """Turn the other way."""
        self.value = -speed

    def reverse(self) -> None:
        """Turn the other way, as fast as now."""
        self.value = -self.value

    def stop(self) -> None:
        """Stand still."""
        self.enable_device.off()


class Servo(Device):
    """A servo: value is -1 to 1, or None where it is not driven. Pulse widths in seconds."""

    def __init__(self, pin=None, *, initial_value: float | None = 0.0, min_pulse_width: float = 1 / 1000, max_pulse_width: float = 2 / 1000,
                 frame_width: float = 20 / 1000) -> None:
        if min_pulse_width >= max_pulse_width:
            raise ValueError("min_pulse_width must be less than max_pulse_width")
        if max_pulse_width >= frame_width:
            raise ValueError("max_pulse_width must be less than frame_width")
        if initial_value is not None and not -1 <= initial_value <= 1:
            raise OutputDeviceBadValue("initial_value must be between -1 and 1")
        self.min_pulse_width, self.max_pulse_width, self.frame_width = min_pulse_width, max_pulse_width, frame_width
        self._device = PWMOutputDevice(pin, frequency=1 / frame_width)
        self._value: float | None = None
        self.value = initial_value

    @property
    def pulse_width(self) -> float | None:
        """Of the pulses now, in seconds."""
        return None if self._value is None else self._width(self._value)

    def _width(self, value: float) -> float:
        return self.min_pulse_width + (value + 1) / 2 * (self.max_pulse_width - self.min_pulse_width)

    @property
    def value(self) -> float | None:
        """The position, -1 to 1; None: not driven."""
        return self._value

    @value.setter
    def value(self, value: float | None) -> None:
        if value is not None and not -1 <= value <= 1:
            raise OutputDeviceBadValue("Servo value must be between -1 and 1, or None")
        self._device.value = 0 if value is None else self._width(value) / self.frame_width
        self._value = None if value is None else float(value)

    @property
    def is_active(self) -> bool:
        return self._value is not None

    def __repr__(self) -> str:
        return super().__repr__() if self._closed else containing(self, ("pwm_device",))

    def min(self) -> None:
        """To one end."""
        self.value = -1

    def mid(self) -> None:
        """To the middle."""
        self.value = 0

    def max(self) -> None:
        """To the other end."""
        self.value = 1

    def detach(self) -> None:
        """Drive it no more."""
        self.value = None

    def close(self) -> None:
        if not self._closed:
            self._device.close()
        super().close()


class AngularServo(Servo):
    """A servo in degrees, min_angle to max_angle."""

    def __init__(self, pin=None, *, initial_angle: float | None = 0.0, min_angle: float = -90, max_angle: float = 90, min_pulse_width: float = 1 / 1000,
                 max_pulse_width: float = 2 / 1000, frame_width: float = 20 / 1000) -> None:
        self.min_angle, self.max_angle = min_angle, max_angle
        super().__init__(pin, initial_value=None if initial_angle is None else self._to_value(initial_angle), min_pulse_width=min_pulse_width,
                         max_pulse_width=max_pulse_width, frame_width=frame_width)

    def _to_value(self, angle: float) -> float:
        value = 2 * (angle - self.min_angle) / (self.max_angle - self.min_angle) - 1
        if not -1 <= value <= 1:
            raise OutputDeviceBadValue(f"AngularServo angle must be between {self.min_angle:g} and {self.max_angle:g}, or None")
        return value

    @property
    def angle(self) -> float | None:
        """Degrees; None: not driven."""
        return None if self.value is None else self.min_angle + (self.value + 1) / 2 * (self.max_angle - self.min_angle)

    @angle.setter
    def angle(self, angle: float | None) -> None:
        self.value = None if angle is None else self._to_value(angle)
