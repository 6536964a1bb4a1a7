# basic_exceptions.py - the simplest exceptions: raise, try, except, else, finally, own classes.
# SPDX-License-Identifier: MIT

class AppError(Exception):
    pass


class ValueProblem(AppError, ValueError):
    def __init__(self, value):
        super().__init__("bad value " + repr(value))
        self.value = value


def attempt(f, *args):
    try:
        result = f(*args)
    except ZeroDivisionError as e:
        print("zero:", e)
    except (KeyError, IndexError) as e:
        print("lookup:", type(e).__name__, e)
    except Exception as e:
        print("other:", type(e).__name__, e)
    else:
        print("fine:", result)
    finally:
        print("finally")


def bad():
    raise ValueProblem(42)


attempt(lambda: 1 + 1)
attempt(lambda: 1 / 0)
attempt(lambda: 1 // 0)
attempt(lambda: 1 % 0)
attempt(lambda: 1.0 / 0)
attempt(lambda: {}["k"])
attempt(lambda: {}[1])
attempt(lambda: [][0])
attempt(lambda: "abc"[5])
attempt(lambda: ()[1])
attempt(lambda: undefined_name)
attempt(lambda: None.x)
attempt(lambda: 1 + "a")
attempt(lambda: "a" + 1)
attempt(lambda: [] + ())
attempt(lambda: -"a")
attempt(lambda: 1 < "a")
attempt(lambda: int("x"))
attempt(lambda: float("y"))
attempt(lambda: len(5))
attempt(lambda: [1].index(2))
attempt(lambda: [].pop())
attempt(lambda: {}.popitem())
attempt(lambda: iter(5))
attempt(lambda: next(iter([])))
attempt(lambda: "a".nope)
attempt(lambda: (1).__len__)
attempt(bad)

try:
    bad()
except ValueError as e:
    print(e.value, e.args, isinstance(e, AppError), str(e), repr(e))
try:
    print(e)
except NameError as error:
    print(error)


def nested():
    try:
        try:
            raise KeyError("inner")
        finally:
            print("cleanup")
    except KeyError as e:
        print("caught", e, e.args)
        raise ValueError("outer") from e


try:
    nested()
except ValueError as e:
    print(e, "from", repr(e.__cause__), e.__cause__ is e.__context__)


def rethrow():
    try:
        raise TypeError("again")
    except TypeError:
        print("log")
        raise


try:
    rethrow()
except TypeError as e:
    print(e)


def returns():
    try:
        return "try"
    finally:
        print("runs anyway")


print(returns())


def loop():
    for i in range(4):
        try:
            if i == 1:
                continue
            if i == 3:
                break
            print("body", i)
        except Exception:
            print("never")
        else:
            print("else", i)
        finally:
            print("finally", i)


loop()
try:
    raise Exception
except Exception as e:
    print(repr(e), e.args, str(e) == "")
try:
    raise Exception("a", 1)
except Exception as e:
    print(repr(e), e.args, str(e))
try:
    assert 1 == 2, "math"
except AssertionError as e:
    print("assert:", e)
try:
    raise 5
except TypeError as e:
    print(e)
try:
    raise
except RuntimeError as e:
    print(e)


class Manager:
    def __enter__(self):
        print("enter")
        return self

    def __exit__(self, kind, value, tb):
        print("exit", kind and kind.__name__, value)
        return kind is KeyError


with Manager() as m:
    print("inside")
with Manager():
    raise KeyError("swallowed")
try:
    with Manager():
        raise ValueError("passes")
except ValueError as e:
    print("outside", e)
print("end")
