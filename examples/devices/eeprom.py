# Settings that outlive a power cut: two copies with a checksum, of which the newer good one counts.
import binascii
import json

from drivers.eeprom import EEPROM24LC256
from machine import I2C

SLOT = 256
memory = EEPROM24LC256(I2C(0))


def load():
    best = None
    for slot in (0, 1):
        data = memory.read(slot * SLOT, SLOT)
        length, serial, checksum = int.from_bytes(data[:2], "big"), int.from_bytes(data[2:6], "big"), int.from_bytes(data[6:10], "big")
        body = data[10:10 + length]
        if length <= SLOT - 10 and binascii.crc32(body) == checksum and (best is None or serial > best[0]):
            best = serial, slot, json.loads(body)
    return best


def save(settings):
    last = load()
    serial, slot = (last[0] + 1, 1 - last[1]) if last else (1, 0)
    body = json.dumps(settings).encode()
    head = len(body).to_bytes(2, "big") + serial.to_bytes(4, "big") + binascii.crc32(body).to_bytes(4, "big")
    memory.write(slot * SLOT, head + body)


print("at first:", load())
save({"limit": 21.5, "name": "greenhouse"})
save({"limit": 23.0, "name": "greenhouse"})
print("saved:", load())
memory[SLOT + 12] = 0  # the newer copy is damaged
print("after damage:", load())
