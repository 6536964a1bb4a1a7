# The mimetypes module: kinds of files by their names.
import io
import mimetypes
import pathlib
import tempfile

mimetypes.init([])
mimetypes.knownfiles.clear()
mimetypes._db = None
mimetypes._default_mime_types()
mimetypes.init()
for name in ["a.py", "a.tar.gz", "a.tgz", "http://x/y.html?z", "data:,abc", "data:text/plain;base64,xx", "data:image/png,xx", "data:foo",
             "data:;charset=x,yy", "data:image/png", "data:text/html;a,b", "a.GZ", "a.svgz", "a.Z", "", ".gz", "a.jpg", "a.JPG",
             "file:///a/b.tar.bz2", "a.unknown", "x.tar.unknown", "//share/a.txt", "c:\\a.txt", "foo:bar.txt", "a.rtf", "a.html#x.png"]:
    print(repr(name), mimetypes.guess_type(name), mimetypes.guess_type(name, strict=False))
print(mimetypes.guess_type(pathlib.Path("a.txt")), mimetypes.guess_file_type("a/b.c/d"), mimetypes.guess_file_type(pathlib.Path("x.tar.xz")))
print(mimetypes.guess_all_extensions("text/plain"), mimetypes.guess_extension("TEXT/HTML"), mimetypes.guess_extension("x/y"))
print(mimetypes.guess_extension("image/jpg"), mimetypes.guess_extension("image/jpg", strict=False))
print(sorted(mimetypes.types_map.items()))
print(sorted(mimetypes.common_types.items()), mimetypes.suffix_map, mimetypes.encodings_map)
m = mimetypes.MimeTypes()
print([len(x) for x in m.types_map], [len(x) for x in m.types_map_inv])
print(sorted((kind, found) for kind, found in m.types_map_inv[True].items() if len(found) > 1))
m.add_type("x/y", ".foo")
m.add_type("x/z", ".bar", strict=False)
print(m.guess_type("q.foo"), m.guess_type("q.bar"), m.guess_type("q.bar", strict=False), m.guess_all_extensions("x/z", strict=False),
      m.guess_extension("x/z"))
m.readfp(io.StringIO("# c\na/b ext1 ext2 # c\n\nc/d\n e/f  x\n"))
print(m.guess_type("q.ext2"), m.guess_type("q.x"), m.guess_type("q.ext1.gz"))
with tempfile.NamedTemporaryFile("w") as file:
    file.write("own/type own\n")
    file.flush()
    print(mimetypes.read_mime_types(file.name)[".own"], mimetypes.read_mime_types(file.name + "x"))
    mimetypes.init([file.name])
    print(mimetypes.guess_type("a.own"), mimetypes.MimeTypes([file.name]).guess_type("a.own"))
try:
    mimetypes.guess_type(None)
except TypeError as e:
    print(e)
