"""Specs of modules that are in the image."""
import importlib.util
import runpy
import sys

for name in ("bisect", "json", "collections.abc", "math", "nothing", "json.nothing"):
    spec = importlib.util.find_spec(name)
    print(name, spec and (spec.name, spec.parent, spec.submodule_search_locations is not None))
print("bisect" in sys.modules)
spec = importlib.util.find_spec("math")
print(importlib.util.module_from_spec(spec).floor(2.5))
for call in (lambda: importlib.util.find_spec("math.none"), lambda: runpy.run_module("math")):
    try:
        call()
    except ImportError as error:
        print(type(error).__name__)
