"""SQLite databases by the DB-API 2.0 (PEP 249): connect() opens one.

The library SQLite (Debian: libsqlite3-0) is loaded with the first import; without it that fails with ImportError."""

from sqlite3.dbapi2 import *
from sqlite3.dbapi2 import _version_of_module


def __getattr__(name):
    return _version_of_module(name, __name__)
