# Readings counted, grouped and kept in windows.
from collections import Counter, OrderedDict, defaultdict, deque, namedtuple

Reading = namedtuple("Reading", "sensor kind value")
readings = [Reading(f"s{i % 50}", "abc"[i % 3], i * 7919 % 1000) for i in range(60000)]
kinds = Counter(r.kind for r in readings)
by_sensor = defaultdict(list)
windows = defaultdict(lambda: deque(maxlen=20))
recent = OrderedDict()
for r in readings:
    by_sensor[r.sensor].append(r.value)
    windows[r.sensor].append(r.value)
    recent[r.sensor] = r
    recent.move_to_end(r.sensor)
    if len(recent) > 20:
        recent.popitem(last=False)
queue = deque(range(1000))
for i in range(60000):
    queue.append(queue.popleft() + 1)
    queue.rotate(3) if i % 100 == 0 else None
print(kinds.most_common(1), sum(sum(w) for w in windows.values()), len(recent), sum(queue), Counter("telemetry" * 2000) + Counter("data" * 500))
