def crc16_modbus(data):
    crc = 0xFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ 0xA001 if crc & 1 else crc >> 1
    return crc


TABLE = []
for i in range(256):
    c = i << 8
    for _ in range(8):
        c = (c << 1 ^ 0x1021 if c & 0x8000 else c << 1) & 0xFFFF
    TABLE.append(c)


def crc16_ccitt(data, crc=0xFFFF):
    for byte in data:
        crc = (crc << 8 & 0xFFFF) ^ TABLE[crc >> 8 ^ byte]
    return crc


def crc8(data):
    crc = 0xFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = (crc << 1 ^ 0x31) & 0xFF if crc & 0x80 else crc << 1
    return crc


def fletcher16(data):
    a = b = 0
    for byte in data:
        a = (a + byte) % 255
        b = (b + a) % 255
    return b << 8 | a


def lrc(data):
    return -sum(data) & 0xFF


def slip(data):
    out = bytearray(b"\xc0")
    for byte in data:
        if byte == 0xC0:
            out += b"\xdb\xdc"
        elif byte == 0xDB:
            out += b"\xdb\xdd"
        else:
            out.append(byte)
    out.append(0xC0)
    return bytes(out)


def unslip(frame):
    return frame[1:-1].replace(b"\xdb\xdc", b"\xc0").replace(b"\xdb\xdd", b"\xdb")


def frame(number):
    body = bytes([number & 0xFF, number >> 8 & 0xFF, 0xC0, 0xDB]) + b"sensor" + number.to_bytes(4, "little") + bytes(range(16))
    return body + crc16_modbus(body).to_bytes(2, "little") + bytes([lrc(body), crc8(body)])


good = 0
total = 0
for n in range(1200):
    packet = unslip(slip(frame(n)))
    body, tail = packet[:-4], packet[-4:]
    if int.from_bytes(tail[:2], "little") == crc16_modbus(body) and tail[2] == lrc(body) and tail[3] == crc8(body):
        good += 1
    total = total * 31 + crc16_ccitt(packet) + fletcher16(packet) & 0xFFFFFFFF
    if n % 100 == 0:
        total ^= int(packet.hex()[:8], 16)
print(good, hex(total), slip(frame(0xC0)).hex(" "))
