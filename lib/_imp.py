"""What CPython's importlib asks of its C half, as far as it means something here: modules that are part of the binary."""

import sys
import _krait

check_hash_based_pycs = "default"


def extension_suffixes():
    """Return what names of modules in machine code end with: none are loaded from files."""
    return []


def lock_held():
    """Return whether a lock around all imports is held: there is none, each module has its turn."""
    return False


acquire_lock = release_lock = lambda: None


def is_builtin(name):
    """Return 1 if name is a module in C that is part of the binary, else 0."""
    return int(name in sys.builtin_module_names)


def is_frozen(name):
    """Return whether name is a module in Python that is part of the binary."""
    return _krait.frozen_kind(name) > 0


def _override_frozen_modules_for_tests(override, /):
    """Krait has no other copies of its frozen modules: nothing changes."""


def _override_multi_interp_extensions_check(override, /):
    """There are no extension modules to check: nothing changes."""
    return 0


def create_dynamic(spec, file=None, /):
    """ImportError: modules in machine code are not loaded from files."""
    raise ImportError(f"cannot load {spec.name}: modules in machine code are not loaded from files", name=spec.name, path=spec.origin)


def source_hash(key, source):
    """Return eight bytes that depend on key and source."""
    import hashlib
    return hashlib.blake2b(source, digest_size=8, key=key.to_bytes(8, "little")).digest()
