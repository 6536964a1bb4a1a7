"""What machine, system and Python this is."""

import os
import sys
from collections import namedtuple

__version__ = "1.0.8"

_Names = namedtuple("uname_result", "system node release version machine")


class uname_result(_Names):
    """uname(): with processor, which is found when it is asked for."""

    __slots__ = ()

    @property
    def processor(self):
        """The processor's name, or an empty str."""
        return ""

    def __new__(cls, system, node, release, version, machine, *_processor):
        return super().__new__(cls, system, node, release, version, machine)

    def __iter__(self):
        yield from super().__iter__()
        yield self.processor

    def __len__(self):
        return 6

    def __getitem__(self, key):
        return tuple(self)[key]

    def __reduce__(self):
        return uname_result, tuple(self)[:5]


_uname = None


def uname():
    """system, node, release, version, machine, processor."""
    global _uname
    if _uname is None:
        try:
            names = tuple(os.uname())
        except (AttributeError, OSError):
            names = (sys.platform, _read("/proc/sys/kernel/hostname"), _read("/proc/sys/kernel/osrelease"), _read("/proc/sys/kernel/version"), "")
            names = ("Linux" if names[0] == "linux" else names[0], *names[1:])
        _uname = uname_result(*names)
    return _uname


def _read(path):
    try:
        with open(path) as file:
            return file.read().strip()
    except OSError:
        return ""


def system():
    """The system's name: Linux."""
    return uname().system


def node():
    """The machine's name in the network."""
    return uname().node


def release():
    """The system's release."""
    return uname().release


def version():
    """The system's version."""
    return uname().version


def machine():
    """The kind of machine: x86_64."""
    return uname().machine


def processor():
    """The processor's name, or an empty str."""
    return uname().processor


def win32_edition():
    """The edition of Windows: None, this is none."""


def win32_is_iot():
    """Whether this is Windows for the Internet of Things: it is no Windows."""
    return False


def architecture(executable=sys.executable, bits="", linkage=""):
    """(bits of a pointer, kind of executable)."""
    return bits or ("64bit" if sys.maxsize > 2**32 else "32bit"), linkage or "ELF"


def libc_ver(executable=None, lib="", version="", chunksize=16384):
    """(name, version) of the C library that the program says it uses."""
    import re
    try:
        with open(executable or sys.executable, "rb") as file:
            data = file.read()
    except (OSError, TypeError):
        return lib, version
    versions = [tuple(map(int, each.split(b"."))) for each in set(re.findall(rb"GLIBC_([0-9]+(?:\.[0-9]+)+)", data))]
    if versions:
        return "glibc", ".".join(map(str, max(versions)))
    return ("musl", version) if b"musl" in data else (lib, version)


def platform(aliased=False, terse=False):
    """All of it in one word."""
    names = uname()
    kind = "-".join(filter(None, libc_ver()))
    parts = [names.system, names.release] if terse else [names.system, names.release, names.machine]
    if not terse and kind:
        parts += ["with", kind.replace("-", "")]
    elif terse and kind:
        parts += ["with", kind.replace("-", "")]
    text = "-".join(filter(None, parts))
    return "".join("-" if c in ' _/\\:;"()' and c != "_" else c for c in text)


def freedesktop_os_release():
    """The values of /etc/os-release."""
    import shlex
    for path in ("/etc/os-release", "/usr/lib/os-release"):
        try:
            with open(path, encoding="utf-8") as file:
                lines = file.read().splitlines()
        except OSError:
            continue
        info = {"NAME": "Linux", "ID": "linux", "PRETTY_NAME": "Linux"}
        for line in lines:
            name, sign, value = line.partition("=")
            if sign and name.isidentifier() and name.isupper():
                info[name] = "".join(shlex.split(value))
        return info
    from errno import ENOENT
    raise OSError(ENOENT, "Unable to read files /etc/os-release, /usr/lib/os-release")


def python_implementation():
    """Krait."""
    return sys.implementation.name[:1].upper() + sys.implementation.name[1:]


def python_version():
    """The language's version: 3.13.0."""
    return "%d.%d.%d" % sys.version_info[:3] + ("" if sys.version_info[3] == "final" else sys.version_info[3][:1] + str(sys.version_info[4]))


def python_version_tuple():
    """The version's parts as str."""
    return tuple(python_version().split("."))


def python_branch():
    """The branch that it was built from: not known."""
    return ""


def python_revision():
    """The revision that it was built from: not known."""
    return ""


def python_build():
    """(number, date) of the build."""
    import re
    found = re.search(r"\(([^,)]*),?\s*([^)]*)\)", sys.version)
    return (found[1].strip(), found[2].strip()) if found else ("", "")


def python_compiler():
    """The compiler that built it."""
    import re
    found = re.search(r"\[([^\]]*)\]", sys.version)
    return found[1] if found else ""


if __name__ == "__main__":
    print(platform("aliased" in sys.argv or "--aliased" in sys.argv, "terse" in sys.argv or "--terse" in sys.argv))
