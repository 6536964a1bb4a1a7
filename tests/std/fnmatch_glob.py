# fnmatch and glob: patterns, their regular expressions, a tree of files.
import fnmatch
import glob
import os

PATTERNS = ["*", "?", "a*b*c", "**", "[abc]", "[!abc]", "[a-c]", "[c-a]", "[]]", "[!]]", "[", "[!", "[a", "a[b-]c", "[-a]", "[^a]", "[[a]", "[a-c-e]", "[!a-]", "[&&||~~]", "\\", "[\\]",
            "a.b", "*.py", "x?*y", "[a-z]*[0-9]", "[--a]", "[!c-a]", "ä*"]
NAMES = ["", "a", "b", "c", "d", "-", "^", "[", "]", "!", "abc", "axbxc", "a.b", "axb", "t.py", "x1y", "q7", "\\", "a-c", "äö", "a\nb", ".hidden", "&", "[a"]
for p in PATTERNS:
    print(p, fnmatch.translate(p), [n for n in NAMES if fnmatch.fnmatchcase(n, p)], fnmatch.filter(NAMES, p) == [n for n in NAMES if fnmatch.fnmatch(n, p)])
print(fnmatch.filter([b"a", b"bb"], b"?"), fnmatch.fnmatch(b"abc", b"a*"))
for d in "one/two/three", "one/.hid", ".dot", "em[pt]y":
    os.makedirs(d)
for f in "a.py", "b.py", ".c.py", "one/d.py", "one/two/e.txt", "one/two/three/f.py", "one/.hid/g.py", ".dot/h.py", "em[pt]y/i":
    open(f, "w").close()
for p in ("*", "*.py", ".*", "one/*", "one/", "*/", "*/*", "**", "**/*.py", "**/", "one/**", "one/**/*.py", "./*", "nothing", "no*", "a.py", "em[[]*", "[ab].py", "", "**/**/f.py",
          "one/../a.py", os.getcwd() + "/*.py", "one/*/", "*/two/../*.py"):
    for kwds in {}, {"recursive": True}, {"recursive": True, "include_hidden": True}, {"root_dir": "one", "recursive": True}:
        print(p.replace(os.getcwd(), "CWD"), kwds, sorted(x.replace(os.getcwd(), "CWD") for x in glob.glob(p, **kwds)))
print(sorted(glob.glob(b"*.py")), sorted(glob.iglob("one/*")), glob.has_magic("a[b"), glob.has_magic(b"ab"), glob.escape("a*[b]?c"), glob.escape(b"?"))
for p in "*", "**", "a/*/b", "**/x", "a/**", "*.py", "?x/[ab]*", "a", "", "**/**/q", ".h*":
    for kwds in {}, {"recursive": True}, {"recursive": True, "include_hidden": True}, {"seps": "/\\"}:
        print(p, kwds, glob.translate(p, **kwds))
