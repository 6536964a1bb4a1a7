#!/usr/bin/env python3
# number_oracle.py - what CPython makes of random numbers: makes limbs_, double_ and hash_expected.h, or checks more of them.
# SPDX-License-Identifier: MIT
"""Usage: number_oracle.py limbs|double|hash > SUBJECT_expected.h, under CPython 3.13 on a 64-bit system.
number_oracle.py limbs|double TEST_PROGRAM [COUNT [SEED]] compares COUNT random rows with the output of `TEST_PROGRAM --pipe`."""

import decimal
import math
import random
import struct
import subprocess
import sys

sys.set_int_max_str_digits(0)
decimal.getcontext().prec = 1500

# --- Values ---


def random_int(rng, bits, signed=True):
    """Of at most that many bits: random, all ones, a power of two, runs of equal bits."""
    bits = rng.randrange(bits + 1)
    kind = rng.randrange(6)
    if kind == 0:
        value = (1 << bits) - 1
    elif kind == 1:
        value = 1 << bits >> 1
    elif kind == 2:
        runs = "".join(rng.choice("01") * rng.randrange(1, 80) for _ in range(bits // 40 + 1))
        value = int(runs[:bits] or "0", 2)
    else:
        value = rng.getrandbits(bits) if bits else 0
    return -value if signed and rng.randrange(2) else value


def random_double(rng):
    kind = rng.randrange(12)
    if kind < 3:
        return struct.unpack("<d", rng.randbytes(8))[0]
    if kind == 3:
        return rng.choice([0.0, -0.0, math.inf, -math.inf, math.nan, 5e-324, 2.2250738585072014e-308, sys.float_info.max, 1e16, 1e22,
                           1e23, 9999999999999998.0, 2.0**53, 0.1, 0.5, 1.5, 2.5, 1e-4, 1e-5, 9.5, 99.5, 0.95, 1.0, -1.0])
    if kind == 4:
        return float(rng.randint(-(10 ** rng.randrange(1, 19)), 10 ** rng.randrange(1, 19)))
    if kind == 5:
        return rng.randint(0, 10 ** rng.randrange(1, 10)) / 10 ** rng.randrange(10)
    if kind == 6:
        return 2.0 ** rng.randint(-1074, 1023)
    if kind == 7:
        return struct.unpack("<d", struct.pack("<Q", rng.getrandbits(rng.randrange(1, 60))))[0]
    if kind == 8:
        return rng.randint(0, 2**20) / 2 ** rng.randrange(20)
    if kind == 9:
        return float(f"{rng.randrange(10)}.{rng.getrandbits(rng.randrange(1, 40))}e{rng.randrange(-300, 300)}")
    if kind == 10:
        return rng.uniform(-1000, 1000)
    return math.ldexp(rng.getrandbits(53), rng.randrange(-60, 10))


def bits_of(x):
    return f"{struct.unpack('<Q', struct.pack('<d', x))[0]:x}" if x == x else "nan"


def double_arg(x):
    return bits_of(x) if x == x else "7ff8000000000000"


def or_inf(function):
    try:
        return function()
    except OverflowError:
        return math.inf


# --- Limbs: rows of operation, up to three arguments, result ---


def limbs_divmod(rng, bits):
    b = random_int(rng, bits) or 1
    a = random_int(rng, 2 * bits) if rng.randrange(2) else b * random_int(rng, bits) + rng.choice([0, 1, -1, b - 1])
    return f"{a:x}", f"{b:x}", "", "{:x},{:x}".format(*divmod(a, b))


def limbs_invert(rng, bits):
    a, m = random_int(rng, bits, False), random_int(rng, bits, False) or 1
    try:
        return f"{a:x}", f"{m:x}", "", f"{pow(a, -1, m):x}"
    except ValueError:
        return f"{a:x}", f"{m:x}", "", "none"


def limbs_gcd(rng, bits):
    common = random_int(rng, bits // 2, False)
    a, b = random_int(rng, bits, False) * common, random_int(rng, bits, False) * common
    return f"{a:x}", f"{b:x}", "", f"{math.gcd(a, b):x}"


def limbs_isqrt(rng, bits):
    a = random_int(rng, bits, False)
    if rng.randrange(2):
        a = max(0, a * a + rng.choice([0, 1, -1]))
    return f"{a:x}", "", "", f"{math.isqrt(a):x}"


def limbs_bits(rng, bits):
    a = random_int(rng, bits)
    return f"{a:x}", "", "", f"{a.bit_length():x},{a.bit_count():x},{(a & -a).bit_length() - 1 if a else 0:x}"


def to_base(value, base):
    digits = ""
    while value:
        value, digit = divmod(value, base)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
    return digits or "0"


def limbs_str(rng, bits):
    base = rng.choice([10, 10, 2, 8, 16, rng.randrange(2, 37)])
    a = random_int(rng, bits)
    text = str(abs(a)) if base == 10 else to_base(abs(a), base)
    return f"{a:x}", str(base), "", "-" * (a < 0) + text


def limbs_int(rng, bits):
    base = rng.choice([10, 10, 0, 2, 8, 16, rng.randrange(2, 37)])
    text = to_base(random_int(rng, bits, False), base or rng.choice([2, 8, 10, 16]))
    if rng.randrange(3) == 0:
        text = list(text)
        for _ in range(rng.randrange(4)):
            text.insert(rng.randrange(len(text) + 1), rng.choice("___0g"))
        text = "".join(text)
    text = rng.choice(["", "", "", "-", "+", "--"]) + rng.choice(["", "", "", "0x", "0O", "0b", "0b_", "00", "0x_"]) + text
    text = rng.choice([text, text, text, text.upper(), text[:1], ""])
    try:
        return text or "~", str(base), "", f"{int(text, base):x}"
    except ValueError:
        return text or "~", str(base), "", "none"


def limbs_to_bytes(rng, bits):
    a = random_int(rng, min(bits, 400))
    length = max(0, (a.bit_length() + 7) // 8 + rng.randrange(-1, 2))
    little, signed = rng.randrange(2), rng.randrange(2)
    try:
        result = a.to_bytes(length, "little" if little else "big", signed=bool(signed)).hex()
    except OverflowError:
        result = "none"
    return f"{a:x}", str(length), "l" * little + "s" * signed or "-", result


def limbs_from_bytes(rng, _bits):
    data = rng.randbytes(rng.randrange(50)) if rng.randrange(4) else rng.choice([b"\xff", b"\0", b"\x80"]) * rng.randrange(30)
    little, signed = rng.randrange(2), rng.randrange(2)
    value = int.from_bytes(data, "little" if little else "big", signed=bool(signed))
    return data.hex() or "~", "l" * little + "s" * signed or "-", "", f"{value:x}"


def near_double(rng):
    """An int at or next to the middle between two doubles, or anything."""
    if rng.randrange(2):
        return random_int(rng, 1100)
    return ((rng.getrandbits(54) | 1 | 1 << 53) << rng.randrange(980)) + rng.choice([0, 0, 1, -1])


def limbs_float(rng, _bits):
    a = near_double(rng)
    return f"{a:x}", "", "", bits_of(or_inf(lambda: float(abs(a))) * (-1 if a < 0 else 1))


def limbs_from_float(rng, _bits):
    x = random_double(rng)
    while not math.isfinite(x):
        x = random_double(rng)
    return bits_of(x), "", "", f"{int(x):x}"


def limbs_cmp_float(rng, _bits):
    a = near_double(rng)
    x = rng.choice([random_double(rng), or_inf(lambda: float(a)), or_inf(lambda: float(a) + 0.5)])
    if x != x:
        x = math.inf
    return f"{a:x}", bits_of(x), "", "less" if a < x else "greater" if a > x else "equal"


def limbs_truediv(rng, bits):
    a, b = random_int(rng, bits), random_int(rng, bits) or 1
    kind = rng.randrange(4)
    if kind == 0:
        a, b = b * (rng.getrandbits(54) | 1 | 1 << 53) + rng.choice([0, 0, 1, -1]), b << rng.randrange(1075)
    elif kind == 1:
        a, b = b * rng.getrandbits(rng.randrange(1, 54)) + rng.choice([0, 0, 1, -1]), b << rng.randrange(1070, 1077)
    x = or_inf(lambda: abs(a) / abs(b))
    return f"{a:x}", f"{b:x}", "", bits_of(-x if (a < 0) != (b < 0) else x)


def simple(function, count=2, signed=True):
    """A row maker for a function of `count` numbers."""

    def make(rng, bits):
        args = [random_int(rng, bits, signed) for _ in range(count)]
        return *[f"{a:x}" for a in args], *[""] * (3 - count), f"{function(*args):x}"

    return make


def shift(function):
    def make(rng, bits):
        a, count = random_int(rng, bits), rng.choice([rng.randrange(200), rng.randrange(bits), 32 * rng.randrange(20)])
        return f"{a:x}", str(count), "", f"{function(a, count):x}"

    return make


def limbs_pow(rng, bits):
    a, e = random_int(rng, bits // 8), rng.randrange(60)
    return f"{a:x}", str(e), "", f"{a**e:x}"


def limbs_modpow(rng, bits):
    a, e, m = random_int(rng, bits, False), random_int(rng, bits // 3, False), random_int(rng, bits // 2, False) or 1
    m |= rng.randrange(2)
    return f"{a:x}", f"{e:x}", f"{m:x}", f"{pow(a, e, m):x}"


LIMBS = {
    "add": simple(lambda a, b: a + b),
    "mul": simple(lambda a, b: a * b),
    "sqr": simple(lambda a: a * a, 1),
    "divmod": limbs_divmod,
    "shl": shift(lambda a, n: a << n),
    "shr": shift(lambda a, n: a >> n),
    "and": simple(lambda a, b: a & b),
    "or": simple(lambda a, b: a | b),
    "xor": simple(lambda a, b: a ^ b),
    "not": simple(lambda a: ~a, 1),
    "bits": limbs_bits,
    "pow": limbs_pow,
    "modpow": limbs_modpow,
    "gcd": limbs_gcd,
    "invert": limbs_invert,
    "isqrt": limbs_isqrt,
    "str": limbs_str,
    "int": limbs_int,
    "to_bytes": limbs_to_bytes,
    "from_bytes": limbs_from_bytes,
    "float": limbs_float,
    "from_float": limbs_from_float,
    "cmp_float": limbs_cmp_float,
    "truediv": limbs_truediv,
}

# --- Doubles: rows of operation, up to three arguments, result ---


def number_text(rng):
    """Text that float() may accept: often with many digits, and next to the middle between two doubles."""
    kind = rng.randrange(9)
    x = random_double(rng)
    while not math.isfinite(x):
        x = random_double(rng)
    if kind == 0:
        return repr(x)
    if kind == 1:
        return f"{x:.{rng.randrange(25)}e}"
    if kind == 2:
        return format(decimal.Decimal(x), rng.choice("ef"))
    if kind in (3, 4):
        other = math.nextafter(x, math.inf)
        middle = (decimal.Decimal(x) + decimal.Decimal(other if math.isfinite(other) else 1.0)) / 2
        last = middle.adjusted() - len(middle.as_tuple().digits) - rng.randrange(1, 50)
        return format(middle + rng.choice([0, 1, -1]) * decimal.Decimal(10) ** last, rng.choice("ef"))
    if kind == 5:
        digits = "".join(rng.choices("0123456789", k=rng.randrange(1, 70)))
        return digits + rng.choice(["", ".", "." + digits[::-1]]) + rng.choice(["", f"e{rng.randrange(-400, 400)}"])
    if kind == 6:
        return f"{rng.getrandbits(64)}e{rng.randrange(-350, 320)}"
    if kind == 7:
        return f"{rng.getrandbits(rng.randrange(1, 70))}{'0' * rng.randrange(900)}e{rng.randrange(-1200, 320)}"
    return "".join(rng.choices("0123456789..eE+-infaty", k=rng.randrange(1, 9)))


def double_parse(rng):
    text = number_text(rng)
    try:
        return text, "", "", bits_of(float(text))
    except ValueError:
        return text, "", "", "none"


def double_format(rng):
    """The flags are those of kr_double_format."""
    x, kind, flags = random_double(rng), rng.choice("eEfFgG"), rng.randrange(16)
    precision = rng.choice([rng.randrange(20), rng.randrange(20), rng.randrange(60), rng.randrange(800)])
    if flags & 2 and kind != "g":
        flags -= 2
    spec = "+" * (flags & 1) + "z" * (flags >> 3 & 1) + "#" * (flags >> 2 & 1) + f".{precision}"
    if not flags & 2:
        spec += kind
    return double_arg(x), kind, f"{precision}:{flags}", format(x, spec)


def double_round(rng):
    x, digits = random_double(rng), rng.choice([rng.randrange(-20, 20), rng.randrange(-330, 330)])
    return double_arg(x), str(digits), "", bits_of(math.copysign(or_inf(lambda: round(x, digits)), x) if x == x else x)


def hex_text(rng):
    kind = rng.randrange(4)
    if kind == 0:
        return random_double(rng).hex()
    if kind == 1:
        whole, part = ("".join(rng.choices("000123456789abcdefABCDEF", k=rng.randrange(30))) for _ in range(2))
        return f"{rng.choice(['', '-', '+'])}{rng.choice(['0x', '0X', ''])}{whole}.{part}p{rng.randrange(-1200, 1100)}"
    if kind == 2:
        return rng.choice(["0x1.fffffffffffff8p+1023", "0x1.fffffffffffff7ffp+1023", "0x0.0000000000001p-1023", "0x0.00000000000018p-1022",
                           "0x.8p-1074", "0x.800001p-1074", "inf", "-Infinity", "nAn", "1.8", "-0", "0x", "0xp3", "+", "0x1p", "1p+",
                           "0x1p99999999999999999999", "0x0p99999999999999999999", "0x1p-99999999999999999999", "3p1426d5"])
    return "".join(rng.choices("0123456789abcdefxp.+-", k=rng.randrange(1, 9)))


def double_from_hex(rng):
    text = hex_text(rng)
    try:
        return text, "", "", bits_of(float.fromhex(text))
    except OverflowError:
        return text, "", "", "overflow"
    except ValueError:
        return text, "", "", "none"


def one_double(function):
    def make(rng):
        x = random_double(rng)
        return double_arg(x), "", "", function(x)

    return make


def rounded(function):
    return one_double(lambda x: bits_of(math.copysign(float(function(x)), x) if math.isfinite(x) else x))


def two_doubles(function):
    def make(rng):
        x, y = random_double(rng), random_double(rng)
        try:
            result = function(x, y)
        except (OverflowError, ValueError, ZeroDivisionError):
            return make(rng)
        return double_arg(x), double_arg(y), "", bits_of(result)

    return make


def double_ldexp(rng):
    x, e = random_double(rng), rng.choice([rng.randrange(-2200, 2200), rng.randrange(-60, 60)])
    return double_arg(x), str(e), "", bits_of(math.copysign(or_inf(lambda: math.ldexp(x, e)), x) if x == x else x)


def double_frexp(x):
    mantissa, exponent = math.frexp(x)
    return f"{bits_of(mantissa)},{exponent if math.isfinite(x) else 0}"


def double_exact_pow(rng):
    """Powers that are doubles: these must be exact."""
    x, e = rng.randrange(-1000, 1000), rng.randrange(30)
    if abs(x) ** e >= 2**53:
        return double_exact_pow(rng)
    scale = 2.0 ** rng.randrange(-20, 20)
    return bits_of(x * scale), bits_of(float(e)), "", bits_of(float(x**e) * scale**e)


def double_pow(rng):
    """Others are compared with a tolerance: the C library's results are not always the nearest."""
    x = rng.choice([random_double(rng), rng.uniform(0, 3)])
    y = rng.choice([random_double(rng), rng.uniform(-300, 300), float(rng.randrange(-40, 40))])
    try:
        return double_arg(x), double_arg(y), "", bits_of(math.pow(x, y))
    except (OverflowError, ValueError):
        return double_pow(rng)


DOUBLES = {
    "repr": one_double(repr),
    "parse": double_parse,
    "format": double_format,
    "round": double_round,
    "hex": one_double(float.hex),
    "from_hex": double_from_hex,
    "trunc": rounded(math.trunc),
    "floor": rounded(math.floor),
    "ceil": rounded(math.ceil),
    "round_even": rounded(round),
    "ldexp": double_ldexp,
    "frexp": one_double(double_frexp),
    "sqrt": one_double(lambda x: bits_of(math.sqrt(x) if x >= 0 or x != x else math.nan)),
    "fmod": two_doubles(math.fmod),
    "mod": two_doubles(lambda x, y: x % y),
    "floordiv": two_doubles(lambda x, y: x // y),
    "pow": double_pow,
    "exact_pow": double_exact_pow,
}

# --- Hashes ---


def siphash13(data, k0, k1):
    """From the paper; the test of this function is CPython's own hash of bytes."""
    mask = 2**64 - 1
    v = [k0 ^ 0x736F6D6570736575, k1 ^ 0x646F72616E646F6D, k0 ^ 0x6C7967656E657261, k1 ^ 0x7465646279746573]

    def rotate(x, n):
        return (x << n | x >> (64 - n)) & mask

    def compress():
        v[0] = (v[0] + v[1]) & mask
        v[2] = (v[2] + v[3]) & mask
        v[1] = rotate(v[1], 13) ^ v[0]
        v[3] = rotate(v[3], 16) ^ v[2]
        v[0] = rotate(v[0], 32)
        v[2] = (v[2] + v[1]) & mask
        v[0] = (v[0] + v[3]) & mask
        v[1] = rotate(v[1], 17) ^ v[2]
        v[3] = rotate(v[3], 21) ^ v[0]
        v[2] = rotate(v[2], 32)

    padded = data + bytes(7 - len(data) % 8) + bytes([len(data) & 255])
    for i in range(0, len(padded), 8):
        word = int.from_bytes(padded[i : i + 8], "little")
        v[3] ^= word
        compress()
        v[0] ^= word
    v[2] ^= 255
    for _ in range(3):
        compress()
    return v[0] ^ v[1] ^ v[2] ^ v[3]


def hash_rows(rng):
    """{ kind, argument, hash with 64 bits, hash with 32 bits }: ints and doubles in hexadecimal, bytes under the key 0, 1, 2, ... 15."""
    for _ in range(80):
        a = rng.choice([random_int(rng, 300), random_int(rng, 64), (2**61 - 1) * random_int(rng, 70), (2**31 - 1) * random_int(rng, 70)])
        small = abs(a) % (2**31 - 1) * (-1 if a < 0 else 1)
        yield "int", f"{a:x}", hash(a), -2 if small == -1 else small
    for _ in range(80):
        x = random_double(rng)
        if not math.isfinite(x):
            continue
        n, d = abs(x).as_integer_ratio()
        small = n * pow(d, -1, 2**31 - 1) % (2**31 - 1) * (-1 if x < 0 else 1)
        yield "double", bits_of(x), hash(x), -2 if small == -1 else small
    for length in range(40):
        data = rng.randbytes(length)
        value = siphash13(data, 0x0706050403020100, 0x0F0E0D0C0B0A0908)
        small = (value ^ value >> 32) & 0xFFFFFFFF
        yield "bytes", data.hex(), value - (value >> 63 << 64), small - (small >> 31 << 32)


# --- Output ---


def random_row(rng, subject, long):
    table = LIMBS if subject == "limbs" else DOUBLES
    name = rng.choice(list(table))
    if subject == "limbs":
        return name, *table[name](rng, rng.choice([64, 130, 500, 3000, 20000]) if long else rng.choice([64, 130, 300]))
    return name, *table[name](rng)


def quote(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def print_header(subject):
    print(f"// {subject}_expected.h - what CPython 3.13 makes of random numbers, made by number_oracle.py.")
    print("// SPDX-License-Identifier: MIT")
    rng = random.Random(2024)
    if subject == "hash":
        for kind, argument, wide, narrow in hash_rows(rng):
            wide = "INT64_MIN" if wide == -(2**63) else f"INT64_C({wide})"
            print(f'{{ "{kind}", "{argument}", {wide}, {narrow} }},')
        return
    rows = 0
    while rows < 600:
        row = random_row(rng, subject, False)
        if sum(map(len, row)) < 300:
            print("{ " + ", ".join(map(quote, row)) + " },")
            rows += 1


def close(name, got, want):
    """Powers may differ from the C library's in the last place."""
    return name == "pow" and "nan" not in (got, want) and abs(int(got, 16) - int(want, 16)) <= 1


def compare(subject, program, count, seed):
    rng = random.Random(seed)
    rows = [random_row(rng, subject, True) for _ in range(count)]
    text = "".join(" ".join(row[:4]).rstrip() + "\n" for row in rows)
    answers = subprocess.run([program, "--pipe"], input=text, capture_output=True, text=True, check=True).stdout.splitlines()
    failures = [(row, got) for row, got in zip(rows, answers, strict=True) if got != row[4] and not close(row[0], got, row[4])]
    for row, got in failures[:20]:
        print(" ".join(row[:4])[:300], "gave", got[:100], "not", row[4][:100])
    print(f"{count} rows, {len(failures)} failures")
    return bool(failures)


def main():
    subject = sys.argv[1]
    if len(sys.argv) == 2:
        print_header(subject)
        return 0
    count, seed = int(sys.argv[3]) if len(sys.argv) > 3 else 10000, int(sys.argv[4]) if len(sys.argv) > 4 else 1
    return compare(subject, sys.argv[2], count, seed)


if __name__ == "__main__":
    sys.exit(main())
