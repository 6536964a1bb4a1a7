def length_bytes(n):
    out = bytearray()
    while True:
        byte = n & 127
        n >>= 7
        out.append(byte | 128 if n else byte)
        if not n:
            return out


def publish(topic, payload, packet_id, qos=1):
    name = topic.encode()
    body = bytearray(len(name).to_bytes(2, "big"))
    body += name
    if qos:
        body += packet_id.to_bytes(2, "big")
    body += payload
    return bytes([0x30 | qos << 1]) + length_bytes(len(body)) + body


def decode(data):
    pos = 0
    while pos < len(data):
        kind = data[pos]
        pos += 1
        length = shift = 0
        while True:
            byte = data[pos]
            pos += 1
            length |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                break
        body = data[pos : pos + length]
        pos += length
        n = body[0] << 8 | body[1]
        topic = body[2 : 2 + n].decode()
        n += 2
        packet_id = None
        if kind & 6:
            packet_id = int.from_bytes(body[n : n + 2], "big")
            n += 2
        yield kind >> 4, topic, packet_id, body[n:]


def matches(pattern, topic):
    parts, names = pattern.split("/"), topic.split("/")
    for i, part in enumerate(parts):
        if part == "#":
            return True
        if i >= len(names) or (part != "+" and part != names[i]):
            return False
    return len(parts) == len(names)


def run(n):
    stream = b"".join(
        publish(f"site/{i % 5}/room/{i % 11}/temperature", b'{"value": %d.5}' % (i % 40), i & 0xFFFF, i % 2)
        for i in range(n)
    )
    values = {}
    hits = ids = 0
    for kind, topic, packet_id, payload in decode(stream):
        values[topic] = float(payload[10:-1])
        ids += packet_id or 0
        hits += matches("site/+/room/3/#", topic) + matches("site/2/room/+/humidity", topic)
    return len(stream), len(values), sum(values.values()), hits, ids


print(run(30_000))
