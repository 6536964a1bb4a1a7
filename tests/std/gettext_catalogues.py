# The gettext module: catalogues, plural forms, how they are found.
import gettext
import io
import os
import struct
import tempfile
import warnings

warnings.simplefilter("ignore")


def catalogue(messages, order="<", version=0):
    """A .mo file."""
    pairs = sorted((key.encode(), value.encode()) for key, value in messages.items())
    count = len(pairs)
    texts, tables, at = b"", ([], []), 28 + 16 * count
    for which in (0, 1):
        for pair in pairs:
            tables[which].append(struct.pack(order + "II", len(pair[which]), at + len(texts)))
            texts += pair[which] + b"\0"
    return struct.pack(order + "7I", 0x950412de, version, count, 28, 28 + 8 * count, 0, 0) + b"".join(tables[0] + tables[1]) + texts


HEADER = "Project-Id-Version: 1\nContent-Type: text/plain; charset=utf-8\nPlural-Forms: nplurals=3; plural=n==1 ? 0 : n>1 && n<5 ? 1 : 2;\n"
POLISH = {"": HEADER, "file\0files": "plik\0pliki\0plików", "hello": "cześć", "menu\x04open": "otwórz", "menu\x04door\0doors": "drzwi\0drzwi2\0drzwi3"}
for order in "<>":
    t = gettext.GNUTranslations(io.BytesIO(catalogue(POLISH, order)))
    print(t.info(), t.charset())
    print(t.gettext("hello"), t.gettext("other"), t.gettext("file"), [t.ngettext("file", "files", n) for n in (0, 1, 2, 5)])
    print(t.pgettext("menu", "open"), t.pgettext("x", "open"), [t.npgettext("menu", "door", "doors", n) for n in (1, 3, 7)],
          t.npgettext("x", "door", "doors", 2), t.ngettext("a", "b", 1))
for formula in ["n!=1", "n", "0", "n%10==1 && n%100!=11 ? 0 : 1", "n>1", "n?1:2?3:4", "!n", "!!n", "-n", "n+", "(n", "n)", "x", "n n", "n&m", "1 2", "",
                "n/0", "n*2-1", "n<1==1", "n=1", "(n<1)||n>5&&n", "nnnnn", "(" * 21 + "n" + ")" * 21, "n+" * 1000 + "1", "n?1", "n?1:", " n ",
                "10==n", "n==1.5", "!n+1", "n-1-1", "100/n/2", "n ? n>1 ? 2 : 1 : 0", "n==1||n==2&&n==3"]:
    try:
        f = gettext.c2py(formula)
        print(repr(formula[:40]), [f(i) for i in (1, 2, 5, 11, 21)], f(0))
    except (ValueError, ZeroDivisionError) as e:
        print(repr(formula[:40]), type(e).__name__, e)
f = gettext.c2py("n!=1")
for value in (1.0, 1.5, "a", None, True):
    try:
        print(value, f(value))
    except TypeError as e:
        print(value, e)
for damaged in (b"abcd", b"\xde\x12\x04\x95\0\0\5\0" + bytes(20), catalogue(POLISH)[:-1]):
    try:
        gettext.GNUTranslations(io.BytesIO(damaged))
    except OSError as e:
        print(e)

with tempfile.TemporaryDirectory() as folder:
    for language, domain, messages in (("pl", "app", POLISH), ("de", "app", {"": HEADER, "only": "nur", "hello": "hallo"}), ("de", "two", {"": HEADER, "x": "y"})):
        os.makedirs(os.path.join(folder, language, "LC_MESSAGES"), exist_ok=True)
        with open(os.path.join(folder, language, "LC_MESSAGES", domain + ".mo"), "wb") as file:
            file.write(catalogue(messages))
    print(os.path.relpath(gettext.find("app", folder, ["fr", "pl_PL.UTF-8", "de"]), folder), gettext.find("none", folder, ["pl"]),
          [os.path.relpath(found, folder) for found in gettext.find("app", folder, ["pl", "de"], all=True)], gettext.find("app", folder, ["C", "pl"]))
    t = gettext.translation("app", folder, ["pl", "de"])
    print(t.gettext("hello"), t.gettext("only"), t.gettext("none"))
    print(gettext.translation("app", folder, ["de"]).gettext("hello"), type(gettext.translation("none", folder, ["de"], fallback=True)).__name__)
    try:
        gettext.translation("none", folder, ["de"])
    except FileNotFoundError as e:
        print(e)
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        os.environ.pop(name, None)
    os.environ["LANGUAGE"] = "de:pl"
    print(gettext.textdomain(), gettext.textdomain("app"), gettext.bindtextdomain("app", folder) == folder)
    gettext.bindtextdomain("two", folder)
    print(gettext.gettext("hello"), gettext.ngettext("file", "files", 2), gettext.pgettext("menu", "open"), gettext.npgettext("menu", "door", "doors", 7),
          gettext.dgettext("two", "x"), gettext.dgettext("none", "x"), gettext.dngettext("none", "a", "b", 2), gettext.dpgettext("none", "c", "x"),
          gettext.dnpgettext("none", "c", "a", "b", 1))
    gettext.install("app", folder, names=["ngettext"])
    print(_("only"), ngettext("a", "b", 2))
print(gettext.NullTranslations().ngettext("a", "b", 2), gettext.NullTranslations().info(), gettext.NullTranslations().charset())
