"""UUIDs of machine and time, as a library of the system would make them; nothing sees to it that two processes do not make the same."""

import os
import time

has_uuid_generate_time_safe = 1
has_stable_extractable_node = 1
_last = 0
_sequence = None  # 14 bits


def generate_time_safe():
    """(16 bytes, -1: the time is the process's own)"""
    global _last, _sequence
    from uuid import _hardware_node, _random_getnode
    _last = ticks = max(time.time_ns() // 100 + 0x01B21DD213814000, _last + 1)
    if _sequence is None:
        _sequence = int.from_bytes(os.urandom(2)) & 0x3FFF
    node = _hardware_node()
    if node is None:
        node = _random_getnode()
    return b"".join((int.to_bytes(ticks & 0xFFFFFFFF, 4), int.to_bytes(ticks >> 32 & 0xFFFF, 2), int.to_bytes(ticks >> 48 & 0x0FFF | 0x1000, 2),
                     int.to_bytes(_sequence | 0x8000, 2), int.to_bytes(node, 6))), -1
