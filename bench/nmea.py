def checksum(text):
    total = 0
    for char in text:
        total ^= ord(char)
    return total


def sentence(body):
    return f"${body}*{checksum(body):02X}"


def degrees(text, half):
    if not text:
        return None
    point = text.index(".") - 2
    value = int(text[:point]) + float(text[point:]) / 60
    return -value if half in ("S", "W") else value


def parse(line):
    line = line.strip()
    if not line.startswith("$") or "*" not in line:
        raise ValueError("no sentence")
    body, _, check = line[1:].partition("*")
    if int(check, 16) != checksum(body):
        raise ValueError("checksum")
    fields = body.split(",")
    kind = fields[0][2:]
    if kind == "GGA":
        return {
            "kind": kind,
            "time": fields[1],
            "lat": degrees(fields[2], fields[3]),
            "lon": degrees(fields[4], fields[5]),
            "fix": int(fields[6] or 0),
            "satellites": int(fields[7] or 0),
            "altitude": float(fields[9] or 0),
        }
    if kind == "RMC":
        return {
            "kind": kind,
            "valid": fields[2] == "A",
            "lat": degrees(fields[3], fields[4]),
            "lon": degrees(fields[5], fields[6]),
            "knots": float(fields[7] or 0),
            "course": float(fields[8] or 0),
        }
    return {"kind": kind, "fields": fields[1:]}


def track(n):
    for i in range(n):
        lat, lon = 4807.038 + i * 0.001, 1131.0 + i * 0.0013
        yield sentence(f"GPGGA,{i % 240000:06d}.00,{lat:09.4f},N,{lon:010.4f},E,1,08,0.9,{545.4 + i % 7:.1f},M,46.9,M,,") + "\r\n"
        yield sentence(f"GPRMC,{i % 240000:06d}.00,A,{lat:09.4f},N,{lon:010.4f},E,{22.4 + i % 5:05.1f},084.4,230394,,") + "\r\n"
        if i % 10 == 0:
            yield "$GPGSV,2,1,08,01,40,083,46*75\r\n"


narrow = 0.6682  # cosine of the latitude, 48 degrees
good = bad = 0
distance = speed = 0.0
last = None
for line in track(6000):
    try:
        fix = parse(line)
    except ValueError:
        bad += 1
        continue
    good += 1
    if fix["kind"] == "GGA":
        here = fix["lat"], fix["lon"]
        if last:
            distance += ((here[0] - last[0]) ** 2 + ((here[1] - last[1]) * narrow) ** 2) ** 0.5
        last = here
    elif fix["kind"] == "RMC":
        speed = max(speed, fix["knots"])
print(good, bad, f"{distance * 60:.3f} {speed:.1f} {last[0]:.5f} {last[1]:.5f}")
