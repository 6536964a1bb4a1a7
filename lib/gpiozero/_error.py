"""What can go wrong with a component."""


class GPIOZeroError(Exception):
    """Anything that this package raises."""


class DeviceClosed(GPIOZeroError):
    """The component was closed."""


class BadEventHandler(GPIOZeroError, ValueError):
    """What was given as a callback cannot be called so."""


class GPIODeviceError(GPIOZeroError):
    """Something about the pin of a component."""


class GPIODeviceClosed(GPIODeviceError, DeviceClosed):
    """The component was closed."""


class GPIOPinInUse(GPIODeviceError):
    """Another component has the pin."""


class GPIOPinMissing(GPIODeviceError, ValueError):
    """A component needs a pin, and none was given."""


class PinInvalidPin(GPIODeviceError, ValueError):
    """The board has no such pin."""


class PinInvalidState(GPIODeviceError, ValueError):
    """A pin cannot be set up so."""


class InputDeviceError(GPIODeviceError):
    """Something about an input."""


class OutputDeviceError(GPIODeviceError):
    """Something about an output."""


class OutputDeviceBadValue(OutputDeviceError, ValueError):
    """A value that the output cannot have."""


class PWMError(GPIODeviceError):
    """Something about pulses."""
