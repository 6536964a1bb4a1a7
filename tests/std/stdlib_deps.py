# krait --stdlib FOLDER and krait deps: what Krait lacks of the standard library, and what programs import.
import os
import subprocess
import sys
import tempfile

if sys.implementation.name != "krait":
    sys.exit("only Krait has this")


def write(name, text):
    path = os.path.join(folder, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as f:
        f.write(text)


def run(*args, **env):
    done = subprocess.run([sys.executable, *args], cwd=folder, capture_output=True, text=True, env={**os.environ, **env}, timeout=60)
    print(*args, "->", done.returncode)
    print((done.stdout + done.stderr).replace(folder, "FOLDER").replace(sys.executable, "krait").rstrip())


with tempfile.TemporaryDirectory() as folder:
    folder = os.path.realpath(folder)
    write("library/os.py", "raise SystemExit('never loaded: os is part of Krait')\n")
    write("library/turtle.py", "import json, _tkinter_of_c\n")
    write("library/antigravity.py", "import json, this_too\nwhat = 'flies'\n")
    write("library/this_too.py", "")
    write("main.py", "import json, collections.abc, os.path\nfrom sensors import bme280, read\nimport antigravity\nimport nowhere.at_all\n"
          "try:\n    import fast_one\nexcept ImportError:\n    fast_one = None\nif TYPE_CHECKING:\n    import only_for_checkers\n")
    write("sensors/__init__.py", "from .bus import *\ndef read(): pass\n")
    write("sensors/bme280.py", "from . import bus\nfrom .. import beyond\nimport struct\n")
    write("sensors/bus.py", "import sensors.bme280\n")
    write("good.py", "import time\n")
    write("bad.py", "import time\nimport (\n")
    write("turtles.py", "import turtle\n")

    for args in (("-c", "import antigravity"), ("--stdlib", "library", "-c", "import antigravity, os; print(antigravity.what, os.sep)"),
                 ("--stdlib=library", "--no-stdlib", "-c", "import antigravity"), ("--stdlib", "nowhere", "-c", "1"), ("--stdlib",)):
        run(*args)
    run("-c", "import antigravity; print(antigravity.what)", KRAIT_STDLIB="library")
    run("-E", "-c", "import antigravity", KRAIT_STDLIB="library")
    run("-c", "import no_module_of_python")
    run("--stdlib", "library", "deps", "main.py")
    run("--stdlib", "library", "deps", "turtles.py")
    run("deps", "good.py")
    run("deps", "good.py", "bad.py", "none.py")
    run("deps")
    write("deps", "print('a file of that name comes first')")
    run("deps", "good.py")
