"""Functions of values, for sources: each takes values, or components, and yields values."""

import math
import time

from gpiozero._device import Device


def _of(values):
    return values.values if isinstance(values, Device) else values


def negated(values):
    """The opposite truth: True for what is false."""
    for value in _of(values):
        yield not value


def inverted(values, input_min: float = 0, input_max: float = 1):
    """input_max - value + input_min."""
    for value in _of(values):
        yield input_min + input_max - value


def scaled(values, output_min: float, output_max: float, input_min: float = 0, input_max: float = 1):
    """From one range to another."""
    if input_min >= input_max:
        raise ValueError("input_min must be smaller than input_max")
    share = (output_max - output_min) / (input_max - input_min)
    for value in _of(values):
        yield (value - input_min) * share + output_min


def clamped(values, output_min: float = 0, output_max: float = 1):
    """At least output_min, at most output_max."""
    for value in _of(values):
        yield min(max(value, output_min), output_max)


def absoluted(values):
    """Without a sign."""
    for value in _of(values):
        yield abs(value)


def quantized(values, steps: int, input_min: float = 0, input_max: float = 1):
    """One of steps + 1 values, the next lower."""
    for value in _of(values):
        yield int((value - input_min) / (input_max - input_min) * steps) / steps * (input_max - input_min) + input_min


def booleanized(values, min_value: float, max_value: float, hysteresis: float = 0):
    """Is the value within a range? It has to move by hysteresis beyond a border to change that."""
    inside = False
    for value in _of(values):
        slack = hysteresis if inside else 0
        inside = min_value - slack < value < max_value + slack
        yield inside


def all_values(*values):
    """Are all true?"""
    for row in zip(*map(_of, values)):
        yield all(row)


def any_values(*values):
    """Is one of them true?"""
    for row in zip(*map(_of, values)):
        yield any(row)


def averaged(*values):
    """Their mean."""
    for row in zip(*map(_of, values)):
        yield sum(row) / len(row)


def summed(*values):
    """Their sum."""
    for row in zip(*map(_of, values)):
        yield sum(row)


def multiplied(*values):
    """Their product."""
    for row in zip(*map(_of, values)):
        yield math.prod(row)


def queued(values, qsize: int):
    """The values, qsize late."""
    queue: list = []
    for value in _of(values):
        queue.append(value)
        if len(queue) >= qsize:
            yield queue.pop(0)


def smoothed(values, qsize: int, average=lambda queue: sum(queue) / len(queue)):
    """The average of the last qsize values."""
    queue: list = []
    for value in _of(values):
        queue.append(value)
        if len(queue) > qsize:
            queue.pop(0)
        if len(queue) == qsize:
            yield average(queue)


def pre_delayed(values, delay: float):
    """Waits so many seconds before each value."""
    for value in _of(values):
        time.sleep(delay)
        yield value


def post_delayed(values, delay: float):
    """Waits so many seconds after each value."""
    for value in _of(values):
        yield value
        time.sleep(delay)


def sin_values(period: int = 360):
    """A sine, -1 to 1, in so many steps."""
    angle = 0
    while True:
        yield math.sin(2 * math.pi * angle / period)
        angle = (angle + 1) % period


def cos_values(period: int = 360):
    """A cosine, -1 to 1, in so many steps."""
    angle = 0
    while True:
        yield math.cos(2 * math.pi * angle / period)
        angle = (angle + 1) % period


def ramping_values(period: int = 360):
    """0 to 1 and back, in so many steps."""
    step, value = 2 / period, 0.0
    while True:
        yield value
        value += step
        if value > 1:
            value, step = 2 - value, -step
        elif value < 0:
            value, step = -value, -step


def alternating_values(initial_value: bool = False):
    """True and False in turn."""
    value = initial_value
    while True:
        yield value
        value = not value


def random_values():
    """0 to 1, at random."""
    from random import random

    while True:
        yield random()
