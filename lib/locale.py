"""Customs of places. There is one, "C" (with UTF-8, as "C.UTF-8"): numbers are written as in Python, text is sorted by code points."""

import os
import sys

__all__ = ["getlocale", "getdefaultlocale", "getpreferredencoding", "getencoding", "Error", "setlocale", "localeconv", "strcoll", "strxfrm",
           "str", "atof", "atoi", "format_string", "currency", "delocalize", "localize", "normalize",
           "LC_CTYPE", "LC_COLLATE", "LC_MESSAGES", "LC_TIME", "LC_MONETARY", "LC_NUMERIC", "LC_ALL", "CHAR_MAX"]

LC_CTYPE, LC_NUMERIC, LC_TIME, LC_COLLATE, LC_MONETARY, LC_MESSAGES, LC_ALL = range(7)
CHAR_MAX = 127
_str = str
_NAMES = ("C", "POSIX", "C.UTF-8", "C.utf8")
_current = ["C"] * 7


class Error(Exception):
    """There is no such locale."""


def setlocale(category, locale=None):
    """Set the category to a locale, by name ("" for the environment's) or as getlocale gives it; the name. None only asks."""
    if not 0 <= category <= LC_ALL:
        raise Error("invalid locale category")
    if locale is None:
        return _current[LC_CTYPE if category == LC_ALL else category]
    if not isinstance(locale, _str):
        name, encoding = locale
        locale = "C" if name is None else name if encoding is None else f"{name}.{encoding}"
    if locale == "":
        locale = os.environ.get("LC_ALL") or os.environ.get("LANG") or "C"
        locale = locale if locale in _NAMES else "C"
    if locale not in _NAMES:
        raise Error("unsupported locale setting")
    for i in range(7) if category == LC_ALL else (category,):
        _current[i] = "C" if locale == "POSIX" else locale
    return _current[category]


def getlocale(category=LC_CTYPE):
    """Language and encoding; (None, None) for "C"."""
    if category == LC_ALL:
        raise TypeError("category LC_ALL is not supported")
    return (None, None) if _current[category] == "C" else ("C", "UTF-8")


def getdefaultlocale(envvars=("LC_ALL", "LC_CTYPE", "LANG", "LANGUAGE")):
    """The language and encoding that the environment asks for, if there is such a locale."""
    for name in envvars:
        value = os.environ.get(name)
        if value:
            return ("C", "UTF-8") if value in _NAMES[2:] else (None, None)
    return None, None


def getencoding():
    """The encoding of text in files."""
    return "utf-8" if sys.flags.utf8_mode else "UTF-8"


def getpreferredencoding(do_setlocale=True):
    """The encoding of text in files."""
    return "utf-8" if sys.flags.utf8_mode else "UTF-8"


def normalize(localename):
    """The name as setlocale knows it."""
    return "C" if localename.upper() in ("C", "POSIX") else localename


def localeconv():
    """How numbers and money are written."""
    result = {"int_curr_symbol": "", "currency_symbol": "", "mon_decimal_point": "", "mon_thousands_sep": "", "mon_grouping": [],
              "positive_sign": "", "negative_sign": "", "decimal_point": ".", "thousands_sep": "", "grouping": []}
    for name in ("int_frac_digits", "frac_digits", "p_cs_precedes", "p_sep_by_space", "n_cs_precedes", "n_sep_by_space", "p_sign_posn", "n_sign_posn"):
        result[name] = CHAR_MAX
    return result


def strcoll(a, b, /):
    """Negative, 0 or positive for a before, equal to or after b."""
    return (a > b) - (a < b)


def strxfrm(string, /):
    """Text to compare in the place of string."""
    return string


def format_string(f, val, grouping=False, monetary=False):
    """f % val."""
    return f % val


def currency(val, symbol=True, grouping=False, international=False):
    """An amount of money: the locale has no currency."""
    raise ValueError("Currency formatting is not possible using the 'C' locale.")


def str(val):
    """A float as text."""
    return "%.12g" % val


def delocalize(string):
    """A number's text as Python writes it."""
    return string


def localize(string, grouping=False, monetary=False):
    """A number's text as the locale writes it."""
    return string


def atof(string, func=float):
    """The number that the text says."""
    return func(delocalize(string))


def atoi(string):
    """The int that the text says."""
    return int(delocalize(string))
