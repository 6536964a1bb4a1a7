"""Write tests/conformance/methods.txt: the methods that pass under CPython 3.13, which has to be installed; for where it is not."""

import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
FOLDER = os.path.join(os.path.dirname(HERE), "tests", "conformance")
sys.path.insert(0, FOLDER)
import run

os.makedirs(run.WORK, exist_ok=True)
python, version, _ = run.find_suite()
if not version.startswith("3.13."):
    sys.exit(f"CPython 3.13 with its tests is needed, this is {version}")
lines = [f"# Methods that pass under CPython {version}. Made by tools/conformance_list.py"]
for name in run.module_names():
    lines.append(name)
    lines += [" " + (method.removeprefix(name + ".") if method != name else ".") for method in run.passing(python, version, name)]
with open(os.path.join(FOLDER, "methods.txt"), "w", encoding="utf-8") as file:
    file.write("\n".join(lines) + "\n")
