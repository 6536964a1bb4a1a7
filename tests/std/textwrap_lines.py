# textwrap: lines of many widths, long words, hyphens and dashes, limits, indentation.
import textwrap
from textwrap import *

TEXT = ("This is a paragraph that already has\nline breaks, and well-known hyphen-ated words -- dashes--here, e-mail-addresses, "
        "--option-with-hyphens, a-b, x--y and (parenthesised-text).\tTab. \"Quoted.\" End! More? äöü-ßen  double  blanks.")
for width in 1, 5, 9, 17, 30, 70, 200:
    for kwds in {}, {"break_on_hyphens": False}, {"break_long_words": False}, {"drop_whitespace": False}, {"replace_whitespace": False, "expand_tabs": False}, \
            {"fix_sentence_endings": True}, {"initial_indent": "* ", "subsequent_indent": "    "}, {"max_lines": 3}, {"max_lines": 1, "placeholder": "…"}:
        try:
            print(width, kwds, wrap(TEXT, width, **kwds))
        except ValueError as e:
            print(width, kwds, e)
print(fill(TEXT, 40))
for width in 6, 10, 11, 12, 30, 300:
    print(repr(shorten("Hello  world, how   are you-all?", width)))
for bad in 0, -1:
    try:
        wrap("x", bad)
    except ValueError as e:
        print(e)
print(wrap(""), wrap("   "), wrap("a" * 20, 8), wrap("one-two-three-four", 6), wrap("----------x", 4))
for text in "", "  a\n  b", "  a\n\tb", "    a\n  b\n\n   \n c", "\n  x\n   y\n", " \t \n", "  a\n   \n  b", "\t a\n\t b", "  x\r\n  y\r\n", "a\n  b":
    print(repr(dedent(text)), repr(indent(text, "> ")), repr(indent(text, "# ", lambda line: True)))
w = TextWrapper(width=20)
print(w.wrap("The quick brown fox jumps"), w.fill("over the lazy dog again and again"))
w.subsequent_indent = ".."
print(w.wrap("The quick brown fox jumps"))
