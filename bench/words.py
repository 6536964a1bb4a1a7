TEXT = """the gateway reads the sensor and the sensor answers the gateway every second
when the line is quiet the gateway sends one more request and waits for the answer
a lost answer counts as a fault and three faults in a row raise an alarm on the panel"""


def run(rounds):
    counts = {}
    index = {}
    for r in range(rounds):
        for n, word in enumerate(TEXT.split()):
            key = word.upper() if r & 1 else word
            counts[key] = counts.get(key, 0) + 1
            index.setdefault(key[0], set()).add(n)
            if len(key) > 5 and key in counts:
                counts[key] += 1
    top = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:5]
    return top, sorted((k, len(v)) for k, v in index.items())[:6]


print(run(11000))
