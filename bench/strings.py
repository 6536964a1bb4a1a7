def run(n):
    lines = []
    for i in range(n):
        name = "sensor-" + str(i % 17)
        lines.append(f"{name}: {i * 0.25:.2f} C, {i:>6d} samples, {i & 255:#04x}")
        lines.append("%s=%d;%5.1f" % (name, i, i / 3))
        lines.append("{0} {1!r} {2:<8}|".format(name, i, "ok"))
    text = "\n".join(lines)
    total = 0
    for line in text.split("\n"):
        line = line.strip().replace("sensor", "s")
        if line.startswith("s-1"):
            total += line.find(":") + len(line)
        total += line.count("1")
    s = ""
    for i in range(n):
        s += "ab"
    return len(text), total, len(s), text[1000:1040], text.upper()[-20:]


print(run(30_000))
