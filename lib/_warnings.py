"""The part of warnings that CPython has in C, under its name."""

from warnings import _defaultaction, _filters_mutated, _onceregistry, filters, warn, warn_explicit
