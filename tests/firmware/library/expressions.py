import io
import os
import re

print(re.findall(r"(\w)(\d)", "a1 b2"), re.sub("a+", "-", "baab"), re.match(r"(?P<n>\d+)", "42x")["n"])
print(os.path.join("a", "b"), os.path.splitext("x/y.py"), os.path.normpath("/a/../b/./c"), os.path.basename("/p/q"))
stream = io.BytesIO()
print(stream.write(b"one\ntwo"), stream.seek(0), stream.readline(), stream.read())
text = io.StringIO("x\ny\n")
print(list(text), text.getvalue())
