# str_growth.py - text built by += and by x = x + y: aliases keep what they saw, offsets and hashes are right.
# SPDX-License-Identifier: MIT
s = ""
for i in range(3000): s += "°b"
print(len(s), s[2001], s[-2:], s.find("b°", 4000), s == "°b"*3000)
p = "x" * 200
q = p; q += "/abc"; r = q; r += ".txt"; q2 = q; q2 += ".zip"
print(q == p + "/abc", r[-8:], q2[-8:], len(q), len(r))
try: open(q)
except OSError as e: print(e.filename == q, len(e.filename))
s = s + "b"
print(s[-3:], s[5999], s.encode()[-4:], s.upper()[-3:])
d = {q: 1, r: 2}
print(d["x" * 200 + "/abc"], d[r])
l = []
s = "a" * 127
for i in range(1000):
    s += chr(97 + i % 26)
    if i % 100 == 0: l.append(s)
print([len(x) for x in l], all(x == l[-1][:len(x)] for x in l))
print(int("1" * 130 + "") % 97, int(("1" * 120 + "1" * 10)) % 97)
x = "1" * 127; x += "2"; y = x; y += "3"
print(int(x) % 1000, int(y) % 1000, float(x[:10]))
