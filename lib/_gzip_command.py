"""python -m gzip: files into files with .gz behind the name, and back. The files stay."""

import argparse
import gzip
import shutil
import sys


def _pack(name, level):
    if name == "-":
        source, target = sys.stdin.buffer, gzip.GzipFile("", "wb", level, sys.stdout.buffer)
    else:
        source, target = open(name, "rb"), gzip.open(name + ".gz", "wb", level)
    with target:
        shutil.copyfileobj(source, target)
    if source is not sys.stdin.buffer:
        source.close()


def _unpack(name):
    if name == "-":
        shutil.copyfileobj(gzip.GzipFile("", "rb", fileobj=sys.stdin.buffer), sys.stdout.buffer)
        return
    if not name.endswith(".gz"):
        sys.exit(f"filename doesn't end in .gz: {name!r}")
    with gzip.open(name, "rb") as source, open(name[:-3], "wb") as target:
        shutil.copyfileobj(source, target)


def main():
    """The command."""
    p = argparse.ArgumentParser(description="Compress or decompress files; what is read stays.")
    g = p.add_mutually_exclusive_group()
    g.add_argument("--fast", action="store_true", help="compress faster")
    g.add_argument("--best", action="store_true", help="compress better")
    g.add_argument("-d", "--decompress", action="store_true", help="act like gunzip instead of gzip")
    p.add_argument("args", nargs="*", default=["-"], metavar="file")
    options = p.parse_args()
    level = 1 if options.fast else 9 if options.best else 6
    for name in options.args:
        if options.decompress:
            _unpack(name)
        else:
            _pack(name, level)
