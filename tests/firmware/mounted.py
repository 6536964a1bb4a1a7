"""What the firmware can do with a folder of the computer at the other end, which holds there.py and an empty folder sub; leaves the numbers 1 to 300 in log."""

import os

assert os.getcwd() == "/remote" and sorted(os.listdir()) == ["sub", "there.py"], os.listdir()
assert sorted((entry[0], entry[1]) for entry in os.ilistdir("/remote")) == [("sub", 0x4000), ("there.py", 0x8000)]
import there

assert there.value == 42 and there.__file__ == "/remote/there.py", there.__file__
assert os.path.isdir("sub") and os.path.isfile("there.py") and not os.path.exists("nothing")

for number in range(1, 301):
    with open("log", "a") as f:
        f.write(f"{number}\n")
with open("log") as f:
    assert sum(int(line) for line in f) == 45150
os.chdir("/")
assert "helper.py" in os.listdir(), os.listdir()
print("mounted: all is well")
