"""CPython's own test modules under Krait: run.py [--lend] [MODULE ...], with any Python 3.

Each module runs in a process of its own, with a limit of time (CONFORMANCE_SECONDS, 120) and of memory (CONFORMANCE_MB, 2048). What counts
are the methods that pass under CPython 3.13: found by running them there once (kept in build/conformance), or where it is not
installed, from methods.txt (made by tools/conformance_list.py). A module that does not load, hangs or crashes has failed whole.
Without MODULE: those of modules.txt, and docs/conformance.md is written. --lend: placeholders (placeholder.py)
for modules that Krait does not have, to look past them; such figures are never written.
"""

import os
import resource
import signal
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
WORK = os.path.join(ROOT, "build", "conformance")
KRAIT = os.path.abspath(os.environ.get("KRAIT", os.path.join(ROOT, "build", "release", "conformance")))
SECONDS = int(os.environ.get("CONFORMANCE_SECONDS", "120"))
MEGABYTES = int(os.environ.get("CONFORMANCE_MB", "2048"))
ORACLES = (("python3.13", {}), ("python3", {"PYENV_VERSION": "3.13.0"}), ("python3", {}))
PROBE = "import sys, os, test.test_bool; print(sys.executable, '%d.%d.%d' % sys.version_info[:3], os.path.dirname(test.__file__))"


def find_suite():
    """The Python that has the test suite: its path, version and the suite's folder; 3.13 if there is one."""
    found = None
    # pyenv puts the folder of the version that it runs before its own, which would choose
    path = ":".join(folder for folder in os.environ["PATH"].split(":") if "/pyenv/versions/" not in folder.replace(".", ""))
    for command, extra in ORACLES:
        try:
            done = subprocess.run([command, "-c", PROBE], env={**os.environ, "PATH": path, **extra}, capture_output=True, text=True, timeout=60)
        except OSError:
            continue
        if done.returncode == 0:
            answer = tuple(done.stdout.split())
            if answer[1].startswith("3.13."):
                return answer
            found = found or answer
    if found is None:
        sys.exit("no Python with the package test is installed (Debian: libpython3-testsuite)")
    return found


def _limit():
    resource.setrlimit(resource.RLIMIT_AS, (MEGABYTES << 20, MEGABYTES << 20))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # which a shell's background jobs ignore
    os.setsid()


def run_module(program, module, path, extra):
    """Run report.py for module; what the process ended with ('' for well), its outcomes are in path, its output in path.log."""
    if os.path.exists(path):
        os.remove(path)
    with tempfile.TemporaryDirectory(prefix="conformance") as folder, open(path + ".log", "wb") as log:
        process = subprocess.Popen([*program, os.path.join(HERE, "report.py"), module, path], cwd=folder, stdout=log, stderr=log,
                                   stdin=subprocess.DEVNULL, env={**os.environ, "TMPDIR": folder, **extra}, preexec_fn=_limit)
        try:
            code = process.wait(timeout=SECONDS)
        except subprocess.TimeoutExpired:
            code = None
        try: # and what it started
            os.killpg(process.pid, 9)
        except ProcessLookupError:
            pass
        process.wait()
    if code is None:
        return f"no end within {SECONDS} s"
    if code < 0:
        return f"killed by signal {-code}"
    return "" if code == 0 else f"exit code {code}"


def read_outcomes(path):
    """Outcomes by method, whether the module came to its end, and why it did not load."""
    outcomes, finished, why, started = {}, False, "", 0
    try:
        lines = open(path, encoding="utf-8").read().splitlines()
    except OSError:
        return {}, False, "nothing was reported"
    for line in lines:
        what, name, *more = line.split("\t", 2)
        if what == "start":
            started += 1
        elif what == "done":
            finished = int(name) == started
        elif what == "loadfail":
            why = name
        elif what != "ok" or name not in outcomes: # one failed part, and the method has failed
            if outcomes.get(name, ("",))[0] not in ("fail", "error"):
                outcomes[name] = what, *more
    return outcomes, finished, why


def by_design():
    """The methods of by_design.txt: differences that shall be, each with its reason."""
    result, reason = {}, ""
    with open(os.path.join(HERE, "by_design.txt"), encoding="utf-8") as file:
        for line in file:
            if line.startswith("## "):
                reason = line[3:].strip()
            elif line.strip() and not line.startswith("#"):
                result["test." + line.strip()] = reason
    return result


class Module:
    """One module's figures."""

    listed = {}

    def __init__(self, name, methods, outcomes, trouble):
        self.name, self.methods, self.trouble = name, methods, trouble
        self.passed, self.skipped, self.failed = [], {}, {}
        for method in methods:
            what, *more = outcomes.get(method) or self._class_outcome(method, outcomes)
            if trouble:
                self.failed[method] = trouble
            elif what == "ok":
                self.passed.append(method)
            elif what == "skip":
                self.skipped[method] = more[0] if more else ""
            else:
                self.failed[method] = ": ".join([what, *more])
        self.design = [m for m in methods if m in self.listed and m not in self.passed]

    def _class_outcome(self, method, outcomes):
        scopes = [method.rpartition(".")[0], self.name]
        for fixture, scope in zip(("setUpClass", "setUpModule"), scopes):
            if f"{fixture} ({scope})" in outcomes:
                return outcomes[f"{fixture} ({scope})"]
        return ("not reported",)


def krait_module(name, methods, suite, lend, folder=None):
    """Run name under Krait; its figures for these methods."""
    path = os.path.join(WORK, ("lent-" if lend else "krait-") + name)
    only, short = os.path.join(HERE, "stub", "only"), name.removeprefix("test.")
    first = [folder] if folder else [os.path.join(only, short), os.path.join(only, short.partition(".")[0]), os.path.join(HERE, "stub")]
    extra = {"CONFORMANCE_PATH": ":".join(path for path in first if os.path.isdir(path)), "CONFORMANCE_SUITE": suite,
             "CONFORMANCE_LEND": "1" if lend else "", **resources(name)}
    ended = run_module([KRAIT], name, path, extra)
    outcomes, finished, why = read_outcomes(path)
    trouble = ended or (f"does not load: {why}" if why else "") or ("" if finished else "ended before its end")
    return Module(name, methods, outcomes, trouble)


def passing(python, version, name):
    """The methods of name that pass under this CPython; found once."""
    path = os.path.join(WORK, f"cpython-{version}-{name}")
    outcomes, finished, _ = read_outcomes(path)
    if not finished:
        ended = run_module([python], name, path, resources(name))
        outcomes, finished, why = read_outcomes(path)
        if ended or why or not finished:
            sys.exit(f"{name} under CPython {version}: {ended or why or 'did not come to its end'} (see {path}.log)")
    return sorted(method for method, outcome in outcomes.items() if outcome[0] == "ok")


def listed():
    """The methods of methods.txt, by module."""
    result, name = {}, None
    with open(os.path.join(HERE, "methods.txt"), encoding="utf-8") as file:
        for line in file:
            if line.startswith("#"):
                continue
            if not line.startswith(" "):
                name = line.strip()
                result[name] = []
            else:
                text = line.strip()
                result[name].append(name if text == "." else f"{name}.{text}")
    return result


CONTROL_TROUBLE = {"test_control_import": "does not load", "test_control_exit": "ended before its end", "test_control_hang": "no end"}
CONTROL_METHODS = {"test_control_import": ["Never.test_never"], "test_control_exit": ["Ends.test_a", "Ends.test_b"],
                   "test_control_hang": ["Hangs.test_a", "Hangs.test_b"]}


def check_control(suite):
    """Modules with known outcomes: exits if any of them is seen as something else."""
    global SECONDS
    folder = os.path.join(HERE, "control")
    seconds, SECONDS = SECONDS, 5
    text = open(os.path.join(folder, "test_control.py"), encoding="utf-8").read()
    methods, group = [], ""
    for line in text.splitlines():
        if line.startswith("class "):
            group = line[6:line.index("(")]
        elif line.startswith("    def test_"):
            methods.append(f"test_control.{group}.{line[8:line.index('(')]}")
    seen = krait_module("test_control", methods, suite, False, folder)
    wrong = [] if not seen.trouble else [f"test_control: {seen.trouble}"]
    for method in methods:
        want = seen.passed if ".Passes." in method else seen.failed if ".Fails" in method else seen.skipped
        if method not in want:
            wrong.append(f"{method} was seen as something else")
    for name, trouble in CONTROL_TROUBLE.items():
        seen = krait_module(name, [f"{name}.{method}" for method in CONTROL_METHODS[name]], suite, False, folder)
        if not seen.trouble.startswith(trouble) or seen.passed or len(seen.failed) != len(seen.methods):
            wrong.append(f"{name}: {seen.trouble or 'no trouble seen'}")
    SECONDS = seconds
    if wrong:
        sys.exit("the harness does not see what is so:\n  " + "\n  ".join(wrong))


def module_lines(what):
    """By module what stands behind its name in modules.txt or another such list: the resources that it is run with."""
    with open(os.path.join(HERE, what), encoding="utf-8") as file:
        words = [line.split() for line in file if line.strip() and not line.startswith("#")]
    return {"test." + name: resources for name, *resources in words}


def module_names():
    return list(module_lines("modules.txt"))


def resources(name):
    """For the environment: the resources of module name, in CPython as in Krait."""
    return {"CONFORMANCE_RESOURCES": " ".join(module_lines("modules.txt").get(name, ()))}


def run_all(names, lend):
    """The figures of all modules, and where the list of methods is from."""
    os.makedirs(WORK, exist_ok=True)
    python, version, suite = find_suite()
    check_control(suite)
    Module.listed = by_design()
    oracle = version.startswith("3.13.")
    known = {} if oracle else listed()

    def one(name):
        methods = passing(python, version, name) if oracle else known.get(name, [])
        return krait_module(name, methods, suite, lend)

    with ThreadPoolExecutor(int(os.environ.get("CONFORMANCE_JOBS", "2"))) as pool:
        modules = list(pool.map(one, names))
    return modules, f"CPython {version}" if oracle else f"tests/conformance/methods.txt (suite of CPython {version})"


INTRO = """# Conformance: CPython's own tests

`make conformance` runs modules of CPython's test suite, from where CPython 3.13 is installed, under Krait, with Krait's own `unittest` and
library, each in a process of its own with {seconds} s and {mb} MB. It wrote this page.

- The denominator of a module is how many of its methods pass under CPython 3.13, run with the same reporter (`tests/conformance/report.py`).
- A method has passed if it was reported as passed and its module came to its end. A module that does not load, hangs or crashes has failed
  whole. What was skipped has not passed. Tests that the suite marks as CPython's own are tried as well: many hold for Krait.
- Before anything counts, the harness has to see modules with known outcomes as they are (`tests/conformance/control`).
- `test.support` and all else of the package `test` are the suite's own. CPython's helpers in C (`_testcapi` and its kin) have stand-ins over Krait's
  interface for C, in `tests/conformance/helpers.c`, which is linked to the command that runs the tests, and in `tests/conformance/stub`: functions
  of every kind of signature, calls, sequences and attributes from C, exceptions printed by C. A test that asks for more is skipped.
- Differences by design (details that the suite marks as CPython's, its C interface, its bytecode, reference counts) are listed by name in
  `tests/conformance/by_design.txt`; how many of them did not pass stands in a column of its own. The last column is what passed of the rest.
- Methods that would never end are not run, and have failed (`tests/conformance/not_run.txt`).
- CPython has some modules twice, in C and in Python, and tests both. Krait has one of each; `_pyio`, `_pydatetime`, `_pydecimal` and `_py_abc` are that
  one under its other name, so its methods are counted twice, as CPython's are.
- Child processes of the tests are started without `-I`, so that they find the package `test`.
- Resources (`cpu`, `network` and so on) are off, in both, but for `network` where `tests/conformance/modules.txt` says so.

Methods from: {source}.

| module | methods | passed | failed | skipped | by design | of the rest | |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |
"""


def share(figures):
    rest = figures[0] - figures[4]
    return f"{100 * figures[1] / rest:.1f} %" if rest else ""


def table(modules):
    rows = []
    sums = [0, 0, 0, 0, 0]
    for m in modules:
        figures = [len(m.methods), len(m.passed), len(m.failed), len(m.skipped), len(m.design)]
        sums = [a + b for a, b in zip(sums, figures)]
        trouble = m.trouble.replace("|", "\\|")
        trouble = trouble if len(trouble) < 110 else trouble[:20] + "..." + trouble[-80:]
        rows.append("| " + " | ".join([m.name.removeprefix("test."), *map(str, figures), share(figures), trouble]) + " |")
    rows.append("| " + " | ".join(["**all**", *map(str, sums), share(sums), f"{100 * sums[1] / max(sums[0], 1):.1f} % of all"]) + " |")
    return "\n".join(rows) + "\n"


def main(args):
    lend = "--lend" in args
    names = ["test." + name.removeprefix("test.") for name in args if not name.startswith("-")]
    modules, source = run_all(names or module_names(), lend)
    print(table(modules), end="")
    if names:
        for m in modules:
            for method, why in m.failed.items():
                print(f"FAILED {method}: {why}")
            for method, why in m.skipped.items():
                print(f"skipped {method}: {why}")
    elif not lend:
        with open(os.path.join(ROOT, "docs", "conformance.md"), "w", encoding="utf-8") as file:
            file.write(INTRO.format(seconds=SECONDS, mb=MEGABYTES, source=source) + table(modules))


if __name__ == "__main__":
    main(sys.argv[1:])
