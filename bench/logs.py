LEVELS = {10: "DEBUG", 20: "INFO", 30: "WARNING", 40: "ERROR"}


class Logger:
    def __init__(self, name, level, sinks):
        self.name = name
        self.level = level
        self.sinks = sinks
        self.seen = 0

    def log(self, level, message, *args):
        if level < self.level:
            return
        self.seen += 1
        text = message % args if args else message
        line = "%s %-7s %s: %s" % (stamp(self.seen), LEVELS[level], self.name, text)
        for sink in self.sinks:
            sink(line)

    def debug(self, message, *args):
        self.log(10, message, *args)

    def info(self, message, *args):
        self.log(20, message, *args)

    def warning(self, message, *args):
        self.log(30, message, *args)


def stamp(second):
    minute, second = divmod(second, 60)
    hour, minute = divmod(minute, 60)
    return "2024-05-%02dT%02d:%02d:%02dZ" % (1 + hour // 24, hour % 24, minute, second)


def json_line(record):
    parts = []
    for key, value in record.items():
        if isinstance(value, str):
            shown = '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
        elif isinstance(value, float):
            shown = format(value, ".3f")
        else:
            shown = str(value)
        parts.append(f'"{key}": {shown}')
    return "{" + ", ".join(parts) + "}"


kept = []
bytes_written = 0


def to_ring(line):
    kept.append(line)
    if len(kept) > 50:
        del kept[:25]


def to_file(line):
    global bytes_written
    bytes_written += len(line.encode()) + 1


log = Logger("gateway", 20, [to_ring, to_file])
for i in range(12000):
    log.debug("tick %d", i)
    log.info("node %d: temperature %.2f C, battery %d%%", i % 20, 18 + i % 100 / 10, 100 - i % 100)
    if i % 7 == 0:
        log.warning("retry {} of {} for {!r}".format(i % 3 + 1, 3, f"topic/{i % 20}"))
    to_file(json_line({"t": i, "v": i / 7, "unit": "C", "ok": i % 5 > 0, "id": hex(i)}))
print(log.seen, bytes_written, len(kept), kept[-1])
