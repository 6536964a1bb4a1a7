"""Components on pins, with the names of gpiozero's API, over module machine: LED, Button, Motor, Servo, sensors; source and values; callbacks.

Pins are what machine.Pin takes: 17, "GPIO17", "BOARD11" where the board has such names. What happens by itself (blinking, sources, holding) is done by
timers; callbacks run between two instructions of the program. API: gpiozero.readthedocs.io, 2.0.
"""

from gpiozero._board import LEDBarGraph, LEDBoard, Robot, TrafficLights
from gpiozero._device import Device, GPIODevice, pause
from gpiozero._error import (BadEventHandler, DeviceClosed, GPIODeviceClosed, GPIODeviceError, GPIOPinInUse, GPIOPinMissing, GPIOZeroError, InputDeviceError,
                             OutputDeviceBadValue, OutputDeviceError, PinInvalidPin, PinInvalidState, PWMError)
from gpiozero._input import Button, DigitalInputDevice, DistanceSensor, InputDevice, LineSensor, MotionSensor, SmoothedInputDevice
from gpiozero._output import (LED, RGBLED, AngularServo, Buzzer, DigitalOutputDevice, Motor, OutputDevice, PhaseEnableMotor, PWMLED, PWMOutputDevice,
                              Servo)

__all__ = [name for name in dir() if not name.startswith("_")]
