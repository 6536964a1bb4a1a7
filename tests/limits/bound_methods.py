# Bound methods of bound methods, so deep that a window for all of them would leave the stack.
# stacks: 256 8192
import types


def f(*args):
    return len(args)


m = f
for i in range(5000):
    m = types.MethodType(m, i)
try:
    print(m() == 5000)
except RecursionError:
    print(True)



class Split(ExceptionGroup): # split() gives what is no exception
    def split(self, kind):
        return 1, 2


try:
    try:
        raise Split("x", [ValueError(1)])
    except* ValueError as e:
        print("caught", e)
except TypeError as e:
    print(e)
