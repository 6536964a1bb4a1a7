# Messages in and out as JSON: a parser and a writer in Python, a queue of decoded messages that wait for their answer.
def skip(text, i):
    while text[i] in " \n":
        i += 1
    return i


def parse(text, i):
    i = skip(text, i)
    c = text[i]
    if c == "{":
        out = {}
        i = skip(text, i + 1)
        while text[i] != "}":
            key, i = parse(text, i)
            value, i = parse(text, skip(text, i) + 1)
            out[key] = value
            i = skip(text, i)
            if text[i] == ",":
                i = skip(text, i + 1)
        return out, i + 1
    if c == "[":
        items = []
        i = skip(text, i + 1)
        while text[i] != "]":
            value, i = parse(text, i)
            items.append(value)
            i = skip(text, i)
            if text[i] == ",":
                i += 1
        return items, i + 1
    if c == '"':
        end = text.index('"', i + 1)
        return text[i + 1:end], end + 1
    end = i
    while text[end] not in ",]} ":
        end += 1
    word = text[i:end]
    return ({"true": True, "false": False, "null": None}[word] if word in ("true", "false", "null") else float(word) if "." in word else int(word)), end


def write(value):
    if isinstance(value, dict):
        return "{" + ", ".join('"' + k + '": ' + write(v) for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join([write(v) for v in value]) + "]"
    if isinstance(value, str):
        return '"' + value + '"'
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return repr(value)


def run(count):
    state = 7
    waiting = []
    size = 0
    for n in range(count):
        state = state * 1103515245 + 12345 & 0x7FFFFFFF
        values = ", ".join(str((state >> k & 255) / 4) for k in range(4 + state % 12))
        text = '{"id": %d, "device": "node-%d", "values": [%s], "ok": true, "unit": {"name": "volt", "scale": 0.001}}' % (n, state % 50, values)
        message, end = parse(text, 0)
        waiting.append(message)
        if len(waiting) > 10 + state % 7:
            answer = waiting.pop(0)
            answer["mean"] = sum(answer["values"]) / len(answer["values"])
            size += len(write(answer))
    return size


print(run(300))
