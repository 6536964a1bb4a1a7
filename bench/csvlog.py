def quote(field):
    text = str(field)
    if "," in text or '"' in text or "\n" in text:
        return '"' + text.replace('"', '""') + '"'
    return text


def build(rows):
    lines = ["time,sensor,value,unit,note"]
    for row in rows:
        lines.append(",".join([quote(field) for field in row]))
    return "\n".join(lines) + "\n"


def split(line):
    if '"' not in line:
        return line.split(",")
    fields = []
    field = []
    inside = False
    i = 0
    while i < len(line):
        c = line[i]
        if inside:
            if c != '"':
                field.append(c)
            elif line[i + 1 : i + 2] == '"':
                field.append('"')
                i += 1
            else:
                inside = False
        elif c == '"':
            inside = True
        elif c == ",":
            fields.append("".join(field))
            field.clear()
        else:
            field.append(c)
        i += 1
    fields.append("".join(field))
    return fields


def parse(text):
    lines = text.splitlines()
    names = split(lines[0])
    return [dict(zip(names, split(line))) for line in lines[1:] if line]


def readings(n):
    notes = "", "", "", 'calibrated, "late"', "", "door open"
    for i in range(n):
        yield 1700000000 + i * 60, f"node{i % 12}", round(18 + (i * 37 % 101) / 10, 2), "C" if i % 3 else "%", notes[i % 6]


text = build(readings(12000))
total = {}
count = {}
for row in parse(text):
    key = row["sensor"], row["unit"]
    total[key] = total.get(key, 0.0) + float(row["value"])
    count[key] = count.get(key, 0) + 1
    if row["note"].startswith("cal"):
        count["late"] = count.get("late", 0) + 1
for key in sorted(total):
    print(*key, count[key], f"{total[key] / count[key]:.3f}")
print(len(text), count["late"])
