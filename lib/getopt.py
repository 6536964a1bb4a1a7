"""Options of a command line, as C's getopt has them. argparse does more."""

import os

__all__ = ["GetoptError", "error", "getopt", "gnu_getopt"]


class GetoptError(Exception):
    """An option is not known, or lacks an argument, or has one too many. msg: why; opt: which."""

    def __init__(self, msg, opt=""):
        self.msg = msg
        self.opt = opt
        Exception.__init__(self, msg, opt)

    def __str__(self):
        return self.msg


error = GetoptError


def getopt(args, shortopts, longopts=[]):
    """([(option, value)], the other arguments). shortopts: letters, each followed by : if it has a value; longopts: names, with = if so."""
    opts = []
    longopts = [longopts] if isinstance(longopts, str) else list(longopts)
    while args and args[0].startswith("-") and args[0] != "-":
        if args[0] == "--":
            args = args[1:]
            break
        if args[0].startswith("--"):
            opts, args = do_longs(opts, args[0][2:], longopts, args[1:])
        else:
            opts, args = do_shorts(opts, args[0][1:], shortopts, args[1:])
    return opts, args


def gnu_getopt(args, shortopts, longopts=[]):
    """getopt() for options that may stand behind other arguments, unless shortopts begins with +."""
    opts, others = [], []
    longopts = [longopts] if isinstance(longopts, str) else list(longopts)
    first_ends = shortopts.startswith("+") or bool(os.environ.get("POSIXLY_CORRECT"))
    shortopts = shortopts.removeprefix("+")
    while args:
        if args[0] == "--":
            others += args[1:]
            break
        if args[0][:2] == "--":
            opts, args = do_longs(opts, args[0][2:], longopts, args[1:])
        elif args[0][:1] == "-" and args[0] != "-":
            opts, args = do_shorts(opts, args[0][1:], shortopts, args[1:])
        elif first_ends:
            others += args
            break
        else:
            others.append(args[0])
            args = args[1:]
    return opts, others


def do_longs(opts, opt, longopts, args):
    """A long option."""
    opt, sign, value = opt.partition("=")
    has_arg, opt = long_has_args(opt, longopts)
    if has_arg and not sign:
        if not args:
            raise GetoptError("option --%s requires argument" % opt, opt)
        value, args = args[0], args[1:]
    elif sign and not has_arg:
        raise GetoptError("option --%s must not have an argument" % opt, opt)
    opts.append(("--" + opt, value))
    return opts, args


def long_has_args(opt, longopts):
    """(whether it has a value, the whole name) of a name or its beginning."""
    possible = [each for each in longopts if each.startswith(opt)]
    if not possible:
        raise GetoptError("option --%s not recognized" % opt, opt)
    if opt in possible:
        return False, opt
    if opt + "=" in possible:
        return True, opt
    if len(possible) > 1:
        raise GetoptError("option --%s not a unique prefix" % opt, opt)
    return possible[0].endswith("="), possible[0].removesuffix("=")


def do_shorts(opts, optstring, shortopts, args):
    """Short options in one argument."""
    while optstring:
        opt, optstring = optstring[0], optstring[1:]
        value = ""
        if short_has_arg(opt, shortopts):
            if not optstring:
                if not args:
                    raise GetoptError("option -%s requires argument" % opt, opt)
                optstring, args = args[0], args[1:]
            value, optstring = optstring, ""
        opts.append(("-" + opt, value))
    return opts, args


def short_has_arg(opt, shortopts):
    """Whether a short option has a value."""
    for i, char in enumerate(shortopts):
        if opt == char != ":":
            return shortopts.startswith(":", i + 1)
    raise GetoptError("option -%s not recognized" % opt, opt)
