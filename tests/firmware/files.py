"""Files of the firmware in QEMU: os, open and import on the flash file system, resets while it writes, images of build/flashfs.

usage: krait tests/firmware/files.py"""

import json
import os
import random
import re
import socket
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from _qemu import Firmware

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../..")
IMAGE = os.path.join(ROOT, "build/stm32f405/krait.elf")
TOOL = os.path.join(ROOT, "build/flashfs")

CALLS = """
import os, sys
assert os.listdir("/") == [], os.listdir("/")
before = os.statvfs("/")
with open("a.txt", "w") as f: assert f.write("hello\\n" * 100) == 600
assert os.stat("a.txt")[6] == 600 and open("a.txt").readline() == "hello\\n"
os.mkdir("lib")
os.rename("a.txt", "lib/b.txt")
os.chdir("/lib/../lib")
assert os.getcwd() == "/lib" and os.listdir() == ["b.txt"]
with open("b.txt", "a") as f: f.write("end")
with open("b.txt", "rb") as f: assert f.seek(-3, 2) == 600 and f.read() == b"end"
with open("b.txt", "r+b") as f:
    f.seek(3)
    f.write(b"XYZ")
    f.flush()
    os.fsync(f.fileno())
assert open("b.txt").read(7) == "helXYZh"
os.truncate("b.txt", 5)
assert open("b.txt").read() == "helXY"
os.chdir("/")
for call, error in [(lambda: open("x/y"), FileNotFoundError), (lambda: os.rmdir("lib"), OSError), (lambda: os.mkdir("lib"), FileExistsError),
                    (lambda: open("lib"), IsADirectoryError), (lambda: open("lib/b.txt/c"), NotADirectoryError)]:
    try: call()
    except error as e: print(e)
    else: print("no error")
os.replace("lib/b.txt", "c")
os.remove("c")
os.rmdir("lib")
os.sync()
assert os.statvfs("/")[3] == before[3] > 100
"""
ERRORS = """[Errno 2] No such file or directory: 'x/y'
[Errno 39] Directory not empty: 'lib'
[Errno 17] File exists: 'lib'
[Errno 21] Is a directory: 'lib'
[Errno 20] Not a directory: 'lib/b.txt/c'
"""

FULL = """
import os
count = 0
try:
    while True:
        with open(f"f{count}", "wb") as f: f.write(bytes(1500))
        count += 1
except OSError as e:
    print(e.errno)
assert count >= 20, count
for name in os.listdir("/"): os.remove(name)
"""

IMPORTS = """
import os, sys
sys.path[:] = ["/", "/lib"]
os.mkdir("/lib")
with open("/lib/inner.py", "w") as f: f.write("value = 42\\ndef wrong():\\n    return 1 / 0\\n")
os.mkdir("/package")
with open("/package/__init__.py", "w") as f: f.write("from inner import value, wrong\\n")
import package
print(package.value, package.__file__)
package.wrong()
"""

# Closed files are gone before memory is short, however many there are.
MANY = """
import os
for n in range(1000):
    f = open("many", "a")
    f.close()
os.remove("many")
"""

# What is replaced is one of two whole texts at any time, and what was appended and closed stays.
WRITER = """
import os
n = 0
while True:
    with open("new", "w") as f: f.write(str(n) * 300)
    os.rename("new", "state")
    with open("log", "a") as f: f.write(f"{n}\\n")
    if n % 20 == 19: os.rename("log", "log.old")
    n += 1
    print(n)
"""
READER = """
import os
text = open("state").read()
n = int(text[:len(text) // 300])
assert text == str(n) * 300, text[:40]
lines = [int(line) for name in ("log.old", "log") if name in os.listdir() for line in open(name)]
assert lines == list(range(lines[0], lines[-1] + 1)), lines
assert n - lines[-1] in (0, 1), (n, lines[-1])
print(n)
"""


def run(board, source, seconds=60):
    out, error = board.run(source.encode(), seconds)
    assert not error, error
    return out


def calls(board):
    assert (out := run(board, CALLS)) == ERRORS, out
    assert run(board, FULL) == "28\n"
    run(board, MANY)


def imports(board):
    out, error = board.run(IMPORTS.encode())
    assert out == "42 /package/__init__.py\n", out + error
    assert 'File "/lib/inner.py", line 3, in wrong\n    return 1 / 0\n' in error, error
    for path in "/lib/inner.py", "/package/__init__.py":
        run(board, f"import os; os.remove({path!r}); os.rmdir({os.path.dirname(path)!r})")


def start(board, source):
    """Start a program that does not end; what it prints stays to be read."""
    board.write(b"\x05A\x01")
    board.until(b"R\x01\x80\x00", 10)
    for at in range(0, len(source), 128):
        board.until(b"\x01", 20)
        board.write(source[at:at + 128].encode())
    board.write(b"\x04")
    board.until(b"\x04", 20)


def resets(board, monitor, count=6):
    for _ in range(count):
        start(board, WRITER)
        board.until(b"\n%d\r\n" % random.randint(8, 50), 120)
        monitor.sendall(b'{"execute": "system_reset"}')
        board.boot(120)
        board.enter_raw()
        assert int(run(board, READER)) >= 7
        run(board, "import os\nfor name in os.listdir(): os.remove(name)")


def connect(path):
    """QEMU's monitor, ready for commands."""
    monitor = socket.socket(socket.AF_UNIX)
    monitor.connect(path)
    assert "QMP" in json.loads(monitor.recv(4096).split(b"\n")[0])
    monitor.sendall(b'{"execute": "qmp_capabilities"}')
    monitor.recv(4096)
    return monitor


def images(folder):
    """What build/flashfs has made is there, boot.py and main.py run."""
    os.makedirs(f"{folder}/in/lib")
    for name, text in (("boot.py", "started = 6"), ("main.py", "import helper\nprint('main', started * helper.seven)"), ("lib/helper.py", "seven = 7")):
        with open(f"{folder}/in/{name}", "w") as f:
            f.write(text)
    subprocess.run([TOOL, "make", "qemu", f"{folder}/image", f"{folder}/in"], check=True)
    with Firmware(IMAGE, False, "-device", f"loader,file={folder}/image,addr=0x20020000,force-raw=on") as board:
        said = board.boot(120)
        assert "main 42\r\n" in said, said


def ram():
    """What runs while the flash is busy is in RAM, and calls nothing that is not."""
    code = subprocess.run(["arm-none-eabi-objdump", "-d", "--section=.data", IMAGE], check=True, capture_output=True, text=True).stdout
    found = set(re.findall(r"<(kr_console_receive|finished|operate)\b", code))
    assert found == {"kr_console_receive", "finished", "operate"}, found
    targets = re.findall(r"\tb\w*(?:\.[nw])?\s+([0-9a-f]{8}) <", code)
    assert targets and all(target.startswith("20") for target in targets), targets
    assert not re.search(r"\.word\s+0x08[0-9a-f]{6}", code), "it knows an address in flash"


def main():
    passed = failed = 0
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/monitor"
        with Firmware(IMAGE, False, "-qmp", f"unix:{path},server=on,wait=off") as board:
            board.boot(120)
            board.enter_raw()
            monitor = connect(path)
            for name, test in (("calls", lambda: calls(board)), ("imports", lambda: imports(board)), ("resets", lambda: resets(board, monitor)),
                               ("images", lambda: images(folder)), ("code in RAM", ram)):
                try:
                    test()
                    passed += 1
                except Exception as e:
                    failed += 1
                    print(f"FAIL {name}: {type(e).__name__}: {e}")
            monitor.close()
    print(f"{passed} passed, {failed} failed")
    return failed != 0


if __name__ == "__main__":
    sys.exit(main())
