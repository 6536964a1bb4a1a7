# Variables that have no value yet, among many.
def junk(n):
    return [n] * 5 if n < 1 else (junk(n - 1), [n], (n, n), "x%d" % n)


exec("def maybe(c):\n    if c:\n" + "".join(f"        a{i} = {i}\n" for i in range(300)) + "    return a299\n")
exec("def names(c):\n" + "".join(f"    a{i} = {i}\n" for i in range(300)) + "    return locals()\n")
junk(50)
print(maybe(1))
try:
    print(maybe(0))
except UnboundLocalError as e:
    print(e)
junk(50)
print(len(names(0)), names(0)["a0"], names(0)["a299"])
