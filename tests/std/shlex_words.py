# shlex: words in both modes, quotes, escapes, comments, punctuation, pushed words.
import io
import shlex

TEXTS = ["", "foo bar", " foo  bar ", "foo\\ bar", "foo \\\nbar", "'a b' \"c d\"", "a'b c'd", "x\"y\\\"z\"", "'it''s'", "a#b c", "# all\nb", "\"\\x\" '\\x'", "''", "a ''", ":-) ;-)",
         "a && b || c; d >'e'(f)", "äöü ß", "a\tb\rc\nd", "a=b,c.d/e", "~/a*b?-c", "\\", "'", "\"a", "a\\", "x'", "€ 5", "foo;bar", "a;b|c", "\"a\"b\"c\""]
for text in TEXTS:
    for posix in True, False:
        for comments in True, False:
            try:
                print(repr(text), posix, comments, shlex.split(text, comments, posix))
            except ValueError as e:
                print(repr(text), posix, comments, e)
        for punctuation in False, True, "|":
            for ws in False, True:
                try:
                    s = shlex.shlex(text, posix=posix, punctuation_chars=punctuation)
                    s.whitespace_split = ws
                    print(list(s), s.lineno, s.state)
                except ValueError as e:
                    print(e, s.lineno, s.state, repr(s.token))
for word in "", "abc", "a b", "it's", "a/b@c%d+e=f:g,h.i-j_k", "ä", "$x", "a\nb":
    print(shlex.quote(word), shlex.split(shlex.quote(word)) == [word])
print(shlex.join(["echo", "a b", ""]))
s = shlex.shlex(io.StringIO("b c"), "file")
s.push_token("a")
print(s.get_token(), s.get_token(), s.error_leader(), s.error_leader("x", 3), repr(s.eof), s.punctuation_chars == "")
s.push_source("in side", "other")
print(s.infile, list(s))
try:
    shlex.split(None)
except ValueError as e:
    print(e)
