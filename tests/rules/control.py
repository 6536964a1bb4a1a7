# rules.Pid and schedules.
import math
from datetime import datetime, timezone

from rules import Daily, Every, Pid, Schedule

# A room with a heater: first order, with a loss to the outside.
def room(pid, seconds, temperature=10.0, outside=5.0, step=1.0, power=30.0, start=0.0):
    history = []
    for i in range(int(seconds / step)):
        output = pid.update(temperature, start + i * step)
        temperature += step * ((outside - temperature) / 600 + output * power / 600)
        history.append((temperature, output))
    return history


pid = Pid(0.2, 0.001, setpoint=21.0)
history = room(pid, 7200)
assert abs(history[-1][0] - 21) < 0.05 and all(0 <= output <= 1 for _, output in history)
assert max(t for t, _ in history) < 22.0  # hardly too warm after ten minutes at full power: the integral did not wind up
wound = [t for t, _ in room(Pid(0.2, 0.001, setpoint=60.0), 7200)]
assert wound[-1] < 36  # it cannot get there ...
pid = Pid(0.2, 0.001, setpoint=60.0)
last = room(pid, 7200)[-1][0]
pid.setpoint = 21.0
assert pid.update(last, 7200.0) == 0.0  # ... and turns off at once when it need not
# The derivative is that of the measurement: a new setpoint moves the output by kp alone.
pid = Pid(0.01, 0.0, 1.0, setpoint=20.0, low=-10, high=10)
pid.update(20.0, 0.0)
before = pid.update(20.0, 1.0)
pid.setpoint = 25.0
assert abs(pid.update(20.0, 2.0) - before - 0.05) < 1e-9
assert abs(pid.update(20.5, 3.0) - before - 0.045 + 0.5) < 1e-9
# Smoothing takes the edge off a measurement that jumps.
rough, smooth = (Pid(0.0, 0.0, 1.0, low=-10, high=10, smooth=s) for s in (0.0, 9.0))
for p in (rough, smooth):
    p.update(0.0, 0.0)
assert (round(rough.update(1.0, 1.0), 9), round(smooth.update(1.0, 1.0), 9)) == (-1.0, -0.1)
# Bumpless: to automatic, and to other gains, from the output there is.
pid = Pid(0.1, 0.01, setpoint=20.0)
pid.update(19.0, 0.0)
pid.set_manual(0.7)
assert pid.update(18.0, 1.0) == 0.7
pid.set_auto()
assert abs(pid.update(18.0, 2.0) - 0.7 - 0.02) < 1e-9
at = pid.output
pid.set_gains(0.5, 0.001, 0.0)
assert abs(pid.update(18.0, 3.0) - at - 0.002) < 1e-9 and pid.gains == (0.5, 0.001, 0.0)
pid.set_manual(7)
assert pid.output == 1.0
# Cooling.
cold = Pid(0.1, 0.0, setpoint=5.0, reverse=True)
assert cold.update(9.0, 0.0) == 0.4 and cold.update(4.0, 1.0) == 0.0
# A long silence, and a clock that goes back, do not count as time.
pid = Pid(0.0, 0.1, setpoint=1.0, low=0, high=1000)
pid.update(0.0, 0.0)
assert pid.update(0.0, 10.0) == 1.0 and pid.update(0.0, 5000.0) == 1.0 and pid.update(0.0, 10.0) == 1.0 and round(pid.update(0.0, 11.0), 9) == 1.1
for wrong in ((-1,), (1, 0, 0, 0, 5, 1)):
    try:
        Pid(*wrong)
    except ValueError as error:
        print(error)
try:
    pid.update(math.nan, 12.0)
except ValueError as error:
    print(error)


def moments(schedule, start, count):
    at = datetime.fromisoformat(start).replace(tzinfo=timezone.utc).timestamp()
    found = []
    for _ in range(count):
        at = schedule.next(at)
        found.append(datetime.fromtimestamp(at, timezone.utc).strftime("%a %d %H:%M:%S"))
    return found


print(moments(Every(900), "2026-03-01 12:07", 3))
print(moments(Every(3600, 300), "2026-03-01 12:05", 2))
print(moments(Daily("18:00:15", "07:30"), "2026-03-01 12:00", 3))
print(moments(Daily("07:30", days="mon-fri"), "2026-02-27 12:00", 2))
print(moments(Daily("00:00", days="sat,sun"), "2026-02-27 12:00", 3))
print(moments(Daily("22:00", days="fri-mon"), "2026-03-01 23:00", 3))
print(moments(Daily("02:30", zone="Europe/Berlin"), "2026-03-28 00:00", 3))  # on the 29th there is no 02:30
print(moments(Daily("02:30", zone="Europe/Berlin"), "2026-10-24 12:00", 3))  # on the 25th there are two
print(moments(Daily("07:00", zone="America/New_York"), "2026-03-07 00:00", 3))
for make in (lambda: Daily(), lambda: Daily("25:00"), lambda: Daily("7"), lambda: Daily("07:00", days="monday"), lambda: Daily("07:00", zone="Mars/Base"), lambda: Every(0)):
    try:
        make()
    except ValueError as error:
        print(error)
assert Schedule in Daily.__mro__
