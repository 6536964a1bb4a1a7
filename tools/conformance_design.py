"""conformance_design.py - renews tests/conformance/by_design.txt from the outcomes of the last run (build/conformance).

What passes leaves the list. What is skipped because it asks CPython's helpers in C for more than there is joins it; the other reasons are given by hand.
"""
# SPDX-License-Identifier: MIT
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "tests", "conformance"))
import run

HELPERS = "asks CPython's own helpers in C (_testcapi and its kin)"
PATH = os.path.join(run.HERE, "by_design.txt")


def main():
    python, version, suite = run.find_suite()
    with open(PATH, encoding="utf-8") as file:
        head, *sections = file.read().split("\n## ")
    passed, asks = set(), []
    for name in run.module_names():
        outcomes, _, _ = run.read_outcomes(os.path.join(run.WORK, "krait-" + name))
        module = run.Module(name, run.passing(python, version, name), outcomes, "")
        passed.update(method.removeprefix("test.") for method in module.passed)
        asks += (method.removeprefix("test.") for method, why in module.skipped.items() if "looks into CPython's objects" in why)
    with open(PATH, "w", encoding="utf-8") as file:
        file.write(head.rstrip() + "\n")
        for section in sections:
            title, *methods = section.strip().split("\n")
            methods = asks if title == HELPERS else [m for m in methods if m not in passed and m not in asks]
            if methods:
                file.write("\n## " + "\n".join([title, *methods]) + "\n")


if __name__ == "__main__":
    main()
