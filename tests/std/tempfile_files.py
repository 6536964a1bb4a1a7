# Files and folders for a while.
import os
import tempfile

with tempfile.TemporaryDirectory(prefix="krait", suffix=".d") as folder:
    name = os.path.basename(folder)
    print(name.startswith("krait"), name.endswith(".d"), len(name), oct(os.stat(folder).st_mode))
    fd, path = tempfile.mkstemp(dir=folder, suffix=".x")
    print(os.path.dirname(path) == folder, oct(os.stat(path).st_mode), os.write(fd, b"abc"))
    os.close(fd)
    with tempfile.NamedTemporaryFile("w+", dir=folder, encoding="utf-8") as file:
        file.write("text\n")
        file.flush()
        file.seek(0)
        print(list(file), os.path.exists(file.name))
    print(os.path.exists(file.name))
    file = tempfile.NamedTemporaryFile(dir=folder, delete=False)
    file.close()
    print(os.path.exists(file.name))
    with tempfile.TemporaryFile(dir=folder) as file:
        file.write(b"bytes")
        file.seek(0)
        print(file.read())
    sub = tempfile.mkdtemp(dir=folder)
    open(os.path.join(sub, "f"), "w").close()
    print(sorted(map(os.path.isdir, (os.path.join(folder, n) for n in os.listdir(folder)))))
    print(type(tempfile.mkdtemp(dir=os.fsencode(folder))).__name__, os.path.exists(tempfile.mktemp(dir=folder)))
    try:
        tempfile.mkstemp(suffix=b"x", dir=folder)
    except TypeError as e:
        print(e)
print(os.path.exists(folder), tempfile.gettempprefix(), os.path.isdir(tempfile.gettempdir()))
