# os: files, folders, descriptors, links, times; and the errors of each.
import os
import stat
import sys


def shown(f, *args, **kwargs):
    try:
        return f(*args, **kwargs)
    except Exception as e:
        return f"{type(e).__name__}: {e}"


print("-- descriptors")
fd = os.open("a.txt", os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o640)
print(os.write(fd, b"hello world"), os.lseek(fd, 0, os.SEEK_SET), os.read(fd, 5), os.pread(fd, 3, 6), os.pwrite(fd, b"W", 6), os.get_inheritable(fd))
print(os.set_inheritable(fd, True), os.get_inheritable(fd), os.get_blocking(fd), os.set_blocking(fd, False), os.get_blocking(fd))
buffers = [bytearray(3), bytearray(4)]
print(os.lseek(fd, 0, 0), os.readv(fd, buffers), buffers, os.preadv(fd, buffers, 4), buffers, os.writev(fd, [b"12", b"34"]), os.pwritev(fd, [b"x"], 0))
print(os.ftruncate(fd, 5), os.fstat(fd).st_size, os.fsync(fd), os.fdatasync(fd), os.isatty(fd), shown(os.ttyname, fd), shown(os.get_terminal_size, fd))
other = os.dup(fd)
print(os.get_inheritable(other), os.dup2(fd, other) == other, os.get_inheritable(other), os.dup2(fd, other, inheritable=False) == other, os.get_inheritable(other))
print(os.close(other), shown(os.close, other), shown(os.read, other, 1), shown(os.dup, -1), shown(os.fsync, "x"), shown(os.fstat, -1))
os.close(fd)
r, w = os.pipe()
print(os.get_inheritable(r), os.write(w, b"pipe"), os.read(r, 10), os.close(w), os.read(r, 1), os.close(r), shown(os.write, r, b""))
print(shown(os.open, "nowhere/x", os.O_RDONLY), shown(os.open, "a.txt", os.O_CREAT | os.O_EXCL), shown(os.open, "x\0", 0), shown(os.open, 7, 0))
e = os.eventfd(3)
print(os.eventfd_write(e, 4), os.eventfd_read(e), os.close(e))
with open("a.txt", "rb") as source, open("b.txt", "wb") as target:
    print(os.sendfile(target.fileno(), source.fileno(), 0, 100), os.copy_file_range(source.fileno(), target.fileno(), 2, 0))
print(open("b.txt").read())

print("-- stat")
st = os.stat("a.txt")
print(stat.filemode(st.st_mode), st.st_size, st.st_nlink, len(st), st.n_fields, st.n_sequence_fields, st.n_unnamed_fields, st[6], st.st_mtime_ns // 10**9 == st[8])
os.utime("a.txt", (1, 2.5))
print(os.stat("a.txt").st_atime, os.stat("a.txt").st_mtime, os.stat("a.txt").st_mtime_ns)
os.utime("a.txt", ns=(5, 1234567890123456789))
print(os.stat("a.txt").st_atime_ns, os.stat("a.txt").st_mtime_ns, shown(os.utime, "a.txt", (1,)), shown(os.utime, "a.txt", (1, 2), ns=(1, 2)), shown(os.utime, "nowhere"))
print(os.chmod("a.txt", 0o600), stat.filemode(os.stat("a.txt").st_mode), os.access("a.txt", os.R_OK | os.W_OK), os.access("nowhere", os.F_OK), os.truncate("a.txt", 2), os.stat("a.txt").st_size)
made = os.stat_result(range(10))
print(made, made.st_mode, made.st_atime, made.st_blksize, shown(os.stat_result, range(9)), shown(setattr, made, "st_mode", 1))
print(shown(os.stat, "nowhere"), shown(os.stat, "a\0"), shown(os.stat, 1.5), shown(os.lstat, 1), shown(os.stat, b"nowhere"))
print(type(os.statvfs(".")).__name__, os.statvfs(".").f_namemax, len(os.statvfs(".")), shown(os.statvfs, "nowhere"))

print("-- links and names")
os.symlink("a.txt", "link")
print(os.readlink("link"), os.readlink(b"link"), os.lstat("link").st_size, stat.S_ISLNK(os.lstat("link").st_mode), shown(os.readlink, "a.txt"), shown(os.symlink, "a.txt", "link"))
print(os.link("a.txt", "hard"), os.stat("hard").st_nlink, os.path.samefile("hard", "a.txt"), os.unlink("hard"), shown(os.unlink, "hard"), shown(os.link, "nowhere", "x"))
print(os.rename("b.txt", "c.txt"), os.replace("c.txt", "d.txt"), shown(os.rename, "c.txt", "e.txt"), shown(os.rename, "a\0", "b"), os.remove("d.txt"))
print(os.mkfifo("fifo"), stat.S_ISFIFO(os.stat("fifo").st_mode), os.unlink("fifo"), shown(os.mkfifo, "a.txt"))
print(os.makedirs("x/y/z"), shown(os.makedirs, "x/y/z"), os.makedirs("x/y/z", exist_ok=True), shown(os.mkdir, "x"), shown(os.rmdir, "x"), os.removedirs("x/y/z"), os.path.exists("x"))
print(os.mkdir("folder", 0o700), stat.filemode(os.stat("folder").st_mode), os.listdir("folder"), sorted(os.listdir()), shown(os.listdir, "nowhere"), shown(os.listdir, "a.txt"))

print("-- below an open folder")
open("folder/in", "w").close()
os.mkdir("folder/sub")
d = os.open("folder", os.O_RDONLY | os.O_DIRECTORY)
print(sorted(os.listdir(d)), os.stat("in", dir_fd=d).st_size, os.rename("in", "out", src_dir_fd=d, dst_dir_fd=d), os.mkdir("new", dir_fd=d), sorted(os.listdir("folder")))
f = os.open("file", os.O_CREAT | os.O_WRONLY, dir_fd=d)
print(os.write(f, b"xyz"), os.close(f), os.stat("folder/file").st_size, os.symlink("file", "l", dir_fd=d), os.readlink("l", dir_fd=d), os.access("l", os.R_OK, dir_fd=d))
print(os.unlink("file", dir_fd=d), os.unlink("l", dir_fd=d), os.rmdir("new", dir_fd=d), shown(os.stat, "gone", dir_fd=d), shown(os.stat, "x", dir_fd="y"))
print([(e.name, e.path, e.is_dir(), e.is_file(), e.is_symlink()) for e in sorted(os.scandir("folder"), key=lambda e: e.name)])
with os.scandir(d) as entries:
    for entry in sorted(entries, key=lambda e: e.name):
        print(entry, entry.path, entry.inode() == entry.stat().st_ino, os.fspath(entry), entry.is_junction())
here = os.getcwd()
print(os.fchdir(d), os.path.basename(os.getcwd()), os.chdir(here), os.close(d), shown(os.chdir, "nowhere"), isinstance(os.getcwdb(), bytes))

print("-- trees")
for name in ("t/a/1", "t/a/2", "t/b/c/3", "t/4"):
    os.makedirs(os.path.dirname(name), exist_ok=True)
    open(name, "w").close()
os.symlink("a", "t/la")
for topdown in (True, False):
    print([(top, sorted(dirs), sorted(files)) for top, dirs, files in sorted(os.walk("t", topdown))])
    print([(top, sorted(dirs), sorted(files), type(fd).__name__) for top, dirs, files, fd in sorted(os.fwalk("t", topdown))])
print(sorted(top for top, _, _ in os.walk("t", followlinks=True)), list(os.walk("nowhere")), list(os.walk(b"t/a"))[0][0])
errors = []
print(list(os.walk("nowhere", onerror=errors.append)), [str(e) for e in errors])

print("-- names of things")
print(os.fsencode("a\udcff"), ascii(os.fsdecode(b"a\xff")), os.fspath("x"), shown(os.fspath, 7), os.sep, os.linesep.encode(), os.devnull, os.curdir, os.pathsep, os.name)
os.environ["KRAIT_TEST"] = "v\xe4lue"
print(os.environ["KRAIT_TEST"].encode(), os.environb[b"KRAIT_TEST"], os.getenv("KRAIT_TEST") is not None, os.getenv("KRAIT_NONE", 7), shown(lambda: os.environ["KRAIT_NONE"]))
del os.environ["KRAIT_TEST"]
print("KRAIT_TEST" in os.environ, shown(os.putenv, "a=b", "x"), shown(os.environ.__setitem__, "a", 7), os.strerror(2), os.get_exec_path({"PATH": "/a:/b"}))
print(os.umask(0o22) >= 0, os.umask(0o22), os.sysconf("SC_PAGESIZE") > 0, shown(os.sysconf, "SC_NOTHING"), os.pathconf(".", "PC_NAME_MAX"), os.major(os.makedev(3, 4)), os.minor(os.makedev(3, 4)))
print(sorted(f.__name__ for f in os.supports_dir_fd), sorted(f.__name__ for f in os.supports_fd), sorted(f.__name__ for f in os.supports_follow_symlinks))
