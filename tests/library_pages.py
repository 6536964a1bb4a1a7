"""library_pages.py - runs the examples of docs/library and of the guides in docs, each page by itself. Ends with a line N passed, N failed."""
# SPDX-License-Identifier: MIT
import doctest
import os
import sys

DOCS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "docs")
GUIDES = ["micropython.md"]
passed = failed = 0
def missing(name):
    """Why the module of a page cannot be imported, if a library of the system is missing."""
    if name.startswith("library/sqlite3"):
        try:
            import sqlite3
        except ImportError as error:
            return str(error)


for name in GUIDES + [os.path.join("library", name) for name in sorted(os.listdir(os.path.join(DOCS, "library")))]:
    if why := missing(name):
        print(f"SKIP {name}: {why}")
        continue
    results = doctest.testfile(os.path.join(DOCS, name), module_relative=False, optionflags=doctest.IGNORE_EXCEPTION_DETAIL)
    failed += results.failed
    passed += results.attempted - results.failed
print(f"{passed} passed, {failed} failed")
sys.exit(failed > 0 or passed == 0)
