# str_slots_many.py - a thousand subclass instances of str with __slots__ keep what their slots hold when the collector runs.
import gc


class Named(str):
    __slots__ = ("unit", "low")


many = [Named(str(i)) for i in range(1000)]
for i, s in enumerate(many):
    s.unit = [i]
gc.collect()
print(sum(s.unit[0] for s in many), many[500], many[999].unit)
