# shutil: copying, moving, removing, looking for programs.
import os
import shutil
import stat


def shown(f, *args, **kwargs):
    try:
        return f(*args, **kwargs)
    except Exception as e:
        return f"{type(e).__name__}: {e}"


def write(path, text="x"):
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    with open(path, "w") as f:
        f.write(text)


def tree(top):
    return sorted((os.path.relpath(os.path.join(here, name), top), os.path.islink(os.path.join(here, name))) for here, dirs, files in os.walk(top) for name in dirs + files)


print("-- files")
write("a", "content")
os.chmod("a", 0o640)
os.utime("a", (1, 2))
print(shutil.copyfile("a", "b"), open("b").read(), shutil.copymode("a", "b"), stat.filemode(os.stat("b").st_mode), shutil.copystat("a", "b"), os.stat("b").st_mtime)
os.mkdir("d")
print(shutil.copy("a", "d"), shutil.copy2("a", "d/c"), os.stat("d/c").st_mtime, shown(shutil.copyfile, "a", "a"), shown(shutil.copyfile, "none", "x"), shown(shutil.copyfile, "a", "d"), shown(shutil.copyfile, "a", "none/x"))
os.symlink("a", "l")
print(shutil.copyfile("l", "l2", follow_symlinks=False), os.readlink("l2"), shutil.copy("l", "l3"), os.path.islink("l3"), shown(shutil.copyfile, "a", "l"))
os.mkfifo("fifo")
print(shown(shutil.copyfile, "fifo", "x"), shown(shutil.copyfile, "a", "fifo"))
with open("a", "rb") as source, open("big", "wb") as target:
    print(shutil.copyfileobj(source, target, 2), target.tell())

print("-- trees")
for name in ("s/1", "s/sub/2", "s/sub/deep/3.pyc", "s/x.py"):
    write(name, name)
os.symlink("1", "s/link")
os.symlink("nowhere", "s/broken")
print(shown(shutil.copytree, "s", "t1"), tree("t1") if os.path.exists("t1") else None)
print(shutil.copytree("s", "t2", symlinks=True), tree("t2"))
print(shutil.copytree("s", "t3", ignore=shutil.ignore_patterns("*.pyc", "link"), ignore_dangling_symlinks=True), tree("t3"))
print(shown(shutil.copytree, "s", "t2"), shutil.copytree("s", "t3", dirs_exist_ok=True, ignore_dangling_symlinks=True), tree("t3"))
seen = []
print(shutil.copytree("s", "t4", copy_function=lambda a, b: seen.append((a, b)), symlinks=True), sorted(seen))
print(shutil.rmtree("t1"), shutil.rmtree("t2"), os.path.exists("t2"), shown(shutil.rmtree, "none"), shutil.rmtree("none", ignore_errors=True), shown(shutil.rmtree, "a"), shown(shutil.rmtree, "s/link"))
calls = []
shutil.rmtree("none", onexc=lambda function, path, e: calls.append((function.__name__, path, type(e).__name__)))
shutil.rmtree("none", onerror=lambda function, path, info: calls.append((function.__name__, path, info[0].__name__)))
print(calls, shutil.rmtree.avoids_symlink_attacks)
fd = os.open("t3", os.O_RDONLY)
print(shutil.rmtree("sub", dir_fd=fd), sorted(os.listdir("t3")), os.close(fd))

print("-- moving")
print(shutil.move("b", "moved"), shutil.move("moved", "d"), os.path.exists("d/moved"), shown(shutil.move, "a", "d"), shutil.move("t3", "d/t"), sorted(os.listdir("d/t")), shown(shutil.move, "d", "d/inside"), shown(shutil.move, "none", "x"))
print(shutil.move("l3", "d/link"), shutil._destinsrc("d", "d/x"), shutil._destinsrc("d", "dx"))

print("-- the system")
usage = shutil.disk_usage(".")
print(usage.total > 0, usage.total >= usage.used, type(usage).__name__, shutil.which("sh") is not None, shutil.which("no-such-program"), shutil.which("a"), shutil.which("./a", mode=os.F_OK), shutil.which("sh", path="/nowhere"), type(shutil.which(b"sh")).__name__)
os.environ["COLUMNS"], os.environ["LINES"] = "123", "45"
print(shutil.get_terminal_size(), shown(shutil.chown, "a"), shown(shutil.chown, "a", user="nobody-at-all"), shown(shutil.chown, "a", group="nobody-at-all"), shutil.chown("a", os.getuid(), os.getgid()))
print([name for name, _ in shutil.get_archive_formats() if name in ("tar", "zip")], [(n, e) for n, e, _ in shutil.get_unpack_formats() if n in ("tar", "zip")], shown(shutil.make_archive, "x", "q"), shown(shutil.unpack_archive, "x.q"), shown(shutil.unpack_archive, "x", format="q"))
shutil.register_archive_format("mine", lambda name, folder, **more: (name, folder, sorted(more)), [("n", 7)], "what I make")
print(shutil.make_archive("out", "mine", base_dir="d")[1:], ("mine", "what I make") in shutil.get_archive_formats(), shutil.unregister_archive_format("mine"), shown(shutil.register_archive_format, "x", 7), shown(shutil.register_unpack_format, "x", [".zip"], print))
print(issubclass(shutil.SameFileError, shutil.Error), issubclass(shutil.Error, OSError), issubclass(shutil.SpecialFileError, OSError), issubclass(shutil.ReadError, OSError), shutil.RegistryError.__mro__[1].__name__)
