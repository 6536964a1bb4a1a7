"""Sends random texts and programs to build/asan/fuzz_serve, and compares what it answers with CPython 3.13, which must run this file.

    fuzz.py compile SECONDS SEED [SERVER]    wrong and right texts: errors and their places, warnings, and whether what compiles is sound
    fuzz.py program SECONDS SEED [SERVER]    programs whose special methods change what is in use: what they print
    fuzz.py hostile SECONDS SEED [SERVER]    wilder ones, without comparison, in turn with collections everywhere, failing allocations, small stacks
    fuzz.py show KIND SEED                   prints the case of a seed
    fuzz.py oracle                           runs the program from standard input under this CPython
    FUZZ_FIRST=1 fuzz.py ...                 ends at the first crash

SECONDS are of processor time of the server. What crashes, hangs or differs is kept in build/fuzz. The same seed makes the same case.
"""

import collections
import os
import re
import resource
import select
import signal
import subprocess
import sys
import time
import warnings

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import compared  # noqa: E402
import hostile  # noqa: E402
import texts  # noqa: E402

KEPT = os.path.join(ROOT, "build", "fuzz")
STEPS = 200000  # of a program
ANSWER = 600  # seconds until an answer must have come, on however busy a machine; the server ends itself after 20 s of processor time
ORACLE_CPU = 1  # seconds of a program under CPython
OPTIONS = "detect_leaks=0:detect_stack_use_after_return=0"


class Crash(Exception):
    """The server has ended without an answer."""


class Server:
    """The process that compiles and runs; it is started again after a crash."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.cpu = 0.0  # of the processes that have ended
        os.makedirs(KEPT, exist_ok=True)
        self.errors = open(os.path.join(KEPT, f"errors-{os.getpid()}.txt"), "a+b", buffering=0)
        self.start()

    def start(self) -> None:
        env = dict(os.environ, ASAN_OPTIONS=OPTIONS, UBSAN_OPTIONS="print_stacktrace=1")
        self.process = subprocess.Popen([self.path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.errors, env=env)

    def seconds(self) -> float:
        """Processor time of the server so far."""
        with open(f"/proc/{self.process.pid}/stat") as f:
            fields = f.read().rsplit(")", 1)[1].split()
        return self.cpu + (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def line(self) -> bytes:
        if not select.select([self.process.stdout], [], [], ANSWER)[0]:
            self.process.kill()
        return self.process.stdout.readline()

    def ask(self, kind: str, text: bytes, steps: int = 0, stress: int = 0, fail: int = 0, stack: int = 0, heap: int = 0) -> str:
        self.errors.truncate(0)
        try:
            self.process.stdin.write(b"%s %d %d %d %d %d %d\n" % (kind.encode(), len(text), steps, stress, fail, stack, heap) + text)
            self.process.stdin.flush()
            size = int(self.line())
            answer = self.process.stdout.read(size)
            if len(answer) == size:
                return answer.decode("utf-8", "replace")
        except (OSError, ValueError):
            pass
        raise Crash(self.end())

    def end(self) -> str:
        """What is known about a process that did not answer. A new one is started."""
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        status = self.process.wait()
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        self.cpu += after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        said = os.pread(self.errors.fileno(), 8000, 0).decode("utf-8", "replace")
        self.start()
        return f"status {status}" + (" (hangs)" if -status in (signal.SIGPROF, signal.SIGKILL) else "") + "\n" + said


# ---- Texts -----------------------------------------------------------------------------------------------------------------------


def place(error: SyntaxError) -> str:
    where = (error.lineno or 0, error.offset or 0, error.end_lineno or 0, error.end_offset or 0)
    return f"{type(error).__name__}: {error.msg} {where!r} {error.text!r}"


def oracle_compile(text: str | bytes, mode: str) -> str:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            compile(text, "<fuzz>", mode, 0, True)
            result = "OK"
        except SyntaxError as error:
            result = place(error)
        except (ValueError, RecursionError, OverflowError) as error:
            result = f"{type(error).__name__}: {error}"
        except MemoryError:
            result = "MemoryError"
    lines = "".join(f"\nWARNING {w.lineno}: {w.message}" for w in caught if w.category is SyntaxWarning)
    return (result + lines).encode("utf-8", "backslashreplace").decode()


MODES = {"e": "exec", "v": "eval", "s": "single", "E": "exec"}


def try_text(server: Server, seed: int) -> tuple[str, str]:
    kind, text = texts.case(seed)
    data = text if isinstance(text, bytes) else text.encode()
    stress = 0 if len(data) > 5000 else 2 if seed % 8 == 0 else 1 if seed % 64 == 1 and len(data) < 500 else 0
    got = server.ask(kind, data, seed * 7919 % 3000 + 1, stress)
    want = oracle_compile(text, MODES[kind])
    if texts.same(text, want, got):
        return "", ""
    other = want.split(" (")[0] != got.split(" (")[0] or "Missing parentheses in call" in want
    kind = "other first" if texts.refused(want) and texts.refused(got) and other else texts.known(want, got)
    return ("", kind) if kind else (want, got)


# ---- Programs --------------------------------------------------------------------------------------------------------------------


def oracle_run(text: str) -> str | None:
    """What a program prints under CPython, in a process of its own; None if that does not end as it should."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        try:
            os.close(reader)
            os.dup2(writer, 1)
            os.dup2(os.open(os.devnull, os.O_RDWR), 0)
            os.dup2(0, 2)
            resource.setrlimit(resource.RLIMIT_CPU, (ORACLE_CPU, ORACLE_CPU))
            resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
            sys.stdout = open(1, "w", encoding="utf-8", errors="backslashreplace", closefd=False)
            sys.setrecursionlimit(1000)
            exec(compile(text, "fuzz.py", "exec", 0, True), {"__name__": "__main__"})
            sys.stdout.flush()
            os._exit(0)
        except BaseException as error:
            os.write(1, f"{type(error).__name__}: {error}".encode("utf-8", "backslashreplace"))
        os._exit(1)
    os.close(writer)
    with open(reader, "rb") as f:
        printed = f.read()
    status = os.waitpid(child, 0)[1]
    return printed.decode("utf-8", "replace") if status == 0 else None


def is_unsettled(text: str, want: str, got: str) -> bool:
    """Does CPython itself print something else before that difference, with other hashes of texts and at other addresses?"""
    before, line, _ = compared.parting(want, got)
    for seed in range(1, 9):
        run = subprocess.run([sys.executable, __file__, "oracle"], input=text.encode(), stdout=subprocess.PIPE, env=dict(os.environ, PYTHONHASHSEED=str(seed)))
        if not (compared.plain(run.stdout.decode("utf-8", "replace")) + "end").startswith(before + "\n" * bool(before) + line):
            return True
    return False


def is_late_view(server: Server, text: str, want: str, got: str) -> bool:
    """Is a bytearray refused only because the collector still sees a view that nobody uses? Collecting everywhere, it goes."""
    line = compared.parting(want, got)
    if "Existing exports of data" not in line[2] or "Existing exports of data" in line[1]:
        return False
    return compared.plain(server.ask("r", text.encode(), STEPS, 1)) == compared.plain(want)


def try_program(server: Server, seed: int) -> tuple[str, str]:
    text = compared.program(seed)
    got = server.ask("r", text.encode(), STEPS)
    if got.endswith("limit"):
        return "", "budget"
    want = oracle_run(text)
    if want is None:  # CPython has crashed, or needs too much
        return "", "no oracle"
    want += "end"
    if compared.plain(want) == compared.plain(got):
        return "", ""
    kind = compared.known(want, got) or ("hashes" if is_unsettled(text, want, got) else "late views" if is_late_view(server, text, want, got) else "")
    return ("", kind) if kind else (want, got)


def try_hostile(server: Server, seed: int) -> tuple[str, str]:
    text = hostile.program(seed).encode()
    turn = seed % 8
    if turn == 1:
        server.ask("r", text, STEPS, 0, 0, 256)
    elif turn in (2, 3):
        server.ask("r", text, 30000, turn - 1)
    elif turn in (4, 5):
        server.ask("r", text, STEPS, 0, (seed * 7919 % 9000 + 1) * (1 if turn == 4 else -1))
    elif turn == 6:
        server.ask("r", text, STEPS, 0, 0, 0, 1024)
    else:
        server.ask("r", text, STEPS)
    return "", ""


TRIES = {"compile": try_text, "program": try_program, "hostile": try_hostile}


def case(kind: str, seed: int) -> str | bytes:
    return texts.case(seed)[1] if kind == "compile" else hostile.program(seed) if kind == "hostile" else compared.program(seed)


# ---- The loop --------------------------------------------------------------------------------------------------------------------


def keep(kind: str, seed: int, what: str) -> None:
    text = case(kind, seed)
    name = os.path.join(KEPT, f"{kind}-{seed}")
    with open(name + ".py", "wb") as f:
        f.write(text if isinstance(text, bytes) else text.encode())
    with open(name + ".txt", "w") as f:
        f.write(what)


def first_difference(want: str, got: str) -> str:
    a, b = want.split("\n"), got.split("\n")
    for i, line in enumerate(a):
        if i >= len(b) or line != b[i]:
            return f"line {i + 1}\n  want {line[:300]}\n  got  {b[i][:300] if i < len(b) else 'nothing'}"
    return f"line {len(a) + 1}\n  got  {b[len(a)][:300]}"


def counted(known: collections.Counter[str]) -> str:
    return "".join(f", {number} {name}" for name, number in sorted(known.items()))


def main() -> None:
    if sys.argv[1] == "oracle":
        sys.stdout.buffer.write((oracle_run(sys.stdin.buffer.read().decode()) or "").encode())
        return
    if sys.argv[1] == "show":
        text = case(sys.argv[2], int(sys.argv[3]))
        sys.stdout.buffer.write(text if isinstance(text, bytes) else text.encode())
        return
    kind, seconds, seed = sys.argv[1], float(sys.argv[2]), int(sys.argv[3])
    server = Server(sys.argv[4] if len(sys.argv) > 4 else os.path.join(ROOT, "build", "asan", "fuzz_serve"))
    done = crashed = different = 0
    known: collections.Counter[str] = collections.Counter()
    begin, told = time.monotonic(), 0.0
    sys.setrecursionlimit(20000)
    warnings.simplefilter("ignore")
    while (used := server.seconds()) < seconds:
        if used > told + 60:
            told = used
            print(f"{kind}: {done} cases to seed {seed}, {crashed} crashed, {different} different{counted(known)}, {used:.0f} s", flush=True)
        try:
            want, got = TRIES[kind](server, seed)
            if got and not want:
                known[got] += 1
            elif want != got:
                different += 1
                keep(kind, seed, f"want\n{want}\ngot\n{got}\n")
                print(f"seed {seed}: differs in {first_difference(want, got)}", flush=True)
        except Crash as crash:
            crashed += 1
            keep(kind, seed, str(crash))
            lines = [line for line in str(crash).split("\n") if re.search("ERROR|error:|assert|hangs|serve:|heap:", line)]
            print(f"seed {seed}: crashed: {(lines or str(crash).split(chr(10)))[0][:200]}", flush=True)
            if os.environ.get("FUZZ_FIRST"):
                break
        done += 1
        seed += 1
    print(f"{kind}: {done} cases, {crashed} crashed, {different} different{counted(known)}, {server.seconds():.0f} s of processor, {time.monotonic() - begin:.0f} s")
    sys.exit(crashed + different > 0)


if __name__ == "__main__":
    main()
