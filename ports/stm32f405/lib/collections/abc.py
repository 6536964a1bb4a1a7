"""Abstract base classes of containers, iterators and coroutines."""

import sys

import _collections_abc

sys.modules[__name__] = _collections_abc  # whose classes are made when they are asked for
