"""enable.py TREE NODE - switches a node of a device tree on: writes TREE with its `status` "okay" to standard output.

The format: Devicetree Specification 0.4, section 5 (a header, a block of tokens, a block of names). The value keeps its length."""
# SPDX-License-Identifier: MIT
import struct
import sys

BEGIN, END, PROPERTY, FINISH = 1, 2, 3, 9  # tokens; 4: nothing


def text_at(data: bytes, at: int) -> str:
    return data[at:data.index(0, at)].decode()


def status_of(data: bytes, node: str) -> tuple[int, int]:
    """Where the value of the node's property `status` begins, and how long it is. SystemExit: there is none."""
    at, names = struct.unpack_from(">II", data, 8)
    path = []
    while True:
        token, = struct.unpack_from(">I", data, at)
        at += 4
        if token == BEGIN:
            path.append(text_at(data, at))
            at += len(path[-1].encode()) + 4 & ~3
        elif token == END:
            path.pop()
        elif token == PROPERTY:
            size, name = struct.unpack_from(">II", data, at)
            at += 8
            if path[-1] == node and text_at(data, names + name) == "status":
                return at, size
            at += size + 3 & ~3
        elif token == FINISH:
            raise SystemExit(f"enable.py: there is no {node} with a status")


with open(sys.argv[1], "rb") as f:
    tree = bytearray(f.read())
start, length = status_of(bytes(tree), sys.argv[2])
tree[start:start + length] = b"okay".ljust(length, b"\0")
sys.stdout.buffer.write(tree)
