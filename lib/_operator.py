"""What module operator is made of, under the name that CPython gives it."""

from operator import *
from operator import __all__
from _kdf import compare_digest as _compare_digest
