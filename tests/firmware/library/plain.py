import binascii
import datetime
import hashlib
import itertools
import json
import math
import struct
from collections import deque, namedtuple

print(json.loads(json.dumps({"a": [1, 2.5, None, True], "b": "\u00e9"})), json.dumps([1, {"x": "y"}], indent=1))
for text in ("[1,", "{}x", "nul"):
    try:
        json.loads(text)
    except json.JSONDecodeError as e:
        print(e)
print(hashlib.sha256(b"abc").hexdigest(), hashlib.new("md5", b"").hexdigest())
print(binascii.hexlify(b"\x01\xff"), binascii.crc32(b"123456789"), struct.unpack("<Hf", struct.pack("<Hf", 513, 0.5)))
print(datetime.date(2024, 2, 28) + datetime.timedelta(days=2), datetime.datetime(2024, 1, 1, 12).isoformat())
print(*[round(f, 14) for f in (math.sin(1), math.exp(1), math.log(10), math.pow(2, 0.5), math.atan2(1, 2), math.erf(0.5))])
print(list(itertools.islice(itertools.chain("ab", "cd"), 3)), deque([1, 2, 3], 2), namedtuple("P", "x y")(1, 2))
