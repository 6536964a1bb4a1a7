"""Files of all kinds in a folder of the computer at the other end of the firmware's console, where there is an empty folder sub."""

import os

every = bytes(range(256)) * 3
with open("sub/a b'c\"\u00e4.bin", "wb") as f:
    assert f.write(every) == 768
assert os.listdir("sub") == ["a b'c\"\u00e4.bin"] and os.stat("sub/a b'c\"\u00e4.bin").st_size == 768
os.rename("sub/a b'c\"\u00e4.bin", "sub/d")
with open("sub/d", "r+b") as f:
    assert f.read() == every
    assert f.seek(10) == 10 and f.write(b"XYZ") == 3
    assert f.seek(-1, 2) == 767 and f.read() == b"\xff"
os.truncate("sub/d", 14)
with open("sub/d", "rb") as f:
    assert f.read() == every[:10] + b"XYZ" + every[13:14] and os.fstat(f.fileno()).st_size == 14
for call, error in ((lambda: open("nothing"), FileNotFoundError), (lambda: os.rmdir("sub"), OSError), (lambda: os.mkdir("sub"), FileExistsError),
                    (lambda: open("sub"), IsADirectoryError), (lambda: os.rename("sub/d", "/d"), OSError), (lambda: open("../etc/passwd"), FileNotFoundError),
                    (lambda: open("sub/d", "x"), FileExistsError)):
    try:
        call()
    except error:
        pass
    else:
        raise AssertionError(error)
os.remove("sub/d")
os.rmdir("sub")
print("files: all is well")
