# A telemetry document of 1 MB, written and read.
import json
import random

random.seed(1)
records = [{"id": i, "name": f"sensor-{i % 40:03d}", "ok": i % 7 != 0, "value": round(random.uniform(-40, 90), 3), "unit": "°C" if i % 3 else "%",
            "tags": ["plant", "line %d" % (i % 5), None], "raw": [random.randrange(4096) for _ in range(6)]} for i in range(7000)]
text = json.dumps({"site": "north", "records": records})
for _ in range(8):
    back = json.loads(text)
    text = json.dumps(back)
print(len(text), len(back["records"]))
