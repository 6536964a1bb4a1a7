def frames(n):
    out = bytearray()
    for i in range(n):
        payload = bytes([i & 255, i >> 8 & 255, (i * 7) & 255]) * (1 + i % 3)
        out += b"\xaa\x55" + len(payload).to_bytes(2, "big") + payload
        out.append(sum(payload) & 255)
    return bytes(out)


def parse(data):
    pos = good = bad = total = 0
    view = memoryview(data)
    while True:
        pos = data.find(b"\xaa\x55", pos)
        if pos < 0:
            return good, bad, total
        length = int.from_bytes(data[pos + 2 : pos + 4], "big")
        payload = view[pos + 4 : pos + 4 + length]
        check = 0
        for byte in payload:
            check += byte
        if check & 255 == data[pos + 4 + length]:
            good += 1
            total += payload[0] | payload[1] << 8
        else:
            bad += 1
        pos += 5 + length


data = frames(90_000)
print(len(data), parse(data), data[:40].hex(" "))
