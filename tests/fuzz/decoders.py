"""Damaged input for every decoder of the library: decoders.py KIND SEED SECONDS, or KIND SEED -COUNT for so many cases.

Runs under the Krait that is tried (decoders.sh: the sanitizer build), and under CPython 3.13, where the same seed makes the same
cases, since `random` gives both the same sequence: with a COUNT each prints what became of each case, and the two are compared. A case must end
in a value or in an exception that the decoder is known to raise; anything else is printed and counts as a failure, as do a crash and a hang.
"""

import base64
import binascii
import collections
import configparser
import csv
import datetime
import hashlib
import io
import json
import pickle
import random
import re
import struct
import sys
import time
import tomllib
import zlib

LETTERS = "aAbz019_-+.:/,;=#'\"\\[]{}()<>|^$*?! \t\r\n\0\x7f\xe9\u0130\u20ac\ud800\U0001f600"


def damaged(r, text, alphabet=LETTERS):
    """text (str or bytes) with a few of its parts changed, repeated, moved or cut."""
    for _ in range(r.choice((0, 1, 1, 1, 2, 2, 3, 5, 9))):
        if not text:
            break
        at, n = r.randrange(len(text)), r.choice((1, 1, 1, 2, 4, 9))
        part = text[at:at + n]
        what = r.randrange(7)
        if isinstance(text, bytes):
            new = bytes([r.choice((0, 1, 0x7f, 0x80, 0xff, r.randrange(256)))])
        else:
            new = r.choice(alphabet)
        if what == 0:
            text = text[:at] + text[at + n:]
        elif what == 1:
            text = text[:at] + new + text[at:]
        elif what == 2:
            text = text[:at] + new + text[at + 1:]
        elif what == 3:
            text = text[:at] + part * r.choice((2, 3, 20)) + text[at + n:]
        elif what == 4:
            other = r.randrange(len(text))
            text = text[:other] + part + text[other:]
        elif what == 5:
            text = text[:at] if r.random() < .3 else text[at:]
        elif isinstance(text, bytes):
            text = text[:at] + bytes([text[at] ^ 1 << r.randrange(8)]) + text[at + 1:]
        else:
            text = text[:at] + str(r.choice((0, -1, 2**31, 2**63, 2**64, 10**30, "1e999", "nan"))) + text[at:]
    return text


def value(r, depth=3):
    """Something that JSON and pickles can carry."""
    kind = r.randrange(10 if depth else 7)
    if kind < 7:
        return r.choice((None, True, r.randrange(-300, 300), r.getrandbits(80), r.random() * 10 ** r.randrange(-30, 30), "", "sensor",
                         "t\xe9\u20ac\U0001f600\"\\\n", float("inf"), -0.0))
    if kind < 9:
        return [value(r, depth - 1) for _ in range(r.randrange(4))]
    return {r.choice(("id", "t", "v", "\u20ac", "")): value(r, depth - 1) for _ in range(r.randrange(4))}


def json_case(r):
    text = damaged(r, json.dumps(value(r), indent=r.choice((None, None, 2)), ensure_ascii=r.random() < .5))
    if r.random() < .2:
        text = text.encode(r.choice(("utf-8", "utf-16", "utf-32-le")), "surrogatepass")
    return lambda: json.loads(text, strict=r.random() < .8), (ValueError, RecursionError)


def struct_case(r):
    form = "".join(r.choice(("", "", "3", "0", "17")) + r.choice("xcbBhHiIlLqQnNefdspP?") for _ in range(r.randrange(1, 5)))
    form = damaged(r, r.choice("@=<>! ") + form, "<>@=!bhiqsp0123456789 \0x?")
    data = r.randbytes(r.choice((0, 1, 4, 8, 40)))

    def run():
        size = struct.calcsize(form)
        if size > 10**6:
            return size
        return struct.unpack(form, (data * (size + 1))[:size + r.choice((0, 0, 0, 1, -1)) if size else 0]), list(struct.iter_unpack(form, data))
    return run, (struct.error, MemoryError, UnicodeError)


def csv_case(r):
    rows = [[r.choice(("", "a", "1.5", 'say "hi"', "x,y", "line\nend", "\xe9")) for _ in range(r.randrange(5))] for _ in range(3)]
    file = io.StringIO(newline="")
    csv.writer(file, quoting=r.choice((csv.QUOTE_ALL, csv.QUOTE_MINIMAL))).writerows(rows)
    text = damaged(r, file.getvalue(), "\",;'\\\r\n\t a1.\0")
    options = {"delimiter": r.choice(",;\t "), "quotechar": r.choice(("\"", "'", None)), "escapechar": r.choice((None, None, "\\")),
               "doublequote": r.random() < .7, "skipinitialspace": r.random() < .3, "strict": r.random() < .4,
               "quoting": r.choice((csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC, csv.QUOTE_NONE, csv.QUOTE_STRINGS, csv.QUOTE_NOTNULL))}
    return lambda: (list(csv.reader(text.splitlines(True), **options)), list(csv.DictReader(io.StringIO(text, newline="")))), (csv.Error, ValueError, TypeError)


def base64_case(r):
    encode, decode = r.choice(((base64.b64encode, base64.b64decode), (base64.b32encode, base64.b32decode), (base64.b16encode, base64.b16decode),
                               (base64.b85encode, base64.b85decode), (base64.a85encode, base64.a85decode), (base64.urlsafe_b64encode, base64.urlsafe_b64decode),
                               (base64.encodebytes, base64.decodebytes), (binascii.hexlify, binascii.unhexlify), (binascii.b2a_qp, binascii.a2b_qp),
                               (base64.b64encode, lambda text: base64.b64decode(text, b"-_", True)), (lambda data: binascii.b2a_uu(data[:45]), binascii.a2b_uu),
                               (base64.b64encode, lambda text: binascii.a2b_base64(text, strict_mode=True)), (base64.z85encode, base64.z85decode)))
    text = damaged(r, encode(r.randbytes(r.choice((0, 1, 2, 3, 4, 8, 60, 200)) // 4 * 4 if encode is base64.z85encode else r.choice((0, 1, 2, 3, 4, 8, 60, 200)))))
    return lambda: decode(text), (ValueError,)


# Streams of zlib 1.2.13, since those that the two make are not the same: b"a" * 3000, i * i * 7 % 251 for i below 300, and b"time,temp\n" * 90,
# each with a header of zlib, none, and gzip's; then fixed codes, and stored bytes.
STREAMS = ("78daedc13101000000c2a0aceb5fc21a1e40010000ef0640ac70f5",
           "edc13101000000c2a0aceb5fc21a1e40010000ef06",
           "1f8b0800000000000203edc13101000000c2a0aceb5fc21a1e40010000ef06c83cdc5eb80b0000",
           "78da636097b12f58cf1873d4f1581ccbe65257657e4e4175efdabd0239d7826f16499eec89b5d154d175c99c73d7b0ef6739f30c878f5bdbd34303a38b679e15493964bcd6ea42a5c187c3"
           "4b264f98bde5b668c44adeaaafcdf2476a9cc43e3f7ef896c7246b1d6beae5907bd56ab71696457a798615ceba289d77def940c0cba9fee22fceecdb77e685b8ffd49701079ccfe7495f9c"
           "5518e6e91559b6f0965af5bd90cba9acebb24c78de3e7cfc59cca9e6887cf3d72ade9511a2b7b7cc9e3079c9e10f069517acd61a1f4a11393bb3383a3034bd7deb478719cce53ffb0cefce"
           "c974d155d1b489ed3929597433f85a8ec0de5a6f75414e7e65d7d2cd2c71c71c8fc630ae2fb097616720d5eb007e8585c5",
           "636097b12f58cf1873d4f1581ccbe65257657e4e4175efdabd0239d7826f16499eec89b5d154d175c99c73d7b0ef6739f30c878f5bdbd34303a38b679e15493964bcd6ea42a5c187c34b26"
           "4f98bde5b668c44adeaaafcdf2476a9cc43e3f7ef896c7246b1d6beae5907bd56ab71696457a798615ceba289d77def940c0cba9fee22fceecdb77e685b8ffd49701079ccfe7495f9c5518"
           "e6e91559b6f0965af5bd90cba9acebb24c78de3e7cfc59cca9e6887cf3d72ade9511a2b7b7cc9e3079c9e10f069517acd61a1f4a11393bb3383a3034bd7deb478719cce53ffb0cefcec974"
           "d155d1b489ed3929597433f85a8ec0de5a6f75414e7e65d7d2cd2c71c71c8fc630ae2fb097616720d5eb00",
           "1f8b0800000000000203636097b12f58cf1873d4f1581ccbe65257657e4e4175efdabd0239d7826f16499eec89b5d154d175c99c73d7b0ef6739f30c878f5bdbd34303a38b679e15493964"
           "bcd6ea42a5c187c34b264f98bde5b668c44adeaaafcdf2476a9cc43e3f7ef896c7246b1d6beae5907bd56ab71696457a798615ceba289d77def940c0cba9fee22fceecdb77e685b8ffd497"
           "01079ccfe7495f9c5518e6e91559b6f0965af5bd90cba9acebb24c78de3e7cfc59cca9e6887cf3d72ade9511a2b7b7cc9e3079c9e10f069517acd61a1f4a11393bb3383a3034bd7deb4787"
           "19cce53ffb0cefcec974d155d1b489ed3929597433f85a8ec0de5a6f75414e7e65d7d2cd2c71c71c8fc630ae2fb097616720d5eb005789a6102c010000",
           "78da2bc9cc4dd52949cd2de02a19658db2465903c00200bf21448e",
           "2bc9cc4dd52949cd2de02a19658db2465903c00200",
           "1f8b08000000000002032bc9cc4dd52949cd2de02a19658db2465903c0020023e4007f84030000",
           "780101c80037ff000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f40414243"
           "4445464748494a4b4c4d4e4f505152535455565758595a5b5c5d5e5f606162636465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f808182838485868788898a8b8c8d8e"
           "8f909192939495969798999a9b9c9d9e9fa0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3b4b5b6b7b8b9babbbcbdbebfc0c1c2c3c4c5c6c75a284dbd",
           "7801013200cdff00071c3f70af015cc541c65e04b37545230f0911274b7dbd106cd653d97219c98c5d3c29242d44699cdd318ef977039840f1af181304",)


def zlib_case(r):
    data = damaged(r, bytes.fromhex(r.choice(STREAMS)))
    wbits, size = r.choice((15, 15, -15, 31, 47)), r.choice((1, 7, 100, 5000))

    def run():
        if size == 5000:
            return hashlib.sha256(zlib.decompress(data, wbits)).hexdigest()
        d, out = zlib.decompressobj(wbits), b""
        for at in range(0, len(data), size):
            out += d.decompress(data[at:at + size], 4000)
        return hashlib.sha256(out).hexdigest(), d.eof, d.unused_data
    return run, (zlib.error, EOFError, ValueError)


PATTERN = ("a", "b", ".", "\\d", "\\w", "[a-c]", "[^b]", "(a|b)", "(?:ab)", "(?P<n>a)", "(?P=n)", "\\1", "(?=a)", "(?<!b)", "(?(1)a|b)", "^", "$", "\\b", "a*", "b+?", "a{2,3}", "(a+)+",
           "(?i:A)", "(?>a*)", "a++", "|", "\\Z", "[\\d_-]", "(?#x)", "\\x61", "\\u0061", "[[:a]", "(?<=ab)", "(?a:\\w)")


def re_case(r):
    pattern = damaged(r, "".join(r.choice(PATTERN) for _ in range(r.randrange(1, 7))), "ab()[]{}|*+?^$\\.<>=!:-,019P#isux")
    text = "".join(r.choice("aab1_ \nA\xe9") for _ in range(r.randrange(12)))
    flags = r.choice((0, 0, re.I, re.M, re.S, re.X, re.A, re.I | re.M))
    if r.random() < .2 and pattern.isascii():
        pattern, text = pattern.encode(), text.encode("latin-1")

    def run():
        m = re.search(pattern, text, flags)
        return m and (m.span(), m.groups()), re.findall(pattern, text, flags), re.sub(pattern, text[:0], text, 2, flags)
    return run, (re.error, OverflowError, RecursionError, ValueError)


def datetime_case(r):
    stamp = datetime.datetime(r.randrange(1, 9999), r.randrange(1, 13), r.randrange(1, 29), r.randrange(24), r.randrange(60), r.randrange(60), r.randrange(10**6),
                              r.choice((None, datetime.timezone.utc, datetime.timezone(datetime.timedelta(minutes=r.randrange(-1400, 1400))))))
    kind = r.randrange(5)
    if kind == 4:
        form = r.choice(("%Y-%m-%d %H:%M:%S", "%d/%b/%Y:%H:%M:%S %z", "%j %y %p %I", "%G-W%V-%u", "%a %A %B %U"))
        text, form = damaged(r, stamp.strftime(form).zfill(4)), damaged(r, form, "%YmdHMSzjGVuUWpIfZ -:") if r.random() < .2 else form
        return lambda: repr(datetime.datetime.strptime(text, form)), (ValueError, re.error, OverflowError)
    text = damaged(r, (stamp.isoformat(), stamp.isoformat(" ", "minutes"), stamp.date().isoformat(), stamp.timetz().isoformat())[kind], "0123456789-:.,TWZ+ \xe9\ud800")
    parse = (datetime.datetime, datetime.datetime, datetime.date, datetime.time)[kind].fromisoformat
    return lambda: repr(parse(text)), (ValueError,)


TOML = """# a device
title = "greenhouse"
[owner]
since = 1979-05-27T07:32:00-08:00
day = 1979-05-27
at = 07:32:00.999
[[sensor]]
name = 'bme280'
address = 0x76
limits = [ -1.5e3, inf, 0b101, 1_000 ]
text = \"\"\"a\\
   b \\u20ac\"\"\"
raw = '''x'y'''
point = { x.y = 1, z = [ {}, ] }
"a b".c = true
[[sensor]]
[sensor.deep.table]
"""


def toml_case(r):
    lines = TOML.splitlines(True)
    text = damaged(r, "".join(line for line in lines if r.random() < .7), "=[]{}.,\"'#\\\n\r-+_:TZ0189aexbo \0\xe9")
    return lambda: repr(tomllib.loads(text)), (tomllib.TOMLDecodeError, RecursionError, UnicodeError)


class Picky(pickle.Unpickler):
    """Only what the cases are made of can be found: a damaged name must not become a function."""

    def find_class(self, module, name):
        if (module, name) in (("collections", "OrderedDict"), ("builtins", "set"), ("builtins", "bytearray"), ("builtins", "complex")):
            return super().find_class(module, name)
        raise pickle.UnpicklingError("not allowed")


def pickle_case(r):
    data = damaged(r, pickle.dumps([value(r), {1, 2}, b"x" * 3, bytearray(b"ab"), 1 + 2j, collections.OrderedDict(a=(1,)), "t" * r.randrange(300)][r.randrange(7)], r.randrange(6)))
    return lambda: repr(Picky(io.BytesIO(data)).load()), (Exception,)


INI = "[DEFAULT]\nroot = /srv\n[device]\nname: pump\npath = %(root)s/x\n  more\nempty\nn=1 ; note\n[other device]\nkey = ${device:name}\n# end\n"


def ini_case(r):
    text = damaged(r, INI, "[]=:;#%(){}$s \t\n\r\0a")
    options = {"strict": r.random() < .5, "allow_no_value": r.random() < .5, "inline_comment_prefixes": r.choice((None, ";")),
               "interpolation": r.choice((configparser.BasicInterpolation, configparser.ExtendedInterpolation))()}

    def run():
        parser = configparser.ConfigParser(**options)
        parser.read_string(text)
        return {name: dict(parser.items(name)) for name in parser.sections()}
    return run, (configparser.Error, ValueError, AttributeError, TypeError) # TypeError: text asked for where a key without a value is


CASES = {"json": json_case, "struct": struct_case, "csv": csv_case, "base64": base64_case, "zlib": zlib_case, "re": re_case, "datetime": datetime_case,
         "toml": toml_case, "pickle": pickle_case, "ini": ini_case}


def outcome(make, seed):
    """What became of the case: text, and whether it was an exception that no decoder should raise."""
    r = random.Random(seed)
    run, known = make(r)
    try:
        return "is " + ascii(run()), False
    except known as e:
        return f"{type(e).__name__}: {ascii(str(e))}", False
    except MemoryError:
        return "MemoryError", False
    except Exception as e:
        return f"{type(e).__name__}: {ascii(str(e))}", True


def main(kind, seed, amount):
    make, seed, amount = CASES[kind], int(seed), float(amount)
    done, wrong, slowest, begin = 0, 0, 0.0, time.process_time()
    while done < -amount if amount < 0 else time.process_time() - begin < amount:
        before = time.process_time()
        text, unknown = outcome(make, seed + done)
        slowest = max(slowest, time.process_time() - before)
        if amount < 0:
            print(seed + done, text)
        elif unknown:
            wrong += 1
            print(f"{kind} {seed + done}: {text[:300]}", flush=True)
        done += 1
    if amount >= 0:
        print(f"{kind}: {done} cases from seed {seed}, {wrong} with an exception of another kind, slowest {slowest * 1000:.0f} ms", flush=True)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
