# The optparse module: options, values, help, and what is wrong with a command line.
import io
import os
import sys
import optparse
from optparse import OptionGroup, OptionParser, TitledHelpFormatter, Values, make_option

os.environ["COLUMNS"] = "70"
sys.argv[0] = "/somewhere/prog.py"


def called(option, opt, value, parser, *args, **kwargs):
    print("called", option, opt, value, args, sorted(kwargs.items()))


def build(**keywords):
    parser = OptionParser(usage="%prog [options] FILE", version="%prog 1.0", description="What %prog does, at some length, so that it has to be wrapped.",
                          epilog="The end of it, which is also long enough to be wrapped to a second line.", **keywords)
    parser.add_option("-v", "--verbose", action="count", default=0, help="say more")
    parser.add_option("-q", action="store_false", dest="loud", default=True, help=optparse.SUPPRESS_HELP)
    parser.add_option("-f", "--file", metavar="FILE", default="in.txt", help="read FILE, which can be a very long explanation [default: %default]")
    parser.add_option("-n", "--number", type="int", help="a number [%default]")
    parser.add_option("-x", type="float", nargs=2, dest="point")
    parser.add_option("--kind", choices=["a", "bc"], default="a")
    parser.add_option("--add", action="append")
    parser.add_option("--const", action="store_const", const=42)
    parser.add_option("--more", action="append_const", const=1, dest="add")
    parser.add_option("--call", action="callback", callback=called, type="complex", callback_args=(1,), callback_kwargs={"k": 2})
    group = OptionGroup(parser, "Group", "About the group.")
    group.add_option("-g", "--in-group", action="store_true")
    parser.add_option_group(group)
    return parser


def run(args, parser=None, **keywords):
    parser = parser or build(**keywords)
    old_out, old_err = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = io.StringIO(), io.StringIO()
    try:
        result = parser.parse_args(args)
        text = f"{sorted(vars(result[0]).items())} {result[1]}"
    except SystemExit as e:
        text = f"exit {e.code}"
    finally:
        out, err = sys.stdout.getvalue(), sys.stderr.getvalue()
        sys.stdout, sys.stderr = old_out, old_err
    print(args, "->", text)
    if out:
        print(out, end="")
    if err:
        print("stderr:", err, end="")


for args in ([], ["-vvv", "a", "--file=x", "b"], ["-fx", "-n", "0x1F", "--num=7"], ["-x", "1", "2.5"], ["--kind", "bc", "--add=1", "--more", "--add", "2"],
             ["--const", "--call=1j", "-g", "--", "-v", "--x"], ["-vqn5", "-"], ["--help"], ["--version"], ["-n", "x"], ["-x", "1"], ["--kind=z"],
             ["--none"], ["--fi"], ["--c"], ["--verbose=3"], ["-z"], ["-f"], ["-x1", "y"], ["--in"], ["--call", "j1"]):
    run(args)
run(["-h"], formatter=TitledHelpFormatter())
parser = build()
parser.disable_interspersed_args()
run(["-v", "a", "-v"], parser)
for wrong in (("b",), ("--",), ("-xyz",), ()):
    try:
        make_option(*wrong)
    except Exception as e:
        print(type(e).__name__, e)
for keywords in ({"action": "x"}, {"type": "x"}, {"const": 1}, {"nargs": 1, "action": "count"}, {"what": 1}, {"type": "choice"}, {"callback": 1}):
    try:
        make_option("-x", **keywords)
    except Exception as e:
        print(type(e).__name__, e)
for action in (lambda: parser.add_option("-v"), lambda: parser.remove_option("-Q"), lambda: parser.add_option(3), lambda: parser.set_conflict_handler("x"),
               lambda: parser.add_option_group(3), lambda: Values()._update({}, "x"), lambda: parser.formatter.set_long_opt_delimiter("+")):
    try:
        print(action())
    except Exception as e:
        print(type(e).__name__, e)
parser.set_conflict_handler("resolve")
parser.add_option("-v", "--version", action="store_true", dest="very")
run(["-v", "--verbose"], parser)
parser.set_defaults(file="other", number="12")
print(parser.get_default_values(), parser.has_option("-g"), parser.get_option_group("-g").title, parser.get_option("--file"), parser.get_option("--zz"))
values = Values({"a": 1, "b": None})
print(values, values == {"a": 1, "b": None}, values.ensure_value("b", 5), values.ensure_value("a", 7), values == 3, values)
parser.print_usage()
