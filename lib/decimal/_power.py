"""Roots, powers, exponentials and logarithms, correctly rounded.

What has no end is computed in fixed-point binary numbers with a few digits more than are wanted, again with more where those do not tell how to
round.
"""

from ._digits import count, strip, ten
from ._signal import *

_GUARD = 10  # decimal digits more than the precision, at first
_logarithms = {}  # bits -> (log 2, log 10), as integers that are so many bits to the left


def start(names):
    """What this file needs of _number.py."""
    wanted = ("Decimal", "_new", "_infinity", "_nan_of", "_invalid", "_finish", "_argument", "_operand", "_fit", "getcontext")
    globals().update({name: names[name] for name in wanted})


def _isqrt(n):
    from math import isqrt
    return isqrt(n)


def _half_even(sign, n, exp, context):
    """_finish, rounded half to even whatever the context says."""
    rounding = context.rounding
    if rounding == ROUND_HALF_EVEN:
        return _finish(sign, n, exp, context)
    context.rounding = ROUND_HALF_EVEN
    try:
        return _finish(sign, n, exp, context)
    finally:
        context.rounding = rounding


# ---- Fixed point ---------------------------------------------------------------------------------------------------------------------

def _inverse_atanh(n, bits):
    """atanh(1/n) << bits."""
    term = (1 << bits) // n
    total, square, k = term, n * n, 1
    while term:
        term //= square
        k += 2
        total += term // k
    return total


def _log_constants(bits):
    """(log 2, log 10) << bits: both are sums of three series that converge well."""
    found = _logarithms.get(bits)
    if found is None:
        more = bits + 20
        a, b, c = _inverse_atanh(31, more), _inverse_atanh(49, more), _inverse_atanh(161, more)
        found = (14 * a + 10 * b + 6 * c) >> 20, (46 * a + 34 * b + 20 * c) >> 20
        if len(_logarithms) > 8:
            _logarithms.clear()
        _logarithms[bits] = found
    return found


def _log_fixed(n, exp, bits):
    """log(n * 10**exp) << bits, nearly."""
    size = n.bit_length()
    work = bits + 24 + (abs(exp).bit_length() + size.bit_length()) * 1
    steps = max(4, int(work ** 0.5) // 4)
    work += 2 * steps
    x = n << work - size + 1 if work >= size - 1 else n >> size - 1 - work  # 1 <= x < 2
    for _ in range(steps):
        x = _isqrt(x << work)
    one = 1 << work
    z = (x - one << work) // (x + one)
    square = z * z >> work
    total = term = z
    k = 1
    while term:
        term = term * square >> work
        k += 2
        total += term // k
    log_2, log_10 = _log_constants(work)
    value = (total << steps + 1) + log_2 * (size - 1) + log_10 * exp
    return value >> work - bits


def _exp_fixed(x, bits):
    """exp(x >> bits) << bits, where 0 <= x >> bits < 3."""
    steps = max(4, int(bits ** 0.5) // 2)
    work = bits + 2 * steps + 16
    x = x << work - bits - steps
    total = term = 1 << work
    k = 1
    while term:
        term = (term * x >> work) // k
        total += term
        k += 1
    for _ in range(steps):
        total = total * total >> work
    return total >> work - bits


def _bits_for(digits):
    return int(digits * 3.3219280948873626) + 8


def _clear(n, guard):
    """Do the last guard digits of n, of which the last may be wrong by some, tell how to round?"""
    half = 5 * ten(guard - 1)
    return 16 < n % half < half - 16


def _exp_of_fixed(x, bits, prec):
    """(n, exponent), n having prec digits or one more: exp(x >> bits); x has bits enough."""
    log_10 = _log_constants(bits)[1]
    power, rest = divmod(x, log_10)
    return (_exp_fixed(rest, bits) * ten(prec - 1)) >> bits, power - prec + 1


# ---- exp, ln, log10 ------------------------------------------------------------------------------------------------------------------

def exp(self, context=None):
    """e ** self"""
    context = context or getcontext()
    nan = _nan_of(context, self)
    if nan is not None:
        return nan
    if self._is_special:
        return _new(0, 0, 0) if self._sign else _infinity(0)
    if not self._int:
        return _new(0, 1, 0)
    prec, adjusted = context.prec, self.adjusted()
    if not self._sign and adjusted > len(str((context.Emax + 1) * 3)):
        return _half_even(0, 1, context.Emax + 1, context)
    if self._sign and adjusted > len(str((-context.etiny + 1) * 3)):
        return _half_even(0, 1, context.etiny - 1, context)
    if not self._sign and adjusted < -prec:
        return _half_even(0, ten(prec + 1) + 1, -prec - 1, context)
    if self._sign and adjusted < -prec - 1:
        return _half_even(0, ten(prec + 1) - 1, -prec - 1, context)
    guard = _GUARD
    while True:
        digits = prec + guard
        bits = _bits_for(digits + max(adjusted, 0) + 4)
        x = self._int * ten(self._exp) << bits if self._exp >= 0 else (self._int << bits) // ten(-self._exp)
        n, e = _exp_of_fixed(-x if self._sign else x, bits, digits)
        spare = count(n) - prec
        if _clear(n, spare):
            return _half_even(0, n, e, context)
        guard *= 2


def _log_digits(n, e, digits):
    """log(n * 10**e) * 10**digits, nearly."""
    bits = _bits_for(digits) + 8
    value = _log_fixed(n, e, bits) * ten(digits)
    return -(-value >> bits) if value < 0 else value >> bits


def _logarithm(self, context, of_ten):
    """log of self, which is neither special nor a power that is exact."""
    prec = context.prec
    guard = _GUARD
    lost = 0  # digits that a result near 0 has less
    adjusted = self.adjusted()
    if adjusted in (0, -1):
        apart = abs(self._int - ten(-self._exp)) if self._exp < 0 else self._int - 1
        lost = max(0, -(count(apart) + self._exp - 1)) if apart else 0
    while True:
        digits = prec + guard + lost
        if of_ten:
            bits = _bits_for(digits) + 16
            value = (_log_fixed(self._int, self._exp, bits) * ten(digits)) // _log_constants(bits)[1]
        else:
            value = _log_digits(self._int, self._exp, digits)
        n = abs(value)
        spare = count(n) - prec
        if spare > 2 and _clear(n, spare):
            return _half_even(1 if value < 0 else 0, n, -digits, context)
        guard *= 2


def _log_special(self, context):
    nan = _nan_of(context, self)
    if nan is not None:
        return nan
    if not self._is_special and not self._int:
        return _infinity(1)
    if self._sign:
        return _invalid(context)
    return _infinity(0) if self._is_special else None


def ln(self, context=None):
    """The natural logarithm."""
    context = context or getcontext()
    made = _log_special(self, context)
    if made is not None:
        return made
    if self == 1:
        return _new(0, 0, 0)
    return _logarithm(self, context, False)


def log10(self, context=None):
    """The logarithm to base 10."""
    context = context or getcontext()
    made = _log_special(self, context)
    if made is not None:
        return made
    n, zeros = strip(self._int)
    if n == 1:
        power = self._exp + zeros
        return _half_even(1 if power < 0 else 0, abs(power), 0, context)
    return _logarithm(self, context, True)


def sqrt(self, context=None):
    """The square root."""
    context = context or getcontext()
    if self._is_special:
        nan = _nan_of(context, self)
        if nan is not None:
            return nan
        if not self._sign:
            return _infinity(0)
    if not self._int and not self._is_special:
        return _finish(self._sign, 0, self._exp >> 1, context)
    if self._sign:
        return _invalid(context)
    ideal = self._exp >> 1
    n, digits = self._int, count(self._int)
    if self._exp & 1:
        n *= 10
        half = (digits >> 1) + 1
    else:
        half = digits + 1 >> 1
    shift = context.prec + 1 - half
    if shift >= 0:
        n, rest = n * ten(2 * shift), 0
    else:
        n, rest = divmod(n, ten(-2 * shift))
    root = _isqrt(n)
    exp = ideal - shift
    if rest or root * root != n:
        if root % 5 == 0:
            root += 1  # so that no rounding takes it for exact
    elif shift >= 0:
        root, exp = root // ten(shift), ideal
    else:
        root, exp = root * ten(-shift), ideal
    return _half_even(0, root, exp, context)


# ---- Powers --------------------------------------------------------------------------------------------------------------------------

def _is_integer(d):
    return d._exp >= 0 or d._int % ten(-d._exp) == 0 if -d._exp < 2 * count(d._int) + 2 else d._int == 0


def _modulo(self, other, modulo, context):
    """pow(self, other, modulo) of integers."""
    modulo, other = _argument(modulo), _argument(other)
    context = context or getcontext()
    nan = _nan_of(context, self, other, modulo)
    if nan is not None:
        return nan
    numbers = self, other, modulo
    if any(d._is_special or not _is_integer(d) for d in numbers) or other._sign and other._int or not modulo._int:
        return _invalid(context)
    if not other._int and not self._int or modulo.adjusted() >= context.prec:
        return _invalid(context)
    sign = self._sign if other._int and int(other) & 1 else 0
    m = abs(int(modulo))
    base = self._int % m * pow(10, self._exp, m) if self._exp >= 0 else int(abs(self)) % m
    power = other._int * ten(other._exp) if other._exp >= 0 else int(other)
    return _new(sign, pow(base % m, power, m), 0)


def _root(n, degree):
    """The integer root of n, or None if there is none."""
    guess = 1 << -(-n.bit_length() // degree)
    while True:
        quotient = n // guess ** (degree - 1)
        if guess <= quotient:
            break
        guess = (guess * (degree - 1) + quotient) // degree
    return guess if guess ** degree == n else None


def _exact(self, other, digits):
    """(n, exponent) of self ** other if it has at most so many digits, or None. self is positive and not 1."""
    n, zeros = strip(self._int)
    e = self._exp + zeros
    top, places = strip(other._int)
    places += other._exp
    if places >= 0:
        if places > 20:
            return None  # too large a power
        top, bottom = top * ten(places), 1
    else:
        if -places > 4 * count(self._int) + 60:
            return None
        bottom = ten(-places)
        from math import gcd
        common = gcd(top, bottom)
        top, bottom = top // common, bottom // common
        if bottom.bit_length() > 64:
            return None
    if bottom != 1:
        if e % bottom or n != 1 and bottom > n.bit_length():
            return None
        n = 1 if n == 1 else _root(n, bottom)
        if n is None:
            return None
        e //= bottom
    if other._sign:
        if n != 1:
            twos = (n & -n).bit_length() - 1
            odd, fives = n >> twos, 0
            while odd % 5 == 0:
                odd, fives = odd // 5, fives + 1
            if odd != 1:
                return None
            n, e = 5 ** twos if twos else 2 ** fives, e + (twos or fives)
        e = -e
    if n == 1:
        return 1, e * top
    if (n.bit_length() - 1) * top * 0.30102 > digits:
        return None
    n **= top
    return (n, e * top) if count(n) <= digits else None


def _power_of_one(self, other, sign, context):
    """1 ** other, with the exponent that multiplying would give."""
    prec = context.prec
    if _is_integer(other):
        times = 0 if other._sign else prec if other > prec else int(other)
        exp = self._exp * times
        if exp < 1 - prec:
            exp = 1 - prec
            context._raise_error(Rounded)
    else:
        context._raise_error(Inexact, Rounded)
        exp = 1 - prec
    return _new(sign, ten(-exp) if exp < 0 else 1, exp)


def _beyond(self, other, sign, context):
    """What overflows or underflows for sure, or None."""
    adjusted = self.adjusted()
    if adjusted >= 1:
        size = count(adjusted)
    elif adjusted <= -2:
        size = count(-1 - adjusted)
    else:  # near 1: |log10| is at least about |self - 1| / 10
        apart = abs(self._int - ten(-self._exp)) if self._exp < 0 else self._int
        size = count(apart) + self._exp - 1 if apart else 0
    bound = size + other.adjusted() - 1
    if (adjusted >= 0) == (other._sign == 0):
        if bound > len(str(context.Emax)):
            return _half_even(sign, 1, context.Emax + 1, context) if context.rounding == ROUND_HALF_EVEN else _finish(sign, 1, context.Emax + 1, context)
    elif bound > len(str(-context.etiny)):
        return _finish(sign, 1, context.etiny - 1, context)
    return None


def _log_size(self):
    """|log self| is below 10 to the power of this."""
    adjusted = self.adjusted()
    if adjusted in (0, -1) and self._exp < 0:
        return count(abs(self._int - ten(-self._exp))) + self._exp + 1
    return len(str(abs(adjusted) + 1)) + 1


def _inexact(self, other, sign, context):
    prec = context.prec
    if other.adjusted() + _log_size(self) < -prec - 2:  # nearly 1
        above = (self.adjusted() >= 0) == (other._sign == 0)
        return ten(prec + 1) + (1 if above else -1), -prec - 1
    guard = _GUARD
    while True:
        digits = prec + guard
        size = max(other.adjusted(), 0) + len(str(abs(self.adjusted()) + 1)) + 2
        bits = _bits_for(digits + size + 4)
        log = _log_fixed(self._int, self._exp, bits + _bits_for(max(0, other.adjusted() + 1)))
        log = log * other._int
        log = log * ten(other._exp) if other._exp >= 0 else log // ten(-other._exp)
        log >>= _bits_for(max(0, other.adjusted() + 1))
        n, e = _exp_of_fixed(-log if other._sign else log, bits, digits)
        spare = count(n) - prec
        if _clear(n, spare):
            return n, e
        guard *= 2


def _power_special(self, other, context):
    """(result or None, sign, self without it) of what needs no computing."""
    if not other._is_special and not other._int:
        return (_invalid(context) if not self._is_special and not self._int else _new(0, 1, 0)), 0, self
    sign = 0
    if self._sign:
        whole = not other._is_special and _is_integer(other)
        if whole:
            sign = other._exp <= 0 and int(other) & 1
        elif self._is_special or self._int:
            return _invalid(context), 0, self
        self = self.copy_negate()
    if not self._is_special and not self._int:
        return (_new(sign, 0, 0) if not other._sign else _infinity(sign)), sign, self
    if self._is_special:
        return (_infinity(sign) if not other._sign else _new(sign, 0, 0)), sign, self
    if self == 1:
        return _power_of_one(self, other, sign, context) if not other._is_special else _power_of_one(self, _new(0, 5, -1), sign, context), sign, self
    if other._is_special:
        return (_new(0, 0, 0) if (other._sign == 0) == (self.adjusted() < 0) else _infinity(0)), sign, self
    return None, sign, self


def _pad_exact(n, e, self, other, prec):
    """An exact power with the zeros that its exponent should have."""
    if _is_integer(other) and not other._sign:
        ideal = self._exp * int(other)
        zeros = min(e - ideal, prec - count(n))
        if zeros > 0:
            n, e = n * ten(zeros), e - zeros
    return n, e


def power(self, other, modulo=None, context=None):
    """self ** other, or pow(self, other, modulo)"""
    if modulo is not None:
        return _modulo(self, other, modulo, context)
    other = _operand(other)
    if other is NotImplemented:
        return other
    context = context or getcontext()
    nan = _nan_of(context, self, other)
    if nan is not None:
        return nan
    made, sign, base = _power_special(self, other, context)
    if made is None:
        made = _beyond(base, other, sign, context)
    if made is not None:
        return made
    found = _exact(base, other, context.prec + 1)
    if found is None:
        return _finish(sign, *_inexact(base, other, sign, context), context)
    n, e = _pad_exact(*found, base, other, context.prec + 1)
    if _is_integer(other):
        return _finish(sign, n, e, context)
    digits = count(n)
    if digits <= context.prec:  # roots count as inexact, always
        n, e = n * ten(context.prec + 1 - digits), e - (context.prec + 1 - digits)
    made = _finish(sign, n, e, context)
    context._raise_error(*((Inexact, Rounded, Underflow) if not made._is_special and made.is_subnormal(context) else (Inexact, Rounded)))
    return made


def rpower(self, other, modulo=None, context=None):
    """other ** self"""
    other = _operand(other)
    return other if other is NotImplemented else power(other, self, modulo, context)
