class SensorError(Exception):
    def __init__(self, code):
        super().__init__("sensor", code)
        self.code = code


def read(i):
    if i % 3 == 0:
        raise SensorError(i)
    if i % 7 == 0:
        raise ValueError("bad reading %d" % i)
    return i


def guarded(i):
    try:
        return read(i)
    except ValueError as e:
        return len(e.args[0])
    finally:
        guarded.calls += 1


guarded.calls = 0


def run(n):
    total = failed = 0
    for i in range(n):
        try:
            total += guarded(i)
        except SensorError as e:
            failed += e.code
        try:
            total += int("x" if i % 5 == 0 else "7")
        except ValueError:
            total -= 1
    return total, failed, guarded.calls


print(run(150_000))
