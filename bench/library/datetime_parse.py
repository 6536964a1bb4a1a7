# Time stamps read in several forms, moved, compared and written.
from datetime import datetime, timedelta, timezone

base = datetime(2026, 11, 20, 12, 0, tzinfo=timezone.utc)
texts = [(base + timedelta(seconds=37 * i, microseconds=i)).isoformat() for i in range(30000)]
step = timedelta(minutes=5)
buckets = {}
last = base
for text in texts:
    t = datetime.fromisoformat(text)
    bucket = t.replace(minute=t.minute // 5 * 5, second=0, microsecond=0)
    buckets[bucket] = buckets.get(bucket, 0) + (t - last).total_seconds()
    last = t
names = [b.strftime("%Y-%m-%d %H:%M") for b in sorted(buckets)]
parsed = [datetime.strptime(n, "%Y-%m-%d %H:%M") for n in names[:2000]]
print(len(buckets), names[0], names[-1], max(parsed), sum(t.timestamp() for t in buckets))
