"""tool.py - what MicroPython's mpremote asks of a board, as its documentation and its protocol have it (MicroPython, docs/reference/mpremote.rst and
tools/mpremote): raw mode with and without a soft reset, raw-paste, files, hashes, errors, and a folder of this machine mounted on the board.

usage: KRAIT tests/console/tool.py KRAIT        The last line is the sum: N passed, N failed."""
# SPDX-License-Identifier: MIT
import ast
import hashlib
import os
import struct
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from board import folder, is_equal, run_tests  # noqa: E402

BANNER = b"raw REPL; CTRL-B to exit\r\n"


class Tool:
    """A tool at the line: exec() and eval() are all that it has."""

    def __init__(self, line, soft_reset=True):
        self.line = line
        line.send(b"\r\x03")
        line.quiet()
        line.send(b"\r\x01")
        if soft_reset:
            line.until(BANNER + b">")
            line.send(b"\x04")
            line.until(b"soft reboot\r\n")
        line.until(BANNER)

    def start(self, source):
        self.line.until(b">")
        self.line.send(b"\x05A\x01")
        is_equal(self.line.take(2), b"R\x01")
        window, = struct.unpack("<H", self.line.take(2))
        data, left, at = source.encode(), window, 0
        while at < len(data):
            while left == 0 or self.line.has_some():
                is_equal(self.line.take(1), b"\x01")
                left += window
            piece = data[at:at + left]
            self.line.send(piece)
            at, left = at + len(piece), left - len(piece)
        self.line.send(b"\x04")
        self.line.until(b"\x04")

    def finish(self):
        out, error = self.line.until(b"\x04")[:-1], self.line.until(b"\x04")[:-1]
        return out, error.decode()

    def exec(self, source):
        self.start(source)
        out, error = self.finish()
        assert not error, error
        return out

    def error(self, source):
        self.start(source)
        return self.finish()[1]

    def eval(self, expression):
        return ast.literal_eval(self.exec(f"print(repr({expression}))").strip().decode())


tests = []


def test(function):
    tests.append(function)
    return function


@test
def folders(l):
    tool = Tool(l)
    tool.exec("import os\nos.mkdir('d')\nf=open('d/a','wb')\nw=f.write")
    tool.exec("w(b'hello')")
    tool.exec("f.close()")
    names = ast.literal_eval("[" + tool.exec("import os\nfor f in os.ilistdir('d'):\n print(repr(f), end=',')").decode() + "]")
    is_equal([(n[0], n[1], n[3]) for n in names], [("a", 0x8000, 5)])
    is_equal([n[:2] for n in ast.literal_eval("[" + tool.exec("for f in os.ilistdir():\n print(repr(f), end=',')").decode() + "]")], [("d", 0x4000)])
    stat = tool.eval("os.stat('d/a')")
    is_equal((len(stat), stat[0] & 0xF000, stat[6]), (10, 0x8000, 5))
    assert tool.eval("os.stat('d')")[0] & 0x4000
    is_equal(tool.eval("os.stat('d/a').st_size"), 5)  # and CPython's names stay
    is_equal(len(tool.eval("os.statvfs('/')")), 10)
    tool.exec("os.rename('d/a', 'd/b')\nos.chdir('d')")
    is_equal((tool.eval("os.getcwd()")[-2:], tool.eval("os.listdir()")), ("/d", ["b"]))
    tool.exec("os.chdir('..')\nos.remove('d/b')\nos.rmdir('d')")
    is_equal(tool.eval("os.listdir()"), [])
    is_equal(tool.eval("__import__('sys').platform"), sys.platform)


@test
def errors(l):
    """A tool looks for OSError, and for the name of the errno."""
    tool = Tool(l, soft_reset=False)
    for source, name in (("os.stat('nothing')", "ENOENT"), ("open('nothing')", "ENOENT"), ("os.rmdir('nothing')", "ENOENT"), ("os.mkdir('/')", "EEXIST"),
                         ("os.listdir('/etc/passwd')", "ENOTDIR"), ("open('/', 'wb')", "EISDIR"), ("raise OSError(28)", "28")):
        error = tool.error("import os\n" + source)
        assert "OSError" in error and name in error, error
    error = tool.error("1/0")
    is_equal(error.splitlines()[-1], "ZeroDivisionError: division by zero")


@test
def contents(l):
    tool = Tool(l)
    data = bytes(range(256)) * 5
    tool.exec("f=open('x','wb')\nw=f.write")
    for at in range(0, len(data), 256):
        tool.exec(f"w({data[at:at + 256]!r})")
    tool.exec("f.close()")
    tool.exec("f=open('x','rb')\nr=f.read")
    got = b""
    while piece := tool.eval("r(256)"):
        got += piece
    tool.exec("f.close()")
    is_equal(got == data, True)
    tool.exec("import hashlib\nh = hashlib.sha256()")
    tool.exec("buf = memoryview(bytearray(256))\nwith open('x', 'rb') as f:\n while True:\n  n = f.readinto(buf)\n  if n == 0:\n   break\n  h.update(buf if n == 256 else buf[:n])\n")
    is_equal(tool.eval("h.digest()"), hashlib.sha256(data).digest())
    tool.exec("f=open('t','a')\nf.close()")
    is_equal(tool.exec("with open('t') as f:\n while 1:\n  b=f.read(256)\n  if not b:break\n  print(b,end='')"), b"")


# The board's half of a mount: what it asks goes as 0x18 and a number, and the answer begins with 0x18; then numbers of 1 or 4 bytes and counted texts.
HALF = """
import os, io, struct, micropython, select, sys
STAT, LIST, NEXT, OPEN, CLOSE, READ = 1, 2, 3, 4, 5, 6
class Ask:
 def __init__(s):
  s.four = bytearray(4)
  s.out = sys.stdout.buffer
  s.inp = sys.stdin.buffer
  s.poller = select.poll()
  s.poller.register(s.inp, select.POLLIN)
 def take(s, n):
  b = bytearray(n)
  v = memoryview(b)
  at = 0
  while at < n:
   for _ in s.poller.ipoll(1000):
    break
   else:
    raise Exception('timeout')
   at += s.inp.readinto(v[at:], n - at)
  return b
 def begin(s, kind):
  micropython.kbd_intr(-1)
  s.four[0] = 0x18
  s.four[1] = kind
  s.out.write(s.four, 2)
  while s.take(1)[0] != 0x18:
   pass
 def end(s):
  micropython.kbd_intr(3)
 def number(s, form='<i'):
  return struct.unpack(form, s.take(struct.calcsize(form)))[0]
 def text(s):
  return s.take(s.number())
 def put(s, n):
  struct.pack_into('<i', s.four, 0, n)
  s.out.write(s.four)
 def word(s, t):
  s.put(len(t))
  s.out.write(t)
 def small(s, n):
  s.four[0] = n
  s.out.write(s.four, 1)
class File(io.IOBase):
 def __init__(s, c, fd, text):
  s.c, s.fd, s.is_text = c, fd, text
 def read(s, n=-1):
  s.c.begin(READ)
  s.c.small(s.fd)
  s.c.put(n)
  d = s.c.text()
  s.c.end()
  return str(d, 'utf8') if s.is_text else bytes(d)
 def close(s):
  if s.fd is not None:
   s.c.begin(CLOSE)
   s.c.small(s.fd)
   s.c.end()
   s.fd = None
 def __enter__(s):
  return s
 def __exit__(s, a, b, c):
  s.close()
class Files:
 def __init__(s, c):
  s.c = c
 def mount(s, readonly, mkfs):
  pass
 def umount(s):
  pass
 def stat(s, p):
  s.c.begin(STAT)
  s.c.word(p)
  if (n := s.c.number('<b')) < 0:
   s.c.end()
   raise OSError(-n)
  mode, size = s.c.number('<I'), s.c.number('<I')
  s.c.end()
  return mode, 0, 0, 0, 0, 0, size, 0, 0, 0
 def ilistdir(s, p):
  s.c.begin(LIST)
  s.c.word(p)
  n = s.c.number('<b')
  s.c.end()
  if n < 0:
   raise OSError(-n)
  while True:
   s.c.begin(NEXT)
   name = str(s.c.text(), 'utf8')
   kind = s.c.number('<I') if name else 0
   s.c.end()
   if not name:
    return
   yield name, kind, 0
 def open(s, p, mode):
  s.c.begin(OPEN)
  s.c.word(p)
  s.c.word(mode)
  fd = s.c.number('<b')
  s.c.end()
  if fd < 0:
   raise OSError(-fd)
  return File(s.c, fd, 'b' not in mode)
os.mount(Files(Ask()), '/remote')
os.chdir('/remote')
"""


class Host:
    """The tool's half of that mount, read only."""

    def __init__(self, line, root):
        self.line, self.root, self.names, self.files = line, root, [], {}

    def number(self, form="<i"):
        return struct.unpack(form, self.line.take(struct.calcsize(form)))[0]

    def path(self):
        return self.root + "/" + self.line.take(self.number()).decode()

    def send(self, form, *values):
        self.line.send(struct.pack(form, *values))

    def serve(self):
        """What the program says besides, up to its end, and its error."""
        out = b""
        while (c := self.line.take(1)) != b"\x04":
            if c != b"\x18":
                out += c
                continue
            kind = self.line.take(1)[0]
            self.line.send(b"\x18")
            getattr(self, "do_" + {1: "stat", 2: "list", 3: "next", 4: "open", 5: "close", 6: "read"}[kind])()
        return out, self.line.until(b"\x04")[:-1].decode()

    def do_stat(self):
        try:
            info = os.stat(self.path())
        except OSError as e:
            return self.send("<b", -e.errno)
        self.send("<bII", 0, info.st_mode, info.st_size)

    def do_list(self):
        self.names = sorted(os.listdir(self.path()))
        self.send("<b", 0)

    def do_next(self):
        if not self.names:
            return self.send("<i", 0)
        name = self.names.pop(0).encode()
        self.send("<i", len(name))
        self.line.send(name)
        self.send("<I", 0x8000)

    def do_open(self):
        path, _ = self.path(), self.line.take(self.number())
        try:
            self.files[3] = open(path, "rb")
        except OSError as e:
            return self.send("<b", -e.errno)
        self.send("<b", 3)

    def do_close(self):
        self.files.pop(self.number("<b")).close()

    def do_read(self):
        f, size = self.files[self.number("<b")], self.number()
        data = f.read(size)
        self.send("<i", len(data))
        self.line.send(data)


@test
def mount(l):
    here = folder(mod_py="name = 'imported'\n", h="text\n")
    with open(here + "/bytes", "wb") as f:
        f.write(bytes(range(256)) * 3)
    tool = Tool(l)
    is_equal(tool.eval('"Files" in globals()'), False)
    host = Host(l, here)

    def run(source):
        tool.start(source)
        return host.serve()

    is_equal(run(HALF), (b"", ""))
    is_equal(run("print(os.listdir(), open('h').read(), sum(open('bytes', 'rb').read()))"), (b"['bytes', 'h', 'mod.py'] text\n 97920\r\n".replace(b"\n", b"\r\n", 1), ""))
    is_equal(run("import mod; print(mod.name)"), (b"imported\r\n", ""))
    out, error = run("open('nothing')")
    assert "OSError" in error and "ENOENT" in error, error
    is_equal(run("os.umount('/remote')"), (b"", ""))
    assert "/remote" not in tool.eval("os.getcwd()")


@test
def resets(l):
    tool = Tool(l)
    tool.exec("x = 5")
    is_equal(Tool(l, soft_reset=False).eval("x"), 5)
    assert "NameError" in Tool(l).error("x")
    tool.start("import machine; machine.soft_reset()")
    l.until(b"soft reboot\r\n")
    is_equal(Tool(l, soft_reset=False).eval("1+1"), 2)
    l.until(b">")
    l.send(b"\r\x02")
    l.until(b">>> ")


sys.exit(run_tests(tests))
