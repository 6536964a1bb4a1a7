def skip(s, i):
    while s[i] in " \n\t":
        i += 1
    return i


def value(s, i):
    i = skip(s, i)
    c = s[i]
    if c == "{":
        out = {}
        i = skip(s, i + 1)
        while s[i] != "}":
            key, i = value(s, i)
            i = skip(s, i)
            out[key], i = value(s, i + 1)
            i = skip(s, i)
            if s[i] == ",":
                i = skip(s, i + 1)
        return out, i + 1
    if c == "[":
        out = []
        i = skip(s, i + 1)
        while s[i] != "]":
            item, i = value(s, i)
            out.append(item)
            i = skip(s, i)
            if s[i] == ",":
                i += 1
                i = skip(s, i)
        return out, i + 1
    if c == '"':
        j = i + 1
        while s[j] != '"':
            j += 2 if s[j] == "\\" else 1
        return s[i + 1 : j], j + 1
    for word, meaning in (("true", True), ("false", False), ("null", None)):
        if s.startswith(word, i):
            return meaning, i + len(word)
    j = i
    while s[j] in "+-.eE" or s[j].isdigit():
        j += 1
    text = s[i:j]
    return (float(text) if "." in text else int(text)), j


def show(v):
    if isinstance(v, dict):
        return "{" + ", ".join(f'"{k}": {show(x)}' for k, x in v.items()) + "}"
    if isinstance(v, list):
        return "[" + ", ".join(map(show, v)) + "]"
    if isinstance(v, str):
        return f'"{v}"'
    return {True: "true", False: "false", None: "null"}[v] if v is None or v is True or v is False else repr(v)


source = '[{"id": 17, "name": "boiler", "ok": true, "temps": [21.5, 22.25, -3], "note": null}, {"id": 18, "name": "pump", "ok": false, "temps": []}] '
text = "[" + ",".join([source] * 1800) + "]"
parsed, end = value(text, 0)
again, _ = value(show(parsed) + " ", 0)
print(end, parsed == again, sum(x["id"] for pair in parsed for x in pair), show(parsed)[-80:])
