# decimal: every operation of Decimal and Context, in several contexts, with the flags that it sets; formats; errors.
import copy
import decimal
import pickle
from decimal import *

NUMBERS = ["0", "-0", "1", "-1", "1.10", "7", "-0.5", "123456789.123456789", "9.99E+10", "1E-12", "-4E+3", "99999", "0.001", "Infinity", "-Infinity",
           "NaN", "sNaN12", "0E+5", "1101", "2.5"]
ONE = ("abs plus minus exp ln log10 sqrt logb logical_invert next_minus next_plus normalize to_integral_exact to_integral_value number_class "
       "is_normal is_subnormal is_zero is_signed is_finite is_infinite is_nan is_qnan is_snan copy_abs copy_negate to_sci_string to_eng_string").split()
TWO = ("add subtract multiply divide divide_int remainder remainder_near compare compare_signal compare_total compare_total_mag max min max_mag "
       "min_mag quantize same_quantum copy_sign logical_and logical_or logical_xor rotate shift scaleb next_toward divmod").split()


def show(context, value):
    return f"{value} {[s.__name__ for s in (Clamped, DivisionByZero, FloatOperation, Inexact, InvalidOperation, Overflow, Rounded, Subnormal, Underflow) if context.flags[s]]}"


for context in (Context(prec=9, Emax=99, Emin=-99, traps=[]), Context(prec=5, rounding=ROUND_FLOOR, Emax=9, Emin=-9, clamp=1, capitals=0, traps=[]),
                Context(prec=3, rounding=ROUND_05UP, traps=[])):
    for name in ONE:
        for text in NUMBERS:
            context.clear_flags()
            value = getattr(context, name)(Decimal(text))
            if name in ("exp", "ln", "log10", "sqrt") and context.rounding != ROUND_HALF_EVEN and context.flags[Inexact]:
                value = round(float(value), 1)
            print(name, text, show(context, value))
    for name in TWO:
        for a in NUMBERS[::2]:
            for b in NUMBERS[1::2]:
                context.clear_flags()
                value = getattr(context, name)(Decimal(a), Decimal(b))
                print(name, a, b, show(context, value))
    for a, b, c in (("2", "3", "5"), ("1.5", "1E+5", "-7"), ("Infinity", "0", "1"), ("3", "4", "NaN")):
        context.clear_flags()
        print("fma", a, b, c, show(context, context.fma(Decimal(a), Decimal(b), Decimal(c))))

c = Context(prec=20, traps=[])
for a, b in (("2", "10"), ("2", "-3"), ("10", "25"), ("1.5", "3"), ("-2", "3"), ("4", "0.5"), ("0", "2"), ("0", "-1"), ("1", "0.3"), ("-1", "0.5")):
    print("power", a, b, c.power(Decimal(a), Decimal(b)).normalize(c))
print(c.power(3, 5, 7), pow(Decimal(3), 200, 11), c.power(Decimal(2), Decimal("0.5")), c.power(10, Decimal("1E-20")))

D = Decimal
for number in ("1234567.891", "-0.5", "1E+10", "0", "NaN", "-Infinity", "1.5E-8"):
    print([format(D(number), spec) for spec in ("", ".2f", ",.3f", "10.1e", "+.3g", "%", ".0%", "*^20", "015.2f", " G", "<12", "020,.1f", ".5", "z.0f")])
for spec in ("x", ".", "10.3q", "<<", ",_"):
    try:
        print(format(D(1), spec))
    except ValueError as error:
        print(error)

print(D("1.25").as_tuple(), D("-1.25").as_integer_ratio(), D((1, (1, 2, 3), -2)), D(10**30), D(0.1), D.from_float(-0.25), D("  1_000.5  "))
print(int(D("1E+3")), float(D("0.1")), round(D("2.5")), round(D("2.675"), 2), hash(D("0.25")) == hash(0.25), D("0.1") == 0.1, D(3) == 3.0, D(2) < 2.5)
print(divmod(D(-7), 2), D(-7) // 2, D(-7) % 2, 7 - D("0.5"), 2 ** D(3), 1 / D(8), +D("1.10"), abs(D(-3)), bool(D("0.0")), complex(D(2)))
import math
print(math.floor(D("-1.5")), math.ceil(D("1.2")), math.trunc(D("-1.9")), D(3).real, D(3).imag, D(3).adjusted(), D(5).radix(), D("1.10").canonical())
print(pickle.loads(pickle.dumps(D("1.10"))), copy.deepcopy(D("NaN")), copy.copy(getcontext()) == getcontext(), repr(D("1E+3")), str(D("1E-7")))
print(pickle.loads(pickle.dumps(Context(prec=5, flags=[Inexact]))), Context(), ExtendedContext, BasicContext)

for expression in ("D('x')", "D(None)", "D((1, 2))", "D((2, (1,), 0))", "D((0, (11,), 0))", "D((0, (1,), 'x'))", "D([])", "D(1)/0", "D(0)/0", "D(1)//0", "D(5)%0",
                   "D('1E+999999')*10", "D('sNaN')+1", "hash(D('sNaN'))", "int(D('NaN'))", "int(D('Infinity'))", "D('Infinity').as_integer_ratio()",
                   "D('NaN').as_integer_ratio()", "D(-1).sqrt()", "D(-1).ln()", "D(1).quantize(D('1E-50'))", "setattr(getcontext(), 'prec', 0)", "setattr(getcontext(), 'prec', 'a')", "setattr(getcontext(), 'Emax', -1)", "setattr(getcontext(), 'clamp', 2)",
                   "setcontext(3)", "localcontext(3)", "D('Infinity') - D('Infinity')", "float(D('sNaN'))", "D(1).shift(100)", "D('NaN') < 1", "D('NaN') == 1",
                   "D(3).compare('a')", "D.from_float('a')", "D(10)**1000000"):
    try:
        print(expression, "->", eval(expression))
    except Exception as error:
        print(expression, "->", type(error).__name__, error.args)

with localcontext() as context:
    context.prec = 5
    print(D(1) / 3)
with localcontext(prec=3, rounding=ROUND_UP):
    print(D(1) / 3, getcontext().prec)
print(D(1) / 3, getcontext().prec)
with localcontext() as context:
    context.traps[Inexact] = context.traps[FloatOperation] = True
    for f in (lambda: D(1) / 3, lambda: D(0.5), lambda: D(1) < 0.5, lambda: D(1) == 0.5):
        try:
            print(f())
        except DecimalException as error:
            print(type(error).__name__, error)
with localcontext(prec=150):
    print(D(2).sqrt(), D(3).ln(), D(1).exp(), D(7).log10(), D(2) ** D("0.3"), sep="\n")
    print(sum(D(i) / 7 for i in range(50)), D(2) ** 400, D("1.000000001").ln())
print(sorted(map(D, ["3", "-1", "2.50", "1E+2"])), max(D(1), D("1.0")), decimal.MAX_PREC, decimal.MIN_ETINY, decimal.HAVE_THREADS)


class Money(D):
    pass


print(type(Money("1.5") + 1).__name__, type(Money.from_float(1.5)).__name__, Money("2"), isinstance(Money(2), D))
