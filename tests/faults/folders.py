"""Folders and copies: listdir, walk, scandir, tempfile, shutil, glob, pathlib."""

import glob
import os
import pathlib
import shutil
import tempfile


def main():
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        for name in ("a/b/c", "a/d"):
            (root / name).mkdir(parents=True)
        (root / "a/b/file").write_text("text\n")
        (root / "a/d/other").write_bytes(b"x" * 5000)
        os.symlink("other", root / "a/d/link")
        print(sorted(os.listdir(root / "a")), sorted(e.name for e in os.scandir(root / "a" / "d")))
        found = []

        def fail(error):
            raise error
        for where, folders, files in os.walk(root, onerror=fail):
            found += [*folders, *files]
        print(sorted(found))
        shutil.copytree(root / "a", root / "copy", symlinks=True)
        print((root / "copy/b/file").read_text(), (root / "copy/d/other").stat().st_size)
        shutil.move(root / "copy", root / "moved")
        shutil.rmtree(root / "moved" / "b")
        print(os.listdir(root / "moved"), sorted(os.listdir(root / "moved/d")))
    with tempfile.NamedTemporaryFile("w+") as file:
        file.write("temporary")
        file.flush()
        file.seek(0)
        print(file.read())
    with tempfile.TemporaryFile() as file:
        file.write(b"temporary")
    with tempfile.SpooledTemporaryFile(max_size=4) as file:
        file.write(b"more than four")
        file.seek(0)
        print(file.read())
