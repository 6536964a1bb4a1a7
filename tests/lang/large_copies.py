# What copies, fills or looks through much memory does so in pieces: nothing may be lost or doubled where they meet.
# It makes few objects, though large ones, so that it also ends where each allocation collects.
import sys

sys.set_int_max_str_digits(0)
N = 300007  # more than a piece, and no multiple of anything
SIZES = (3, 9, 1000, 65537, 262145)


text = str(3**629000)[:N].replace("7", ",")  # digits that do not repeat
assert len(text) == N
data = text.encode()
items = list(range(N))


def same(name, got, wanted):
    if got != wanted:
        print("wrong:", name)


for n in SIZES:
    part = text[:n]
    times = 2 * N // n + 2
    long = part * times
    same("str *", [long[i * n : (i + 1) * n] == part for i in range(0, times, max(1, times // 50))].count(False), 0)
    same("str * end", (long[-n:], len(long)), (part, n * times))
    bpart = data[:n]
    blong = bpart * times
    same("bytes *", blong.decode(), long)
    same("bytearray *", bytearray(bpart) * times, blong)
    ba = bytearray(bpart)
    ba *= times
    same("bytearray *=", ba, blong)
    row = items[:n]
    lrow = row * times
    same("list *", (lrow[:n], lrow[-n:], len(lrow), sum(lrow)), (row, row, n * times, sum(row) * times))
    same("list * order", all(lrow[i] == i % n for i in range(0, len(lrow), 997)), True)
    same("tuple *", tuple(row) * times, tuple(lrow))
    grown = list(row)
    grown *= times
    same("list *=", grown, lrow)
    same("list +", lrow + row, row * (times + 1))
    same("tuple +", tuple(lrow) + tuple(row), tuple(row * (times + 1)))
    more = list(row)
    more.extend(row)
    more += more
    same("extend", more, row * 4)
    same("slice", (long[1:] == long[1 : len(long)], lrow[5:-5], blong[1:-1]), (True, [i for i in lrow][5:-5], bytes(ba[1:-1])))
    ba = bytearray(bpart)
    ba += bytes(ba)
    ba.extend(bpart)
    same("bytearray extend", ba, bpart * 3)
    ba[n : 2 * n] = b"xyz" * n
    same("bytearray slice", bytes(ba), bpart + b"xyz" * n + bpart)
    spliced = list(row)
    spliced[n // 2 : n // 2] = lrow
    same("list slice", spliced, row[: n // 2] + lrow + row[n // 2 :])
    del lrow, grown, spliced

wide = "aé€😀" * (N // 7)
for shift in range(0, 12, 3):  # a piece ends inside a character
    s = "x" * shift + wide
    raw = s.encode()
    same("utf-8", raw.decode(), s)
    same("utf-16", s.encode("utf-16").decode("utf-16") == s and len(s), len(wide) + shift)
    for bad in (b"\xff", b"\xe2\x82", b"\x80\x80\x80\x80\x80", b"\xf0\x9f\x98"):
        for at in (65536, 131072, 262144):
            for off in range(-4, 3, 3):
                cut = at + off
                broken = raw[:cut] + bad + raw[cut:]
                got = broken.decode("utf-8", "replace")
                if shift == 0:
                    same("replace", got.count("�"), len(raw[:cut].decode("utf-8", "replace") + "") and got.count("�"))
                try:
                    broken.decode()
                    print("no error")
                except UnicodeDecodeError as e:
                    small = broken[max(0, e.start - 40) : e.start + 40]
                    try:
                        small[min(40, e.start) :].decode()
                        print("no small error")
                    except UnicodeDecodeError as f:
                        same("reason", (e.reason, e.end - e.start), (f.reason, f.end - f.start))
octets = (bytes(range(0x40, 0xF0)) * (N // 176 + 1))[:N]
latin = octets.decode("latin-1")
same("latin-1", (latin.encode("latin-1"), [ord(c) for c in latin[-9:]]), (octets, list(octets[-9:])))
same("ascii", text.encode("ascii").decode("ascii"), text)
same("ignore", latin.encode("ascii", "ignore"), bytes(c for c in latin.encode("latin-1") if c < 128))
same("replace", latin.encode("ascii", "replace").count(b"?"), sum(c >= 128 for c in latin.encode("latin-1")) + latin.count("?"))

same("count", (text.count("1,"), data.count(b"1,"), text.count("")), (len(text.split("1,")) - 1, len(data.split(b"1,")) - 1, N + 1))
same("replace long", text.replace("1,", "<>!"), "<>!".join(text.split("1,")))
same("replace bytes", data.replace(b"1,", b"<>!"), b"<>!".join(data.split(b"1,")))
same("replace one", text.replace(",", ";"), text.translate({44: 59}))
same("replace nothing", data[:300000].replace(b"", b"-"), text[:300000].replace("", "-").encode())
same("replace few", text.replace("1", "one", 900), "one".join(text.split("1", 900)))
same("join", "20,".join(text.split("20,")), text)
same("hex", bytes.fromhex(data.hex(":").replace(":", "")), data)
same("repr", eval(repr(data)), data)
same("upper", latin.encode("latin-1").upper().lower(), latin.encode("latin-1").lower())
view = memoryview(bytearray(data))
same("view", (view[::3].tobytes(), view[::-1].tobytes()), (data[::3], data[::-1]))
view[::2] = bytes(len(data[::2]))
same("view =", bytes(view)[1::2], data[1::2])
same("steps", (items[::7][:5], items[::-3][-1], tuple(items)[::5][-1]), ([0, 7, 14, 21, 28], (N - 1) % 3, (N - 1) // 5 * 5))
steps = list(items)
del steps[::2]
same("del", steps, items[1::2])
steps = list(items)
del steps[5::3]
same("del 3", steps, [i for i in items if i < 5 or (i - 5) % 3])
same("fill", "%300007d|" % 7, " " * (N - 1) + "7|")
same("fill wide", format("x", "é>400000"), "é" * 399999 + "x")
same("dict", dict(dict.fromkeys(items)) == dict.fromkeys(items) and len(set(items) | set(range(-9, 9))), N + 9)
for row in (items, items[::-1], [1] * N, items[:150000] + items[:150000], [float(i) for i in items], list(map(str, items[:1000])) * 300):
    same("sort", sorted(row, reverse=True)[::-1] if len(set(row)) == N else sorted(row), sorted(row))
    ordered = sorted(row)
    same("sorted", all(ordered[i] <= ordered[i + 1] for i in range(0, len(ordered) - 1, 13)), True)
print("done")
