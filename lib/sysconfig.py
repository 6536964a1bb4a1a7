"""How this Python was made and where its files are. Krait is one program: the folders are those where packages would be put."""

import os
import sys

__all__ = ["get_config_h_filename", "get_config_var", "get_config_vars", "get_makefile_filename", "get_path", "get_path_names", "get_paths",
           "get_platform", "get_python_version", "get_scheme_names", "parse_config_h"]

_VERSION = "%d.%d" % sys.version_info[:2]
_NAMES = ("stdlib", "platstdlib", "purelib", "platlib", "include", "platinclude", "scripts", "data")
_SCHEMES = {
    "posix_prefix": ("{base}/lib/krait{version}", "{base}/lib/krait{version}", "{base}/lib/krait{version}/site-packages",
                     "{base}/lib/krait{version}/site-packages", "{base}/include/krait{version}", "{base}/include/krait{version}", "{base}/bin", "{base}"),
    "posix_user": ("{userbase}/lib/krait{version}", "{userbase}/lib/krait{version}", "{userbase}/lib/krait{version}/site-packages",
                   "{userbase}/lib/krait{version}/site-packages", "{userbase}/include/krait{version}", "{userbase}/include/krait{version}",
                   "{userbase}/bin", "{userbase}"),
    "posix_home": ("{base}/lib/krait", "{base}/lib/krait", "{base}/lib/krait", "{base}/lib/krait", "{base}/include/krait", "{base}/include/krait",
                   "{base}/bin", "{base}"),
}
_SCHEMES["venv"] = _SCHEMES["posix_venv"] = _SCHEMES["posix_prefix"]
_vars = None


def get_scheme_names():
    """Return the names of the ways to lay out folders."""
    return tuple(sorted(_SCHEMES))


def get_default_scheme():
    """Return the name of the usual one."""
    return "posix_prefix"


def get_preferred_scheme(key):
    """Return the scheme for 'prefix', 'home' or 'user'."""
    if key not in ("prefix", "home", "user"):
        raise ValueError(f"'posix_{key}' returned by 'get_preferred_scheme' is not a valid scheme on this platform")
    return "posix_" + key


def get_path_names():
    """Return the names of the folders of a scheme."""
    return _NAMES


def get_paths(scheme="posix_prefix", vars=None, expand=True):
    """Return the folders of a scheme, by name. vars: what stands in for the names in braces; expand: whether to replace those."""
    values = {**get_config_vars(), "version": _VERSION, **(vars or {})}
    return {name: os.path.normpath(path.format(**values)) if expand else path for name, path in zip(_NAMES, _SCHEMES[scheme])}


def get_path(name, scheme="posix_prefix", vars=None, expand=True):
    """Return one folder of a scheme."""
    return get_paths(scheme, vars, expand)[name]


def get_config_vars(*args):
    """Return the dict of what is known about this Python; with names, the list of their values, None for what is not known."""
    global _vars
    if _vars is None:
        home = os.path.expanduser("~")
        _vars = {
            "prefix": sys.prefix, "exec_prefix": sys.exec_prefix, "base": sys.base_prefix, "platbase": sys.base_exec_prefix,
            "installed_base": sys.base_prefix, "installed_platbase": sys.base_exec_prefix, "py_version": sys.version.split()[0],
            "py_version_short": _VERSION, "py_version_nodot": _VERSION.replace(".", ""), "platlibdir": "lib", "userbase": os.path.join(home, ".local"),
            "projectbase": os.path.dirname(sys.executable or ""), "abiflags": "", "implementation": "Krait", "implementation_lower": "krait",
            "EXE": "", "VERSION": _VERSION, "Py_DEBUG": 0, "Py_GIL_DISABLED": 0, "Py_ENABLE_SHARED": 0, "WITH_DOC_STRINGS": 1,
            "HAVE_FORK": 1, "HAVE_GETENTROPY": 1, "SIZEOF_VOID_P": 8 if sys.maxsize > 2 ** 32 else 4,
        }
    return [_vars.get(name) for name in args] if args else _vars


def get_config_var(name):
    """Return one of get_config_vars(), None if it is not known."""
    return get_config_vars().get(name)


def get_platform():
    """Return the system and the processor: linux-x86_64."""
    name = os.uname()
    return f"{name.sysname.lower()}-{name.machine}"


def get_python_version():
    """Return the version of the language, as in '3.13'."""
    return _VERSION


def is_python_build(check_home=None):
    """Return whether this Python runs from where it was built: False."""
    return False


def expand_makefile_vars(s, vars):
    """Return s with $(name) and ${name} replaced."""
    import re
    pattern = re.compile(r"\$\(([A-Za-z]\w*)\)|\$\{([A-Za-z]\w*)\}")
    while m := pattern.search(s):
        s = s[:m.start()] + str(vars.get(m[1] or m[2], "")) + s[m.end():]
    return s


def get_config_h_filename():
    """Return where pyconfig.h would be: there is none."""
    return os.path.join(get_path("platinclude"), "pyconfig.h")


def get_makefile_filename():
    """Return where CPython's Makefile would be: there is none."""
    return os.path.join(get_path("platstdlib"), "config", "Makefile")


def parse_config_h(fp, vars=None):
    """Return the dict of what #define lines of a file define; /* #undef */ is 0."""
    vars = {} if vars is None else vars
    for line in fp:
        words = line.split(None, 2)
        if len(words) == 3 and words[0] == "#define":
            value = words[2].strip()
            try:
                value = int(value)
            except ValueError:
                pass
            vars[words[1]] = value
        elif len(words) == 3 and words[:2] == ["/*", "#undef"]:
            vars[words[2].split()[0]] = 0
    return vars
