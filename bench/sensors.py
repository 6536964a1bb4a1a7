def signal(n):
    x = 1
    out = []
    for i in range(n):
        x = (x * 48271) % 2147483647
        noise = x / 2147483647.0 - 0.5
        spike = 40.0 if x % 97 == 0 else 0.0
        out.append(20.0 + (i % 500) * 0.01 + noise + spike)
    return out


def median(values, width):
    half = width // 2
    out = []
    for i in range(half, len(values) - half):
        window = sorted(values[i - half : i + half + 1])
        out.append(window[half])
    return out


def ewma(values, alpha):
    state = values[0]
    out = []
    for v in values:
        state += alpha * (v - state)
        out.append(state)
    return out


def events(values, low, high):
    inside = False
    found = []
    for i, v in enumerate(values):
        if not inside and v > high:
            inside = True
            found.append((i, round(v, 3)))
        elif inside and v < low:
            inside = False
    return found


raw = signal(200_000)
clean = ewma(median(raw, 7), 0.2)
found = events(clean, 22.0, 23.5)
mean = sum(clean) / len(clean)
spread = sum((v - mean) ** 2 for v in clean) / len(clean)
print(len(found), found[:3], f"{mean:.6f} {spread**0.5:.6f} {min(clean):.4f} {max(clean):.4f}")
