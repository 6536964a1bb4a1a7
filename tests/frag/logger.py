# A data logger: readings of several sensors, smoothed, kept in a ring with their time and written out as lines.
class Reading:
    def __init__(self, sensor, time, value):
        self.sensor = sensor
        self.time = time
        self.value = value


class Logger:
    def __init__(self, room):
        self.room = room
        self.ring = []
        self.mean = {}
        self.lines = []

    def add(self, reading):
        old = self.mean.get(reading.sensor, reading.value)
        self.mean[reading.sensor] = old * 0.9 + reading.value * 0.1
        if len(self.ring) == self.room:
            self.ring.pop(0)
        self.ring.append(reading)
        if reading.value > self.mean[reading.sensor] * 1.2:
            self.lines.append("%d %s high: %.2f (mean %.2f)" % (reading.time, reading.sensor, reading.value, self.mean[reading.sensor]))
        if len(self.lines) > 12:
            text = "\n".join(self.lines)
            self.lines = []
            return text
        return None


def run(count):
    log = Logger(250)
    state = 1
    size = 0
    for time in range(count):
        state = state * 1103515245 + 12345 & 0x7FFFFFFF
        name = ("temperature", "humidity", "pressure", "light")[state >> 16 & 3]
        text = log.add(Reading(name, 1700000000 + time, (state >> 8 & 1023) / 7.0))
        if text:
            size += len(text)
    return size


print(run(3000))
