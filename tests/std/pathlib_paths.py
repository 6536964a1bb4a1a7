# pathlib: paths as texts, and what they do to files.
import os
import pathlib
import pickle
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath


def shown(f, *args, **kwargs):
    try:
        return f(*args, **kwargs)
    except Exception as e:
        return f"{type(e).__name__}: {e}"


print("-- parts")
for text in ("", ".", "a", "/", "//", "///a", "a/b", "a//b/./c/", "/a/../b", "a.tar.gz", ".hidden", "x.", "..", "~/f", "/a/b.c/d.e.f"):
    p = PurePosixPath(text)
    print(repr(text), p, repr(p), p.parts, repr(p.drive), repr(p.root), repr(p.anchor), repr(p.name), repr(p.stem), repr(p.suffix), p.suffixes, p.parent, len(p.parents), p.is_absolute())
for text in ("", "C:", "C:\\", "c:/a/b", "\\\\server\\share\\x", "a\\b", "\\a", "C:a", "//?/C:/x", "CON", "a:b"):
    p = PureWindowsPath(text)
    print(repr(text), p, repr(p), p.parts, repr(p.drive), repr(p.root), repr(p.name), p.parent, p.is_absolute(), p.as_posix())

print("-- making others")
p = PurePosixPath("/a/b.txt")
print(p / "c", "x" / PurePosixPath("y"), p.joinpath("q", "r"), p / "/abs", p.with_name("z"), p.with_stem("s"), p.with_suffix(".py"), p.with_suffix(""), p.with_segments("n"))
print(p.relative_to("/"), p.relative_to("/a"), p.relative_to("/x/y", walk_up=True), p.is_relative_to("/a"), p.is_relative_to("/z"), list(p.parents), p.parents[-1], p.parents[0:1])
for f in (lambda: p.with_name(""), lambda: p.with_name("a/b"), lambda: PurePosixPath("").with_name("x"), lambda: p.with_suffix("x"), lambda: p.with_suffix("."), lambda: p.relative_to("b"),
          lambda: p.relative_to("/x"), lambda: p / 7, lambda: PurePosixPath(7), lambda: PurePosixPath(b"x"), lambda: p.parents[9], lambda: p.match(""), lambda: p.relative_to("/a/../b", walk_up=True)):
    print(shown(f))
print(p == PurePosixPath("/a//b.txt"), p == PureWindowsPath("/a/b.txt"), p < PurePosixPath("/b"), hash(p) == hash(PurePosixPath("/a/b.txt")), PureWindowsPath("A") == PureWindowsPath("a"),
      shown(lambda: p < PureWindowsPath("x")), sorted([PurePosixPath("b"), PurePosixPath("a/c"), PurePosixPath("a")]))
print(os.fspath(p), bytes(p), str(p), p.as_uri(), PureWindowsPath("C:/a b").as_uri(), shown(PurePosixPath("a").as_uri), pickle.loads(pickle.dumps(p)), type(PurePath("x")).__name__)

print("-- patterns")
for path, pattern in (("a/b.py", "*.py"), ("a/b.py", "a/*.py"), ("/a/b.py", "/*.py"), ("a/b/c.py", "**/*.py"), ("a.PY", "*.py"), ("a/b", "b"), ("a/b", "a"), ("/a/b", "/**"), ("a/b/c", "a/**"), ("a", "a/**"), ("b/a", "**/a")):
    p = PurePosixPath(path)
    print(path, pattern, p.match(pattern), p.full_match(pattern), p.match(pattern, case_sensitive=False))

print("-- files")
base = Path("base")
base.mkdir()
f = base / "f.txt"
print(f.exists(), f.write_text("h\xe9\n", encoding="utf-8"), f.read_text(encoding="utf-8").encode(), f.read_bytes(), f.write_bytes(b"xyz"), f.stat().st_size, f.is_file(), f.is_dir(), f.is_symlink())
(base / "sub" / "deep").mkdir(parents=True)
(base / "sub" / "g.txt").touch()
(base / "sub" / "deep" / "h.py").touch()
(base / ".dot").touch()
(base / "link").symlink_to("sub")
print(sorted(str(p) for p in base.iterdir()), (base / "link").readlink(), (base / "link").is_symlink(), (base / "link").is_dir(), (base / "link").resolve().name, (base / "link").lstat().st_size)
for pattern in ("*", "*.txt", "**", "**/", "**/*.txt", "*/", "sub/*", "sub/../f.txt", "nothing", "**/deep", "[fg]*", "f.txt", "*/g.txt"):
    print(pattern, sorted(str(p) for p in base.glob(pattern)), sorted(str(p) for p in base.rglob(pattern)), sorted(str(p) for p in base.glob(pattern, recurse_symlinks=True)))
print(shown(lambda: list(base.glob(""))), shown(lambda: list(base.glob("/x"))), sorted(map(str, base.glob("*.TXT", case_sensitive=False))))
for top_down in (True, False):
    print([(str(root), sorted(dirs), sorted(files)) for root, dirs, files in base.walk(top_down)])
print(shown(base.mkdir), base.mkdir(exist_ok=True), shown((base / "x/y").mkdir), shown((base / "none").unlink), (base / "none").unlink(missing_ok=True), shown(base.rmdir), shown((base / "none").stat))
g = f.rename(base / "g.txt")
print(g, f.exists(), g.replace(f), f.exists(), (base / "hard").hardlink_to(f), f.samefile(base / "hard"), f.chmod(0o600), oct(f.stat().st_mode), (base / "hard").unlink(), f.owner() == f.owner(), shown(f.touch, exist_ok=False))
with f.open("a") as out:
    print(out.write("!"), out.name)
print(f.read_text(), f.absolute() == Path.cwd() / f, Path("a/../b").absolute().parts[-3:], Path("~").expanduser() == Path.home(), Path("base/../base/f.txt").resolve() == f.resolve(), shown(Path("none").resolve, strict=True) != "", Path(".").exists())
print(f.is_mount(), f.is_fifo(), f.is_socket(), f.is_block_device(), f.is_char_device(), Path("/dev/null").is_char_device(), f.is_junction(), Path.from_uri("file:///a%20b"), shown(Path.from_uri, "x"), shown(pathlib.WindowsPath, "x"), shown(f.write_text, b""))
