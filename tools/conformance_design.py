"""conformance_design.py - renews the first two lists of tests/conformance/by_design.txt from the outcomes of the last run (build/conformance).

They are what the suite itself skips on other Pythons than CPython, and what asks CPython's helpers in C. The lists behind them are written by hand.
"""
# SPDX-License-Identifier: MIT
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "tests", "conformance"))
import run

MARKED = "a detail of CPython, as the suite marks it"
HELPERS = "asks CPython's own helpers in C (_testcapi and its kin)"
PATH = os.path.join(run.HERE, "by_design.txt")


def reason_of(text):
    if "implementation detail" in text:
        return MARKED
    return HELPERS if any(name in text for name in ("_testcapi", "_testinternalcapi", "_testlimitedcapi")) else None


def main():
    python, version, suite = run.find_suite()
    with open(PATH, encoding="utf-8") as file:
        sections = file.read().split("\n## ")
    lists = {MARKED: [], HELPERS: []}
    for name in run.module_names():
        outcomes, _, _ = run.read_outcomes(os.path.join(run.WORK, "krait-" + name))
        for method, skipped in run.Module(name, run.passing(python, version, name), outcomes, "").skipped.items():
            if reason_of(skipped):
                lists[reason_of(skipped)].append(method.removeprefix("test."))
    head = sections[0].rstrip() + "\n"
    by_hand = [s for s in sections[1:] if s.split("\n")[0] not in lists]
    renewed = [title + "\n" + "\n".join(methods) + "\n" for title, methods in lists.items()]
    with open(PATH, "w", encoding="utf-8") as file:
        file.write(head + "".join("\n## " + s.rstrip() + "\n" for s in renewed + by_hand))


if __name__ == "__main__":
    main()
