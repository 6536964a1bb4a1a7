"""captureWarnings(): warnings go to a logger."""

import logging as _logging
import warnings as _warnings

__name__ = "logging" # where its names belong
_warnings_showwarning = None


def _showwarning(message, category, filename, lineno, file=None, line=None):
    if file is not None:
        if _warnings_showwarning is not None:
            _warnings_showwarning(message, category, filename, lineno, file, line)
        return
    logger = _logging.getLogger("py.warnings")
    if not logger.handlers:
        logger.addHandler(_logging.NullHandler())
    logger.warning(str(_warnings.formatwarning(message, category, filename, lineno, line)))


def captureWarnings(capture):
    """Log warnings to py.warnings, or show them again."""
    global _warnings_showwarning
    if capture and _warnings_showwarning is None:
        _warnings_showwarning = _warnings.showwarning
        _warnings.showwarning = _showwarning
    elif not capture and _warnings_showwarning is not None:
        _warnings.showwarning = _warnings_showwarning
        _warnings_showwarning = None
