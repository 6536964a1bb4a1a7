# tokenize_tokens.py - tokenize and token: every kind of token, encodings, going back to text, errors.
# SPDX-License-Identifier: MIT
import io
import token
import tokenize

TEXTS = ["if a: # c\n\n    # x\n    b(1,\n  # y\n 2) \\\n  +3 $ ? !\n# e\nx=f'a{b!r:>{w}}c{{' \n", "x", "x\n  ", "# c", "\n\n",
         "def f():\n\tif x:\n\t\tpass # é\n\t# z\n", "", "a\r\nb\r\n", "a)", "é = 'é' + f'é{ é }é'", "x = (]", "f'''{\na\n}\n{{ }} x'''\n",
         "if 1:\n  a\n\n", "if 1:\n  a\n  # b", "0x1F 1_0.5e-3j 07 0b1 2if 3 else 4", "'a\\\nb' \"\"\"c\nd\"\"\" rb'e' Rf'{g}'",
         "a := b -> c ... ** //= >>= @= != <> ~d", "async await match case type print\n", "a\\\n  b\n", "f'{x!r}{y:{z}}' f'{a=}'"]
for text in TEXTS:
    print(repr(text))
    tokens = list(tokenize.generate_tokens(io.StringIO(text).readline))
    for t in tokens:
        print(" ", t, token.tok_name[t.exact_type])
    print(" ", repr(tokenize.untokenize(tokens)) if "f'" not in text and "\\\n" not in text else "")
for text in ("'abc", "'''abc\n", "a\n  b\n c\n", "0xg", "(a,\n", "1__0", "\tx\n        y\n"):
    try:
        print(list(tokenize.generate_tokens(io.StringIO(text).readline)))
    except Exception as error:
        print(type(error).__name__, error.args if text != "(a,\n" else error.args[0])
print(tokenize.untokenize([(token.NAME, "a"), (token.OP, "="), (token.NUMBER, "1"), (token.NEWLINE, "\n"), (token.STRING, "'x'")]))
for data in (b"", b"x\n", b"\xef\xbb\xbfx\n", b"# coding: latin-1\nx", b"#!sh\n# -*- coding: UTF_8 -*-\n", b"x\n# coding: latin-1\n",
             b"# coding: nothing\n", b"\xef\xbb\xbf# coding: latin-1\n", b"\xff\n"):
    try:
        print(tokenize.detect_encoding(io.BytesIO(data).readline))
    except SyntaxError as error:
        print("SyntaxError", error.msg)
print([t[:2] for t in tokenize.tokenize(io.BytesIO("# coding: latin-1\n'é'\n".encode("latin-1")).readline)])
print(tokenize.untokenize(tokenize.tokenize(io.BytesIO(b"a = 1\n").readline)))
print(token.tok_name, token.EXACT_TOKEN_TYPES, token.ISEOF(0), token.ISTERMINAL(300), token.ISNONTERMINAL(256), token.NT_OFFSET, token.N_TOKENS)
print(sorted(token.__all__) == sorted(set(token.__all__)), len(tokenize.__all__))
