"""python -m pickle and python -m pickletools: what is in files."""

import argparse
import sys


def show():
    """Print the objects in files."""
    import pickle
    from pprint import pprint
    p = argparse.ArgumentParser(description="display contents of the pickle files")
    p.add_argument("pickle_file", nargs="*", help="the pickle file")
    options = p.parse_args()
    if not options.pickle_file:
        p.print_help()
    for name in options.pickle_file:
        if name == "-":
            pprint(pickle.load(sys.stdin.buffer))
        else:
            with open(name, "rb") as file:
                pprint(pickle.load(file))


def list_opcodes():
    """List the opcodes in files."""
    import pickletools
    p = argparse.ArgumentParser(description="disassemble one or more pickle files")
    p.add_argument("pickle_file", nargs="*", help="the pickle file")
    p.add_argument("-o", "--output", help="the file where the output should be written")
    p.add_argument("-m", "--memo", action="store_true", help="preserve memo between disassemblies")
    p.add_argument("-l", "--indentlevel", default=4, type=int, help="the number of blanks by which to indent a new MARK level")
    p.add_argument("-a", "--annotate", action="store_true", help="annotate each line with a short opcode description")
    p.add_argument("-p", "--preamble", default="==> {name} <==", help="if more than one pickle file is specified, print this before each")
    options = p.parse_args()
    if not options.pickle_file:
        p.print_help()
        return
    out = open(options.output, "w") if options.output else sys.stdout
    memo = {} if options.memo else None
    try:
        for name in options.pickle_file:
            if len(options.pickle_file) > 1:
                out.write(options.preamble.format(name=name) + "\n")
            if name == "-":
                pickletools.dis(sys.stdin.buffer, out, memo, options.indentlevel, 30 * options.annotate)
                continue
            with open(name, "rb") as file:
                pickletools.dis(file, out, memo, options.indentlevel, 30 * options.annotate)
    finally:
        if options.output:
            out.close()
