# Pickles of subclasses of str with __slots__.
import pickle


class Named(str):
    __slots__ = ("unit", "low")


class More(Named):
    __slots__ = ("high",)


m = More("m" * 100)
m.high, m.unit = 9, "K"
for protocol in (2, 4, 5):
    again = pickle.loads(pickle.dumps(m, protocol))
    print(type(again).__name__, again == m, again.high, again.unit)
    try:
        print(again.low)
    except AttributeError as e:
        print(e)
