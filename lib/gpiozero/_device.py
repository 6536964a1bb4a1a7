"""What all components have: closing, value and values, source, and the pin."""

import machine
import time

from gpiozero._error import BadEventHandler, DeviceClosed, GPIODeviceClosed, GPIOPinInUse, GPIOPinMissing, PinInvalidPin


def pause() -> None:
    """Wait for ever, while callbacks and timers do their work."""
    while True:
        time.sleep(3600)


class _Complete(type):
    """Once a component is made, it takes no attributes that it has not got: a misspelt one is an error."""

    def __call__(cls, *arguments, **named):
        self = super().__call__(*arguments, **named)
        self._is_complete = True
        return self


class Device(metaclass=_Complete):
    """A component: value, values, source, source_delay, close(), closed, is_active; a context manager that closes."""

    _is_complete = False
    _closed = False
    _source = None
    _source_timer = None
    source_delay = 0.01

    def __setattr__(self, name: str, value) -> None:
        if self._is_complete and not name.startswith("_") and not hasattr(type(self), name) and name not in self.__dict__:
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        super().__setattr__(name, value)

    def close(self) -> None:
        """Let go of what the component has; doing it again is no error."""
        self.source = None
        self._closed = True

    @property
    def closed(self) -> bool:
        """Was it closed?"""
        return self._closed

    def _check_open(self) -> None:
        if self._closed:
            raise DeviceClosed(f"{type(self).__name__} is closed or uninitialized")

    def __enter__(self):
        self._check_open()
        return self

    def __exit__(self, kind, value, trace) -> None:
        self.close()

    def __repr__(self) -> str:
        if self._closed:
            return f"<gpiozero.{type(self).__name__} object closed>"
        return f"<gpiozero.{type(self).__name__} object>"

    @property
    def is_active(self) -> bool:
        """Is the value other than 0?"""
        return bool(self.value)

    @property
    def values(self):
        """An endless iterator over the value, as it is each time it is asked."""
        while not self._closed:
            yield self.value

    @property
    def source(self):
        """An iterable whose items become the value, one every source_delay seconds, and the last stays; or another component, for its values. None: no more."""
        return self._source

    @source.setter
    def source(self, values) -> None:
        if self._source_timer is not None:
            self._source_timer.deinit()
            self._source_timer = None
        self._source = values
        if values is None:
            return
        items = iter(values.values if isinstance(values, Device) else values)
        timer = self._source_timer = machine.Timer()

        def follow(timer) -> None:
            try:
                self.value = next(items)
            except StopIteration:  # what is shown last stays
                timer.deinit()

        timer.init(period=self.source_delay * 1000, callback=follow)
        follow(timer)


_in_use: dict[int, object] = {}  # number of a pin: the component that has it


def _take_pin(spec, owner):
    if spec is None:
        raise GPIOPinMissing("No pin given")
    if isinstance(spec, str) and spec.startswith("BCM"):
        spec = int(spec[3:])
    try:
        pin = machine.Pin(spec)
    except (ValueError, TypeError) as error:
        raise PinInvalidPin(f"{spec!r} is not a valid pin name: {error}") from None
    name = pin.name()
    user = _in_use.get(name)
    if user is not None and not user.closed:
        raise GPIOPinInUse(f"pin {_pin_name(pin)} is already in use by {user!r}")
    _in_use[name] = owner
    return pin


def _pin_name(pin) -> str:
    name = pin.name()
    return f"GPIO{name}" if name.isdigit() else name


class GPIODevice(Device):
    """A component on one pin: pin is the machine.Pin."""

    def __init__(self, pin=None) -> None:
        self._closed = True
        self._pin = _take_pin(pin, self)
        self._closed = False
        self._active_high = True

    @property
    def pin(self):
        """The machine.Pin; None once it is closed."""
        return None if self._closed else self._pin

    @property
    def active_high(self) -> bool:
        """Is the component active when its pin is high?"""
        return self._active_high

    def _check_open(self) -> None:
        if self._closed:
            raise GPIODeviceClosed(f"{type(self).__name__} is closed or uninitialized")

    def close(self) -> None:
        if not self._closed:
            super().close()
            _in_use.pop(self._pin.name(), None)
            self._pin.irq(None)

    @property
    def value(self) -> int:
        """1 if the component is active, else 0."""
        self._check_open()
        return int(bool(self._pin.value()) == self._active_high)


def make_handler(function, device):
    """A callback for a function that takes nothing, or the component; None for None."""
    if function is None:
        return None
    if not callable(function):
        raise BadEventHandler("value must be None or a callable")
    import inspect

    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):
        return function
    try:
        signature.bind()
        return function
    except TypeError:
        pass
    try:
        signature.bind(device)
    except TypeError:
        raise BadEventHandler("value must be a callable which accepts up to one mandatory parameter") from None
    return lambda: function(device)
