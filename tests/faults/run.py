"""Lets every call of the system fail in turn in programs: run.py KRAIT [--sample] [--jobs N] [PROGRAM ...]

KRAIT is a debug or sanitizer build (fault.c). Each program runs once as usual, which counts its calls by the way in which they can fail; then once
for each call and way, and, for what stays used up, with all calls failing from that one on. It must end as usual or in a Python exception, within
the time, without descriptors that are left (_run.py) and without losing what was acknowledged. Where the system only asks to try again
(EINTR, EAGAIN, one byte at a time) it must end as usual. The last line is the sum: N passed, N failed."""

import concurrent.futures
import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import time

KINDS = ("EINTR", "EAGAIN", "ECONNRESET", "EPIPE", "EMFILE", "ENFILE", "ENOSPC", "ENOMEM", "SHORT")
AGAIN = ("EINTR", "EAGAIN", "SHORT")  # programs see nothing of these
STICKY = ("EMFILE", "ENOSPC", "SHORT", "EPIPE", "ENOMEM")
SECONDS = 15
HERE = os.path.dirname(os.path.abspath(__file__))
WRONG = re.compile(r"AddressSanitizer|LeakSanitizer|runtime error:|assertion failed|SystemError|krait: fatal")
EXCEPTION = re.compile(r"^Traceback \(most recent|^( *\| *)?([\w.]*([Ee]rror|Exception|Exit|Interrupt|Stop\w*|Group)\b|krait: |.*can't open file)", re.M)


def run(krait, program, fault, seconds=SECONDS):
    """(exit status, or None: no end; output; errors; counts; calls that have failed)"""
    work = tempfile.mkdtemp(prefix="krait-faults-")
    try:
        report = os.path.join(work, "report")
        cwd = os.path.join(work, "cwd")
        os.mkdir(cwd)
        env = {**{name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}, "KRAIT_FAULT": fault, "KRAIT_FAULT_REPORT": report, "ASAN_OPTIONS": "detect_leaks=0:detect_stack_use_after_return=0:quarantine_size_mb=1",
               "TMPDIR": cwd, "NO_COLOR": "1"}
        command = [krait, os.path.join(HERE, "_run.py"), os.path.join(HERE, program)]
        if program.startswith("start_"):
            env["KRAIT_FAULT_START"] = "1"
            command[1:] = [os.path.join(HERE, program)]
        with subprocess.Popen(command, cwd=cwd, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True) as process:
            try:
                out, err = process.communicate(timeout=seconds)
                status = process.returncode
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, 3)  # faulthandler, if it is on
                time.sleep(0.2)
                os.killpg(process.pid, 9)
                out, err = process.communicate()
                status = None
        counts, failed = [0] * len(KINDS), 0
        if os.path.exists(report):
            with open(report, "rb") as file:
                *counts, failed = struct.unpack(f"{len(KINDS) + 1}l", file.read())
        return status, out.decode(errors="replace"), err.decode(errors="replace"), dict(zip(KINDS, counts)), failed
    finally:
        shutil.rmtree(work, ignore_errors=True)


def problem(kind, result, usual, may_differ):
    """What is wrong with a run, or None. may_differ: kinds that the program says it swallows."""
    status, out, err, _, failed = result
    if status is None:
        return "no end"
    if status < 0:
        return f"died of signal {-status}"
    if found := WRONG.search(err):
        return found[0]
    if "BAD:" in out:
        return re.search("BAD:.*", out)[0]
    if status == 0:
        return None if out == usual or kind in may_differ or EXCEPTION.search(err) else "ended well with other output"
    if status == 120 and not err:  # the end of its output is lost, and there is nothing to say so on
        return None
    if kind in AGAIN and failed:
        return "was not tried again"
    return None if EXCEPTION.search(err) else f"exit status {status} without an exception"


def main(args):
    krait = os.path.abspath(args.pop(0))
    sample, jobs, only = False, os.cpu_count() or 1, None
    programs = []
    while args:
        arg = args.pop(0)
        if arg == "--sample":
            sample = True
        elif arg == "--jobs":
            jobs = int(args.pop(0))
        elif arg == "--only":  # KIND, or "KIND N", "KIND N+": what came out is shown
            only = args.pop(0)
        else:
            programs.append(arg)
    programs = programs or sorted(name for name in os.listdir(HERE) if name.endswith(".py") and name not in ("run.py", "_run.py") and name[0] != "_")
    if only and " " in only:
        status, out, err, _, failed = run(krait, programs[0], only)
        print(out + err + f"exit status {status}, {failed} have failed")
        return 0
    total = bad = 0
    began = time.monotonic()
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        for program in programs:
            usual = run(krait, program, "NONE 0")
            if usual[0] != 0 or "BAD:" in usual[1]:
                if "SKIP" in usual[1]:
                    print(f"{program}: {usual[1].strip()}")
                    continue
                print(f"FAIL {program}: as usual: {usual[0]}\n{usual[1]}{usual[2]}")
                bad += 1
                continue
            with open(os.path.join(HERE, program)) as file:
                may_differ = re.findall(r"\w+", (re.search("^# may differ: (.*)", file.read(), re.M) or ["", ""])[1])
            cases = []
            for kind, count in usual[3].items():
                if only and kind != only:
                    continue
                if sample:  # one of each kind, from its middle
                    cases += [(kind, f"{kind} {(count + 1) // 2}")] if count else []
                    continue
                cases += [(kind, f"{kind} {n}") for n in range(1, count + 1)]
                if kind in STICKY:
                    cases += [(kind, f"{kind} {n}+") for n in range(1, count + 1, 1 if kind == "EMFILE" else 3)]
            if sample and usual[3]["EMFILE"] > 1:
                cases.append(("EMFILE", "EMFILE 2+"))
            results = pool.map(lambda case: (case, run(krait, program, case[1])), cases)
            ended = raised = 0
            for (kind, fault), result in results:
                total += 1
                wrong = problem(kind, result, usual[1], may_differ)
                if wrong:
                    bad += 1
                    tail = "\n".join("    " + line for line in (result[1][-300:] + result[2][-900:]).splitlines())
                    print(f"FAIL {program}, {fault}: {wrong}\n{tail}", flush=True)
                elif result[0]:
                    raised += 1
                else:
                    ended += 1
            print(f"{program}: {' '.join(f'{kind} {count}' for kind, count in usual[3].items())}; {len(cases)} runs: {ended} as usual, {raised} raised, "
                  f"{time.monotonic() - began:.0f} s", flush=True)
    print(f"{total - bad} passed, {bad} failed")
    return bad > 0


sys.exit(main(sys.argv[1:]))
