"""Comparing files and folders: cmp(), cmpfiles(), dircmp."""

import os
import stat
from types import GenericAlias

__all__ = ["clear_cache", "cmp", "dircmp", "cmpfiles", "DEFAULT_IGNORES"]

DEFAULT_IGNORES = ["RCS", "CVS", "tags", ".git", ".hg", ".bzr", "_darcs", "__pycache__"]
BUFSIZE = 8 * 1024  # bytes that are compared at once
_cache = {}  # (file, file, what their stat says) -> are they equal?


def clear_cache():
    """Forget which files were compared: they may have changed within the resolution of their times."""
    _cache.clear()


def _signature(path):
    s = os.stat(path)
    return stat.S_IFMT(s.st_mode), s.st_size, s.st_mtime


def cmp(f1, f2, shallow=True):
    """Are two files equal? shallow: those whose kind, size and time of change are the same are not read."""
    one, two = _signature(f1), _signature(f2)
    if one[0] != stat.S_IFREG or two[0] != stat.S_IFREG:
        return False
    if shallow and one == two:
        return True
    if one[1] != two[1]:
        return False
    key = f1, f2, one, two
    if key not in _cache:
        if len(_cache) > 100:
            clear_cache()
        _cache[key] = _same_content(f1, f2)
    return _cache[key]


def _same_content(f1, f2):
    with open(f1, "rb") as first, open(f2, "rb") as second:
        while True:
            data = first.read(BUFSIZE)
            if data != second.read(BUFSIZE):
                return False
            if not data:
                return True


def cmpfiles(a, b, common, shallow=True):
    """Files of these names in two folders: (those that are equal, those that differ, those that could not be compared)."""
    found = [], [], []
    for name in common:
        try:
            kind = 0 if cmp(os.path.join(a, name), os.path.join(b, name), shallow) else 1
        except (OSError, ValueError):
            kind = 2
        found[kind].append(name)
    return found


def _kind(path):
    try:
        return stat.S_IFMT(os.stat(path).st_mode)
    except (OSError, ValueError):
        return None


class dircmp:
    """The difference of two folders, found out as it is asked for: left_only, common_files, diff_files, subdirs, ...

    ignore: names that are left out (DEFAULT_IGNORES); hide: likewise ([".", ".."])."""

    def __init__(self, a, b, ignore=None, hide=None, *, shallow=True):
        self.left, self.right = a, b
        self.hide = [os.curdir, os.pardir] if hide is None else hide
        self.ignore = DEFAULT_IGNORES if ignore is None else ignore
        self.shallow = shallow

    def phase0(self):
        """left_list, right_list: what is in the folders."""
        left_out = {*self.hide, *self.ignore}
        self.left_list = sorted(name for name in os.listdir(self.left) if name not in left_out)
        self.right_list = sorted(name for name in os.listdir(self.right) if name not in left_out)

    def phase1(self):
        """common, left_only, right_only: names that both have, or one."""
        left = {os.path.normcase(name): name for name in self.left_list}
        right = {os.path.normcase(name): name for name in self.right_list}
        self.common = [name for key, name in left.items() if key in right]
        self.left_only = [name for key, name in left.items() if key not in right]
        self.right_only = [name for key, name in right.items() if key not in left]

    def phase2(self):
        """common_dirs, common_files, common_funny: what is a folder, a file, or something else or not the same in both."""
        self.common_dirs, self.common_files, self.common_funny = [], [], []
        for name in self.common:
            left, right = (_kind(os.path.join(folder, name)) for folder in (self.left, self.right))
            if left is None or left != right:
                self.common_funny.append(name)
            elif left == stat.S_IFDIR:
                self.common_dirs.append(name)
            elif left == stat.S_IFREG:
                self.common_files.append(name)
            else:
                self.common_funny.append(name)

    def phase3(self):
        """same_files, diff_files, funny_files: the common files, compared."""
        self.same_files, self.diff_files, self.funny_files = cmpfiles(self.left, self.right, self.common_files, self.shallow)

    def phase4(self):
        """subdirs: the common folders, each as an object like this one."""
        self.subdirs = {name: self.__class__(os.path.join(self.left, name), os.path.join(self.right, name), self.ignore, self.hide,
                                             shallow=self.shallow) for name in self.common_dirs}

    def phase4_closure(self):
        """subdirs, and theirs, to the end."""
        for folder in self.subdirs.values():
            folder.phase4_closure()

    def report(self):
        """Print the difference of the two folders."""
        print("diff", self.left, self.right)
        for title, names in (("Only in " + str(self.left), self.left_only), ("Only in " + str(self.right), self.right_only)):
            if names:
                names.sort()
                print(title, ":", names)
        for title, attribute in (("Identical files", "same_files"), ("Differing files", "diff_files"), ("Trouble with common files", "funny_files"),
                                 ("Common subdirectories", "common_dirs"), ("Common funny cases", "common_funny")):
            names = getattr(self, attribute)
            if names:
                names.sort()
                print(title, ":", names)

    def report_partial_closure(self):
        """Print the difference of the two folders, and of the common folders in them."""
        self.report()
        for folder in self.subdirs.values():
            print()
            folder.report()

    def report_full_closure(self):
        """Print the difference of the two folders and of all common folders below."""
        self.report()
        for folder in self.subdirs.values():
            print()
            folder.report_full_closure()

    methodmap = {"left_list": phase0, "right_list": phase0, "common": phase1, "left_only": phase1, "right_only": phase1, "common_dirs": phase2,
                 "common_files": phase2, "common_funny": phase2, "same_files": phase3, "diff_files": phase3, "funny_files": phase3,
                 "subdirs": phase4}

    def __getattr__(self, attr):
        if attr not in self.methodmap:
            raise AttributeError(attr)
        self.methodmap[attr](self)
        return getattr(self, attr)

    __class_getitem__ = classmethod(GenericAlias)


def demo():
    """python -m filecmp [-r] FOLDER FOLDER: print their difference; -r: and that of all below."""
    import getopt
    import sys
    options, folders = getopt.getopt(sys.argv[1:], "r")
    if len(folders) != 2:
        raise getopt.GetoptError("need exactly two args", None)
    difference = dircmp(*folders)
    if options:
        difference.report_full_closure()
    else:
        difference.report()


if __name__ == "__main__":
    demo()
