# Calls of functions with many local variables by such.
exec("def wide(c):\n" + "".join(f"    b{i} = -{i}\n" for i in range(150)) + "    return len([b3, c])\n")
exec("def caller(f):\n" + "".join(f"    a{i} = {i}\n" for i in range(300)) + "    f(1)\n    f(c=2)\n    f(*[3])\n    return [" + ", ".join(f"a{i}" for i in range(300)) + "]\n")
for _ in range(3):
    print(caller(wide) == list(range(300)))
