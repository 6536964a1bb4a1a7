"""check.py SHARED_OBJECT - does the simulated power cut take back what was not synced, and nothing else? Plain files first, then SQLite. Ends with N passed, N failed."""
# SPDX-License-Identifier: MIT
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from undo import undo

SHIM = os.path.abspath(sys.argv[1])
passed = failed = 0


def check(name: str, good: bool, detail: object = "") -> None:
    global passed, failed
    if good:
        passed += 1
    else:
        failed += 1
        print(f"FAIL {name}: {detail}")


class Cut:
    """A folder with a log beside it, in which programs run and are killed."""

    def __init__(self) -> None:
        self._place = tempfile.TemporaryDirectory()
        self.folder = os.path.join(self._place.name, "data")
        self.log = os.path.join(self._place.name, "log")
        os.mkdir(self.folder)
        os.mkdir(self.log)

    def run(self, program: str, after: int = 0) -> list[str]:
        """Run a program until it has printed a line `cut` (or `after` lines, if given) and kill it there; the lines before."""
        env = {**os.environ, "LD_PRELOAD": SHIM, "POWERCUT_FOLDER": self.folder, "POWERCUT_LOG": self.log}
        child = subprocess.Popen([sys.executable, "-c", program], cwd=self.folder, env=env, stdout=subprocess.PIPE, text=True)
        lines = []
        for line in child.stdout:
            if line == "cut\n":
                break
            lines.append(line.strip())
            if after and len(lines) >= after:
                break
        child.send_signal(signal.SIGKILL)
        lines += [line.strip() for line in child.stdout]
        child.wait()
        return lines

    def undo(self, seed: int | None = None) -> dict[str, int]:
        return undo(self.folder, self.log, seed)

    def files(self) -> dict[str, bytes]:
        found = {}
        for where, _, names in os.walk(self.folder):
            for name in names:
                with open(os.path.join(where, name), "rb") as file:
                    found[os.path.relpath(os.path.join(where, name), self.folder)] = file.read()
        return found


BEGIN = """
import os, time
def sync(path):
    fd = os.open(path, os.O_RDONLY); os.fsync(fd); os.close(fd)
def put(path, data, mode="wb", synced=True):
    with open(path, mode) as f:
        f.write(data); f.flush()
        if synced: os.fsync(f.fileno())
put("a", b"one two three"); put("b", b"bee"); put("gone", b"still here"); os.mkdir("inner"); sync(".")
"""
END = "\nprint('cut', flush=True); time.sleep(60)"
START = {"a": b"one two three", "b": b"bee", "gone": b"still here"}


def plain(name: str, program: str, expected: dict[str, bytes]) -> None:
    """What is left of START after a program and a power cut."""
    cut = Cut()
    cut.run(BEGIN + program + END)
    cut.undo()
    check(name, cut.files() == expected, cut.files())


plain("nothing is lost of what was synced", "", START)
plain("a write is lost", "put('a', b'ONE', 'r+b', False)", START)
plain("a write in place that was synced stays", "put('a', b'ONE', 'r+b')", {**START, "a": b"ONE two three"})
plain("writes over one another", "put('a', b'ONE', 'r+b'); put('a', b'XXXX', 'r+b', False); put('a', b'YY', 'r+b', False)", {**START, "a": b"ONE two three"})
plain("an append is lost", "put('a', b' four', 'ab'); put('a', b' five', 'ab', False)", {**START, "a": b"one two three four"})
plain("a truncation is undone", "open('a', 'wb').close()", START)
plain("... and one by length", "f = open('a', 'r+b'); os.ftruncate(f.fileno(), 3); os.pwrite(f.fileno(), b'zz', 1); os.truncate('b', 1)", START)
plain("os.writev and pwrite", "f = open('a', 'r+b'); os.writev(f.fileno(), [b'12', b'34']); os.pwrite(f.fileno(), b'9', 40)", START)
plain("a new file without a synced folder is lost", "put('new', b'x')", START)
plain("... and stays with one", "put('new', b'x'); sync('.')", {**START, "new": b"x"})
plain("a name in a synced folder, content not synced", "put('new', b'x', synced=False); sync('.')", {**START, "new": b""})
plain("an unlinked file is back", "os.unlink('gone')", START)
plain("... and is gone with a synced folder", "os.unlink('gone'); sync('.')", {"a": START["a"], "b": START["b"]})
plain("a rename is undone, what it replaced is back", "put('a', b'new', 'wb', False); os.rename('a', 'b')", START)
plain("the way to replace a file safely", "put('a.new', b'better'); os.rename('a.new', 'a'); sync('.')", {**START, "a": b"better"})
plain("... without the sync of the folder", "put('a.new', b'better'); os.replace('a.new', 'a')", START)
plain("... without the sync of the file", "put('a.new', b'better', synced=False); os.replace('a.new', 'a'); sync('.')", {**START, "a": b""})
plain("a file made, removed and made again", "put('n', b'1'); os.unlink('n'); put('n', b'2')", START)
plain("a folder with files", "os.mkdir('more'); put('more/x', b'1'); put('inner/y', b'2')", START)
plain("a folder in another, synced", "put('inner/y', b'2'); sync('inner')", {**START, os.path.join("inner", "y"): b"2"})
plain("a child's writes", "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import os; f = open(\"a\", \"ab\"); f.write(b\"?\"); f.flush()'])", START)
plain("a descriptor that a child was given", "f = open('a', 'ab'); pid = os.fork()\nif not pid: os.write(f.fileno(), b'?'); os._exit(0)\nos.waitpid(pid, 0)", START)

# The seeded form: every state between the two ends may come, sector by sector.
states = set()
for seed in range(12):
    cut = Cut()
    cut.run(BEGIN + "put('a', b'A' * 512 + b'B' * 512 + b'C' * 512, 'r+b', False)" + END)
    cut.undo(seed)
    states.add(cut.files()["a"])
whole = b"A" * 512 + b"B" * 512 + b"C" * 512
old = START["a"]
check("seeds give different states", len(states) >= 4, len(states))
check("... of whole sectors", all(part in (whole[i:i + 512], old.ljust(512, b"\0") if not i else b"\0" * 512, old if not i else b"", b"") for s in states
                                   for i, part in ((0, s[:512]), (512, s[512:1024]), (1024, s[1024:]))), sorted(states))

DATABASE = """
import sqlite3
db = sqlite3.connect("t.db", isolation_level=None)
db.execute("PRAGMA journal_mode=%s"); db.execute("PRAGMA synchronous=%s")
db.execute("CREATE TABLE IF NOT EXISTS t(n INTEGER PRIMARY KEY, text TEXT)")
start = db.execute("SELECT coalesce(max(n), 0) FROM t").fetchone()[0]
for n in range(start + 1, 100000):
    db.execute("INSERT INTO t VALUES (?, ?)", (n, "x" * 500))
    print(n, flush=True)
"""


def database(journal: str, synchronous: str, rounds: int, seeded: bool) -> tuple[int, int, int]:
    """Rounds of commits, kill and power cut: (commits that were lost, rows that nobody committed, damaged databases)."""
    cut = Cut()
    lost = odd = damaged = 0
    for number in range(rounds):
        lines = cut.run(DATABASE % (journal, synchronous), 150 + 37 * number)
        cut.undo(1000 * rounds + number if seeded else None)
        db = sqlite3.connect(os.path.join(cut.folder, "t.db"))
        try:
            if db.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                damaged += 1
            last = db.execute("SELECT coalesce(max(n), 0) FROM t").fetchone()[0]
            lost += max(0, int(lines[-1]) - last)
            odd += max(0, last - int(lines[-1]) - 1)  # one may be committed and not said yet
        except sqlite3.DatabaseError as error:
            lost += int(lines[-1])
            damaged += "no such table" not in str(error)
        finally:
            db.close()
    return lost, odd, damaged


# In mode DELETE a commit is the removal of the journal, whose folder is synced with EXTRA alone.
for journal, synchronous in (("WAL", "FULL"), ("DELETE", "EXTRA")):
    for seeded in (False, True):
        result = database(journal, synchronous, 3, seeded)
        check(f"SQLite, {journal}, {synchronous}{', seeded' * seeded}: nothing is lost or damaged", result == (0, 0, 0), result)
    result = database(journal, "OFF", 2, False)
    check(f"SQLite, {journal}, OFF: commits are lost", result[0] > 0, result)
lost, odd, damaged = database("DELETE", "FULL", 3, False)
# (unless it is not said yet when the program is killed)
check("SQLite, DELETE, FULL: the last commit is lost, no other", 0 < lost <= 3 and (odd, damaged) == (0, 0), (lost, odd, damaged))

print(f"{passed} passed, {failed} failed")
sys.exit(failed > 0)
