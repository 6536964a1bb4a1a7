"""python -m json.tool: checks JSON texts and lays them out."""

import argparse
import json
import sys


def _options():
    parser = argparse.ArgumentParser(prog="python -m json.tool",
                                     description="A simple command line interface for json module to validate and pretty-print JSON objects.")
    parser.add_argument("infile", nargs="?", help="a JSON file to be validated or pretty-printed", default="-")
    parser.add_argument("outfile", nargs="?", help="write the output of infile to outfile", default=None)
    parser.add_argument("--sort-keys", action="store_true", default=False, help="sort the output of dictionaries alphabetically by key")
    parser.add_argument("--no-ensure-ascii", dest="ensure_ascii", action="store_false", help="disable escaping of non-ASCII characters")
    parser.add_argument("--json-lines", action="store_true", default=False,
                        help="parse input using the JSON Lines format. Use with --no-indent or --compact to produce valid JSON Lines output.")
    layout = parser.add_mutually_exclusive_group()
    layout.add_argument("--indent", default=4, type=int, help="separate items with newlines and use this number of spaces for indentation")
    layout.add_argument("--tab", action="store_const", dest="indent", const="\t",
                        help="separate items with newlines and use tabs for indentation")
    layout.add_argument("--no-indent", action="store_const", dest="indent", const=None, help="separate items with spaces rather than newlines")
    layout.add_argument("--compact", action="store_true", help="suppress all whitespace separation (most compact)")
    return parser.parse_args()


def main():
    """Read, check and write, as the command line says; what is wrong with a text ends the program."""
    options = _options()
    how = {"sort_keys": options.sort_keys, "indent": options.indent, "ensure_ascii": options.ensure_ascii}
    if options.compact:
        how.update(indent=None, separators=(",", ":"))
    try:
        source = sys.stdin if options.infile == "-" else open(options.infile, encoding="utf-8")
        try:
            values = [json.loads(line) for line in source] if options.json_lines else [json.load(source)]
        finally:
            if source is not sys.stdin:
                source.close()
        target = sys.stdout if options.outfile is None else open(options.outfile, "w", encoding="utf-8")
        with target:
            for value in values:
                json.dump(value, target, **how)
                target.write("\n")
    except ValueError as e:
        raise SystemExit(e)


if __name__ == "__main__":
    try:
        main()
    except BrokenPipeError as e:
        sys.exit(e.errno)
