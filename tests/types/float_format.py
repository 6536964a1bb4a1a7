# float_format.py - float: the formatting mini-language and % formatting of floats.
# SPDX-License-Identifier: MIT


def section(f):
    print("==", f.__name__)
    try:
        f()
    except BaseException as e:
        print("UNEXPECTED", type(e).__name__, e)


def error(f, *args, **kwargs):
    try:
        print("no error:", repr(f(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__ + ":", e)


INF, NAN = float("inf"), float("nan")
VALUES = (0.0, -0.0, 1.0, -1.5, 3.14159265, 1234567.891, 1e-7, 1e16, 123456789012345678.0, 1e300, 5e-324, INF, -INF, NAN)


@section
def kinds():
    for spec in ("", "e", "E", "f", "F", "g", "G", "n", "%", ".0e", ".0f", ".0g", ".1%", ".3e", ".3f", ".3g", ".10g", ".17g", ".20f", "#.0f", "#.0e", "#g", "#.3g", ".3", ".10", "#", ".0", ".1"):
        print(repr(spec), [format(x, spec) for x in VALUES if not (spec == ".20f" and x > 1e20)])


@section
def width_and_fill():
    for spec in ("10", "<10", ">10", "^10", "=10", "010", "+010.2f", " 10.2f", "-10.2f", "*^12.3f", "x=+10.1f", "<010.2f", "^+9.1f", "10e", "015.3e", ">+8.1%", "é^10.1f", "😀<8.1f", "0=8.1f", "1", "0", "00", "05.1f"):
        print(repr(spec), [format(x, spec) for x in (3.14159, -3.14159, 0.0, INF, NAN, -INF)])


@section
def grouping():
    for spec in (",", "_", ",.2f", "_.2f", "15,.2f", "015,.2f", "+,.0f", ",e", ",g", ",%", "_g", "020_.3f", ",.3", "z.1f", "z,.1f", "+z.1f", "z", "ze", "zg", " z.0f", "z#.0f"):
        print(repr(spec), [format(x, spec) for x in (1234567.891, -1234.5, 0.04, -0.04, 999999.999, 1e10, -0.0, 123.0)])


@section
def bad_specs():
    for spec in ("d", "x", "c", "s", "b", "q", ".f", ".-1f", "5.f", "f5", ",_", "_,", ",,", "__", ",n", "_n", "10.2.3f", "ff", ".2 f", "<>10", "z#.1f", "1z.1f", "--5", "+-5", ".99999999999f", "é", ",.2d", "%f", "=<10f", "0<>5"):
        try: print(repr(spec), format(1.5, spec))
        except (ValueError, OverflowError) as e: print(repr(spec), type(e).__name__, e)


@section
def percent():
    for fmt in ("%f", "%.2f", "%10.3f|", "%-10.3f|", "%010.3f", "%+f", "% f", "%e", "%.0e", "%E", "%g", "%G", "%.3g", "%#.3g", "%#.0f", "%.0f", "%10g|", "%-10g|", "%s", "%r", "%d", "%i", "%5d|", "%.3d", "%+.1e", "%.15g", "%.17g", "%a"):
        try: print(fmt, [fmt % x for x in (3.14159, -0.5, 1234567.0, 1e-10, 1e20)])
        except (TypeError, ValueError, OverflowError) as e: print(fmt, type(e).__name__, e)
    print("%f %e %g" % (INF, NAN, -INF), "%.2f%%" % 12.345, "%*.*f|" % (10, 2, 3.14159), "%-*.*f|" % (10, 2, 3.14159), "%(a).1f %(b)s" % {"a": 1.25, "b": 2.5}, "%5.1f %5.1f" % (1.0, 22.22), "%x" % 255, "%.50g" % 0.1, "%.3f" % 2, "%.3f" % True, "%f" % 10**20)
    for f in (lambda: "%d" % INF, lambda: "%d" % NAN, lambda: "%x" % 1.0, lambda: "%c" % 65.0, lambda: "%f" % "a", lambda: "%f" % None, lambda: "%f" % 1j, lambda: "%.2f" % [1], lambda: "%f" % 10**400, lambda: "%f" % (1.0, 2.0), lambda: "%f %f" % 1.0): error(f)


@section
def exact_digits():
    # These need exact decimal expansion, not just 17 digits.
    print(f"{0.1:.30f}", f"{0.1:.55f}", f"{1/3:.40f}", f"{2**-20:.25f}", f"{1e22:.1f}", f"{1e23:.1f}", f"{123456789.123456789:.20f}", f"{5e-324:.3e}", f"{5e-324:.30e}", f"{1.7976931348623157e308:.3e}", sep="\n")
    print(f"{2.5:.0f} {3.5:.0f} {0.5:.0f} {1.5:.0f} {-0.5:.0f} {0.125:.2f} {0.375:.2f} {2.675:.2f} {1.005:.2f} {9.995:.2f} {99.995:.1f} {0.05:.1f} {0.15:.1f} {0.25:.1f} {0.35:.1f} {999.9999:.3f} {9.9999e10:.3g} {0.00099999:.2e} {9.5:.0e} {99999.5:.5g} {999999.5:.6g} {1e15:g} {123456:g} {1234567:g} {0.0001:g} {0.00001:g}")
    print(f"{1e15:.0f}", f"{1e15:,.1f}", f"{1e100:.0f}", f"{1e16:g}", f"{1e5:.3g}", f"{100000.0:n}", f"{1.0:g}", f"{1.50:g}", f"{1e-5:g}", f"{0.0:e}", f"{-0.0:g}", f"{0.0:%}", f"{1.0:#g}", f"{1e10:.3}", f"{12345.678:.3}", f"{100.0:.3}", f"{1e3:.3}", f"{1234.0:.4}", f"{0.00001234:.3}", f"{123.0:.0}", f"{1.0:.0}")


@section
def format_calls():
    x = 3.14159
    print("{:.2f} {:>8.1f} {:<8.1f}| {:^8.1f}| {:+} {!r} {!s:>8}".format(x, x, x, x, x, x, x), "{0:.{1}f}".format(x, 3), f"{x:{10}.{2}}", f"{x:{'.1'}{'f'}}", x.__format__(""), x.__format__("08.2f"), "{:5}|{:<5}|{:>5}".format(1.5, 1.5, 1.5), f"{x!r:>10}", f"{x=:.1f}", "%(v)08.3f" % {"v": x})
    error(lambda: x.__format__(5))
    error(lambda: "{:d}".format(x))
    error(lambda: f"{x:{'bad'}}")
