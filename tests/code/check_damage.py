# Damaged files are refused with a reason, whatever the damage: headers, truncation at every length, every byte changed.
import _krait

code = compile("def f(x, *, y=2):\n    try:\n        return [i for i in range(x)]\n    except ValueError as e:\n        raise\nprint(f(3))", "d.py", "exec")
good = _krait.code_save(code)


def crc(data):
    n = 0xFFFFFFFF
    for byte in data:
        n ^= byte
        for _ in range(8):
            n = n >> 1 ^ (0xEDB88320 if n & 1 else 0)
    return n ^ 0xFFFFFFFF


def sealed(data):
    data = bytearray(data)
    data[12:16] = len(data).to_bytes(4, "little")
    data[16:20] = crc(data[20:]).to_bytes(4, "little")
    return bytes(data)


def outcome(data):
    try:
        _krait.code_load(data)
        return "accepted"
    except ImportError as e:
        return str(e)


print(sealed(good) == good, outcome(good))
for data in (b"", b"KRC", b"print(1)", good[:20], good + b"x", b"\0" + good[1:], good[:4] + b"\7" + good[5:], good[:8] + b"\0\0\0\0" + good[12:], good[:-1] + b"\1"):
    print(outcome(data))
kinds = set()
for n in range(24, len(good)):
    result = outcome(sealed(good[:n]))
    kinds.add(result)
    if result == "accepted":
        print("cut at", n, "accepted")
print(len(kinds) > 5, all(k.startswith("bad code file: ") for k in kinds))
accepted = 0
for i in range(24, len(good)):
    for change in (1, 0x80, 0xFF):
        data = bytearray(good)
        data[i] ^= change
        accepted += outcome(sealed(data)) == "accepted"
print(0 < accepted < len(good) * 2)
for argument in (None, "text", 5):
    try:
        _krait.code_load(argument)
    except TypeError as e:
        print(e)
