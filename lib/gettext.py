"""Translated messages: catalogues (.mo files) as GNU gettext makes them. Without one, every message is its own translation."""

import os
import sys

__all__ = ["NullTranslations", "GNUTranslations", "Catalog", "bindtextdomain", "find", "translation", "install", "textdomain", "dgettext",
           "dngettext", "gettext", "ngettext", "pgettext", "dpgettext", "npgettext", "dnpgettext"]

_default_localedir = os.path.join(sys.base_prefix, "share", "locale")
_localedirs = {}  # domain -> folder
_current_domain = "messages"
_translations = {}  # (class, file) -> what was read


def c2py(plural):
    """The function of n that an expression in C says which plural form is for n things; ValueError."""
    from _gettext_plural import compile_plural
    return compile_plural(plural)


def _untranslated(msgid1, msgid2, n):
    if not isinstance(n, int):
        from _gettext_plural import warn
        warn(n)
    return msgid1 if n == 1 else msgid2


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
        return self._fallback.ngettext(msgid1, msgid2, n) if self._fallback else _untranslated(msgid1, msgid2, n)

    def pgettext(self, context, message):
        """The translation of a message in a context."""
        return self._fallback.pgettext(context, message) if self._fallback else message

    def npgettext(self, context, msgid1, msgid2, n):
        """The translation for n things in a context."""
        return self._fallback.npgettext(context, msgid1, msgid2, n) if self._fallback else _untranslated(msgid1, msgid2, n)

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
    """Translations from a .mo file."""

    LE_MAGIC = 0x950412de
    BE_MAGIC = 0xde120495
    CONTEXT = "%s\x04%s"  # context and message, as catalogues have them
    VERSIONS = (0, 1)  # the first halves that are known

    def _get_versions(self, version):
        return version >> 16, version & 0xFFFF

    def _parse(self, fp):
        from struct import unpack
        name = getattr(fp, "name", "")
        data = fp.read()
        magic = unpack("<I", data[:4])[0]
        if magic not in (self.LE_MAGIC, self.BE_MAGIC):
            raise OSError(0, "Bad magic number", name)
        order = "<" if magic == self.LE_MAGIC else ">"
        version, count, originals, translated = unpack(order + "4I", data[4:20])
        if self._get_versions(version)[0] not in self.VERSIONS:
            raise OSError(0, f"Bad version number {self._get_versions(version)[0]}", name)
        self._catalog, self.plural = {}, lambda n: int(n != 1)
        for i in range(count):
            texts = []
            for table in (originals, translated):
                length, start = unpack(order + "2I", data[table + 8 * i:table + 8 * i + 8])
                if start + length >= len(data):
                    raise OSError(0, "File is corrupt", name)
                texts.append(data[start:start + length])
            if not texts[0]:
                self._read_header(texts[1])
            self._add(*texts)

    def _read_header(self, text):
        """The translation of nothing: lines with names, what the catalogue says about itself."""
        last = None
        for line in text.split(b"\n"):
            item = line.decode().strip()
            if not item or item.startswith("#-#-#-#-#") and item.endswith("#-#-#-#-#"):
                continue
            name, colon, value = item.partition(":")
            if colon:
                last, value = name.strip().lower(), value.strip()
                self._info[last] = value
            elif last:
                self._info[last] += "\n" + item
                continue
            if last == "content-type" and "charset=" in value:
                self._charset = value.partition("charset=")[2]
            elif last == "plural-forms":
                self.plural = c2py(value.split(";")[1].split("plural=")[1])

    def _add(self, original, translated):
        charset = self._charset or "ascii"
        if b"\0" not in original:
            self._catalog[str(original, charset)] = str(translated, charset)
            return
        singular = str(original.split(b"\0")[0], charset)
        for form, text in enumerate(translated.split(b"\0")):
            self._catalog[singular, form] = str(text, charset)

    def gettext(self, message):
        """The translation of a message."""
        found = self._catalog.get(message)
        if found is None:
            found = self._catalog.get((message, self.plural(1)))
        if found is not None:
            return found
        return self._fallback.gettext(message) if self._fallback else message

    def ngettext(self, msgid1, msgid2, n):
        """The translation for n things."""
        found = self._catalog.get((msgid1, self.plural(n)))
        if found is not None:
            return found
        return self._fallback.ngettext(msgid1, msgid2, n) if self._fallback else msgid1 if n == 1 else msgid2

    def pgettext(self, context, message):
        """The translation of a message in a context."""
        key = self.CONTEXT % (context, message)
        found = self._catalog.get(key)
        if found is None:
            found = self._catalog.get((key, self.plural(1)))
        if found is not None:
            return found
        return self._fallback.pgettext(context, message) if self._fallback else message

    def npgettext(self, context, msgid1, msgid2, n):
        """The translation for n things in a context."""
        found = self._catalog.get((self.CONTEXT % (context, msgid1), self.plural(n)))
        if found is not None:
            return found
        return self._fallback.npgettext(context, msgid1, msgid2, n) if self._fallback else msgid1 if n == 1 else msgid2


# ---- Finding catalogues ----

def _expand_lang(loc):
    """The names under which a language's catalogues can stand, the most special first: de_AT.UTF-8@euro, ..., de"""
    if loc == "C":
        return ["C"]
    import locale
    loc = locale.normalize(loc)
    rest, at, modifier = loc.partition("@")
    rest, dot, encoding = rest.partition(".")
    language, underscore, territory = rest.partition("_")
    names = []
    for with_modifier in ((True, False) if at else (False,)):
        for with_territory in ((True, False) if underscore else (False,)):
            for with_encoding in ((True, False) if dot else (False,)):
                names.append(language + (underscore + territory if with_territory else "") + (dot + encoding if with_encoding else "") +
                             (at + modifier if with_modifier else ""))
    return names


def find(domain, localedir=None, languages=None, all=False):
    """The catalogue of a domain for the first of the languages that has one, or None; all: a list of them."""
    if languages is None:
        languages = []
        for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
            if value := os.environ.get(name):
                languages = value.split(":")
                break
        if "C" not in languages:
            languages.append("C")
    folder, names, found = localedir or _default_localedir, [], []
    for language in languages:
        names += [name for name in _expand_lang(language) if name not in names]
    for name in names:
        if name == "C":
            break
        path = os.path.join(folder, name, "LC_MESSAGES", domain + ".mo")
        if os.path.exists(path):
            if not all:
                return path
            found.append(path)
    return found if all else None


def translation(domain, localedir=None, languages=None, class_=None, fallback=False):
    """The translations of a domain, the catalogues found later asked about what the first does not know; FileNotFoundError."""
    class_ = class_ or GNUTranslations
    files = find(domain, localedir, languages, all=True)
    if not files:
        if fallback:
            return NullTranslations()
        from errno import ENOENT
        raise FileNotFoundError(ENOENT, "No translation file found for domain", domain)
    from copy import copy
    result = None
    for path in files:
        key = class_, os.path.abspath(path)
        known = _translations.get(key)
        if known is None:
            with open(path, "rb") as file:
                known = _translations.setdefault(key, class_(file))
        known = copy(known)  # each has fallbacks of its own
        if result is None:
            result = known
        else:
            result.add_fallback(known)
    return result


Catalog = translation


def install(domain, localedir=None, *, names=None):
    """Make gettext builtin as _."""
    translation(domain, localedir, fallback=True).install(names)


# ---- As functions ----

def textdomain(domain=None):
    """Set the domain of gettext(), or tell it."""
    global _current_domain
    if domain is not None:
        _current_domain = domain
    return _current_domain


def bindtextdomain(domain, localedir=None):
    """Set the folder of a domain's catalogues, or tell it."""
    if localedir is not None:
        _localedirs[domain] = localedir
    return _localedirs.get(domain, _default_localedir)


def _of(domain):
    try:
        return translation(domain, _localedirs.get(domain))
    except OSError:
        return NullTranslations()


def dgettext(domain, message):
    """gettext() in a domain."""
    return _of(domain).gettext(message)


def dngettext(domain, msgid1, msgid2, n):
    """ngettext() in a domain."""
    return _of(domain).ngettext(msgid1, msgid2, n)


def dpgettext(domain, context, message):
    """pgettext() in a domain."""
    return _of(domain).pgettext(context, message)


def dnpgettext(domain, context, msgid1, msgid2, n):
    """npgettext() in a domain."""
    return _of(domain).npgettext(context, msgid1, msgid2, n)


def gettext(message):
    """The translation of a message, in the domain of textdomain()."""
    return dgettext(_current_domain, message)


def ngettext(msgid1, msgid2, n):
    """The translation for n things."""
    return dngettext(_current_domain, msgid1, msgid2, n)


def pgettext(context, message):
    """The translation of a message in a context."""
    return dpgettext(_current_domain, context, message)


def npgettext(context, msgid1, msgid2, n):
    """The translation for n things in a context."""
    return dnpgettext(_current_domain, context, msgid1, msgid2, n)
