"""Runs main() of a program while calls of the system fail, then looks for descriptors that are left: _run.py PROGRAM.

What main() prints is compared with a run without failures (run.py). check(), if there is one, looks afterwards whether what was acknowledged is there."""

import gc
import os
import sys
import threading
import time
import warnings

warnings.simplefilter("ignore", ResourceWarning)


def descriptors():
    found = {}
    for name in os.listdir("/proc/self/fd"):
        try:
            found[int(name)] = os.readlink("/proc/self/fd/" + name)
        except OSError:  # the listing's own
            pass
    return found


def switch(how):
    os.path.exists("/faults/" + how)


path = sys.argv[1]
space = {"__name__": "program", "__file__": path}
with open(path) as file:
    code = compile(file.read(), path, "exec")
exec(code, space)
space.get("prepare", lambda: None)()
before = descriptors()
status = 0
switch("on")
try:
    space["main"]()
except BaseException as error:
    switch("off")
    status = 3
    import traceback
    traceback.print_exc()
switch("off")
del space["main"]
end = time.monotonic() + 8
while threading.active_count() > 1 and time.monotonic() < end:
    time.sleep(0.005)
if threading.active_count() > 1:
    print("BAD: threads are left", threading.enumerate())
sys.last_exc = None
for _ in range(3):
    gc.collect()
after = descriptors()
if left := {fd: name for fd, name in after.items() if before.get(fd) != name}:
    print("BAD: descriptors are left", left)
try:
    space.get("check", lambda: None)()
except BaseException as error:
    print("BAD:", type(error).__name__, error)
sys.exit(status)
