"""Integers as rows of decimal digits: counting, shifting and rounding them."""

from ._signal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP

_TENS = [10 ** i for i in range(80)]
_MANY = 4_000_000_000  # digits that no memory holds


def ten(power):
    """10 ** power."""
    if power < 80:
        return _TENS[power]
    if power > _MANY:
        raise MemoryError
    return 10 ** power


def count(n):
    """Digits of n, which is not negative; 1 for 0."""
    bits = n.bit_length()
    if bits < 100:
        return len(str(n))
    low = int((bits - 1) * 0.3010299956639812) + 1
    return low + (n >= ten(low))


def strip(n):
    """(n without zeros at its end, how many there were); n is not 0."""
    zeros = 0
    if n % 10:
        return n, 0
    step = 1
    while step * 2 < n.bit_length() >> 2 and n % ten(step * 2) == 0:
        step *= 2
    while step:
        power = ten(step)
        quotient, rest = divmod(n, power)
        if rest == 0:
            n, zeros = quotient, zeros + step
        else:
            step >>= 1
    return n, zeros


def drop(sign, n, places, rounding):
    """n without its last places digits, rounded; whether any of those was not 0."""
    power = ten(places)
    quotient, rest = divmod(n, power)
    if not rest:
        return quotient, False
    if rounding == ROUND_HALF_EVEN:
        twice = rest + rest
        up = twice > power or twice == power and quotient & 1
    elif rounding == ROUND_HALF_UP:
        up = rest + rest >= power
    elif rounding == ROUND_DOWN:
        up = False
    elif rounding == ROUND_UP:
        up = True
    elif rounding == ROUND_CEILING:
        up = not sign
    elif rounding == ROUND_FLOOR:
        up = sign
    elif rounding == ROUND_HALF_DOWN:
        up = rest + rest > power
    else:  # ROUND_05UP
        up = quotient % 5 == 0
    return (quotient + 1 if up else quotient), True


def rescale(sign, n, exp, wanted, rounding):
    """The coefficient of n * 10**exp at exponent wanted, rounded; whether a digit that is not 0 was dropped."""
    if exp >= wanted:
        return (n * ten(exp - wanted) if n else 0), False
    places = wanted - exp
    if places > count(n) + 1:  # less than a tenth of the last place
        return drop(sign, 1 if n else 0, 2, rounding)
    return drop(sign, n, places, rounding)
