# The detectors of rules: what makes their conditions hold and end.
import json
import math
import random

from rules import Detector, Drift, Missing, Rate, Threshold, ZScore


def run(detector, values, step=1.0, start=0.0):
    """The times at which the condition changed, with what it became."""
    changes, held = [], detector.holds
    for i, value in enumerate(values):
        if detector.update(value, start + i * step) != held:
            held = detector.holds
            changes.append((start + i * step, held))
    return changes


def wrong(kind, *args, **named):
    try:
        kind(*args, **named)
    except ValueError as error:
        print(error)


# Thresholds.
assert run(Threshold(above=10), [9, 10, 11, 10.5, 10, 9]) == [(2, True), (4, False)]
assert run(Threshold(above=10, hysteresis=2), [9, 11, 9, 8.1, 8, 11, 7]) == [(1, True), (4, False), (5, True), (6, False)]
assert run(Threshold(below=0, hysteresis=1), [1, -0.1, 0.5, 1, -5]) == [(1, True), (3, False), (4, True)]
assert run(Threshold(above=10, below=0, hysteresis=1), [5, 11, -1, 0.5, 1, 5]) == [(1, True), (4, False)]
delayed = Threshold(above=10, delay=3)
assert run(delayed, [11, 11, 9, 11, 11, 11, 11, 9]) == [(6, True), (7, False)]
assert run(Threshold(above=10, clear_delay=2), [11, 9, 11, 9, 9, 9]) == [(0, True), (5, False)]
t = Threshold(above=10, delay=60)
assert not t.update(20, 100) and t.due() == 160 and not t.check(159.9) and t.check(160) and t.due() is None
again = Threshold(above=10, delay=60)
again.update(20, 100)
other = Threshold(above=10, delay=60)
other.restore(json.loads(json.dumps(again.state())))
assert other.due() == 160 and other.check(200)
wrong(Threshold)
wrong(Threshold, above=1, below=2)
wrong(Threshold, above=1, hysteresis=-1)

# Rates.
ramp = [20.0] * 10 + [20 + 0.5 * i for i in range(20)] + [29.5] * 20
(up, holds), (down, ends) = run(Rate(rise=0.3, window=10), ramp)
assert holds and not ends and 13 <= up <= 18 and 31 <= down <= 37, (up, down)
assert run(Rate(rise=0.3, window=10), [-v for v in ramp]) == [] and len(run(Rate(fall=0.3, window=10), [-v for v in ramp])) == 2
noise = random.Random(1)
assert run(Rate(rise=0.3, fall=0.3, window=60), [20 + noise.gauss(0, 0.5) for _ in range(2000)]) == []
fast = Rate(rise=1, window=1000)
run(fast, [float(i) for i in range(3000)], 0.5)
assert len(fast._values) <= 129 and abs(fast.slope - 2) < 1e-6
big = Rate(rise=1, window=10)
run(big, [1e6 + 0.5 * i for i in range(20)], 1.0, 1.7e9)
assert abs(big.slope - 0.5) < 1e-6
wrong(Rate)
wrong(Rate, rise=-1)

# Missing data.
m = Missing(30)
assert m.due() is None and not m.check(5) and m.due() == 35 and not m.check(34) and m.check(35) and m.due() is None and m.check(36)
assert m.update(1, 40) is False and m.due() == 70 and not m.check(69) and m.check(70)
wrong(Missing, 0)

# Single readings that are unusual.
chance = random.Random(3)
usual = [chance.gauss(50, 2) for _ in range(5000)]
assert run(ZScore(count=100, limit=6), usual) == []
spiked = list(usual)
spiked[700], spiked[900], spiked[901] = 90, 10, 10
assert run(ZScore(count=100, limit=6), spiked) == [(700, True), (701, False), (900, True), (902, False)]
step = [50.0 + (i % 3) for i in range(200)] + [80.0 + (i % 3) for i in range(400)]
assert run(ZScore(count=100), step) == [(200, True), (299, False)]  # what lasts is usual
assert run(ZScore(count=10), [5.0] * 50 + [5.1]) == [(50, True)] and run(ZScore(count=10, least=0.1), [5.0] * 50 + [5.1]) == []
one, two = ZScore(count=20), ZScore(count=20)
run(one, usual[:50])
two.restore(json.loads(json.dumps(one.state())))
assert run(one, usual[50:90] + [99]) == run(two, usual[50:90] + [99]) == [(40, True)]
wrong(ZScore, count=2)

# Drift: the same at any rate of readings, since its spans are days.
DAY = 86400.0


def weeks(every, shift_at, seed=7):
    source = random.Random(seed)
    steps = int(40 * DAY / every)
    return [20 + 3 * math.sin(2 * math.pi * i * every / DAY) + source.gauss(0, 0.5) + (8 if i * every >= shift_at * DAY else 0) for i in range(steps)]


for every in (300.0, 3600.0):
    changes = run(Drift(), weeks(every, 1000), every)
    assert changes == [], changes
    (begin, holds), *rest = run(Drift(), weeks(every, 30), every)
    assert holds and 30 <= begin / DAY <= 31, begin / DAY
    assert len(rest) == 1 and rest[0][0] / DAY > 30.5  # and in time it is usual
values = weeks(3600.0, 30)
one, two = Drift(), Drift()
run(one, values[:600], 3600.0)
two.restore(json.loads(json.dumps(one.state())))
assert run(one, values[600:], 3600.0, 600 * 3600.0) == run(two, values[600:], 3600.0, 600 * 3600.0) != []
# The same time twice, a time that goes back, a long gap: nothing breaks.
d = Drift()
for time, value in ((0, 1.0), (0, 2.0), (100, 1.0), (50, 3.0), (10 * DAY, 1.0), (10 * DAY + 60, 1.0)):
    d.update(value, time)
assert math.isfinite(d.score)
assert run(Drift(), [5.0] * 1000, 3600.0) == []
wrong(Drift, short=20)

# One of one's own.
class Even(Detector):
    def update(self, value, time):
        self.holds = value % 2 == 0
        return self.holds


assert run(Even(), [1, 2, 3]) == [(1, True), (2, False)] and Even().state() == {"holds": False}
print("detectors")
