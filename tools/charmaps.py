"""Writes lib/encodings/_charmap_table.py and aliases.py from CPython's codecs: PYENV_VERSION=3.13.0 python3 tools/charmaps.py"""

import encodings
import encodings.aliases
import importlib
import os
import pkgutil

FOLDER = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "lib", "encodings")
OTHERS = {"ascii", "latin_1", "utf_8", "utf_8_sig", "utf_16", "utf_16_le", "utf_16_be", "utf_32", "utf_32_le", "utf_32_be", "utf_7", "cp1252",
          "unicode_escape", "raw_unicode_escape", "rot_13", "hex_codec", "base64_codec", "uu_codec", "quopri_codec", "zlib_codec", "idna",
          "punycode", "undefined", "charmap"}


def table_of(name):
    """The 256 characters of an encoding, U+FFFE for those that it does not have; None if it is not one of bytes."""
    text = ""
    if name in OTHERS or not hasattr(importlib.import_module("encodings." + name), "getregentry"):
        return None
    if not hasattr(importlib.import_module("encodings." + name), "decoding_table") and name not in ("koi8_r",):
        module = importlib.import_module("encodings." + name)
        if not hasattr(module, "decoding_map"):
            return None
    for byte in range(256):
        text += bytes([byte]).decode(name, "replace").replace("\ufffd", "\ufffe")
    return text


def main():
    names = sorted(m.name for m in pkgutil.iter_modules(encodings.__path__) if m.name not in ("mbcs", "oem", "aliases", "cp65001"))
    tables = {name: text for name in names if (text := table_of(name))}
    with open(os.path.join(FOLDER, "_charmap_table.py"), "w", encoding="utf-8") as out:
        out.write('"""Encodings of one byte for each character: what bytes stand for. Made by tools/charmaps.py.\n\n'
                  'A text of 128 characters: the rest is ASCII. U+FFFE: the byte stands for nothing.\n"""\n\nTABLES = {\n')
        for name, text in tables.items():
            short = text[128:] if text[:128] == bytes(range(128)).decode() else text
            out.write(f"    {name!r}: {short!r},\n".replace("'", '"') if '"' not in short and "'" not in short else f"    {name!r}: {short!r},\n")
        out.write("}\n")
    with open(os.path.join(FOLDER, "aliases.py"), "w", encoding="utf-8") as out:
        out.write('"""Other names of encodings, normalised. Made by tools/charmaps.py."""\n\naliases = {\n')
        for alias, name in sorted(encodings.aliases.aliases.items(), key=lambda pair: (pair[1], pair[0])):
            if name in tables or name in OTHERS:
                out.write(f'    "{alias}": "{name}",\n')
        out.write("}\n")


main()
