"""Components that a program listens to: buttons, sensors of motion, lines and distance."""

import machine
import time
from machine import Pin, Timer

from gpiozero._device import GPIODevice, _pin_name, _take_pin, make_handler
from gpiozero._error import InputDeviceError, PinInvalidState


class InputDevice(GPIODevice):
    """A pin that is read. pull_up: True, False (down), None (floating; then active_state says which level is active)."""

    def __init__(self, pin=None, *, pull_up: bool | None = False, active_state: bool | None = None) -> None:
        if pull_up is None and active_state is None:
            raise PinInvalidState(f'Pin {pin!r} is defined as floating, but "active_state" is not defined')
        if pull_up is not None and active_state is not None:
            raise PinInvalidState(f'Pin {pin!r} is not floating, but "active_state" is not None')
        super().__init__(pin)
        self._active_high = bool(active_state) if pull_up is None else not pull_up
        self._pull_up = pull_up
        self._pin.init(Pin.IN, None if pull_up is None else Pin.PULL_UP if pull_up else Pin.PULL_DOWN)

    @property
    def pull_up(self) -> bool | None:
        """True, False, or None where it floats."""
        return self._pull_up

    def __repr__(self) -> str:
        if self._closed:
            return super().__repr__()
        return f"<gpiozero.{type(self).__name__} object on pin {_pin_name(self._pin)}, pull_up={self.pull_up}, is_active={self.is_active}>"


class _Events:
    """when_activated and when_deactivated, waiting for both, and how long a state has lasted."""

    _when_on = _when_off = None
    _when_on_given = _when_off_given = None

    def _begin_events(self) -> None:
        self._active = bool(self.value)
        self._since = time.monotonic()

    def _fire(self, active: bool, moment: float | None = None) -> None:
        if active == self._active:
            return
        self._active = active
        self._since = time.monotonic() if moment is None else moment
        handler = self._when_on if active else self._when_off
        self._state_changed(active)
        if handler is not None:
            handler()

    def _state_changed(self, active: bool) -> None:
        pass

    @property
    def when_activated(self):
        """Called, with the component or without, when it becomes active; None: nothing."""
        return self._when_on_given

    @when_activated.setter
    def when_activated(self, function) -> None:
        self._when_on = make_handler(function, self)
        self._when_on_given = function

    @property
    def when_deactivated(self):
        """Called, with the component or without, when it becomes inactive; None: nothing."""
        return self._when_off_given

    @when_deactivated.setter
    def when_deactivated(self, function) -> None:
        self._when_off = make_handler(function, self)
        self._when_off_given = function

    def _wait(self, active: bool, timeout: float | None) -> bool:
        self._check_open()
        end = None if timeout is None else time.monotonic() + timeout
        while self._active != active:
            if end is not None and time.monotonic() >= end:
                return False
            time.sleep(0.005 if end is None else max(0.0, min(0.005, end - time.monotonic())))
        return True

    def wait_for_active(self, timeout: float | None = None) -> bool:
        """Wait until it is active, at most so many seconds; is it?"""
        return self._wait(True, timeout)

    def wait_for_inactive(self, timeout: float | None = None) -> bool:
        """Wait until it is inactive, at most so many seconds; is it?"""
        return self._wait(False, timeout)

    @property
    def active_time(self) -> float | None:
        """Seconds since it became active; None: it is not."""
        return time.monotonic() - self._since if self._active else None

    @property
    def inactive_time(self) -> float | None:
        """Seconds since it became inactive; None: it is not."""
        return None if self._active else time.monotonic() - self._since


class DigitalInputDevice(_Events, InputDevice):
    """An input with callbacks. bounce_time: seconds for which changes are ignored after one."""

    def __init__(self, pin=None, *, pull_up: bool | None = False, active_state: bool | None = None, bounce_time: float | None = None) -> None:
        super().__init__(pin, pull_up=pull_up, active_state=active_state)
        self._bounce = bounce_time
        self._settling = False
        self._timer = Timer()
        self._begin_events()
        self._irq = self._pin.irq(self._edge, Pin.IRQ_RISING | Pin.IRQ_FALLING)

    def _edge(self, pin) -> None:
        if self._closed or self._settling:
            return
        rising = self._irq.flags() == Pin.IRQ_RISING
        active = rising == self._active_high
        if active == self._active:
            return
        if self._bounce:
            self._settling = True
            self._timer.init(mode=Timer.ONE_SHOT, period=self._bounce * 1000, callback=self._settled)
        self._fire(active, self._irq.timestamp * 1e-9)

    def _settled(self, timer) -> None:
        self._settling = False
        if not self._closed:
            self._fire(bool(self.value))

    def close(self) -> None:
        if not self._closed:
            self._timer.deinit()
        super().close()


class Button(DigitalInputDevice):
    """A push button; with pull_up (the rule) between the pin and ground. hold_time: seconds until it counts as held."""

    def __init__(self, pin=None, *, pull_up: bool | None = True, active_state: bool | None = None, bounce_time: float | None = None, hold_time: float = 1,
                 hold_repeat: bool = False) -> None:
        self.hold_time = hold_time
        self.hold_repeat = hold_repeat
        self._held_since: float | None = None
        self._when_held = self._when_held_given = None
        self._hold_timer = Timer()
        super().__init__(pin, pull_up=pull_up, active_state=active_state, bounce_time=bounce_time)

    def _state_changed(self, active: bool) -> None:
        self._held_since = None
        if active:
            self._hold_timer.init(mode=Timer.ONE_SHOT, period=max(self.hold_time, 0.001) * 1000, callback=self._held)
        else:
            self._hold_timer.deinit()

    def _held(self, timer) -> None:
        if not self._active:
            return
        if self._held_since is None:
            self._held_since = time.monotonic()
        if self.hold_repeat:
            self._hold_timer.init(mode=Timer.ONE_SHOT, period=max(self.hold_time, 0.001) * 1000, callback=self._held)
        if self._when_held is not None:
            self._when_held()

    @property
    def when_held(self):
        """Called when it has been pressed for hold_time; again and again with hold_repeat."""
        return self._when_held_given

    @when_held.setter
    def when_held(self, function) -> None:
        self._when_held = make_handler(function, self)
        self._when_held_given = function

    @property
    def is_held(self) -> bool:
        """Has it been pressed for hold_time?"""
        return self._held_since is not None

    @property
    def held_time(self) -> float | None:
        """Seconds since it became held; None: it is not."""
        return None if self._held_since is None else time.monotonic() - self._held_since

    @property
    def is_pressed(self) -> bool:
        """Is it pressed?"""
        return self.is_active

    when_pressed = _Events.when_activated
    when_released = _Events.when_deactivated
    pressed_time = _Events.active_time
    wait_for_press = _Events.wait_for_active
    wait_for_release = _Events.wait_for_inactive

    def close(self) -> None:
        self._hold_timer.deinit()
        super().close()


class SmoothedInputDevice(_Events, InputDevice):
    """An input that is sampled; its value is the average of the last queue_len samples, and it is active above threshold."""

    def __init__(self, pin=None, *, pull_up: bool | None = False, active_state: bool | None = None, threshold: float = 0.5, queue_len: int = 5,
                 sample_wait: float = 0.0, partial: bool = False) -> None:
        if queue_len < 1:
            raise ValueError("queue_len must be at least one")
        self._samples: list[float] = []
        self._queue_len = queue_len
        self.partial = partial
        self._threshold = threshold
        self._sample_wait = sample_wait
        super().__init__(pin, pull_up=pull_up, active_state=active_state)
        self._start()

    def _start(self) -> None:
        self._active = False
        self._since = time.monotonic()
        self._sampler = Timer(period=max(self._sample_wait, 0.001) * 1000, callback=self._sample)
        self._sample(None)

    def _read(self) -> float:
        return int(bool(self._pin.value()) == self._active_high)

    def _sample(self, timer) -> None:
        if self._closed:
            return
        self._samples.append(self._read())
        del self._samples[:-self._queue_len]
        if self.partial or len(self._samples) == self._queue_len:
            self._fire(self._average() > self._threshold)

    def _average(self) -> float:
        return sum(self._samples) / len(self._samples)

    def _wait_for_samples(self) -> None:
        while not self.partial and len(self._samples) < self._queue_len:
            time.sleep(max(self._sample_wait, 0.001))

    @property
    def value(self) -> float:
        """The average of the last samples, 0 to 1; the first time, it waits until there are enough (but with partial=True)."""
        self._check_open()
        self._wait_for_samples()
        return self._average()

    @property
    def threshold(self) -> float:
        """Above it the component is active."""
        return self._threshold

    @threshold.setter
    def threshold(self, value: float) -> None:
        if not 0 < value < 1:
            raise InputDeviceError("threshold must be between zero and one exclusive")
        self._threshold = float(value)

    @property
    def is_active(self) -> bool:
        return self.value > self._threshold

    @property
    def queue_len(self) -> int:
        """How many samples are averaged."""
        return self._queue_len

    def close(self) -> None:
        if not self._closed:
            self._sampler.deinit()
        super().close()


class MotionSensor(SmoothedInputDevice):
    """A passive infrared sensor, high where something moves."""

    def __init__(self, pin=None, *, pull_up: bool | None = False, active_state: bool | None = None, queue_len: int = 1, sample_rate: float = 10,
                 threshold: float = 0.5, partial: bool = False) -> None:
        super().__init__(pin, pull_up=pull_up, active_state=active_state, threshold=threshold, queue_len=queue_len, sample_wait=1 / sample_rate,
                         partial=partial)

    @property
    def motion_detected(self) -> bool:
        """Does something move?"""
        return self.is_active

    when_motion = _Events.when_activated
    when_no_motion = _Events.when_deactivated
    wait_for_motion = _Events.wait_for_active
    wait_for_no_motion = _Events.wait_for_inactive


class LineSensor(SmoothedInputDevice):
    """An infrared sensor over a line: active where there is one, when its pin is low."""

    def __init__(self, pin=None, *, pull_up: bool | None = False, active_state: bool | None = None, queue_len: int = 5, sample_rate: float = 100,
                 threshold: float = 0.5, partial: bool = False) -> None:
        super().__init__(pin, pull_up=pull_up, active_state=active_state, threshold=threshold, queue_len=queue_len, sample_wait=1 / sample_rate,
                         partial=partial)

    @property
    def value(self) -> float:
        """The average of the last samples, 0 over a line."""
        return super().value

    @property
    def line_detected(self) -> bool:
        """Is there a line?"""
        return not self.is_active

    when_line = _Events.when_deactivated
    when_no_line = _Events.when_activated
    wait_for_line = _Events.wait_for_inactive
    wait_for_no_line = _Events.wait_for_active


class DistanceSensor(SmoothedInputDevice):
    """An HC-SR04: distance in metres, up to max_distance; in range below threshold_distance."""

    _SAMPLE = 0.06

    def __init__(self, echo=None, trigger=None, *, queue_len: int = 9, max_distance: float = 1, threshold_distance: float = 0.3, partial: bool = False) -> None:
        if max_distance <= 0:
            raise ValueError("invalid maximum distance (must be positive)")
        self._max = max_distance
        self._last = 1.0
        self._trigger = _take_pin(trigger, self)
        self._trigger.init(Pin.OUT, value=0)
        super().__init__(echo, pull_up=False, threshold=threshold_distance / max_distance, queue_len=queue_len, sample_wait=self._SAMPLE, partial=partial)

    def _read(self) -> float:
        self._trigger(1)
        time.sleep_us(10)
        self._trigger(0)
        us = machine.time_pulse_us(self._pin, 1, 40_000)
        if us >= 0:
            self._last = min(1.0, us * 1e-6 * 343.26 / 2 / self._max)
        elif us == -1:
            self._last = 1.0
        return self._last

    def _fire(self, active: bool, moment: float | None = None) -> None:
        super()._fire(self._average() < self._threshold, moment)

    @property
    def distance(self) -> float:
        """Metres, averaged."""
        return self.value * self._max

    @property
    def max_distance(self) -> float:
        """What counts as value 1."""
        return self._max

    @property
    def threshold_distance(self) -> float:
        """Below it something is in range."""
        return self._threshold * self._max

    @threshold_distance.setter
    def threshold_distance(self, value: float) -> None:
        self.threshold = value / self._max

    @property
    def is_active(self) -> bool:
        return self.value < self._threshold

    when_in_range = _Events.when_activated
    when_out_of_range = _Events.when_deactivated
    wait_for_in_range = _Events.wait_for_active
    wait_for_out_of_range = _Events.wait_for_inactive

    def close(self) -> None:
        if not self._closed:
            self._trigger.init(Pin.IN)
        super().close()
