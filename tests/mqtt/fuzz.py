"""fuzz.py SEED SECONDS - damaged frames for Decoder, under the sanitizer build: nothing but ProtocolError may come of them, and what is read is written
and read again as the same. Ends with a line that counts.
"""
# SPDX-License-Identifier: MIT
import os
import random
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from _packets import random_packet

from mqtt.packet import Decoder, ProtocolError


def damaged(r, data):
    """data with some bytes changed, put in, cut or repeated; its length is often made right again, so that the decoder gets beyond it."""
    data = bytearray(data)
    for _ in range(r.choice((1, 1, 2, 3, 8))):
        at = r.randrange(len(data)) if data else 0
        what = r.randrange(5)
        if what == 0 and data:
            data[at] ^= 1 << r.randrange(8)
        elif what == 1 and data:
            data[at] = r.choice((0, 1, 0x7F, 0x80, 0xFF, r.randrange(256)))
        elif what == 2:
            data[at:at] = r.randbytes(r.choice((1, 2, 9)))
        elif what == 3:
            del data[at:at + r.choice((1, 2, 9))]
        else:
            data[at:at] = data[at:at + r.choice((1, 2, 9))]
    if r.random() < .7 and 2 <= len(data) <= 129:
        data[1] = len(data) - 2
    return bytes(data)


def case(r):
    """One stream: 1 if it was read, 0 if it was refused."""
    version = r.choice((4, 5))
    stream = b"".join(random_packet(r, version).encode(version) for _ in range(r.choice((1, 1, 3))))
    decoder, got = Decoder(r.choice((version, version, None)), r.choice((268435455, 64)), r.choice((None, 20))), []
    stream = damaged(r, stream)
    try:
        while stream:
            n = r.choice((len(stream), 1, 7))
            got += decoder.feed(stream[:n])
            stream = stream[n:]
    except ProtocolError as e:
        assert 0x80 <= e.reason <= 0xFF, e.reason
        got += e.packets
    for packet in got:
        again = Decoder(decoder.version).feed(packet.encode(decoder.version))
        assert again == [packet], (packet, again)
        repr(packet)
    return len(got) > 0


def main(seed, seconds):
    cases = read = 0
    end = time.process_time() + seconds
    while time.process_time() < end:
        read += case(random.Random(f"{seed} {cases}"))
        cases += 1
    print(f"{cases} streams, of {read} packets were read")


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]))
