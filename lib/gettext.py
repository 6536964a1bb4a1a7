"""Translated messages, as far as programs need it that work without any: every message is its own translation.

Catalogues (.mo files) are not read: translation() raises FileNotFoundError, which is what a program gets where none is installed."""

__all__ = ["NullTranslations", "GNUTranslations", "Catalog", "bindtextdomain", "find", "translation", "install", "textdomain", "dgettext",
           "dngettext", "gettext", "ngettext", "pgettext", "dpgettext", "npgettext", "dnpgettext"]

_domains = {}
_current = "messages"


class NullTranslations:
    """Translations that leave everything as it is."""

    def __init__(self, fp=None):
        self._fallback = None
        self._info = {}
        self._charset = None
        if fp is not None:
            self._parse(fp)

    def _parse(self, fp):
        pass

    def add_fallback(self, fallback):
        """Ask that object about what this one does not know."""
        if self._fallback:
            self._fallback.add_fallback(fallback)
        else:
            self._fallback = fallback

    def gettext(self, message):
        """The translation of a message."""
        return self._fallback.gettext(message) if self._fallback else message

    def ngettext(self, msgid1, msgid2, n):
        """The translation for n things."""
        return self._fallback.ngettext(msgid1, msgid2, n) if self._fallback else msgid1 if n == 1 else msgid2

    def pgettext(self, context, message):
        """The translation of a message in a context."""
        return self._fallback.pgettext(context, message) if self._fallback else message

    def npgettext(self, context, msgid1, msgid2, n):
        """The translation for n things in a context."""
        return self._fallback.npgettext(context, msgid1, msgid2, n) if self._fallback else msgid1 if n == 1 else msgid2

    def info(self):
        """What the catalogue says about itself."""
        return self._info

    def charset(self):
        """The encoding of the catalogue."""
        return self._charset

    def install(self, names=None):
        """Make gettext builtin as _."""
        import builtins
        builtins._ = self.gettext
        for name in {"gettext", "ngettext", "npgettext", "pgettext"} & set(names or ()):
            setattr(builtins, name, getattr(self, name))


class GNUTranslations(NullTranslations):
    """Translations from a .mo file, which Krait does not read."""

    def _parse(self, fp):
        raise NotImplementedError("Krait's gettext does not read .mo files")


def find(domain, localedir=None, languages=None, all=False):
    """The catalogue's file: none."""
    return [] if all else None


def translation(domain, localedir=None, languages=None, class_=None, fallback=False):
    """The translations of a domain: none, but for the fallback."""
    if fallback:
        return NullTranslations()
    from errno import ENOENT
    raise FileNotFoundError(ENOENT, "No translation file found for domain", domain)


Catalog = translation


def install(domain, localedir=None, *, names=None):
    """Make gettext builtin as _."""
    translation(domain, localedir, fallback=True).install(names)


def textdomain(domain=None):
    """Set the domain of gettext(), or tell it."""
    global _current
    if domain is not None:
        _current = domain
    return _current


def bindtextdomain(domain, localedir=None):
    """Set the folder of a domain's catalogues, or tell it."""
    if localedir is not None:
        _domains[domain] = localedir
    return _domains.get(domain, "/usr/share/locale")


_none = NullTranslations()
gettext, ngettext, pgettext, npgettext = _none.gettext, _none.ngettext, _none.pgettext, _none.npgettext


def dgettext(domain, message):
    """gettext() in a domain."""
    return message


def dngettext(domain, msgid1, msgid2, n):
    """ngettext() in a domain."""
    return ngettext(msgid1, msgid2, n)


def dpgettext(domain, context, message):
    """pgettext() in a domain."""
    return message


def dnpgettext(domain, context, msgid1, msgid2, n):
    """npgettext() in a domain."""
    return ngettext(msgid1, msgid2, n)
