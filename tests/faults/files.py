"""Files: binary, text, buffered, appended, renamed. What write() and close() have acknowledged is there."""

import os

kept = {}


def main():
    with open("binary", "wb") as file:
        file.write(bytes(range(256)) * 100)
    kept["binary"] = bytes(range(256)) * 100
    with open("text", "w", encoding="utf-8", newline="\n") as file:
        for i in range(200):
            print("line", i, "\u20ac", file=file)
    kept["text"] = "".join(f"line {i} \u20ac\n" for i in range(200)).encode()
    with open("appended", "ab", buffering=0) as file:
        for i in range(5):
            rest = memoryview(b"record %d\n" % i)
            while rest:
                n = file.write(rest)
                kept["appended"] = kept.get("appended", b"") + bytes(rest[:n])
                rest = rest[n:]
    with open("binary", "r+b") as file:
        print(file.read(10), len(file.read()), file.seek(100), file.read(3))
        file.seek(0, 2)
        file.write(b"tail")
        file.flush()
        kept["binary"] += b"tail"
        os.fsync(file.fileno())
        file.truncate(20000)
        kept["binary"] = kept["binary"][:20000]
    with open("text", encoding="utf-8") as file:
        lines = file.readlines()
    print(len(lines), lines[-1], os.path.getsize("text"), os.stat("binary").st_size)
    os.rename("text", "renamed")
    kept["renamed"] = kept.pop("text")
    fd = os.open("raw", os.O_RDWR | os.O_CREAT)
    try:
        kept["raw"] = b""
        data = b"raw bytes"
        while data:
            n = os.write(fd, data)
            kept["raw"] += data[:n]
            data = data[n:]
        done = os.pwrite(fd, b"R", 0)
        kept["raw"] = b"R" + kept["raw"][1:]
        print(os.pread(fd, 3, 4)[:1], done)
    finally:
        os.close(fd)


def check():
    for name, data in kept.items():
        with open(name, "rb") as file:
            if not (found := file.read()).startswith(data):
                raise ValueError(f"LOST: {name} has {len(found)} bytes, {len(data)} were acknowledged")
