"""krait -m tarfile."""

import os

from _tar_filter import NAMED
from tarfile import is_tarfile, open


def main():
    """krait -m tarfile -l | -t | -e | -c ..."""
    import argparse
    parser = argparse.ArgumentParser(description="A simple command-line interface for tarfile module.")
    parser.add_argument("-v", "--verbose", action="store_true", default=False, help="Verbose output")
    parser.add_argument("--filter", metavar="<filtername>", choices=NAMED, help="Filter for extraction")
    group = parser.add_mutually_exclusive_group(required=True)
    group.add_argument("-l", "--list", metavar="<tarfile>", help="Show listing of a tarfile")
    group.add_argument("-e", "--extract", nargs="+", metavar=("<tarfile>", "<output_dir>"), help="Extract tarfile into target dir")
    group.add_argument("-c", "--create", nargs="+", metavar=("<name>", "<file>"), help="Create tarfile from sources")
    group.add_argument("-t", "--test", metavar="<tarfile>", help="Test if a tarfile is valid")
    args = parser.parse_args()
    if args.filter and args.extract is None:
        parser.exit(1, "--filter is only valid for extraction\n")
    source = args.test or args.list or args.extract and args.extract[0]
    if source and not is_tarfile(source):
        parser.exit(1, f"{source!r} is not a tar archive.\n")
    if args.test is not None:
        with open(args.test, "r") as archive:
            archive.getmembers()
        if args.verbose:
            print(f"{args.test!r} is a tar archive.")
    elif args.list is not None:
        with open(args.list, "r:*") as archive:
            archive.list(verbose=args.verbose)
    elif args.extract is not None:
        folder = args.extract[1] if len(args.extract) > 1 else os.curdir
        with open(args.extract[0], "r:*") as archive:
            archive.extractall(path=folder, filter=args.filter)
        if args.verbose:
            print(f"{source!r} file is extracted" + (f" into {folder!r} directory." if folder != os.curdir else "."))
    else:
        name = args.create.pop(0)
        kind = {"gz": "gz", "tgz": "gz", "xz": "xz", "txz": "xz", "bz2": "bz2", "tbz": "bz2", "tbz2": "bz2", "tb2": "bz2"}.get(
            os.path.splitext(name)[1][1:].lower())
        with open(name, "w:" + kind if kind else "w") as archive:
            for path in args.create:
                archive.add(path)
        if args.verbose:
            print(f"{name!r} file created.")
