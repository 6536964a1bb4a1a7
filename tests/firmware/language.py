"""tests/lang and tests/types on the firmware in QEMU, each sent over the serial line to a fresh interpreter; the same outputs are expected.

usage: krait tests/firmware/language.py [-j N] [-w] [TEST ...]     (lang/basic_loops; without names: all)
Which programs the device has no room or no module for stands in not_on_device.txt, with the reason; they have to end as it says. -w writes that
file anew, but for reasons that begin with "differs", which are written by hand. -j runs N boards at a time, --quick runs some.

A program that uses files runs in a folder of its own, and modules that are beside it, or in lib/ but not on the device, are sent before it:
those of lib/ as code files."""

import os
import re
import subprocess
import sys
import tempfile
import threading

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from _qemu import Firmware, Silent

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
IMAGE = os.path.join(ROOT, "build/stm32f405/krait.elf")
LIST = os.path.join(ROOT, "tests/firmware/not_on_device.txt")
_ROOM = {"lang", "types"}
_QUICK = ["lang/basic_containers", "lang/basic_exceptions", "lang/basic_loops", "lang/dm_arith", "lang/exec_closures", "lang/expr_generators", "types/bool_type"]
# What other systems have on a stream of its own: warnings, and errors in finalizers.
_ASIDE = re.compile(r"<\w+>:\d+: \w+Warning: .*\n(?:  \S.*\n)?|^Exception ignored (?:in|while).*\n(?:Traceback .*\n(?: .*\n)+)?[\w.]+(?:: .*)?\n", re.MULTILINE)
_FILES = re.compile(r"\bopen\(|\bos\.")
_BESIDE = re.compile(r"^(?:import|from) (_\w+)", re.MULTILINE)


def programs() -> list[str]:
    """Names of all tests, as lang/basic_loops."""
    found = []
    for room in sorted(_ROOM):
        for name in sorted(os.listdir(f"{ROOT}/tests/{room}")):
            if name.endswith(".py") and not name.startswith("_"):
                found.append(f"{room}/{name[:-3]}")
    return found


def listed() -> dict[str, str]:
    """Test -> reason."""
    if not os.path.exists(LIST):
        return {}
    with open(LIST, encoding="utf-8") as file:
        rows = (line.rstrip("\n").partition(" ") for line in file if line.strip() and not line.startswith("#"))
        return {name: reason for name, _, reason in rows}


def _read(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()


def _expected(name: str) -> str:
    path = f"{ROOT}/tests/{name}"
    return _read(path + ".32.out" if os.path.exists(path + ".32.out") else path + ".out").decode("utf-8", "replace")


def reason_of(text: str) -> str:
    """Why a program cannot run on the device, from the end of its traceback or the line that differs; "": for no such reason."""
    if "MemoryError" in text or "Cannot allocate memory" in text:
        return "MemoryError"
    found = re.search(r"No module named '([\w.]+)'|cannot import name '(\w+)' from '([\w.]+)'", text)
    return f"no {found[1] or f'{found[3]}.{found[2]}'}" if found else ""


def difference(expected: str, out: str) -> str:
    """The first line that differs."""
    theirs, ours = expected.split("\n"), out.split("\n")
    for number, (a, b) in enumerate(zip(theirs + [None], ours + [None]), 1):
        if a != b:
            return f"line {number}: expected {a!r}, got {b!r}"
    return "the end differs"


def _lacks_hints(expected: str, out: str) -> bool:
    """Do they differ in syntax errors alone, whose words the device does not have?"""
    theirs, ours = expected.split("\n"), out.split("\n")
    return len(theirs) == len(ours) and all(a == b or "invalid syntax" in b for a, b in zip(theirs, ours))


def judge(name: str, out: str, error: str, ended: bool) -> tuple[str, str]:
    """"passed", "does not fit" or "failed", and why. ended: by SystemExit, which may have a status."""
    out = _ASIDE.sub("", out)
    expected = _expected(name)
    fails = os.path.exists(f"{ROOT}/tests/{name}.rc")
    if out == expected and (bool(error) or ended and fails) == fails:
        return "passed", ""
    end = error.strip().rpartition("\n")[2]
    where = difference(expected, out) if out != expected else ""
    reason = reason_of(end) or reason_of(where) or ("hints" if _lacks_hints(expected, out) else "")
    if reason:
        return "does not fit", reason
    return "failed", f"{where} {end}".strip()


# ---- What a program needs beside it --------------------------------------------------------------------------------------------


def beside(name: str, source: str) -> dict[str, bytes]:
    """Path on the device -> contents, of the modules in the test's folder that it imports."""
    folder = f"{ROOT}/tests/{name.partition('/')[0]}"
    modules = [module for module in _BESIDE.findall(source) if os.path.exists(f"{folder}/{module}.py")]
    return {f"/lib/{module}.py": _read(f"{folder}/{module}.py") for module in modules}


def from_library(module: str) -> dict[str, bytes]:
    """Path on the device -> code file, of a module of lib/ and the packages it is in. Empty: lib/ has none of that name."""
    parts, found = module.split("."), {}
    for depth in range(1, len(parts) + 1):
        path = "/".join(parts[:depth])
        path += "/__init__" if os.path.isdir(f"{ROOT}/lib/{path}") else ""
        if not os.path.exists(f"{ROOT}/lib/{path}.py"):
            return {}
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run([sys.executable, "compile", "--device", "-o", f"{folder}/code", f"{ROOT}/lib/{path}.py"], check=True)
            found[f"/lib/{path}.krc"] = _read(f"{folder}/code")
    return found


def send(board: Firmware, files: dict[str, bytes]) -> None:
    """Make the file system anew, with these files, and go into an empty folder."""
    folders = {path[:at] for path in files for at in range(1, len(path)) if path[at] == "/"} | {"/lib", "/test"}
    make = "".join(f"posix.mkdir({folder!r})\n" for folder in sorted(folders))
    _order(board, f"import _files, posix\n_files.format()\n{make}posix.chdir('/test')\ndel _files, posix\n")
    for path, data in files.items():
        for at in range(0, len(data), 1024):
            _order(board, f"with open({path!r}, 'ab') as f: f.write({data[at:at + 1024]!r})\ndel f\n")


def _order(board: Firmware, program: str) -> None:
    error = board.run(program.encode())[1]
    if error:
        raise Silent(f"preparing the board: {error}")


class Tests:
    """The tests that are still to be run, and what became of the others."""

    def __init__(self, names: list[str]) -> None:
        self._left = names[::-1]
        self._lock = threading.Lock()
        self.results: dict[str, tuple[str, str]] = {}

    def _take(self) -> str | None:
        with self._lock:
            return self._left.pop() if self._left else None

    def _run(self, board: Firmware, name: str, modules: dict[str, bytes]) -> tuple[str, str]:
        """One run; modules: files that are sent before it."""
        source = _read(f"{ROOT}/tests/{name}.py")
        text = source.decode("utf-8", "replace")
        files = beside(name, text) | modules
        wants_files = bool(files or _FILES.search(text))
        if wants_files:
            send(board, files)
        out, error = board.run(source, 60)
        ended = board.ended
        out += board.soft_reset()
        if wants_files:
            _order(board, "import _files\n_files.format()\ndel _files\n")
        return judge(name, out, error, ended)

    def _run_with_library(self, board: Firmware, name: str) -> tuple[str, str]:
        """Run it, and again as long as it misses a module that can be sent."""
        modules: dict[str, bytes] = {}
        while True:
            result = self._run(board, name, modules)
            more = from_library(result[1].removeprefix("no ")) if result[1].startswith("no ") else {}
            if more.keys() <= modules.keys():
                return result
            modules |= more

    def work(self) -> None:
        """Run tests on one board; one that hangs gets a new one."""
        board = None
        try:
            while name := self._take():
                try:
                    if board is None:
                        board = Firmware(IMAGE)
                        board.boot()
                        board.enter_raw()
                    result = self._run_with_library(board, name)
                except Silent as e:
                    result = "failed", str(e)
                    board.__exit__()
                    board = None
                with self._lock:
                    self.results[name] = result
        finally:
            if board:
                board.__exit__()


def write_list(results: dict[str, tuple[str, str]], known: dict[str, str]) -> None:
    """What does not fit, for the next run."""
    with open(LIST, "w", encoding="utf-8") as file:
        file.write("# Programs of tests/lang and tests/types that the device cannot run, and why. language.py -w writes this file.\n")
        for name in sorted(results):
            if known.get(name, "").startswith("differs") and results[name][0] != "passed":
                file.write(f"{name} {known[name]}\n")
            elif results[name][0] == "does not fit":
                file.write(f"{name} {results[name][1]}\n")


def main(arguments: list[str]) -> int:
    jobs, write = 1, "-w" in arguments
    if "-j" in arguments:
        jobs = int(arguments.pop(arguments.index("-j") + 1))
    names = _QUICK if "--quick" in arguments else [a for a in arguments if not a.startswith("-")]
    names = names or programs()
    tests = Tests(names)
    boards = [threading.Thread(target=tests.work) for _ in range(jobs)]
    for board in boards:
        board.start()
    for board in boards:
        board.join()
    known = listed()
    failed = 0
    for name in names:
        if name not in tests.results:
            tests.results[name] = "failed", "it was not run to its end"
    for name, (result, why) in sorted(tests.results.items()):
        said = known.get(name, "")
        if said.startswith("differs") and result != "passed":
            tests.results[name] = "does not fit", said
        elif result == "failed":
            failed += 1
            print(f"FAIL {name}: {why}")
        elif not write and why != said:
            failed += 1
            print(f"FAIL {name}: {why or 'it runs'}; not_on_device.txt says: {said or 'it runs'}")
    if write:
        write_list(tests.results, known)
    fits = sum(result != "does not fit" for result, _ in tests.results.values())
    print(f"{fits} of {len(tests.results)} programs fit ({100 * fits / len(tests.results):.1f} %)")
    print(f"{len(tests.results) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
