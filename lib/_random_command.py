"""python -m random: a random choice, or number."""

import argparse
import random
import sys


def _guess(words):
    """By what is given: words, an int or a float."""
    if len(words) == 1:
        for kind in _integer, _float:
            try:
                return kind(words[0])
            except ValueError:
                pass
        words = words[0].split()
    return random.choice(words)


def _integer(text):
    return random.randint(1, int(text))


def _float(text):
    return random.uniform(0, float(text))


def main(args=None):
    """The command."""
    p = argparse.ArgumentParser(formatter_class=argparse.RawTextHelpFormatter)
    g = p.add_mutually_exclusive_group()
    g.add_argument("-c", "--choice", nargs="+", help="print a random choice")
    g.add_argument("-i", "--integer", type=int, metavar="N", help="print a random integer between 1 and N inclusive")
    g.add_argument("-f", "--float", type=float, metavar="N", help="print a random floating-point number between 0 and N inclusive")
    p.add_argument("input", nargs="*", help="if no options given, output depends on the input\n"
                   "    string or multiple: same as --choice\n    integer: same as --integer\n    float: same as --float")
    options = p.parse_args(args)
    if options.choice:
        print(random.choice(options.choice))
    elif options.integer is not None:
        print(_integer(options.integer))
    elif options.float is not None:
        print(_float(options.float))
    elif options.input:
        print(_guess(options.input))
    else:
        p.print_help()
        sys.exit(0)
