"""What CPython's tests need of test.support.os_helper."""

import os
import sys
import unittest

TESTFN_ASCII = f"@test_{os.getpid()}_tmp"
TESTFN = TESTFN_ASCII
TESTFN_UNICODE = TESTFN_ASCII + "-\xe0\xf2\u0258\u0141\u011f"
TESTFN_UNENCODABLE = TESTFN_UNDECODABLE = None
SAVEDCWD = os.getcwd()


def unlink(filename):
    """Remove the file, if it is there."""
    try:
        os.unlink(filename)
    except (FileNotFoundError, NotADirectoryError):
        pass


def rmdir(dirname):
    """Remove the folder, if it is there."""
    try:
        os.rmdir(dirname)
    except FileNotFoundError:
        pass


def rmtree(path):
    """Remove the folder with all that is in it, if it is there."""
    if not os.path.isdir(path) or os.path.islink(path):
        unlink(path)
        return
    for name in os.listdir(path):
        rmtree(os.path.join(path, name))
    os.rmdir(path)


def make_bad_fd():
    """The number of a file that is closed."""
    with open(TESTFN, "wb") as file:
        number = file.fileno()
    unlink(TESTFN)
    return number


def create_empty_file(filename):
    with open(filename, "wb"):
        pass


class change_cwd:
    """The folder is the current one."""

    def __init__(self, path, quiet=False):
        self.path, self.quiet = path, quiet

    def __enter__(self):
        self.before = os.getcwd()
        try:
            os.chdir(os.path.realpath(self.path))
        except OSError:
            if not self.quiet:
                raise
        return os.getcwd()

    def __exit__(self, *info):
        os.chdir(self.before)


class temp_dir:
    """A new folder, removed at the end."""

    def __init__(self, path=None, quiet=False):
        self.path, self.quiet = path, quiet

    def __enter__(self):
        if self.path is None:
            self.path = os.path.join(os.environ.get("TMPDIR", "/tmp"), f"krait-test-{os.getpid()}-{id(self):x}")
        self.path = os.path.realpath(self.path)
        os.mkdir(self.path)
        return self.path

    def __exit__(self, *info):
        rmtree(self.path)


class temp_cwd:
    """A new folder, the current one, removed at the end."""

    def __init__(self, name="tempcwd", quiet=False):
        self.folder = temp_dir(name, quiet)

    def __enter__(self):
        self.change = change_cwd(self.folder.__enter__())
        return self.change.__enter__()

    def __exit__(self, *info):
        self.change.__exit__(*info)
        self.folder.__exit__(*info)


class EnvironmentVarGuard:
    """The environment's variables, put back at the end."""

    def __init__(self):
        self._environ = os.environ
        self._changed = {}

    def __getitem__(self, name):
        return self._environ[name]

    def __contains__(self, name):
        return name in self._environ

    def _remember(self, name):
        self._changed.setdefault(name, self._environ.get(name))

    def __setitem__(self, name, value):
        self._remember(name)
        self._environ[name] = value

    def __delitem__(self, name):
        self._remember(name)
        self._environ.pop(name, None)

    def set(self, name, value):
        self[name] = value

    def clear(self):
        for name in list(self._environ):
            del self[name]

    def copy(self):
        return dict(self._environ)

    def pop(self, name, *default):
        self._remember(name)
        return self._environ.pop(name, *default)

    def unset(self, name, /, *names):
        for each in (name, *names):
            del self[each]

    def __enter__(self):
        return self

    def __exit__(self, *info):
        for name, value in self._changed.items():
            if value is None:
                self._environ.pop(name, None)
            else:
                self._environ[name] = value


class FakePath:
    """Something with __fspath__."""

    def __init__(self, path):
        self.path = path

    def __repr__(self):
        return f"<FakePath {self.path!r}>"

    def __fspath__(self):
        if isinstance(self.path, BaseException) or isinstance(self.path, type) and issubclass(self.path, BaseException):
            raise self.path
        return self.path


def can_symlink():
    return hasattr(os, "symlink")


skip_unless_symlink = unittest.skipUnless(can_symlink(), "Requires functional symlink implementation")


FS_NONASCII = "\xe6"
TESTFN_NONASCII = TESTFN_ASCII + FS_NONASCII
TESTFN_UNDECODABLE = os.fsencode(TESTFN_ASCII) + b"-\xff"


def can_hardlink():
    return hasattr(os, "link")


skip_unless_hardlink = unittest.skipUnless(can_hardlink(), "requires hardlink support")


def can_chmod():
    return hasattr(os, "chmod")


skip_unless_working_chmod = unittest.skipUnless(can_chmod(), "requires working os.chmod()")


def can_dac_override():
    """May this process read and write whatever the rights of a file say?"""
    return os.geteuid() == 0


skip_if_dac_override = unittest.skipIf(can_dac_override(), "incompatible with CAP_DAC_OVERRIDE")
skip_unless_dac_override = unittest.skipUnless(can_dac_override(), "requires CAP_DAC_OVERRIDE")


def can_xattr():
    """Do files have extended attributes here?"""
    path = TESTFN + "-xattr"
    create_empty_file(path)
    try:
        os.setxattr(path, b"user.test", b"")
        return True
    except (AttributeError, OSError):
        return False
    finally:
        unlink(path)


skip_unless_xattr = unittest.skipUnless(can_xattr(), "no non-broken extended attribute support")


class open_dir_fd:
    """The number of an open folder."""

    def __init__(self, path):
        self.path = path

    def __enter__(self):
        self.fd = os.open(self.path, os.O_RDONLY)
        return self.fd

    def __exit__(self, *info):
        os.close(self.fd)


class temp_umask:
    """Another umask for a while."""

    def __init__(self, mask):
        self.mask = mask

    def __enter__(self):
        self.before = os.umask(self.mask)

    def __exit__(self, *info):
        os.umask(self.before)


def subst_drive(path):
    raise unittest.SkipTest("drives are Windows'")


def _longpath(path):
    return path
