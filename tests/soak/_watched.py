"""_watched.py MODULE|SCRIPT.py ARGUMENT ... - runs a program that collects its garbage when it gets SIGUSR1, so that its memory can be read."""
# SPDX-License-Identifier: MIT
import gc
import os
import runpy
import signal
import sys

signal.signal(signal.SIGUSR1, lambda number, frame: gc.collect())
name = sys.argv[1]
del sys.argv[0]
if name.endswith(".py"):
    sys.path.insert(0, os.path.dirname(name))
    runpy.run_path(name, run_name="__main__")
else:
    runpy.run_module(name, run_name="__main__", alter_sys=True)
