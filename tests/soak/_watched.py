"""_watched.py MODULE|SCRIPT.py ARGUMENT ... - runs a program that collects its garbage when it gets SIGUSR1, and writes how many bytes are then alive to the
file live.PID of the folder where it was started."""
# SPDX-License-Identifier: MIT
import gc
import os
import runpy
import signal
import sys

_LIVE = os.path.abspath(f"live.{os.getpid()}")


def tell(number: int, frame: object) -> None:
    gc.collect()
    with open(_LIVE + ".new", "w", encoding="ascii") as file:
        file.write(str(gc.mem_alloc()))
    os.rename(_LIVE + ".new", _LIVE)


signal.signal(signal.SIGUSR1, tell)
name = sys.argv[1]
del sys.argv[0]
if name.endswith(".py"):
    sys.path.insert(0, os.path.dirname(name))
    runpy.run_path(name, run_name="__main__")
else:
    runpy.run_module(name, run_name="__main__", alter_sys=True)
