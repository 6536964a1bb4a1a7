# compile_all.py - code files of all programs in some folders:  krait compile_all.py OUT FOLDER ...
import os
import py_compile
import sys

out = sys.argv[1]
for folder in sys.argv[2:]:
    for name in sorted(os.listdir(folder)):
        if name.endswith(".py") and not name.startswith("_"):
            py_compile.compile(folder + "/" + name, out + "/" + folder.replace("/", "-") + "-" + name[:-3] + ".krc")
