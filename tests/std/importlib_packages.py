# Packages in a folder, in a zip file and in a wheel: they import, importlib.metadata and importlib.resources know them.
import importlib
import os
import sys
import zipfile
from importlib import metadata, resources

METADATA = """Metadata-Version: 2.1
Name: Demo_Tools
Version: 1.2.3
Summary: tools
Classifier: A
Classifier: B
Requires-Dist: other (>=1)
Requires-Dist: more ; extra == "x"
Provides-Extra: x

The words.
Two lines.
"""
POINTS = """[demo_scripts]
demo = demo.cli:main
two=demo.cli:Obj.method [x,y]
# comment
[plugins]
json = json
"""
FILES = {"demo/__init__.py": "value = 1\n", "demo/cli.py": "def main(): return 'main'\nclass Obj:\n    def method(): return 'method'\n",
         "demo/data/text.txt": "text \u00fc\n", "demo/top.bin": "\0\1", "Demo_Tools-1.2.3.dist-info/METADATA": METADATA,
         "Demo_Tools-1.2.3.dist-info/entry_points.txt": POINTS,
         "Demo_Tools-1.2.3.dist-info/RECORD": "demo/__init__.py,sha256=abc,10\ndemo/cli.py,,\nDemo_Tools-1.2.3.dist-info/RECORD,,\n"}
EGG = {"egg.py": "", "Egg-0.5.egg-info/PKG-INFO": "Name: Egg\nVersion: 0.5\n", "Egg-0.5.egg-info/requires.txt": "plain\n\n[dev]\npytest>1\n\n[:os_name=='nt']\nwin\n[a:b<1]\nz @ u\n",
       "Egg-0.5.egg-info/top_level.txt": "egg\n", "Egg-0.5.egg-info/SOURCES.txt": "egg.py\ngone.py\n"}


def write(root, files):
    for name, text in files.items():
        os.makedirs(os.path.dirname(os.path.join(root, name)), exist_ok=True)
        with open(os.path.join(root, name), "w", encoding="utf-8") as file:
            file.write(text)


def pack(name, files):
    with zipfile.ZipFile(name, "w") as archive:
        for path, text in files.items():
            archive.writestr(path, text)


def show():
    importlib.invalidate_caches()
    print(metadata.version("demo-tools"), metadata.version("DEMO.tools"), metadata.requires("demo_tools"))
    about = metadata.metadata("demo-tools")
    print(about["summary"], about.get_all("classifier"), "Name" in about, about.get("nothing", 5), about.json)
    points = metadata.entry_points(group="demo_scripts")
    print([(p.name, p.module, p.attr, p.extras, p.load()(), p.dist.name) for p in points], points["demo"].value, sorted(points.names))
    print(metadata.entry_points().groups >= {"plugins"}, metadata.entry_points(name="json", group="plugins"))
    print([(str(f), f.hash, f.size, f.locate().exists()) for f in metadata.files("demo-tools")])
    print(metadata.packages_distributions()["demo"])
    import demo
    folder = resources.files("demo")
    print((folder / "data" / "text.txt").read_text(encoding="utf-8"), (folder / "top.bin").read_bytes(), sorted(p.name for p in folder.iterdir() if p.name[0] != "_"))
    print(resources.read_text(demo, "data", "text.txt", encoding="utf-8"), resources.is_resource("demo", "top.bin"), resources.is_resource("demo", "data"))
    with resources.as_file(folder / "top.bin") as path, resources.open_binary("demo.cli", "top.bin") as stream:
        print(path.read_bytes(), stream.read())
    for call in lambda: metadata.version("nothing"), lambda: metadata.version(""), lambda: resources.read_text("demo", "none"), lambda: points["none"]:
        try:
            print(call())
        except Exception as e:
            print(type(e).__name__, str(e) if "metadata" in str(e) or "name" in str(e) else "")
    for name in [name for name in sys.modules if name.partition(".")[0] == "demo"]:
        del sys.modules[name]


write("folder", FILES)
pack("demo.zip", FILES)
pack("demo_tools-1.2.3-py3-none-any.whl", FILES)
for place in "folder", "demo.zip", "demo_tools-1.2.3-py3-none-any.whl":
    sys.path.insert(0, os.path.abspath(place))
    show()
    del sys.path[0]
write("eggs", EGG)
sys.path.insert(0, os.path.abspath("eggs"))
egg = metadata.distribution("egg")
print(egg.version, egg.requires, [str(f) for f in egg.files], egg.entry_points, metadata.packages_distributions()["egg"], egg.origin)
print([d.name for d in metadata.distributions(path=["eggs", "folder"])], metadata.Distribution.at("eggs/Egg-0.5.egg-info").name)
