def make_table():
    table = []
    for i in range(256):
        crc = i
        for _ in range(8):
            crc = crc >> 1 ^ 0xA001 if crc & 1 else crc >> 1
        table.append(crc)
    return table


TABLE = make_table()


def crc16(data):
    crc = 0xFFFF
    for byte in data:
        crc = crc >> 8 ^ TABLE[(crc ^ byte) & 255]
    return crc


def request(unit, function, address, count):
    frame = bytes([unit, function, address >> 8, address & 255, count >> 8, count & 255])
    return frame + crc16(frame).to_bytes(2, "little")


def respond(frame, registers):
    if crc16(frame[:-2]) != frame[-2] | frame[-1] << 8:
        raise ValueError("CRC")
    unit, function = frame[0], frame[1]
    address = frame[2] << 8 | frame[3]
    count = frame[4] << 8 | frame[5]
    body = bytearray([unit, function, 2 * count])
    for r in registers[address : address + count]:
        body += r.to_bytes(2, "big")
    return bytes(body) + crc16(body).to_bytes(2, "little")


def values(frame):
    if crc16(frame[:-2]) != int.from_bytes(frame[-2:], "little"):
        raise ValueError("CRC")
    return [frame[i] << 8 | frame[i + 1] for i in range(3, 3 + frame[2], 2)]


registers = [(i * 7919) & 0xFFFF for i in range(200)]
total = 0
for i in range(13000):
    answer = respond(request(i % 247 + 1, 3, i % 150, 10 + i % 20), registers)
    total += sum(values(answer))
print(total, answer.hex())
