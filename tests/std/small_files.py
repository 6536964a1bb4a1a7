# fileinput, filecmp, netrc, quopri, colorsys.
import colorsys
import filecmp
import fileinput
import gzip
import io
import netrc
import os
import quopri
import sys
import tempfile


def attempt(function, *args, **keywords):
    try:
        print(function(*args, **keywords))
    except Exception as e:
        print(type(e).__name__, str(e).replace(os.getcwd(), ""))


os.chdir(tempfile.mkdtemp())

# ---- fileinput ----
for name, text in (("one", "a\nb\n"), ("two", ""), ("three", "c\nd\ne")):
    with open(name, "w") as file:
        file.write(text)
with fileinput.input(("one", "two", "three"), encoding="utf-8") as lines:
    print(fileinput.filename(), fileinput.lineno(), fileinput.fileno())
    for line in lines:
        print(repr(line), fileinput.filename(), fileinput.lineno(), fileinput.filelineno(), fileinput.isfirstline(), fileinput.isstdin(), fileinput.fileno() > 2)
        if line == "d\n":
            fileinput.nextfile()
for line in fileinput.input("one", inplace=True, backup=".old", encoding="utf-8"):
    print(line.upper(), end="")
print(open("one").read().split(), open("one.old").read().split())
for line in fileinput.FileInput("one", inplace=True, encoding="utf-8"):
    sys.stdout.write(line * 2)
fileinput.close()
print(open("one").read().split(), sorted(os.listdir(".")))
with gzip.open("z.gz", "wt") as file:
    file.write("packed\n")
print(list(fileinput.FileInput(("z.gz", "three"), openhook=fileinput.hook_compressed, encoding="utf-8")), list(fileinput.FileInput("three", mode="rb")),
      list(fileinput.FileInput("three", openhook=fileinput.hook_encoded("ascii"))))
sys.stdin = io.StringIO("typed\n")
with fileinput.FileInput("-", encoding="utf-8") as lines:
    print(lines.readline(), lines.isstdin(), lines.filename())
sys.argv[1:] = ["three"]
print(list(fileinput.input(encoding="utf-8")))
fileinput.input("one", encoding="utf-8").readline()
attempt(fileinput.input, "one", encoding="utf-8")
fileinput.close()
attempt(fileinput.lineno)
attempt(fileinput.FileInput, "x", mode="w", encoding="utf-8")
attempt(fileinput.FileInput, "x", openhook=3, encoding="utf-8")
attempt(fileinput.FileInput, "x", inplace=1, openhook=len, encoding="utf-8")
attempt(list, fileinput.FileInput("none", encoding="utf-8"))

# ---- filecmp ----
for name, text in (("a/x", "1"), ("b/x", "1"), ("a/y", "1"), ("b/y", "2"), ("a/only", "1"), ("b/bonly", "1"), ("a/sub/s", "1"), ("b/sub/s", "1"),
                   ("a/CVS/q", ""), ("b/f", ""), ("a/f/g", "")):
    os.makedirs(os.path.dirname(name), exist_ok=True)
    with open(name, "w") as file:
        file.write(text)
os.utime("a/y", (1, 1))
os.utime("b/y", (1, 1))
print(filecmp.cmp("a/x", "b/x"), filecmp.cmp("a/y", "b/y"), filecmp.cmp("a/y", "b/y", shallow=False), filecmp.cmp("a", "b"), filecmp.cmp("a/x", "a/x"))
attempt(filecmp.cmp, "a/x", "nope")
print(filecmp.cmpfiles("a", "b", ["x", "y", "nope", "sub"], shallow=False), filecmp.DEFAULT_IGNORES)
c = filecmp.dircmp("a", "b", shallow=False)
c.report()
c.report_partial_closure()
c.report_full_closure()
print(c.left_list, c.right_list, c.common, c.left_only, c.right_only, c.common_dirs, c.common_files, c.common_funny, c.same_files, c.diff_files,
      c.funny_files, list(c.subdirs), c.subdirs["sub"].same_files)
print(filecmp.dircmp("a", "b", ignore=["x"], hide=["y"]).left_list)
attempt(getattr, c, "foo")
filecmp.clear_cache()

# ---- netrc ----
for text in ("machine h login l password p", "default login x password y",
             "machine h login l account a password p macdef m\n l1\n l2\n\nmachine g login z password q", "machine", "foo", "machine h login",
             "machine h login a passwd", "# c\nmachine h login l password #p", "machine h\nlogin \"a b\"\npassword p\\\"q", "machine h password p",
             "machine h foo", "macdef m\nl1", "machine h login l password p # x", "machine h user u password p\n# c\ndefault login d"):
    with open("n", "w") as file:
        file.write(text)
    try:
        n = netrc.netrc("n")
        print(repr(text), n.hosts, n.macros, n.authenticators("h"), n.authenticators("zz"), repr(repr(n)))
    except netrc.NetrcParseError as e:
        print(repr(text), e, e.lineno, e.msg, e.filename)
os.environ["HOME"] = os.getcwd()
attempt(lambda: netrc.netrc())
with open(".netrc", "w") as file:
    file.write("machine h login l password p")
os.chmod(".netrc", 0o644)
attempt(lambda: netrc.netrc())
os.chmod(".netrc", 0o600)
print(netrc.netrc().hosts)

# ---- quopri ----
for data in (b"abc", b"a=b\xe9\n", b"tab\t\nspace \n", b"x" * 80 + b"\n", b" " * 80, b"a_b c\xff", b".\n", b"a\r\nb\r\n"):
    print([quopri.encodestring(data, tabs, header) for tabs in (False, True) for header in (False, True)])
for data in (b"a=3Db", b"a=\nb", b"a=zz", b"a_b=20", b"a=", b"=\r\nb", b"a=3", b"=e9"):
    print(data, quopri.decodestring(data), quopri.decodestring(data, header=True))
out = io.BytesIO()
quopri.encode(io.BytesIO(b"x" * 80 + b"\n.\nend \n\xe9"), out, False)
print(out.getvalue())
back = io.BytesIO()
quopri.decode(io.BytesIO(out.getvalue()), back)
print(back.getvalue() == b"x" * 80 + b"\n.\nend \n\xe9")

# ---- colorsys ----
for triple in ((0, 0, 0), (1, 1, 1), (1, 0, 0), (0, 1, 0), (0, 0, 1), (0.5, 0.25, 0.75), (0.1, 0.9, 0.3), (0.3, 0.3, 0.3), (0.9, 0.8, 0.95)):
    print([[round(part, 9) + 0.0 for part in function(*triple)] for function in (colorsys.rgb_to_yiq, colorsys.yiq_to_rgb, colorsys.rgb_to_hls,
                                                                             colorsys.hls_to_rgb, colorsys.rgb_to_hsv, colorsys.hsv_to_rgb)])
