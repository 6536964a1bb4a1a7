"""The command `krait compile`: Python files to code files, which a Krait of any size verifies and runs without compiling them."""

import argparse
import sys

from py_compile import compile


def main() -> int:
    """Exit status 1: one of the files could not be read, compiled or written."""
    parser = argparse.ArgumentParser(prog="krait compile", description="Compile FILE.py to FILE.krc, which Krait runs and imports in its place.")
    parser.add_argument("file", nargs="+")
    parser.add_argument("-o", metavar="OUT", help="write to OUT; with one file only")
    parser.add_argument("--device", action="store_true", help="without docstrings, asserts and line tables, which take memory on a microcontroller")
    options = parser.parse_args()
    if options.o and len(options.file) > 1:
        parser.error("-o goes with one file only")
    failed = False
    for file in options.file:
        try:
            made = compile(file, options.o, optimize=2 if options.device else -1, lines=not options.device)
        except OSError as e:
            sys.stderr.write(f"krait compile: {e}\n")
            made = None
        failed = failed or made is None
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
