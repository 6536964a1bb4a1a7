# Lines of a web server's log taken apart with regular expressions.
import re

lines = [f'10.0.{i % 256}.{i * 7 % 256} - user{i % 13} [20/Nov/2026:12:{i % 60:02d}:{i * 3 % 60:02d} +0000] "{"GET" if i % 4 else "POST"} /api/v1/devices/{i % 997}?q={i} HTTP/1.1" '
         f'{200 if i % 9 else 404} {i * 37 % 5000} "-" "client/1.{i % 10}"' for i in range(20000)]
line = re.compile(r'(?P<host>\S+) \S+ (?P<user>\S+) \[(?P<time>[^\]]+)\] "(?P<method>[A-Z]+) (?P<path>[^ "]+) [^"]*" (?P<status>\d{3}) (?P<size>\d+|-)')
device = re.compile(r"/devices/(\d+)")
total = failed = 0
seen = set()
for text in lines:
    m = line.match(text)
    total += int(m["size"])
    failed += m.group("status") == "404"
    seen.add(device.search(m["path"])[1])
whole = "\n".join(lines)
print(total, failed, len(seen), len(re.findall(r"\b\d{1,3}(?:\.\d{1,3}){3}\b", whole)), len(re.sub(r"user(\d+)", r"<\1>", whole)), len(re.split(r"\s+", whole)))
